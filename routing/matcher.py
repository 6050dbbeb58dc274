"""Text -> ranked candidates with the words that matched: shortlist, score, fuse, rank one per id."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from routing import learn, scorers
from routing.explain import explain
from routing.index import Floats, SparseIndex, char_grams
from routing.languages import stem, stop_stems
from routing.normalize import cap, fold, split_words
from routing.scripts import identify_language
from routing.types import KINDS, Entry, Kind, Match

CHARACTER_SHARE = 0.6
LEARNED_SHARE = 0.6
FUZZY_SHARE = 0.1
NAME_WORDS = 3  # a message and a phrasing this short are names: spelling counts more there
NAME_SHARE = 0.4
SHORTLIST = 24
EXPLAINED = 10
NEIGHBOURS = 5
SPEAKING = 4  # phrasings of one id that may give reasons
STOP_WEIGHT = 0.15
MEAN_COMPETENCE = 4  # words; lists of longer parts are prose
_LATIN_W = re.compile("[wW]")
_LIST_MARK = re.compile(";")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One id for one message, with everything the calibration looks at."""

    id: str
    kind: Kind
    score: float
    nearest: float  # similarity of the nearest phrasing
    learned: float  # classifier output, or `nearest` when there is no classifier
    fuzzy: float  # token similarity with the nearest phrasing
    covered: float  # weighted share of the message's words found in that phrasing
    recalled: float  # weighted share of that phrasing's words found in the message
    agreement: float  # share of the phrasings nearest to the message that belong to this id
    why: tuple[str, ...]

    def match(self) -> Match:
        return Match(self.id, self.score, self.why)


@dataclass(frozen=True, slots=True)
class Message:
    """A message compared once with everything; ranking it by kind or without some ids is cheap."""

    folded: str
    stems: tuple[str, ...]
    weights: Floats
    typed: tuple[str, ...]
    words: int
    telling: int  # distinct words that are not stop words
    similar: Floats  # to every phrasing
    nearest: Floats  # of every id: its most similar phrasing
    learned: Floats  # of every id: what the classifier says (`nearest` without one)


def phrasings_of(entry: Entry) -> list[str]:
    """The text of an entry and, for a body described by a list of competences, each of them alone."""
    text = cap(entry.text)
    if entry.kind != "agency":
        return [text]
    parts = [part for part in _LIST_MARK.split(text) if part.strip()]
    listed = len(parts) > 1 and sum(len(part.split()) for part in parts) <= MEAN_COMPETENCE * len(parts)
    return [text, *parts] if listed else [text]


def word_terms(folded: str) -> Iterable[str]:
    """Stems and pairs of neighbouring stems."""
    stems = [stem(word) for word in folded.split(" ") if word]
    return [*stems, *(f"{a} {b}" for a, b in pairwise(stems))]


