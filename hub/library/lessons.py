"""What confirmed routings teach: kept in the transaction that confirmed them, used by the next build.

Nobody can turn a body alone: a person teaches one entry a few times a day, and in a build one person's
lessons about an entry may exceed those of everybody else together by a few only; corrections by officials
weigh more.
Every fifth lesson is kept aside to judge the confidence by, never to teach, once there are enough of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.foundation.db import UnitOfWork, changed_rows
from hub.foundation.errors import HubError
from hub.library.lesson_text import lesson_text
from hub.library.models import Lesson
from hub.library.stored import edition, raise_edition
from hub.people.actors import Actor, CitizenActor, OfficialActor
from hub.people.permissions import may_edit_library
from knowledge.entries import LOCAL_IDS
from knowledge.schema import HOKIMIYAT, Agency
from routing import Entry
from routing.types import KINDS, Kind

Origin = Literal["official_corrected", "body_answered", "citizen_confirmed", "citizen_changed"]
Pair = tuple[str, str | None]

#: Lessons of one person about one entry that are kept in a day.
A_DAY = 5
#: How far one person's lessons about an entry may exceed those of all others, by the weight of their word.
ALONE = {"official_corrected": 4}
ALONE_OTHERS = 2
PER_ENTRY = 150
TOTAL = 3_000
#: Lessons looked at for one build, newest first.
LOOKED_AT = 12_000
ASIDE = 5
ENOUGH_FOR_ASIDE = 200
#: A lesson asks for a new library when the present one is this old; it is in every other build anyway.
BUILD_SOON, BUILD_LATER = timedelta(minutes=10), timedelta(days=1)
VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Source:
    """The message that teaches: its text, and the appeal or question it came in."""

    text: str
    language: str | None = None
    district: str | None = None
    appeal_id: int | None = None
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    kind: str
    entry: str
    text: str
    language: str | None
    origin: str
    person: str
    upheld: bool


def entry_of(agency: Agency) -> str:
    """The routing id that a body learns under; local bodies of one level learn together."""
    if agency.kind == "local" and agency.soato and agency.code.startswith(f"{HOKIMIYAT}:"):
        return LOCAL_IDS["region" if len(agency.soato) == 4 else "district"]
    return agency.code


async def learn(
    uow: UnitOfWork, source: Source, *, kind: Kind, entry: str, origin: Origin, person: str,
    right: bool = True, vouched: str = "",
) -> bool:  # fmt: skip
    """Keeps a lesson, in the caller's transaction. False when there is nothing to keep or too much of it.

    An official's correction takes the place of what the same message taught before; the same lesson again
    only confirms it. `person` is who counts as its teacher, `vouched` who else agrees (as `person_of` gives).
    """
    text = lesson_text(source.text)
    if not text:
        return False
    if origin == "official_corrected" and right:
        await _replace(uow, source, entry)
    known = await _same(uow, source, entry, right)
    if known is not None:
        known.upheld = known.upheld or (right and known.person != (vouched or person))
        return False
    if await _today(uow, person, entry) >= A_DAY:
        return False
    uow.session.add(
        Lesson(
            kind=kind,
            entry=entry,
            right=right,
            text=text,
            language=source.language,
            district=source.district,
            origin=origin,
            person=person,
            upheld=False,
            appeal_id=source.appeal_id,
            question_id=source.question_id,
            at=uow.now,
        )
    )
    if right:
        await _ask_for_build(uow, BUILD_SOON if origin == "official_corrected" else BUILD_LATER)
    return True


def person_of(actor: Actor) -> str:
    """Whose word a lesson is, without saying who that is; all visitors count as one person."""
    match actor:
        case OfficialActor():
            return f"official:{actor.id}"
        case CitizenActor():
            return f"citizen:{actor.id}"
    return VISITOR


async def forget(uow: UnitOfWork, actor: Actor, lesson_id: int) -> None:
    """A lesson that was filed wrongly teaches nothing from the next build on.

    Errors: not_allowed, not_found.
    """
    if not may_edit_library(actor):
        raise HubError("not_allowed")
    gone = delete(Lesson).where(Lesson.id == lesson_id)
    if not 0 < lesson_id < 2**62 or not await changed_rows(uow, gone):
        raise HubError("not_found")
    await raise_edition(uow)


async def forget_appeals(uow: UnitOfWork, appeal_ids: Sequence[int]) -> None:
    """Whoever erases the texts of appeals calls this: nothing learned from their words stays."""
    await uow.session.execute(delete(Lesson).where(Lesson.appeal_id.in_(appeal_ids)))


async def forget_questions(uow: UnitOfWork, question_ids: Sequence[int]) -> None:
    """As `forget_appeals`, for questions."""
    await uow.session.execute(delete(Lesson).where(Lesson.question_id.in_(question_ids)))


async def lesson_entries(session: AsyncSession) -> list[Entry]:
    """What the router is taught beside the pack: one entry for each lesson, newest first, both counts capped.

    Texts are not deduplicated: how many appeals confirm a body is read from them too.
    """
    taught = await _taught(session)
    return [
        Entry(row.entry, row.text, kind, row.language) for kind in KINDS for row in taught if row.kind == kind
    ]


async def calibration_pairs(session: AsyncSession, kind: Kind = "agency") -> list[Pair]:
    """(text, right id; None when what was offered was wrong) of lessons that teach nothing themselves."""
    rows = await _rows(session, right=True)
    aside = [row for row in rows if row.kind == kind and _is_aside(row, len(rows))]
    pairs: list[Pair] = [(row.text, row.entry) for row in aside]
    if pairs:
        known = {row.text for row in rows}
        denied = [row for row in await _rows(session, right=False) if row.kind == kind]
        pairs += [(row.text, None) for row in denied if row.text not in known][:TOTAL]
    return pairs[:TOTAL]


async def _taught(session: AsyncSession) -> list[_Row]:
    rows = await _rows(session, right=True)
    teaching = [row for row in _agreed(rows) if not _is_aside(row, len(rows))]
    by_entry: dict[str, list[_Row]] = defaultdict(list)
    for row in teaching:
        by_entry[row.entry].append(row)
    kept = [row for own in by_entry.values() for row in _of_many(own)[:PER_ENTRY]]
    return sorted(kept, key=lambda row: -row.id)[:TOTAL]


def _is_aside(row: _Row, count: int) -> bool:
    return count >= ENOUGH_FOR_ASIDE and row.id % ASIDE == 0


def _agreed(rows: Iterable[_Row]) -> list[_Row]:
    """Of one text with several ids an official's newest correction holds, else the newest word."""
    rows = list(rows)
    holds: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: (row.origin != "official_corrected", -row.id)):
        holds.setdefault((row.kind, row.text), row.entry)
    return [row for row in rows if holds[row.kind, row.text] == row.entry]


