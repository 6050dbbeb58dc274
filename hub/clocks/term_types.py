"""The results of a count: steps, breaches, holdings and the term itself. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hub.clocks.sentences import Params, english
from hub.foundation.vocabulary import ClockKind, ClockStatus, Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied. `rule` is a stable code of `sentences.SENTENCES`, `params` fill its sentence.

    `start` and `end` are the dates before and after it. A refused event has `refused` set and moves nothing.
    `holding` is the index of the holding (one body in one cycle) that the step belongs to.
    """

    rule: str
    start: date | None
    end: date | None
    params: Params
    refused: bool = False
    holding: int = 0

    @property
    def note(self) -> str:
        """The English sentence with real dates."""
        return english(self.rule, self.params)

    def as_json(self) -> dict[str, object]:
        """The shape of `due_steps` and of `qabul clocks due`: rule, from, to, note."""
        return {
            "rule": self.rule,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "note": self.note,
        }

    def stored(self) -> dict[str, object]:
        """As kept beside a clock: enough to say the sentence again in any language."""
        return {**self.as_json(), "params": dict(self.params), "refused": self.refused}


def step_from(stored: Mapping[str, object]) -> Step:
    """The inverse of `Step.stored` (the holding index is not kept)."""
    start, end, params = stored["from"], stored["to"], stored["params"]
    return Step(
        rule=str(stored["rule"]),
        start=date.fromisoformat(start) if isinstance(start, str) else None,
        end=date.fromisoformat(end) if isinstance(end, str) else None,
        params=params if isinstance(params, Mapping) else {},
        refused=stored["refused"] is True,
    )


@dataclass(frozen=True, slots=True)
class Breach:
    """A term that was missed, with the date as it stood. Never erased; an excuse is another record."""

    clock: ClockKind
    cycle: int
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """One body's count: from the instant the appeal reached it until it answered or passed it on.

    `route_on` is the last day to pass it on; None where the policy knows no such term.
    """

    cycle: int
    body: int | None
    started_at: datetime
    start_on: date
    route_on: date | None
    due_on: date
    target_on: date
    ended_at: datetime | None = None
    ended_by: str = ""

    def is_late(self, on: date) -> bool:
        return on > self.due_on


@dataclass(frozen=True, slots=True)
class Term:
    """The legal term of an appeal as it stands. Dates are local dates of the policy's zone.

    `due_on`, `target_on` and `status` speak of the last cycle and of the body that holds the appeal now.
    `received_on` is the first receipt: the citizen's total runs from it and never restarts.
    `refused` holds the positions, in the events as given, of those that changed nothing.
    """

    kind: Kind
    policy: str
    received_on: date
    registered_on: date
    start_on: date
    due_on: date
    target_on: date
    status: ClockStatus
    cycle: int
    steps: tuple[Step, ...]
    breaches: tuple[Breach, ...]
    holdings: tuple[Holding, ...]
    refused: frozenset[int]

    @property
    def is_open(self) -> bool:
        return self.holdings[-1].ended_at is None
