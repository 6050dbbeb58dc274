"""What the API answers: exactly these fields of the use-cases' views, and nothing that is not written here.

Times are ISO 8601 with zone; dates of legal terms are local dates of the country.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_serializer
from pydantic_core.core_schema import SerializerFunctionWrapHandler

from hub.foundation.vocabulary import DeliveryState, Kind, Outcome, Status, Verdict


class Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True, populate_by_name=True)


class Agency(Answer):
    code: str
    name: str


class FaqAnswer(Answer):
    id: str
    title: str
    text: str
    language: str
    source: str
    checked_on: date


class Candidate(Answer):
    id: str
    title: str


class EmergencyNumber(Answer):
    number: str
    name: str


class Question(Answer):
    """`answer`, `agency` and `emergency` stand only where there is one."""

    decision: str
    confidence: float
    answer: FaqAnswer | None = None
    candidates: list[Candidate] = []
    agency: Agency | None = None
    emergency: list[EmergencyNumber] | None = None

    @model_serializer(mode="wrap")
    def without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value is not None}


class DueStep(Answer):
    rule: str
    from_: str = Field(serialization_alias="from", validation_alias=AliasChoices("from_", "from"))
    to: str
    note: str


class Receipt(Answer):
    number: str
    tracking_code: str
    registered_on: date
    due_on: date
    due_steps: list[DueStep]
    agency: Agency
    status: Status
    kind: Kind
    confidential: bool
    urgent: bool
    #: The applicant's own appeals of the last year with the same text, open ones first.
    similar: list[str] = []


class File(Answer):
    id: str
    name: str
    media_type: str
    size: int | None
    state: str


class Message(Answer):
    id: int
    author: str
    author_name: str
    kind: str
    text: str = Field(validation_alias=AliasChoices("body", "text"))
    final: bool
    outcome: Outcome | None
    at: datetime
    attachments: list[File]
    delivery: DeliveryState | None


class Event(Answer):
    type: str
    at: datetime
    text: str = Field(validation_alias=AliasChoices("sentence", "text"))


class TrackedAppeal(Answer):
    """The author's own view."""

    number: str
    kind: Kind
    status: Status
    text: str
    language: str
    agency: Agency
    received_at: datetime
    registered_on: date
    due_on: date
    days_left: int
    overdue: bool
    due_steps: list[DueStep]
    outcome: Outcome | None
    verdict: Verdict
    rating: int | None
    confidential: bool
    messages: list[Message]
    history: list[Event]
    attachments: list[File]


class InboxLine(Answer):
    number: str
    kind: Kind
    status: Status
    text: str
    agency: Agency
    language: str
    channel: str
    district: str | None
    received_at: datetime
    due_on: date
    days_left: int
    overdue: bool
    urgent: bool
    assignee: str | None
    forwards: int


class Person(Answer):
    name: str
    address: str
    phone: str
    email: str
    organization: str


class Clock(Answer):
    kind: str
    status: str
    agency: Agency | None
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    cycle: int


class Case(InboxLine):
    """An official's view; `full` is false where only number, dates and own acts may be seen."""

    full: bool
    applicant: Person | None
    about: str | None
    registered_on: date
    due_steps: list[DueStep]
    clocks: list[Clock]
    messages: list[Message]
    history: list[Event]
    attachments: list[File]
    claimed_by: str | None
    claimed_until: datetime | None
    outcome: Outcome | None
    rating: int | None
    version: int


class InboxPage(Answer):
    items: list[InboxLine]
    next: str | None


class AgencyPage(Answer):
    items: list[Agency]
    next: str | None


class Claim(Answer):
    claimed_by: str
    until: datetime


class Reply(Answer):
    id: int
    state: str


class Note(Answer):
    id: int
    at: datetime


class Transferred(Answer):
    number: str
    status: Status
    agency: Agency


class Extended(Answer):
    number: str
    due_on: date


class Uploaded(Answer):
    id: str
    name: str
    media_type: str
    size: int | None


class Problem(Answer):
    """RFC 9457; `code` is stable, `detail` is a sentence in the caller's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route, for its documentation."""
    return {
        status: {
            "model": Problem,
            "content": {"application/problem+json": {}},
            "description": _MEANINGS[status],
        }
        for status in statuses
    }


_MEANINGS = {
    400: "The request cannot be read.",
    401: "A token is needed.",
    403: "The post does not allow it.",
    404: "Absent, or not yours to see.",
    409: "Somebody else was first, or it is too late.",
    413: "Too large.",
    415: "Not JSON.",
    422: "Understood and refused; `code` says why.",
    429: "Too many requests.",
}


def numbers(lines: Sequence[tuple[str, str]]) -> list[EmergencyNumber]:
    return [EmergencyNumber(number=number, name=name) for number, name in lines]
