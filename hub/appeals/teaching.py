"""What happens to appeals teaches the router, in the same transaction.

Confidential messages teach nothing. Neither do complaints about a body: the law, not their words, decides
where they go.
"""

from hub.appeals.models import Appeal
from hub.foundation.db import UnitOfWork
from hub.library import lessons
from hub.library.lessons import Source
from hub.library.library import Library
from hub.library.models import AgencyRecord
from hub.people.actors import Actor


async def corrected(uow: UnitOfWork, actor: Actor, appeal: Appeal, *, was: str, now: str) -> None:
    """An official passed it on from body `was` to body `now`."""
    if not _teaches(appeal):
        return
    here, there = _entry(uow, was), _entry(uow, now)
    person = lessons.person_of(actor)
    if there:
        await lessons.learn(
            uow, _source(appeal), kind="agency", entry=there, origin="official_corrected", person=person
        )
    if here and here != there:
        await lessons.learn(
            uow, _source(appeal), kind="agency", entry=here, origin="official_corrected", person=person,
            right=False,
        )  # fmt: skip


async def answered(uow: UnitOfWork, actor: Actor, appeal: Appeal) -> None:
    """The body that holds it gave a final answer, so it was its matter; the citizen counts as its teacher."""
    agency = await uow.session.get_one(AgencyRecord, appeal.agency_id)
    entry = _entry(uow, agency.code)
    if entry and _teaches(appeal):
        await lessons.learn(
            uow, _source(appeal), kind="agency", entry=entry, origin="body_answered",
            person=f"citizen:{appeal.citizen_id}", vouched=lessons.person_of(actor),
        )  # fmt: skip


async def changed(uow: UnitOfWork, actor: Actor, appeal: Appeal, *, proposed: str) -> None:
    """The citizen did not want the body that was proposed: remembered, never taught."""
    entry = _entry(uow, proposed)
    if entry and _teaches(appeal):
        await lessons.learn(
            uow, _source(appeal), kind="agency", entry=entry, origin="citizen_changed",
            person=lessons.person_of(actor), right=False,
        )  # fmt: skip


def _teaches(appeal: Appeal) -> bool:
    return not appeal.confidential and appeal.about_agency_id is None and appeal.about_text is None


def _source(appeal: Appeal) -> Source:
    return Source(appeal.text, appeal.language, appeal.district, appeal_id=appeal.id)


def _entry(uow: UnitOfWork, code: str) -> str | None:
    """None for the triage desk, which has no matters of its own, and for a body that is gone."""
    pack = uow.of(Library).pack
    agency = pack.agency_by_code.get(code)
    return None if agency is None or code == pack.info.triage else lessons.entry_of(agency)