class Matcher:
    """Immutable once built; every method may be called from any thread."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        kinds: dict[str, Kind] = {}
        for entry in entries:
            if kinds.setdefault(entry.id, entry.kind) != entry.kind:
                raise ValueError(f"The id {entry.id!r} is used both for a faq entry and for an agency.")
        folded = {(e.id, fold(text)) for e in entries for text in phrasings_of(e)}
        documents = sorted(pair for pair in folded if pair[1])
        self._documents = [text for _, text in documents]
        self.ids = tuple(sorted({id_ for id_, _ in documents}))
        self.kinds = tuple(kinds[id_] for id_ in self.ids)
        place = {id_: number for number, id_ in enumerate(self.ids)}
        self._labels = np.array([place[id_] for id_, _ in documents], dtype=np.int64)
        self._starts = np.searchsorted(self._labels, np.arange(len(self.ids)))
        self._characters = SparseIndex(self._documents, char_grams)
        self._words = SparseIndex(self._documents, word_terms)
        self._weights = self._learn()
        self._meanings: dict[str, str | None] = {}
        for id_, text in documents:
            self._meanings[text] = id_ if self._meanings.get(text, id_) == id_ else None
        self._of_kind = {kind: np.array([k == kind for k in self.kinds], dtype=bool) for kind in KINDS}

    def _learn(self) -> Floats | None:
        if not learn.worth_learning(len(self._documents), len(self.ids)):
            return None
        kernel = np.zeros((len(self._documents), len(self._documents)), dtype=np.float32)
        self._characters.add_gram_matrix(kernel, CHARACTER_SHARE)
        self._words.add_gram_matrix(kernel, 1 - CHARACTER_SHARE)
        return learn.fit(kernel, self._labels, len(self.ids))

    def only_meaning(self, folded: str) -> str | None:
        """The id that has exactly this phrasing, if exactly one has."""
        return self._meanings.get(folded)

    def prepare(self, text: str) -> Message | None:
        """None when the text has no words at all."""
        chat = _LATIN_W.search(text) is not None and identify_language(text) == "uz-Latn"
        words = split_words(text, w_is_sh=chat)
        if not words:
            return None
        typed: dict[str, str] = {}
        for word in words:
            typed.setdefault(stem(word.folded), word.raw)
        stems = tuple(typed)[: scorers.MAX_MESSAGE_WORDS]
        folded = " ".join(word.folded for word in words)
        similar = CHARACTER_SHARE * self._characters.similarities(folded)
        similar += (1 - CHARACTER_SHARE) * self._words.similarities(folded)
        nearest = np.maximum.reduceat(similar, self._starts) if self.ids else similar
        return Message(
            folded=folded,
            stems=stems,
            weights=self._weigh(stems),
            typed=tuple(typed[s] for s in stems),
            words=len(words),
            telling=sum(s not in stop_stems() for s in stems),
            similar=similar,
            nearest=nearest,
            learned=nearest if self._weights is None else (similar @ self._weights).astype(np.float32),
        )

    def _weigh(self, stems: Sequence[str]) -> Floats:
        stops = stop_stems()
        return np.array(
            [self._words.idf(s) * (STOP_WEIGHT if s in stops else 1.0) for s in stems], dtype=np.float32
        )

    def rank(
        self, message: Message, *, kind: Kind | None = None, blocked: Collection[str] = (), k: int = EXPLAINED
    ) -> list[Candidate]:
        """The `k` best ids (of one kind, none of the blocked ones), best first; ties in order of id."""
        if not self.ids or k < 1:
            return []
        nearest, learned = message.nearest, message.learned
        score = nearest if self._weights is None else (1 - LEARNED_SHARE) * nearest + LEARNED_SHARE * learned
        allowed = nearest > 0
        if kind is not None:
            allowed &= self._of_kind[kind]
        if blocked:
            allowed &= np.array([id_ not in blocked for id_ in self.ids], dtype=bool)
        best = _top(np.where(allowed, score, -np.inf), max(SHORTLIST, k))
        phrasings = [self._phrasings(int(i), message.similar) for i in best]
        fuzzy = np.array([_fuzzy(message.folded, texts[0]) for texts in phrasings], dtype=np.float32)
        share = np.array([_fuzzy_share(message, texts[0]) for texts in phrasings], dtype=np.float32)
        fused = (1 - share) * score[best] + share * fuzzy
        order = np.argsort(-fused, kind="stable")[:k]
        neighbours = self._labels[_top(message.similar, NEIGHBOURS)]
        spoken = [phrasings[i] for i in order[:EXPLAINED]]
        explained = explain(message.stems, message.typed, message.weights, spoken, self._weigh)
        return [
            Candidate(
                id=self.ids[best[i]],
                kind=self.kinds[best[i]],
                score=round(min(1.0, max(0.0, float(fused[i]))), 6),
                nearest=float(nearest[best[i]]),
                learned=float(learned[best[i]]),
                fuzzy=float(fuzzy[i]),
                covered=explained[n].covered if n < EXPLAINED else 0.0,
                recalled=explained[n].recalled if n < EXPLAINED else 0.0,
                agreement=float(np.mean(neighbours == best[i])),
                why=explained[n].why if n < EXPLAINED else (),
            )
            for n, i in enumerate(order)
        ]

    def _phrasings(self, number: int, similar: Floats) -> list[str]:
        """The phrasings of one id that are nearest to the message, at most `SPEAKING` of them."""
        start = int(self._starts[number])
        end = int(self._starts[number + 1]) if number + 1 < len(self.ids) else len(self._documents)
        order = np.argsort(-similar[start:end], kind="stable")[:SPEAKING]
        return [self._documents[start + int(i)] for i in order]


def _fuzzy(left: str, right: str) -> float:
    return (scorers.token_set(left, right) + scorers.token_sort(left, right) + scorers.plain(left, right)) / 3


def _fuzzy_share(message: Message, phrasing: str) -> float:
    short = message.words <= NAME_WORDS and phrasing.count(" ") < NAME_WORDS
    return NAME_SHARE if short else FUZZY_SHARE


def _top(scores: Floats, count: int) -> npt.NDArray[np.int64]:
    """Positions of the largest finite scores, largest first, ties in order of position."""
    finite = np.flatnonzero(np.isfinite(scores))
    if len(finite) > count:
        floor = np.partition(scores[finite], len(finite) - count)[len(finite) - count]
        finite = finite[scores[finite] >= floor]
    return finite[np.argsort(-scores[finite], kind="stable")][:count]
