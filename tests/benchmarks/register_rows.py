"""A register of any size, written straight into the tables: appeals of the last weeks, a third still open."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from hub.appeals.models import Appeal, Holding
from hub.appeals.numbers import check_character
from hub.appeals.search import search_text
from hub.foundation.db import UnitOfWork
from hub.foundation.security import CROCKFORD
from hub.foundation.vocabulary import Kind, Outcome, Status
from hub.library.models import AgencyRecord
from hub.people.models import Citizen
from tests.benchmarks import texts

BATCH = 1_000
OPEN_SHARE = 3


Writer = Callable[[Random, int], str]


async def fill(
    uow: UnitOfWork, wanted: int, text_of: Writer = lambda random, _serial: texts.appeal(random)
) -> None:
    """Adds appeals until there are `wanted`; a quarter of them is with the Ministry of Health."""
    random = Random(wanted)
    present = await uow.session.scalar(select(func.count()).select_from(Appeal)) or 0
    all_agencies = list(await uow.session.scalars(select(AgencyRecord.id).order_by(AgencyRecord.id)))
    health = await uow.session.scalar(select(AgencyRecord.id).where(AgencyRecord.code == "health"))
    assert health is not None
    citizen = Citizen(created_at=uow.now)
    uow.session.add(citizen)
    await uow.session.flush()
    while present < wanted:
        rows = [
            appeal_row(
                random,
                serial,
                uow.now,
                citizen.id,
                health if random.random() < 0.25 else None,
                all_agencies,
                text_of(random, serial),
            )
            for serial in range(present, min(present + BATCH, wanted))
        ]
        ids = list(await uow.session.scalars(insert(Appeal).returning(Appeal.id), rows))
        held = [
            {"appeal_id": row_id, "agency_id": row["agency_id"], "since": row["received_at"]}
            for row_id, row in zip(ids, rows, strict=True)
        ]
        await uow.session.execute(insert(Holding), held)
        present += len(rows)


def number_of(serial: int) -> str:
    """Real ones are random, and of 100,000 at once a few would be equal; the register tries again then."""
    body = "".join(CROCKFORD[serial >> shift & 31] for shift in range(30, -1, -5))
    body += check_character(body)
    return f"UZ26-{body[:4]}-{body[4:]}"


def appeal_row(
    random: Random, serial: int, now: datetime, citizen: int, agency: int | None, agencies: list[int],
    text: str,
) -> dict[str, Any]:  # fmt: skip
    received = now - timedelta(minutes=random.randrange(60, 60 * 24 * 40))
    due = received.date() + timedelta(days=15)
    is_open = random.randrange(OPEN_SHARE) == 0
    return {
        "number": number_of(serial),
        "code_sealed": b"sealed",
        "citizen_id": citizen,
        "kind": random.choice(list(Kind)),
        "status": Status.REGISTERED if is_open else Status.ANSWERED,
        "open": is_open,
        "text": text,
        "search": search_text(text),
        "language": "uz-Latn",
        "channel": "web",
        "agency_id": agency or random.choice(agencies),
        "routing": {"reason": "routed", "why": [], "confidence": 0.9},
        "received_at": received.astimezone(UTC),
        "registered_on": received.date(),
        "due_on": due,
        "target_on": due,
        "answered_at": None if is_open else received + timedelta(days=random.randrange(1, 14)),
        "outcome": None if is_open else random.choice([Outcome.SATISFIED, Outcome.EXPLAINED]),
    }
