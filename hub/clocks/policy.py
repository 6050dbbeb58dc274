"""A legal policy as data: terms, study, extension, forwarding, service targets. One TOML file each.

A part that the law read for a policy does not have is left out of its file; `absent` says so in a sentence.
"""

import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.frames import Frame, parse_week
from hub.clocks.months import add_months
from hub.foundation.vocabulary import Kind

Unit = Literal["calendar_day", "working_day", "month"]
Days = Annotated[int, Field(ge=0, le=3650)]
Percent = Annotated[int, Field(gt=0, lt=100)]
Sentence = Annotated[str, Field(pattern=r"^[A-Z0-9].*\.$", max_length=300)]
#: No term is longer than ten years; a policy that is extended for ever has no end.
LONGEST_MONTHS = 120
MOST_EXTENSIONS = 12


class PolicyError(ValueError):
    """A policy that cannot be counted with."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Part):
    """A length of legal time. A month is clipped to the last day of a shorter month."""

    amount: Days
    unit: Unit

    @model_validator(mode="after")
    def _ends(self) -> "Span":
        if self.unit == "month" and self.amount > LONGEST_MONTHS:
            raise ValueError(f"a span of more than {LONGEST_MONTHS} months has no end that anybody waits for")
        return self

    def after(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day of a span whose day zero is `start`."""
        if self.unit == "month":
            return add_months(start, self.amount)
        if self.unit == "working_day":
            return calendar.add_working_days(start, self.amount)
        return date.fromordinal(start.toordinal() + self.amount)


class Study(Span):
    """Further study: `kinds` get this span from the same start, others only a notice."""

    kinds: frozenset[Kind]
    notice_days: Days


class Extension(Span):
    """How far past the due date it may be moved, by whom, and how soon the applicant is told."""

    kinds: frozenset[Kind]
    times: Annotated[int, Field(ge=1, le=MOST_EXTENSIONS)]
    by: Literal["head", "head_or_deputy", "authorised_official"]
    notice: Span | None = None


class Pause(_Part):
    reasons: tuple[str, ...] = ()

    @field_validator("reasons")
    @classmethod
    def _none_yet(cls, reasons: tuple[str, ...]) -> tuple[str, ...]:
        # Refused here rather than silently counted wrong.
        if reasons:
            raise ValueError("policies that allow a pause are not counted by this version")
        return reasons


class Reopen(_Part):
    within_days: Days


class Other(_Part):
    """Terms that are shown to officials and stop or move no clock."""

    clarify_days: Days | None = None
    information_days: Days | None = None
    withdrawal_return_days: Days | None = None
    unclear_text_notice_days: Days | None = None
    higher_authority_days: Days | None = None


class Service(_Part):
    """Targets beside the law, in ordinary working days of the body's frames; warnings in percent."""

    assign_working_days: Annotated[int, Field(gt=0, le=60)]
    first_word_working_days: Annotated[int, Field(gt=0, le=60)]
    message_answer_working_days: Annotated[int, Field(gt=0, le=60)]
    warnings: tuple[Percent, ...]

    @field_validator("warnings")
    @classmethod
    def _ascending(cls, warnings: tuple[int, ...]) -> tuple[int, ...]:
        if list(warnings) != sorted(set(warnings)):
            raise ValueError("warnings must ascend")
        return warnings


class Absent(_Part):
    """Why a part is not there: a sentence that whoever asks for it is given."""

    registration: Sentence | None = None
    study: Sentence | None = None
    extension: Sentence | None = None
    forward: Sentence | None = None
    pause: Sentence | None = None

    def sentences(self) -> tuple[str, ...]:
        return tuple(text for _name, text in self if text)


class Source(_Part):
    """Where numbers of the policy stand. `mark`: `read` in the source named, `partly`, or `unverified`."""

    says: Sentence
    article: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    mark: Literal["read", "partly", "unverified"]


class Policy(_Part):
    """Frozen. `version` is stored beside every date computed with it.

    `registration` is the latest day of registering; where the next working day is later than that, an appeal
    is registered on the day it came. `calendar` is the pack's file, or the library for a country whose file
    no pack has. `doubts` are what is settled here and not by what was read.
    """

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    timezone: str
    law: str
    start: Literal["receipt", "registration"]
    roll: Literal["none", "next", "previous"]
    calendar: Literal["file", "library"] = "file"
    registration: Span | None = None
    terms: dict[Kind, Span]
    study: Study | None = None
    extension: Extension | None = None
    forward: Span | None = None
    other: Other = Other()
    pause: Pause = Pause()
    reopen: Reopen
    service: Service
    week: dict[str, tuple[str, ...]]
    absent: Absent = Absent()
    doubts: tuple[Sentence, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except KeyError:
            raise ValueError(f"no time zone is called {name}") from None
        return name

    @model_validator(mode="after")
    def _whole(self) -> "Policy":
        missing = set(Kind) - set(self.terms)
        if missing:
            raise ValueError(f"no term for {', '.join(sorted(missing))}")
        endless = [str(kind) for kind, span in self.terms.items() if span.amount == 0]
        if endless:
            raise ValueError(f"a term of nothing: {', '.join(sorted(endless))}")
        if not any(parse_week(self.week).values()):
            raise ValueError("the week has no working time")
        for part in ("study", "extension", "forward"):
            if (getattr(self, part) is None) != (getattr(self.absent, part) is not None):
                raise ValueError(f"either {part} has a number or absent.{part} says why not")
        return self

    @cached_property
    def frames(self) -> dict[int, tuple[Frame, ...]]:
        """Working frames by weekday number."""
        return parse_week(self.week)


def load_policy(path: Path) -> Policy:
    """Raises PolicyError, which says in a sentence what is wrong with which setting; OSError."""
    try:
        policy = Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise PolicyError(f"{path.name}: {'; '.join(map(_said, error.errors()))}.") from error
    except ValueError as error:
        raise PolicyError(f"{path.name}: {error}.") from error
    if policy.code != path.stem:
        raise PolicyError(f"{path.name}: the policy in it is called {policy.code}.")
    return policy


def _said(error: ErrorDetails) -> str:
    place = ".".join(map(str, error["loc"]))
    said = error["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said
