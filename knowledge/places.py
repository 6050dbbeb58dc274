"""Which regions and districts a text names, in any language and script of the pack.

Names are compared folded, with the endings that the pack lists. A guess, not a geocoder: it proposes the
local body, and the citizen can change it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.place_names import KINDS, Kind, Name, PlaceNames, is_stem, joined
from knowledge.schema import Pack
from routing.normalize import split_words

MAX_WORDS = 600
MAX_PLACES = 20


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A territory that a text names. `explicit` is true if the text also says "district", "city"..."""

    code: str
    kind: Kind
    text: str
    explicit: bool


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


@dataclass(frozen=True, slots=True)
class _Found:
    """Names at `start`, `length` words long; `beside`: the kind that a word next to them says."""

    start: int
    length: int
    names: list[Name]
    beside: Kind | None
    certain: bool


class _Gazetteer:
    def __init__(self, pack: Pack) -> None:
        words = pack.info.places
        self._region_of = {district.code: district.region for district in pack.districts}
        self._endings = joined(words.endings)
        self._kinds: dict[Kind, frozenset[str]] = {kind: joined(getattr(words, kind)) for kind in KINDS}
        self._other = joined(words.other)
        self._before = joined(words.before)
        self._names = PlaceNames(pack)
        # Words repeat from text to text; what kind of word one is does not change.
        self._kind_of = lru_cache(maxsize=4096)(self._look_up_kind)

    def find(self, text: str) -> Iterator[PlaceMatch]:
        typed = split_words(text)[:MAX_WORDS]
        words = [word.folded for word in typed]
        groups = self._groups(words)
        if not any(group.certain for group in groups) and not self._is_address(words, groups):
            return
        for group in groups:
            others = {name.code for one in groups if one is not group for name in one.names}
            name = min(
                group.names, key=lambda one: (self._is_stray(one, group.names, others), KINDS.index(one.kind))
            )
            raw = " ".join(word.raw for word in typed[group.start : group.start + group.length])
            yield PlaceMatch(name.code, name.kind, raw, group.beside is not None)

    def _groups(self, words: list[str]) -> list[_Found]:
        groups: list[_Found] = []
        kinds = [self._kind_of(word) for word in words]
        place = claimed = 0
        while place < len(words) and len(groups) < MAX_PLACES:
            found = self._at(words, kinds, place, claimed)
            if found and not self._is_other(words, place, found.length):
                groups.append(found)
                place += found.length
                claimed = place + (place < len(words) and kinds[place] is not None)
            else:
                place += 1
        return groups

    def _at(self, words: list[str], kinds: list[Kind | None], place: int, claimed: int) -> _Found | None:
        """What is named at a word: as spelt, then as meant beside a word like "district", then as meant."""
        length, names = self._names.at(words, place)
        before = kinds[place - 1] if place > claimed else None
        if names:
            beside = _kind_at(kinds, place + length) or before
            names = [name for name in names if (name.kind == beside if beside else name.bare)]
            if beside and not names:
                names = self._names.like("".join(words[place : place + length]), beside)
            certain = beside is not None or self._is_certain(words, place, length, names)
            return _Found(place, length, names, beside, certain) if names else None
        if kinds[place] is not None:
            return None
        for size in (2, 1):
            beside = _kind_at(kinds, place + size)
            if not beside or _kind_at(kinds, place + size - 1) is not None:
                continue
            if names := self._names.like("".join(words[place : place + size]), beside):
                return _Found(place, size, names, beside, certain=True)
        if before and (names := self._names.like(words[place], before)):
            return _Found(place, 1, names, before, certain=True)
        names = self._names.like_bare(words[place])
        return _Found(place, 1, names, None, certain=True) if names else None

    def _is_address(self, words: list[str], groups: list[_Found]) -> bool:
        """Whether a text consists of names, words like "district" and numbers only."""
        named = sum(group.length for group in groups)
        return named + sum(word.isdigit() or self._kind_of(word) is not None for word in words) >= len(words)

    def _is_certain(self, words: list[str], place: int, length: int, names: list[Name]) -> bool:
        """A name that is also a person or a word means the place only with "in" or "from"."""
        if not all(name.doubtful for name in names):
            return True
        last = words[place + length - 1]
        led = place > 0 and words[place - 1] in self._before
        return led or any(self._names.is_locative(last, name) for name in names)

    def _is_stray(self, name: Name, names: list[Name], others: set[str]) -> bool:
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

    def _look_up_kind(self, word: str) -> Kind | None:
        for kind, stems in self._kinds.items():
            if is_stem(word, stems, self._endings):
                return kind
        return None

    def _is_other(self, words: list[str], place: int, length: int) -> bool:
        around = (place + length, place - 1)
        return any(0 <= i < len(words) and is_stem(words[i], self._other, self._endings) for i in around)


def _kind_at(kinds: list[Kind | None], place: int) -> Kind | None:
    return kinds[place] if place < len(kinds) else None
