"""The process's law book: the policy and the calendar of the country pack in force."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hub.clocks.calendar import DayOverride, WorkingCalendar
from hub.clocks.clock_states import ClockState, clocks_of
from hub.clocks.due import PACKS, pack_calendar
from hub.clocks.events import Event
from hub.clocks.policy import Policy, load_policy
from hub.clocks.term_types import Term
from hub.clocks.terms import count_term
from hub.foundation.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class EditedDay:
    """A row of the editable calendar, in the order in which they were made."""

    day: date
    working: bool
    at: datetime
    source: str = ""


@dataclass(frozen=True)
class ClockBook:
    """Immutable; shared by the whole process and found with `uow.of(ClockBook)`."""

    policy: Policy
    calendar: WorkingCalendar

    @classmethod
    def from_pack_dir(cls, pack: Path, policy_code: str | None = None) -> "ClockBook":
        """The named policy of a pack, or the one that its `pack.toml` puts in force. Raises ValueError."""
        code = policy_code or tomllib.loads((pack / "pack.toml").read_text(encoding="utf-8"))["policy"]
        file = pack / "policies" / f"{code}.toml"
        if not file.is_file():
            raise ValueError(f"{pack.name} has no policy called {code}.")
        policy = load_policy(file)
        return cls(policy, pack_calendar(pack, policy))

    @classmethod
    def of_country(cls, country_pack: str = "uz", timezone: str = "") -> "ClockBook":
        """By the settings: a folder name in `knowledge/packs` or a path to a pack; another zone."""
        named = PACKS / country_pack
        book = cls.from_pack_dir(named if named.is_dir() else Path(country_pack))
        return cls(book.policy, replace(book.calendar, tz=ZoneInfo(timezone))) if timezone else book

    @property
    def zone(self) -> ZoneInfo:
        return self.calendar.tz

    def calendar_with(self, edits: Iterable[EditedDay]) -> WorkingCalendar:
        """The calendar of today: the pack's with every edited day."""
        return self.calendar.with_edits(
            {edit.day: DayOverride(edit.working, source=edit.source) for edit in edits}
        )

    def count(
        self,
        kind: Kind,
        received: datetime,
        body: int | None,
        events: Sequence[Event],
        edits: Sequence[EditedDay],
        as_of: datetime,
    ) -> tuple[Term, tuple[ClockState, ...]]:
        """The term and all clocks of one appeal. Refused positions are those of `events`.

        A day edited before receipt was simply so; one edited later is an event of the appeal. Edits made
        while it was closed change nothing of the past and count from a reopening.
        """
        known = self.calendar_with(edit for edit in edits if edit.at <= received)
        later = [edit for edit in edits if edit.at > received]
        term = count_term(self.policy, known, kind, received, events, as_of=as_of, body=body)
        if later:
            woven = [*events, *_calendar_events(term, later)]
            term = count_term(self.policy, known, kind, received, woven, as_of=as_of, body=body)
        clocks = clocks_of(self.policy, self.calendar_with(edits), term, received, events)
        return term, clocks


def _calendar_events(term: Term, edits: Sequence[EditedDay]) -> list[Event]:
    events = []
    for edit in edits:
        event = Event("calendar", edit.at, day=edit.day, working=edit.working, reason=edit.source)
        # An appeal that was closed at the time learns of it when it is opened again.
        started = (h.started_at for h in term.holdings if h.ended_at is None or h.ended_at > edit.at)
        next_open = next(started, None)
        if next_open is not None:
            events.append(replace(event, at=max(edit.at, next_open)))
    return events
