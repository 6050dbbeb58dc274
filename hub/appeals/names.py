"""Names of bodies and officials for views, each looked up once per unit of work."""

from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.library import agencies
from hub.library.agencies import AgencyView
from hub.library.models import AgencyRecord
from hub.people.models import Official


async def agency_views(uow: UnitOfWork, ids: set[int], language: str) -> dict[int, AgencyView]:
    rows = await uow.session.scalars(select(AgencyRecord).where(AgencyRecord.id.in_(ids)))
    return {row.id: agencies.view(row, language) for row in rows}


async def official_names(uow: UnitOfWork, ids: set[int]) -> dict[int, str]:
    rows = await uow.session.execute(select(Official.id, Official.name).where(Official.id.in_(ids)))
    return {row.id: row.name for row in rows}