def _of_many(rows: Sequence[_Row]) -> list[_Row]:
    """Lessons of one entry, newest first, none of whose teachers is far ahead of all the others together."""
    rows = sorted(rows, key=lambda row: -row.id)
    people = Counter(row.person for row in rows if not row.upheld)
    upheld = sum(row.upheld for row in rows)
    taken: Counter[str] = Counter()
    kept = []
    for row in rows:
        if not row.upheld:
            others = upheld + sum(people.values()) - people[row.person]
            if taken[row.person] >= others + ALONE.get(row.origin, ALONE_OTHERS):
                continue
            taken[row.person] += 1
        kept.append(row)
    return kept


async def _rows(session: AsyncSession, *, right: bool) -> list[_Row]:
    found = await session.execute(
        select(
            Lesson.id, Lesson.kind, Lesson.entry, Lesson.text, Lesson.language, Lesson.origin,
            Lesson.person, Lesson.upheld,
        )
        .where(Lesson.right.is_(right))
        .order_by(Lesson.id.desc())
        .limit(LOOKED_AT)
    )  # fmt: skip
    return [_Row(*row) for row in found.all()]


async def _replace(uow: UnitOfWork, source: Source, entry: str) -> None:
    if source.appeal_id is not None:
        await uow.session.execute(
            delete(Lesson).where(
                Lesson.appeal_id == source.appeal_id, Lesson.right.is_(True), Lesson.entry != entry
            )
        )


async def _same(uow: UnitOfWork, source: Source, entry: str, right: bool) -> Lesson | None:
    """The lesson there is already; the opposite one of the same message is taken back."""
    if source.appeal_id is not None:
        mine = Lesson.appeal_id == source.appeal_id
    elif source.question_id is not None:
        mine = Lesson.question_id == source.question_id
    else:
        return None
    mine = and_(mine, Lesson.entry == entry)
    await uow.session.execute(delete(Lesson).where(mine, Lesson.right.is_not(right)))
    return (await uow.session.scalars(select(Lesson).where(mine).limit(1))).first()


async def _today(uow: UnitOfWork, person: str, entry: str) -> int:
    count = select(func.count()).select_from(Lesson)
    mine = count.where(
        Lesson.person == person, Lesson.entry == entry, Lesson.at > uow.now - timedelta(days=1)
    )
    return await uow.session.scalar(mine) or 0


async def _ask_for_build(uow: UnitOfWork, after: timedelta) -> None:
    current = await edition(uow)
    if current is None or current.changed_at <= uow.now - after:
        await raise_edition(uow)
