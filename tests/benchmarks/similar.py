"""Similar appeals: how long it takes to find them, and to enter an appeal in the index, at several sizes.

Every second appeal is one of eight common matters, so each of their terms stands in a sixteenth of all: the
worst that a look-up meets. The others are of words drawn from a large vocabulary, as different matters are.
"""

import time
from pathlib import Path
from random import Random

from sqlalchemy import func, insert, select

from hub.appeals.access import visible
from hub.appeals.models import Appeal, AppealTerm
from hub.appeals.similar_index import find_similar, own_words, write_terms
from hub.foundation.db import Database, UnitOfWork
from hub.foundation.vocabulary import Role
from hub.people.actors import OfficialActor, Post
from routing import similar
from tests.benchmarks import databases, texts
from tests.benchmarks.register_rows import fill
from tests.benchmarks.table import Table, spread

SIZES = (1_000, 10_000)
LARGER = (10_000, 100_000)
LOOKS = 100
SYLLABLES = (
    "ba",
    "qo",
    "shi",
    "ter",
    "mu",
    "lan",
    "yo",
    "dar",
    "gi",
    "zu",
    "ni",
    "rov",
    "tal",
    "se",
    "ka",
    "mo",
)
BATCH = 1_000
READER = OfficialActor(1, "anvar", "Anvar", "en", (Post(Role.SUPERVISOR),))


async def measure(folder: Path, servers: dict[str, str], size: int) -> list[Table]:
    return [await on_one(folder, name, server, size) for name, server in servers.items()]


async def on_one(folder: Path, name: str, server: str, size: int) -> Table:
    table = Table(
        f"Similar appeals: {databases.NAMES[name]}",
        "one look-up with the comparison of up to 120 texts; one third of the appeals is open",
    )
    url = databases.fresh(name, server, "similar")
    async with databases.opened(url, folder) as (_settings, database):
        for appeals in LARGER if size > 1 else SIZES:
            async with database.unit_of_work() as uow:
                await fill(uow, appeals, text_of)
                await index(uow)
            for kind, chosen in (("a common matter", 0), ("a matter of its own", 1)):
                taken, found = await look(database, chosen)
                table.add(f"{appeals:,} appeals, {kind}", **spread(taken), found=found)
            table.add(f"{appeals:,} appeals, entering one", **spread(await enter(database)))
    return table


def text_of(random: Random, serial: int) -> str:
    if serial % 2 == 0:
        return texts.appeal(random)
    words = ["".join(random.choice(SYLLABLES) for _ in range(random.randrange(2, 5))) for _ in range(14)]
    return " ".join(words)


async def index(uow: UnitOfWork) -> None:
    """Enters every appeal that is not entered yet."""
    done = await uow.session.scalar(select(func.max(AppealTerm.appeal_id))) or 0
    while True:
        rows = (
            await uow.session.execute(
                select(Appeal.id, Appeal.search).where(Appeal.id > done).order_by(Appeal.id).limit(BATCH)
            )
        ).all()
        if not rows:
            return
        terms = [
            {"term": term, "appeal_id": row_id}
            for row_id, search in rows
            for term in similar.terms_of(similar.profile_of_folded(search))
        ]
        await uow.session.execute(insert(AppealTerm), terms)
        done = rows[-1][0]


async def look(database: Database, remainder: int) -> tuple[list[float], int]:
    """How long each look-up took, and how many appeals the last one found."""
    random = Random(remainder)
    taken, found = [], 0
    async with database.reading() as uow:
        last = await uow.session.scalar(select(func.max(Appeal.id))) or 1
        first = await uow.session.scalar(select(func.min(Appeal.id))) or 1
    for _ in range(LOOKS + 3):
        wanted = first + (random.randrange(last - first) // 2) * 2 + remainder
        async with database.reading() as uow:
            search = await uow.session.scalar(select(Appeal.search).where(Appeal.id == wanted)) or ""
            begun = time.perf_counter()
            found = len(
                await find_similar(uow, own_words(search), visible(READER, texts=True), besides=wanted)
            )
            taken.append(time.perf_counter() - begun)
    return taken[3:], found


async def enter(database: Database) -> list[float]:
    """The statement that registration makes for the index, alone; rolled back with its appeal's own terms."""
    random = Random(7)
    taken = []
    for serial in range(LOOKS):
        async with database.unit_of_work() as uow:
            row_id = await uow.session.scalar(select(func.max(Appeal.id))) or 1
            text = text_of(random, serial) + f" kv {serial}"
            savepoint = await uow.session.begin_nested()
            await uow.session.execute(AppealTerm.__table__.delete().where(AppealTerm.appeal_id == row_id))
            begun = time.perf_counter()
            await write_terms(uow, row_id, text)
            taken.append(time.perf_counter() - begun)
            await savepoint.rollback()
    return taken
