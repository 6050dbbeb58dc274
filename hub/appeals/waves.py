"""Many people of one place writing about the same within days: noticed by a job, shown as a mark in the list.

The job looks once at every new appeal, soon after it was registered, so that registering stays quick. An
appeal that is like another one of its place and of the last `WITHIN` joins that one's wave; a wave is noticed
once as many as the setting `wave_size` came within that time.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, text, update

from hub.appeals.access import About, visible
from hub.appeals.models import Appeal, AppealTerm, Wave, WaveMember
from hub.appeals.similar_index import find_similar, own_words, write_terms
from hub.appeals.views import WaveMark
from hub.foundation.db import UnitOfWork
from hub.foundation.settings import Settings
from hub.library.models import AgencyRecord
from hub.people.actors import OfficialActor

WITHIN = timedelta(hours=72)
#: One transaction looks at so many: it holds the only writer of SQLite meanwhile.
BATCH = 20
#: PostgreSQL: two workers at once would begin two waves of one matter.
LOCK = 7_205_114_391


async def notice(uow: UnitOfWork, limit: int = BATCH) -> int:
    """Looks at the oldest appeals not looked at yet and returns how many they were; fewer than `limit`: all.

    An appeal from before there was an index gets its terms here.
    """
    if not uow.is_sqlite and not await uow.session.scalar(
        text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": LOCK}
    ):
        return 0
    rows = (
        await uow.session.execute(
            select(Appeal.id, Appeal.text, Appeal.search, Appeal.district, Appeal.received_at)
            .where(Appeal.compared_at.is_(None))
            .order_by(Appeal.id)
            .limit(limit)
        )
    ).all()
    if not rows:
        return 0
    ids = [row.id for row in rows]
    indexed = set(
        await uow.session.scalars(
            select(AppealTerm.appeal_id).where(AppealTerm.appeal_id.in_(ids)).distinct()
        )
    )
    for row in rows:
        if row.id not in indexed:
            await write_terms(uow, row.id, row.text)
        if row.district and row.received_at > uow.now - WITHIN:
            await _join_wave(uow, row.id, row.search, row.district)
    # Not a change of the appeal: whoever has it open loses no race by it.
    await uow.session.execute(update(Appeal).where(Appeal.id.in_(ids)).values(compared_at=uow.now))
    return len(rows)


async def _join_wave(uow: UnitOfWork, appeal_id: int, search: str, district: str) -> None:
    near = await find_similar(
        uow,
        own_words(search),
        Appeal.district == district,
        Appeal.received_at > uow.now - WITHIN,
        Appeal.id < appeal_id,
        besides=appeal_id,
    )
    if not near:
        return
    ids = [one.appeal_id for one in near]
    known = await uow.session.execute(select(WaveMember).where(WaveMember.appeal_id.in_(ids)))
    waves = {member.appeal_id: member.wave_id for member in known.scalars()}
    wave_id = next((waves[one] for one in ids if one in waves), None)
    if wave_id is None:
        wave = Wave(district=district, created_at=uow.now)
        uow.session.add(wave)
        await uow.session.flush()
        wave_id = wave.id
        uow.session.add(WaveMember(appeal_id=ids[0], wave_id=wave_id))
    uow.session.add(WaveMember(appeal_id=appeal_id, wave_id=wave_id))
    await uow.session.flush()
    await _weigh(uow, wave_id)


async def _weigh(uow: UnitOfWork, wave_id: int) -> None:
    """Once noticed it stays so: the appeals in it still want one answer."""
    recent = await uow.session.scalar(
        select(func.count())
        .select_from(WaveMember)
        .join(Appeal, Appeal.id == WaveMember.appeal_id)
        .where(WaveMember.wave_id == wave_id, Appeal.received_at > uow.now - WITHIN)
    )
    if (recent or 0) >= uow.of(Settings).wave_size:
        await uow.session.execute(
            update(Wave).where(Wave.id == wave_id, Wave.noticed_at.is_(None)).values(noticed_at=uow.now)
        )


async def marks(uow: UnitOfWork, actor: OfficialActor, appeal_ids: Sequence[int]) -> dict[int, WaveMark]:
    """Noticed waves of these appeals, in one question; the count is that of the list filtered by the wave."""
    if not appeal_ids:
        return {}
    mine = select(WaveMember.wave_id).where(WaveMember.appeal_id.in_(appeal_ids))
    counts = (
        select(WaveMember.wave_id, func.count().label("size"))
        .join(Appeal, Appeal.id == WaveMember.appeal_id)
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(WaveMember.wave_id.in_(mine), visible(actor, texts=True))
        .group_by(WaveMember.wave_id)
        .subquery()
    )
    rows = await uow.session.execute(
        select(WaveMember.appeal_id, Wave.id, counts.c.size, Wave.district)
        .join(Wave, Wave.id == WaveMember.wave_id)
        .join(counts, counts.c.wave_id == Wave.id)
        .where(WaveMember.appeal_id.in_(appeal_ids), Wave.noticed_at.is_not(None), counts.c.size > 1)
    )
    return {row_id: WaveMark(wave, size, place) for row_id, wave, size, place in rows}
