"""Text -> ranked candidates with the words that matched: shortlist, score, fuse, rank one per id."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from routing import learn, scorers
from routing.characters import CharacterIndex
from routing.encoders import Encoder
from routing.explain import UNEXPLAINED, explain, known_stem
from routing.index import Floats, SparseIndex
from routing.interpreter import Interpreter
from routing.languages import stem, stop_stems
from routing.meanings import Meanings, Meant
from routing.phrasings import Phrasings
from routing.types import Entry, Kind, Match

CHARACTER_SHARE = 0.6
FUZZY_SHARE = 0.1
NAME_WORDS = 3  # a message and a phrasing this short are names: spelling counts more there
NAME_SHARE = 0.4
SOUND_SHARE = 0.7  # in short messages of words that the index does not know
SHORTLIST = 24
WORD_FOR_WORD = 2.0  # before everything else; shown as 1
EXPLAINED = 10
NEIGHBOURS = 5
FEW = 500  # scores; among more of them most are far below the best
STEPS = (0.6, 0.45, 0.35, 0.25, 0.15)  # of the best score, until enough are found
SPEAKING = 4  # phrasings of one id that may give reasons
STOP_WEIGHT = 0.15


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
    spelled: float = 0.0  # `score` without the sentence encoder
    meant: float = 0.0  # nearness in meaning; 0 without an encoder

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
    neighbours: list[int]  # the ids of the phrasings nearest of all, best first
    meant: Meant | None = None  # None without an encoder

    @property
    def spelling_only(self) -> "Message":
        """The same message as if there were no encoder."""
        return replace(self, meant=None)


def word_terms(folded: str) -> Iterable[str]:
    """Stems and pairs of neighbouring stems."""
    stems = [known_stem(word) for word in folded.split(" ") if word]
    return [*stems, *(f"{a} {b}" for a, b in pairwise(stems))]


class Matcher:
    """Immutable once built; every method may be called from any thread."""

    def __init__(
        self, phrasings: Phrasings, encoder: Encoder | None = None, blend: learn.Blend | None = None
    ) -> None:
        """Raises EncoderError when the encoder cannot take the phrasings in."""
        self.phrasings = phrasings
        self.meanings = Meanings(encoder, phrasings) if encoder else None
        self.ids, self.kinds = phrasings.ids, phrasings.kinds
        self._characters = CharacterIndex(phrasings.texts)
        self._words = SparseIndex(phrasings.texts, word_terms)
        kernels = ((CHARACTER_SHARE, self._characters), (1 - CHARACTER_SHARE, self._words))
        words = self._characters.words
        self._taught = learn.teach(kernels, phrasings.labels, len(self.ids), words, blend)
        self._interpreter = Interpreter(phrasings.texts)
        self._names = CharacterIndex(phrasings.sounds)

    def with_changes(self, add: Iterable[Entry], remove: Collection[str]) -> "Matcher":
        """Of changed entries. How far the classifier is trusted is not asked again."""
        kept = self._taught.blend if self._taught else None
        encoder = self.meanings.encoder if self.meanings else None
        return Matcher(self.phrasings.with_changes(add, remove), encoder, kept)

    def only_meaning(self, folded: str) -> str | None:
        """The id that has exactly this phrasing, if exactly one has."""
        return self.phrasings.only_meaning(folded)

    def prepare(self, text: str) -> Message | None:
        """None when the text has no words at all."""
        read = self._interpreter.read(text)
        words = read.words
        if not words:
            return None
        typed: dict[str, str] = {}
        for word in words:
            typed.setdefault(stem(word.folded), word.raw)
        stems = tuple(typed)[: scorers.MAX_MESSAGE_WORDS]
        folded = " ".join(word.folded for word in words)
        similar = CHARACTER_SHARE * self._characters.similarities(folded)
        similar += (1 - CHARACTER_SHARE) * self._words.similarities(folded)
        if read.sound:
            share = SOUND_SHARE * read.strange**2
            similar = (1 - share) * similar + share * self._names.similarities(read.sound)
        nearest = self._nearest(similar)
        return Message(
            folded=folded,
            stems=stems,
            weights=self._weigh(stems),
            typed=tuple(typed[s] for s in stems),
            words=len(words),
            telling=sum(s not in stop_stems() for s in stems),
            similar=similar,
            nearest=nearest,
            learned=nearest if self._taught is None else self._taught.says(similar),
            neighbours=self.phrasings.labels[_top(similar, NEIGHBOURS)].tolist(),
            meant=self.meanings.of(text, words) if self.meanings else None,
        )

    def _nearest(self, similar: Floats) -> Floats:
        if len(self.ids) in (0, len(similar)):
            return similar
        return np.maximum.reduceat(similar, self.phrasings.starts)

    def _weigh(self, stems: Sequence[str]) -> Floats:
        stops = stop_stems()
        weights = self._words.idf(stems)
        weights[[s in stops for s in stems]] *= STOP_WEIGHT
        return weights

    def rank(
        self, message: Message, *, kind: Kind, blocked: Collection[str] = (), k: int = EXPLAINED
    ) -> list[Candidate]:
        """The `k` best ids of one kind, none of the blocked ones, best first; ties in order of id."""
        best = self._shortlist(message, kind, blocked, max(SHORTLIST, k))
        if not len(best) or k < 1:
            return []
        nearest, learned = message.nearest, message.learned
        score = self._score(nearest[best], learned[best])
        phrasings = [self._phrasings(int(i), message.similar) for i in best]
        fuzzy = scorers.blend(message.folded, [texts[0] for texts in phrasings])
        share = np.array([_fuzzy_share(message, texts[0]) for texts in phrasings], dtype=np.float32)
        spelled = (1 - share) * score + share * fuzzy
        fused = spelled if message.meant is None else message.meant.join(spelled, best)
        said = self.only_meaning(message.folded)
        exact = best == (-1 if said is None else self.phrasings.place[said])
        spelled[exact] = fused[exact] = WORD_FOR_WORD
        near = np.zeros_like(message.nearest) if message.meant is None else message.meant.near
        order = np.argsort(-fused, kind="stable")[:k]
        spoken = [phrasings[i] for i in order[:EXPLAINED]]
        explained = explain(message.stems, message.typed, message.weights, spoken, self._weigh)
        explained += [UNEXPLAINED] * (len(order) - len(explained))
        return [
            Candidate(
                id=self.ids[number],
                kind=kind,
                score=_bounded(fused[i]),
                nearest=float(nearest[number]),
                learned=float(learned[number]),
                fuzzy=float(fuzzy[i]),
                covered=reasons.covered,
                recalled=reasons.recalled,
                agreement=message.neighbours.count(number) / max(1, len(message.neighbours)),
                why=reasons.why,
                spelled=_bounded(spelled[i]),
                meant=float(near[number]),
            )
            for i, number, reasons in zip(order.tolist(), best[order].tolist(), explained, strict=True)
        ]

    def _shortlist(
        self, message: Message, kind: Kind, blocked: Collection[str], count: int
    ) -> npt.NDArray[np.int64]:
        part = self.phrasings.of_kind[kind]
        nearest = message.nearest[part]
        score = self._score(nearest, message.learned[part])
        if score is nearest:
            score = nearest.copy()
        if message.meant is None:
            score[nearest <= 0] = -np.inf
        else:
            score = message.meant.join(score, part)
        places = (self.phrasings.place.get(id_, -1) for id_ in blocked)
        score[[place - part.start for place in places if part.start <= place < part.stop]] = -np.inf
        return _top(score, count) + part.start

    def _score(self, nearest: Floats, learned: Floats) -> Floats:
        if self._taught is None:
            return nearest
        share = self._taught.blend.share
        return (1 - share) * nearest + share * learned

    def _phrasings(self, number: int, similar: Floats) -> list[str]:
        """The phrasings of one id that are nearest to the message, at most `SPEAKING` of them."""
        texts = self.phrasings.of(number)
        if len(texts) == 1:
            return [texts[0]]
        start = self.phrasings.starts[number]
        order = np.argsort(-similar[start : start + len(texts)], kind="stable")[:SPEAKING]
        return [texts[i] for i in order]


def _bounded(score: float) -> float:
    return round(min(1.0, max(0.0, float(score))), 6)


def _fuzzy_share(message: Message, phrasing: str) -> float:
    short = message.words <= NAME_WORDS and phrasing.count(" ") < NAME_WORDS
    return NAME_SHARE if short else FUZZY_SHARE


def _top(scores: Floats, count: int) -> npt.NDArray[np.int64]:
    """Positions of the largest finite scores, largest first, ties in order of position."""
    found = np.empty(0, dtype=np.int64)
    best = float(scores.max(initial=-np.inf))
    if best > 0 and len(scores) > FEW:
        for share in STEPS:
            found = np.flatnonzero(scores >= share * best)
            if len(found) >= count:
                break
    if len(found) < count:
        found = np.flatnonzero(np.isfinite(scores))
    if len(found) > count:
        floor = np.partition(scores[found], len(found) - count)[len(found) - count]
        above = found[scores[found] > floor]
        found = np.concatenate([above, found[scores[found] == floor][: count - len(above)]])
    return found[np.argsort(-scores[found], kind="stable")][:count]
