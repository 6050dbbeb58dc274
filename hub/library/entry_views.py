"""What editors see of the library: lines, one entry, its versions, and how two of them differ."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from hub.library.agencies import AgencyView

EntryKind = Literal["faq", "agency"]
EntryState = Literal["draft", "published", "retired"]
#: Where the public's text comes from: only the country pack, only the editors, or the editors over the pack.
Origin = Literal["pack", "stored", "both"]
VersionAct = Literal["shipped", "drafted", "published", "retired", "restored", "imported", "proposed"]


@dataclass(frozen=True, slots=True)
class LanguageText:
    """One language of an entry. The routing words of a body have neither title nor answer."""

    language: str
    title: str = ""
    answer: str = ""
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryContent:
    """Everything an editor writes. `agency` is the owner's code; None belongs to the hub.

    An answer needs `checked_on`; the routing words of a body may do without.

    `texts` holds each language at most once, in the order of `LANGUAGES`; a language with nothing in it is
    left out. The entry is in force from `valid_from` to `valid_to`, both days included.
    """

    kind: EntryKind
    topic: str
    agency: str | None
    source: str
    checked_on: date | None
    texts: tuple[LanguageText, ...]
    review_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_language(self, language: str) -> LanguageText:
        """Empty when the entry has nothing in this language."""
        return next((text for text in self.texts if text.language == language), LanguageText(language))


@dataclass(frozen=True, slots=True)
class EntryLine:
    """`draft_waits`: there is a newer text than the public sees. `review_due`: its review date has come."""

    code: str
    kind: EntryKind
    title: str
    agency: AgencyView | None
    state: EntryState
    origin: Origin
    draft_waits: bool
    languages: tuple[str, ...]
    review_on: date | None
    review_due: bool
    editable: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`by` is empty for what the hub itself did (shipped with the pack, imported at the terminal)."""

    number: int
    act: VersionAct
    by: str
    at: datetime
    note: str
    live: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry. `content` is the newest text, `live` what the public sees (None: nothing).

    `version` goes back with every change; 0 for an entry that only the pack has.
    `history` is newest first, and empty for whoever may not edit the entry.
    """

    code: str
    kind: EntryKind
    title: str
    state: EntryState
    origin: Origin
    version: int
    agency: AgencyView | None
    content: EntryContent
    live: EntryContent | None
    draft_waits: bool
    editable: bool
    history: tuple[VersionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionView:
    line: VersionLine
    content: EntryContent


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of two versions. `field` is topic, agency, source, checked_on, review_on, valid_from,
    valid_to, title, answer or phrasings; the last three with the language they are in."""

    field: str
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LibraryState:
    """For the top of the library page. `failure` is one sentence; the edition in `serving` goes on."""

    edition: int
    serving: int
    failure: str = ""
    failed_at: datetime | None = None
