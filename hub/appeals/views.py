"""Frozen views of appeals: all that bot, web and API ever see of the register."""

from dataclasses import dataclass, field
from datetime import date, datetime

from hub.foundation.vocabulary import ClockStatus, DeliveryState, Kind, Outcome, Status, Verdict
from hub.library.agencies import AgencyView

__all__ = ["AgencyView"]


@dataclass(frozen=True, slots=True)
class AttachmentView:
    id: str
    name: str
    media_type: str
    size: int | None
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Applicant:
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An appeal before it is registered.

    `agency` None lets the router choose; `about` is an agency code or free text.
    """

    text: str
    kind: Kind | None = None
    agency: str | None = None
    district: str | None = None
    about: str | None = None
    applicant: Applicant = field(default_factory=Applicant)
    language: str | None = None
    confidential: bool = False
    consent: bool = False
    attachments: tuple[str, ...] = ()
    received_at: datetime | None = None
    #: Digest of the session or caller that uploaded the attachments.
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One of several matters of a text, in the writer's own words, and where it would go alone."""

    text: str
    agency: AgencyView


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a text would go and why. `about` is a body named in it, to be asked about, never assumed.

    `reason` is one sentence in the reader's language. `matters`: two or more when the text seems to speak of
    several, to be offered as separate appeals; else empty.
    """

    agency: AgencyView
    alternatives: tuple[AgencyView, ...]
    why: tuple[str, ...]
    confidence: float
    about: AgencyView | None
    urgent: bool
    reason: str = ""
    matters: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class DueStep:
    """One line of the count; `note` is a sentence in the reader's language."""

    rule: str
    from_: str
    to: str
    note: str


@dataclass(frozen=True, slots=True)
class Receipt:
    number: str
    tracking_code: str
    registered_on: date
    due_on: date
    due_steps: tuple[DueStep, ...]
    agency: AgencyView
    status: Status
    kind: Kind
    confidential: bool
    urgent: bool
    #: True when this very draft had been registered before (a second press of the button).
    repeated: bool = False
    #: The person's own appeals of the last year with the same text: open ones first.
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierAppeal:
    """The same text, registered by the same person before. Without `proven` only a telephone number says so:
    then nothing of it may be shown beyond this, nor added to it, without its tracking code."""

    number: str
    status: Status
    open: bool
    confidential: bool
    due_on: date
    registered_on: date
    proven: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    id: int
    author: str
    author_name: str
    kind: str
    body: str
    final: bool
    outcome: Outcome | None
    at: datetime
    attachments: tuple[AttachmentView, ...] = ()
    delivery: DeliveryState | None = None
    delivery_channels: tuple[tuple[str, DeliveryState], ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the history, as a sentence in the reader's language."""

    type: str
    at: datetime
    sentence: str
    by: str


@dataclass(frozen=True, slots=True)
class AppealLine:
    """A row of a citizen's own list."""

    number: str
    text: str
    status: Status
    agency: AgencyView
    due_on: date
    days_left: int
    overdue: bool
    open: bool
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class CitizenAppeal:
    """What the author sees of an appeal."""

    number: str
    kind: Kind
    text: str
    language: str
    status: Status
    agency: AgencyView
    registered_on: date
    received_at: datetime
    due_on: date
    days_left: int
    overdue: bool
    due_steps: tuple[DueStep, ...]
    outcome: Outcome | None
    verdict: Verdict
    rating: int | None
    open: bool
    confidential: bool
    messages: tuple[MessageView, ...]
    history: tuple[EventView, ...]
    attachments: tuple[AttachmentView, ...]
    can_add: bool
    can_withdraw: bool
    can_judge: bool
    can_reopen: bool
    tied_channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveMark:
    """`count` appeals of the wave, this one among them, that the reader may read; `place` is a SOATO code."""

    wave: int
    count: int
    place: str


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A row of the officials' list."""

    number: str
    text: str
    kind: Kind
    status: Status
    agency: AgencyView
    language: str
    channel: str
    district: str | None
    due_on: date
    target_on: date
    days_left: int
    overdue: bool
    urgent: bool
    assignee: str | None
    mine: bool
    received_at: datetime
    forwards: int
    verdict: Verdict
    #: The reader's agency forwarded it away: only number and own dates are true here.
    passed_on: bool = False
    #: Many of one place write about the same; only with the text.
    wave: WaveMark | None = None


@dataclass(frozen=True, slots=True)
class ClockView:
    kind: str
    status: ClockStatus
    agency: AgencyView | None
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    cycle: int


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do on this appeal now; the use-cases check again."""

    claim: bool = False
    release: bool = False
    reply: bool = False
    sign: bool = False
    note: bool = False
    transfer: bool = False
    extend: bool = False
    close: bool = False
    see_identity: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """What an official sees of an appeal. `full` is False for an agency that forwarded it away:
    then only number, dates and its own acts are filled."""

    full: bool
    line: InboxLine
    text: str
    applicant: Applicant | None
    about: str | None
    citizen_language: str
    registered_on: date
    due_steps: tuple[DueStep, ...]
    clocks: tuple[ClockView, ...]
    messages: tuple[MessageView, ...]
    history: tuple[EventView, ...]
    attachments: tuple[AttachmentView, ...]
    routed_why: tuple[str, ...]
    #: Why it is here, in one sentence; and bodies it may rather belong to.
    routed_reason: str
    elsewhere: tuple[AgencyView, ...]
    claimed_by: str | None
    claimed_until: datetime | None
    outcome: Outcome | None
    rating: int | None
    others: tuple[AppealLine, ...]
    suggestions: tuple[tuple[str, str], ...]
    rights: Rights
    version: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    claimed_by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ReplyView:
    id: int
    state: str
