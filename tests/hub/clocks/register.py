"""Bare rows that clocks hang on: two bodies, a citizen, appeals without their stories."""

from datetime import UTC, datetime
from itertools import count

from hub.appeals.models import Appeal
from hub.clocks import ledger
from hub.clocks.term_types import Term
from hub.foundation.db import UnitOfWork
from hub.foundation.vocabulary import ClockKind, Kind
from hub.library.models import AgencyRecord
from hub.people.models import Citizen

_numbers = count(1)
WATER, JUSTICE = 1, 2


async def bodies(uow: UnitOfWork) -> None:
    for code, number in (("water", WATER), ("justice", JUSTICE)):
        uow.session.add(
            AgencyRecord(id=number, code=code, kind="ministry", names={"en": code}, path=f"/{code}/")
        )
    uow.session.add(Citizen(id=1, created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    await uow.session.flush()


async def file_appeal(
    uow: UnitOfWork, received: datetime, kind: Kind = Kind.COMPLAINT, agency: int = WATER
) -> tuple[int, Term]:
    """A registered appeal with its clocks; gives its id and term."""
    on = received.date()
    appeal = Appeal(
        number=f"T{next(_numbers)}", code_sealed=b"", citizen_id=1, kind=kind, status="registered", open=True,
        text="Suv yoʻq", search="suv yoq", language="uz-Latn", channel="web", agency_id=agency, routing={},
        received_at=received, registered_on=on, due_on=on, target_on=on,
    )  # fmt: skip
    uow.session.add(appeal)
    await uow.session.flush()
    return appeal.id, await ledger.start(uow, appeal.id, kind, received, agency)


async def clocks_by_kind(uow: UnitOfWork, appeal: int, cycle: int = 1) -> dict[str, list[ledger.StoredClock]]:
    """The appeal's clocks of one cycle, by kind, in order."""
    found: dict[str, list[ledger.StoredClock]] = {str(kind): [] for kind in ClockKind}
    for clock in await ledger.explain(uow, appeal):
        if clock.cycle == cycle:
            found[clock.kind].append(clock)
    return found
