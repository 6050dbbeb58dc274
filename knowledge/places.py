"""Which regions and districts a text names, in any language and script of the pack.

Names are compared folded, with the endings that the pack lists. A guess, not a geocoder: it proposes the
local body, and the citizen can change it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.schema import District, Pack, PlaceWords, Region
from routing.normalize import fold, split_words

Kind = Literal["region", "city", "district"]

MAX_WORDS = 600
MAX_PLACES = 20
# From this length on a territory word may carry an ending; shorter ones ("г", "р-н") stand as they are.
STEM = 4
_ADJECTIVES = tuple(fold(ending) for ending in ("ский", "ская", "ской"))
# When only the name is given, people mean the city first.
_ORDER: tuple[Kind, ...] = ("city", "region", "district")


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A territory that a text names. `explicit` is true if the text also says "district", "city"..."""

    code: str
    kind: Kind
    text: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    code: str
    kind: Kind
    bare: bool


def find_place(pack: Pack, text: str) -> list[PlaceMatch]:
    """The territories named in `text`, in its order; of several with one name the likeliest."""
    return list(_gazetteer(pack).find(text))


def district_of(pack: Pack, text: str) -> str | None:
    """SOATO code of the district or city that a text or residence names, else of its region, else None."""
    matches = find_place(pack, text)
    regions = {match.code for match in matches if match.code in pack.region_by_code}
    local = [match for match in matches if match.code in pack.district_by_code]
    local.sort(
        key=lambda match: (pack.district_by_code[match.code].region not in regions, not match.explicit)
    )
    if not local:
        return matches[0].code if matches else None
    agrees = pack.district_by_code[local[0].code].region in regions
    return local[0].code if agrees or local[0].explicit or not regions else next(iter(sorted(regions)))


@lru_cache(maxsize=4)
def _gazetteer(pack: Pack) -> "_Gazetteer":
    return _Gazetteer(pack)


class _Gazetteer:
    def __init__(self, pack: Pack) -> None:
        words = pack.info.places
        self._region_of = {district.code: district.region for district in pack.districts}
        self._endings = frozenset("".join(fold(ending).split()) for ending in words.endings)
        self._kinds = {kind: _folded(getattr(words, kind)) for kind in _ORDER}
        self._other = _folded(words.other)
        self._names: dict[str, list[_Name]] = {}
        for name in _names(pack, words):
            self._names.setdefault(name.words[0][:STEM], []).append(name)

    def find(self, text: str) -> Iterator[PlaceMatch]:
        typed = split_words(text)[:MAX_WORDS]
        words = [word.folded for word in typed]
        groups: list[tuple[int, int, list[_Name], Kind | None]] = []
        place = claimed = 0
        while place < len(words) and len(groups) < MAX_PLACES:
            length, names = self._at(words, place)
            beside = self._kind_at(words, place + length)
            after = beside is not None
            if not after and place > claimed:
                beside = self._kind_at(words, place - 1)
            names = [name for name in names if (name.kind == beside if beside else name.bare)]
            if names and not self._is_other(words, place, length):
                groups.append((place, length, names, beside))
                place += length
                claimed = place + after
            else:
                place += 1
        for number, (start, length, names, beside) in enumerate(groups):
            others = {
                name.code for *_, group, _kind in groups[:number] + groups[number + 1 :] for name in group
            }
            name = min(names, key=lambda one: (self._is_stray(one, names, others), _ORDER.index(one.kind)))
            raw = " ".join(word.raw for word in typed[start : start + length])
            yield PlaceMatch(name.code, name.kind, raw, beside is not None)

    def _is_stray(self, name: _Name, names: list[_Name], others: set[str]) -> bool:
        """Whether the other places of the text speak against this one among places of the same name.

        Of two districts with one name, that is meant whose region the text names too; of a region and its
        city with one name, the region, if the text names another of its districts.
        """
        region = self._region_of.get(name.code)
        if region is None:
            return False
        if any(one.code == region for one in names):
            return any(self._region_of.get(code) == region for code in others)
        regions = {code for code in others if code not in self._region_of}
        return bool(regions) and region not in regions

    def _at(self, words: list[str], place: int) -> tuple[int, list[_Name]]:
        """The names that begin at a word; longer ones win, then those with fewer endings."""
        best: tuple[int, int] = (0, 0)
        found: list[_Name] = []
        keys = dict.fromkeys((words[place][:STEM], words[place][: STEM - 1]))
        for name in (name for key in keys for name in self._names.get(key, ())):
            size = len(name.words)
            if place + size > len(words) or not self._is_name(name.words, words[place : place + size]):
                continue
            rank = (size, len(name.words[-1]))
            if rank > best:
                best, found = rank, []
            if rank == best and name not in found:
                found.append(name)
        return best[0], found

    def _is_name(self, name: tuple[str, ...], words: list[str]) -> bool:
        last, typed = name[-1], words[-1]
        if name[:-1] != tuple(words[:-1]) or not typed.startswith(last):
            return False
        return typed == last or typed[len(last) :] in self._endings

    def _kind_at(self, words: list[str], place: int) -> Kind | None:
        if place < len(words):
            for kind, stems in self._kinds.items():
                if _is_stem(words[place], stems, self._endings):
                    return kind
        return None

    def _is_other(self, words: list[str], place: int, length: int) -> bool:
        around = (place + length, place - 1)
        return any(0 <= i < len(words) and _is_stem(words[i], self._other, self._endings) for i in around)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset("".join(fold(word).split()) for word in words)


def _is_stem(word: str, stems: frozenset[str], endings: frozenset[str] = frozenset()) -> bool:
    """A stem itself, or from four letters on one with an ending: at most two letters and a listed ending."""
    if word in stems:
        return True
    rests = [word[len(stem) :] for stem in stems if len(stem) >= STEM and word.startswith(stem)]
    return any(len(rest) <= 2 or any(rest[cut:] in endings for cut in range(3)) for rest in rests)


def _names(pack: Pack, words: PlaceWords) -> Iterator[_Name]:
    types = _folded((*words.district, *words.city, *words.region))
    territories: tuple[Region | District, ...] = (*pack.regions, *pack.districts)
    for territory in territories:
        district = isinstance(territory, District)
        kind: Kind = "city" if territory.kind == "city" else "district" if district else "region"
        bare = not (isinstance(territory, District) and territory.common_word)
        alias = territory.alias if isinstance(territory, District) else None
        spellings = dict.fromkeys((*territory.name.values(), *((alias,) if alias else ())))
        bases = {tuple(w for w in fold(name).split() if not _is_stem(w, types)) for name in spellings}
        for base in sorted(bases):
            if base:
                yield _Name((*base[:-1], _without_adjective(base[-1])), territory.code, kind, bare)


def _without_adjective(word: str) -> str:
    """Russian district names are adjectives: "Чиланзарский" is Чиланзар to everybody."""
    for ending in _ADJECTIVES:
        if word.endswith(ending) and len(word) - len(ending) >= STEM - 1:
            return word[: -len(ending)]
    return word
