"""The due date as people read it: the count step by step, and how much is left."""

from collections.abc import Iterable
from datetime import date

from hub.appeals.views import DueStep
from hub.clocks.ledger import StoredClock
from hub.clocks.sentences import render
from hub.foundation.dates import write_date
from hub.foundation.i18n import _, speaking


def steps_in(language: str, clocks: Iterable[StoredClock]) -> tuple[DueStep, ...]:
    """The steps of the given clocks, oldest first, as sentences in `language`."""
    with speaking(language):
        return tuple(
            DueStep(
                rule=step.rule,
                from_=step.start.isoformat() if step.start else "",
                to=step.end.isoformat() if step.end else "",
                note=render(step.rule, step.params, translate=_, write_date=write_date),
            )
            for clock in clocks
            for step in clock.steps
        )


def days_left(due_on: date, today: date) -> int:
    """Calendar days until the due date, negative once it has passed: the one count shown everywhere."""
    return (due_on - today).days
