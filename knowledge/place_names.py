"""The names of territories as people write them: with endings, by ear, with a slip of the keyboard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.schema import District, Pack, PlaceWords, Region
from routing.layout import is_everyday
from routing.normalize import fold
from routing.sound import blur

Kind = Literal["region", "city", "district"]

# When only the name is given, people mean the city first.
KINDS: tuple[Kind, ...] = ("city", "region", "district")
# From this length on a word may carry an ending; shorter ones ("г", "р-н") stand as they are.
STEM = 4
_ADJECTIVES = tuple(fold(ending) for ending in ("ский", "ская", "ской"))
# Letters from which on a name may differ from what was typed: by ear, by one slip, by two.
BY_EAR = 4
ONE_SLIP = 5
TWO_SLIPS = 9
# The same where nothing beside the word says that it names a territory.
BARE_BY_EAR = 7
BARE_SLIP = 8


@dataclass(frozen=True, slots=True)
class Name:
    """`bare`: it may stand without "district" or "city"; `doubtful`: it also is a person's name or a word."""

    words: tuple[str, ...]
    code: str
    kind: Kind
    bare: bool
    doubtful: bool

    @property
    def heard(self) -> str:
        return blur("".join(self.words))


class PlaceNames:
    """Finds names in folded words. Immutable."""

    def __init__(self, pack: Pack) -> None:
        words = pack.info.places
        self._endings = joined(words.endings)
        self._locative = joined(words.locative)
        self._names: dict[str, list[Name]] = {}
        self._heard: dict[str, list[Name]] = {}
        for name in _names(pack, words):
            self._names.setdefault(name.words[0][:STEM], []).append(name)
            self._heard.setdefault(name.heard, []).append(name)
        self._by_letter: dict[str, list[str]] = {}
        for heard in self._heard:
            self._by_letter.setdefault(heard[0], []).append(heard)

    def at(self, words: list[str], place: int) -> tuple[int, list[Name]]:
        """The names that begin at a word, as spelt; longer ones win, then those with fewer endings."""
        best: tuple[int, int] = (0, 0)
        found: list[Name] = []
        for key in dict.fromkeys((words[place][:STEM], words[place][: STEM - 1])):
            for name in self._names.get(key, ()):
                size = len(name.words)
                if place + size > len(words) or not self._is_name(name.words, words[place : place + size]):
                    continue
                rank = (size, len(name.words[-1]))
                if rank > best:
                    best, found = rank, []
                if rank == best and name not in found:
                    found.append(name)
        return best[0], found

    def like(self, word: str, kind: Kind) -> list[Name]:
        """The names of a kind that a word beside "district" or "city" was meant to be."""
        if len(word) < BY_EAR or is_everyday(word):
            return []
        for typed in self._without_endings(word):
            if exact := [name for name in self._heard.get(typed, ()) if name.kind == kind]:
                return exact
        for typed in self._without_endings(word):
            slips = 0 if len(typed) < ONE_SLIP else 1 if len(typed) < TWO_SLIPS else 2
            if near := self._near(typed, slips, kind):
                return near
        return []

    def like_bare(self, word: str) -> list[Name]:
        """The names that a word standing alone was meant to be: only long words, almost as spelt."""
        if len(word) < BARE_BY_EAR or is_everyday(word):
            return []
        for typed in self._without_endings(word):
            if len(typed) >= BARE_BY_EAR and (names := self._heard.get(typed)):
                return [name for name in names if name.bare]
        for typed in self._without_endings(word):
            if len(typed) >= BARE_SLIP and (near := self._near(typed, 1, None)):
                return [name for name in near if name.bare and len(name.heard) >= BARE_SLIP]
        return []

    def is_locative(self, word: str, name: Name) -> bool:
        """Whether a word says "in", "from" or "to" by the ending it adds to the name."""
        return word[len(name.words[-1]) :] in self._locative

    def _near(self, typed: str, slips: int, kind: Kind | None) -> list[Name]:
        if not slips:
            return []
        candidates = self._by_letter.get(typed[0], [])
        ranked = process.extract(typed, candidates, scorer=OSA.distance, score_cutoff=slips, limit=5)
        for heard, _, _ in ranked:
            if names := [name for name in self._heard[heard] if kind in (None, name.kind)]:
                return names
        return []

    def _without_endings(self, word: str) -> list[str]:
        forms = {blur(word): None}
        for size in range(1, min(len(word) - STEM, 12) + 1):
            if word[-size:] in self._endings:
                forms[blur(word[:-size])] = None
        return list(forms)

    def _is_name(self, name: tuple[str, ...], words: list[str]) -> bool:
        last, typed = name[-1], words[-1]
        if name[:-1] != tuple(words[:-1]) or not typed.startswith(last):
            return False
        return typed == last or typed[len(last) :] in self._endings


def joined(words: Iterable[str]) -> frozenset[str]:
    """Each word or phrase folded and without spaces."""
    return frozenset("".join(fold(word).split()) for word in words)


def is_stem(word: str, stems: frozenset[str], endings: frozenset[str] = frozenset()) -> bool:
    """A stem itself, or from four letters on one with an ending: at most two letters and a listed ending."""
    if word in stems:
        return True
    rests = [word[len(stem) :] for stem in stems if len(stem) >= STEM and word.startswith(stem)]
    return any(len(rest) <= 2 or any(rest[cut:] in endings for cut in range(3)) for rest in rests)


def _names(pack: Pack, words: PlaceWords) -> Iterator[Name]:
    types = joined((*words.district, *words.city, *words.region))
    doubtful = joined(words.doubtful)
    territories: tuple[Region | District, ...] = (*pack.regions, *pack.districts)
    for territory in territories:
        district = isinstance(territory, District)
        kind: Kind = "city" if territory.kind == "city" else "district" if district else "region"
        bare = not (isinstance(territory, District) and territory.common_word)
        alias = territory.alias if isinstance(territory, District) else None
        spellings = dict.fromkeys((*territory.name.values(), *((alias,) if alias else ())))
        bases = {tuple(w for w in fold(name).split() if not is_stem(w, types)) for name in spellings}
        doubted = any("".join(base) in doubtful for base in bases)
        for base in sorted(bases):
            if base:
                words_ = (*base[:-1], _without_adjective(base[-1]))
                yield Name(words_, territory.code, kind, bare, doubted)


def _without_adjective(word: str) -> str:
    """Russian district names are adjectives: "Чиланзарский" is Чиланзар to everybody."""
    for ending in _ADJECTIVES:
        if word.endswith(ending) and len(word) - len(ending) >= STEM - 1:
            return word[: -len(ending)]
    return word
