"""Entries -> phrasings: folded, each one once, in one order whatever order they came in."""

import re
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from routing.normalize import cap, split_words
from routing.sound import sound
from routing.types import KINDS, Entry, Kind

Heard = tuple[str, str]  # folded, and how it sounds if it is short
MEAN_COMPETENCE = 4  # words; lists of longer parts are prose
_LIST_MARK = re.compile(";")


def phrasings_of(entry: Entry) -> list[str]:
    """The text of an entry and, for a body described by a list of competences, each of them alone."""
    text = cap(entry.text)
    if entry.kind != "agency":
        return [text]
    parts = [part for part in _LIST_MARK.split(text) if part.strip()]
    listed = len(parts) > 1 and sum(len(part.split()) for part in parts) <= MEAN_COMPETENCE * len(parts)
    return [text, *parts] if listed else [text]


def _hear(text: str) -> Heard:
    words = split_words(text)
    return " ".join(word.folded for word in words), sound(words)


class Phrasings:
    """Every folded phrasing, grouped by id, and the ids grouped by kind. Immutable.

    `ids[i]` has the phrasings `texts[starts[i]:ends[i]]`, which sound like the same rows of `sounds`; ids of
    one kind are `ids[of_kind[kind]]`, in order.
    """

    __slots__ = (
        "_folded", "_meanings", "ends", "ids", "kinds", "labels", "of_kind", "place", "sounds",
        "starts", "texts",
    )  # fmt: skip

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Raises ValueError for another kind or one id of both. Entries without any word are left out."""
        known: dict[Entry, tuple[Heard, ...]] = {}
        for entry in entries:
            if entry not in known:
                known[entry] = tuple(heard for heard in map(_hear, phrasings_of(entry)) if heard[0])
        self._arrange(known)

    def with_changes(self, add: Iterable[Entry], remove: Collection[str]) -> "Phrasings":
        """Without every entry of the ids in `remove`, then with `add`. Only the new ones are folded."""
        gone = frozenset(remove)
        changed = object.__new__(Phrasings)
        fresh = Phrasings(add)
        kept = {entry: texts for entry, texts in self._folded.items() if entry.id not in gone}
        changed._arrange({**kept, **fresh._folded})
        return changed

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it was made of, each entry once."""
        return tuple(self._folded)

    def _arrange(self, folded: dict[Entry, tuple[Heard, ...]]) -> None:
        kinds: dict[str, Kind] = {}
        for entry in folded:
            if entry.kind not in KINDS:
                raise ValueError(
                    f"The id {entry.id!r} has the kind {entry.kind!r}; it must be faq or agency."
                )
            if kinds.setdefault(entry.id, entry.kind) != entry.kind:
                raise ValueError(f"The id {entry.id!r} is used both for a faq entry and for an agency.")
        rank = {kind: number for number, kind in enumerate(KINDS)}
        sounds: dict[tuple[int, str, str], str] = {}
        for entry, heard in folded.items():
            for text, sounding in heard:
                sounds.setdefault((rank[entry.kind], entry.id, text), sounding)
        rows = sorted(sounds)
        self._folded = folded
        self.sounds: tuple[str, ...] = tuple(sounds[row] for row in rows)
        self.texts: tuple[str, ...] = tuple(text for _, _, text in rows)
        self.ids: tuple[str, ...] = tuple(dict.fromkeys(id_ for _, id_, _ in rows))
        self.kinds: tuple[Kind, ...] = tuple(kinds[id_] for id_ in self.ids)
        self.place = {id_: number for number, id_ in enumerate(self.ids)}
        self.labels = np.array([self.place[id_] for _, id_, _ in rows], dtype=np.int64)
        self.starts = np.searchsorted(self.labels, np.arange(len(self.ids)))
        self.ends = np.append(self.starts[1:], len(rows))
        faqs = self.kinds.count("faq")
        self.of_kind = {"faq": slice(0, faqs), "agency": slice(faqs, len(self.ids))}
        self._meanings: dict[str, str | None] = {}
        for _, id_, text in rows:
            self._meanings[text] = id_ if self._meanings.get(text, id_) == id_ else None

    def only_meaning(self, folded: str) -> str | None:
        """The id that has exactly this phrasing, if exactly one has."""
        return self._meanings.get(folded)

    def of(self, number: int) -> Sequence[str]:
        """The phrasings of one id."""
        return self.texts[self.starts[number] : self.ends[number]]
