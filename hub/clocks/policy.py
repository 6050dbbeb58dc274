"""A legal policy as data: terms, study, extension, forwarding, service targets. One TOML file each."""

import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from hub.clocks.calendar import WorkingCalendar
from hub.clocks.frames import Frame, parse_week
from hub.clocks.months import add_months
from hub.foundation.vocabulary import Kind

Unit = Literal["calendar_day", "working_day", "month"]
Days = Annotated[int, Field(ge=0, le=3650)]
Percent = Annotated[int, Field(gt=0, lt=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Part):
    """A length of legal time. A month is clipped to the last day of a shorter month."""

    amount: Days
    unit: Unit

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
    """How far past the due date the head of the body may move it."""

    kinds: frozenset[Kind]
    times: Days
    by: Literal["head"]


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

    clarify_days: Days
    information_days: Days
    withdrawal_return_days: Days


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


class Policy(_Part):
    """Frozen. `version` is stored beside every date computed with it."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    timezone: str
    law: str
    start: Literal["receipt", "registration"]
    roll: Literal["none", "next", "previous"]
    terms: dict[Kind, Span]
    study: Study
    extension: Extension
    forward: Span
    other: Other
    pause: Pause
    reopen: Reopen
    service: Service
    week: dict[str, tuple[str, ...]]

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
        parse_week(self.week)
        return self

    @cached_property
    def frames(self) -> dict[int, tuple[Frame, ...]]:
        """Working frames by weekday number."""
        return parse_week(self.week)


def load_policy(path: Path) -> Policy:
    """Raises pydantic's ValidationError (a ValueError), tomllib.TOMLDecodeError, OSError."""
    return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
