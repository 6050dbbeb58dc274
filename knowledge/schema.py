"""The shape of a country pack: frozen values, no behaviour beyond lookup.

A text in several languages is a mapping from language code (`uz-Latn`, `uz-Cyrl`, `ru`, `kaa`, `en`) to
the text. Which languages a pack must have is said by `PackInfo.languages`, so shape is checked here and
completeness in `knowledge.check`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[_:.-][a-z0-9]+)*$")]
Texts = Mapping[str, NonEmpty]
TextLists = Mapping[str, tuple[NonEmpty, ...]]

HOKIMIYAT = "hokimiyat"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HokimiyatNaming(Frozen):
    """How the name of a local executive body is made from the name of its territory, in one language.

    `replace` holds regular expressions and replacements, run in order on the territory's name.
    """

    template: NonEmpty
    replace: tuple[tuple[str, str], ...] = ()


class PlaceWords(Frozen):
    """Words by which running text speaks of territories; see the comments in `pack.toml`."""

    district: tuple[NonEmpty, ...] = ()
    city: tuple[NonEmpty, ...] = ()
    region: tuple[NonEmpty, ...] = ()
    other: tuple[NonEmpty, ...] = ()
    endings: tuple[NonEmpty, ...] = ()
    locative: tuple[NonEmpty, ...] = ()
    before: tuple[NonEmpty, ...] = ()
    doubtful: tuple[NonEmpty, ...] = ()


class PackInfo(Frozen):
    """What the rest of the product must know of a country before it reads anything else."""

    code: Code
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}$")]
    name: Texts
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    timezone: NonEmpty
    languages: tuple[NonEmpty, ...] = Field(min_length=1)
    default_language: NonEmpty
    triage: Code
    calendar: Code
    policy: Code
    hokimiyat: Mapping[str, HokimiyatNaming] = Field(default_factory=dict)
    places: PlaceWords = PlaceWords()


class Helpline(Frozen):
    """A published number. `status`: only `official` was read on the body's own site."""

    number: NonEmpty
    agency: Code | None = None
    name: NonEmpty
    source: NonEmpty
    source_year: int | None = None
    status: Literal["official", "press", "unverified"]


class Agency(Frozen):
    """A body that can be responsible for an appeal; `parent` is its superior body, if it has one."""

    code: Code
    kind: Literal["ministry", "committee", "agency", "local", "reception", "other"]
    name: Texts
    sphere: Code
    parent: Code | None = None
    soato: str | None = None
    contact: tuple[Helpline, ...] = ()
    keywords: TextLists = Field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    successor: Code | None = None
    source_note: NonEmpty


class LocalTemplate(Frozen):
    """What all local executive bodies of one level share: sphere and the matters they answer for."""

    sphere: Code
    keywords: TextLists
    source_note: NonEmpty


class Region(Frozen):
    """A first-level territory; `code` is its 4-digit SOATO code."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    kind: Literal["region", "city", "republic"]
    name: Texts


class District(Frozen):
    """A district or city; `code` is its SOATO code (7 digits; 10 for newer units inside a city).

    `verified` is false where the code comes from a third-party list. `common_word` says that the name is
    also an everyday word, so that in running text it counts only beside "district" or "city".
    """

    code: Annotated[str, StringConstraints(pattern=r"^\d{7}(?:\d{3})?$")]
    region: str
    kind: Literal["district", "city"]
    name: Texts
    alias: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    verified: bool = True
    common_word: bool = False


class Topic(Frozen):
    """A sphere that appeals are counted by."""

    code: Code
    name: Texts


class FaqEntry(Frozen):
    """A checked answer with the ways people ask for it, and the source that it stands on.

    In force from `valid_from` to `valid_to`, both days included; to be checked again on `review_on`.
    """

    id: Code
    topic: Code
    title: Texts
    phrasings: TextLists
    answer: Texts
    source: NonEmpty
    checked_on: date
    agency: Code | None = None
    review_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class SourceRule(Frozen):
    """One step of writing a source for citizens: an expression, and what takes its place, by language."""

    pattern: NonEmpty
    text: Mapping[str, str]


class Courtesies(Frozen):
    """Phrases of messages that only greet or thank, and words that may stand beside them."""

    greeting: tuple[NonEmpty, ...] = ()
    thanks: tuple[NonEmpty, ...] = ()
    beside: tuple[NonEmpty, ...] = ()


class EmergencyNumber(Frozen):
    number: NonEmpty
    name: Texts
    source: NonEmpty
    status: Literal["official", "press", "unverified"]


class EmergencyRule(Frozen):
    """One kind of danger to life: what people write, whom to call, what to do meanwhile."""

    id: Code
    numbers: tuple[NonEmpty, ...] = Field(min_length=1)
    phrases: TextLists
    reply: Texts


class Emergency(Frozen):
    numbers: tuple[EmergencyNumber, ...]
    rules: tuple[EmergencyRule, ...]


class Pack(Frozen):
    """Everything one country brings. Immutable; lookups are built on first use and then are O(1).

    Two packs are equal only if they are the same object, so a pack can be a key of a cache.
    """

    folder: Path
    info: PackInfo
    topics: tuple[Topic, ...]
    regions: tuple[Region, ...]
    districts: tuple[District, ...]
    agencies: tuple[Agency, ...]
    local: Mapping[Literal["region", "district"], LocalTemplate]
    helplines: tuple[Helpline, ...]
    faq: tuple[FaqEntry, ...]
    emergency: Emergency
    sources: tuple[SourceRule, ...] = ()
    courtesies: Courtesies = Courtesies()

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def agency_by_code(self) -> Mapping[str, Agency]:
        return {agency.code: agency for agency in reversed(self.agencies)}

    @cached_property
    def faq_by_id(self) -> Mapping[str, FaqEntry]:
        return {entry.id: entry for entry in reversed(self.faq)}

    @cached_property
    def region_by_code(self) -> Mapping[str, Region]:
        return {region.code: region for region in reversed(self.regions)}

    @cached_property
    def district_by_code(self) -> Mapping[str, District]:
        return {district.code: district for district in reversed(self.districts)}

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[Agency, ...]]:
        found: dict[str | None, list[Agency]] = {}
        for agency in self.agencies:
            found.setdefault(agency.parent, []).append(agency)
        return {parent: tuple(children) for parent, children in found.items()}

    @property
    def triage(self) -> Agency:
        """The body that takes an appeal when nobody knows yet whose it is. KeyError if the pack lacks it."""
        return self.agency_by_code[self.info.triage]

    def children(self, code: str | None) -> tuple[Agency, ...]:
        """The bodies directly below `code`; below None stand the bodies that have no superior."""
        return self._children.get(code, ())

    def is_under(self, code: str, ancestor: str) -> bool:
        """True if `ancestor` stands above `code` at any distance. A body is not under itself."""
        seen: set[str] = set()
        agency = self.agency_by_code.get(code)
        while agency is not None and agency.parent is not None and agency.parent not in seen:
            if agency.parent == ancestor:
                return True
            seen.add(agency.parent)
            agency = self.agency_by_code.get(agency.parent)
        return False

    def hokimiyat(self, soato: str) -> Agency | None:
        """The local executive body of a region or district, by the territory's SOATO code."""
        return self.agency_by_code.get(f"{HOKIMIYAT}:{soato}")

    @property
    def calendar_file(self) -> Path:
        return self.folder / "calendars" / f"{self.info.calendar}.csv"
