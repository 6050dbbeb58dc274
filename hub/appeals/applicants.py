"""Who an appeal is from: a known citizen, or a person entered with the appeal (law art. 6)."""

from dataclasses import dataclass

from hub.appeals.routing import place_in
from hub.appeals.views import Applicant, Draft
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library.library import Library
from hub.people import addresses, citizens, profiles
from hub.people.actors import Actor, CitizenActor, HolderActor


@dataclass(frozen=True, slots=True)
class Author:
    citizen_id: int
    district: str | None


async def author_of(uow: UnitOfWork, actor: Actor, draft: Draft) -> Author:
    """Finds or enters the applicant. Errors: consent_missing, name_missing, address_missing."""
    if isinstance(actor, HolderActor):
        raise HubError("not_found")
    if isinstance(actor, CitizenActor):
        return await _known(uow, actor, draft)
    if not draft.consent:
        raise HubError("consent_missing")
    applicant = _checked(draft.applicant, draft.confidential)
    citizen_id = await addresses.new_citizen(uow, language=draft.language or actor.language)
    district = place_in(uow.of(Library).pack, applicant.address)
    await profiles.write_profile(
        uow,
        citizen_id,
        name=applicant.name or None,
        residence=applicant.address or None,
        organization=applicant.organization or None,
        phone=applicant.phone or None,
        district=district,
    )
    await profiles.record_consent(
        uow, citizen_id, language=draft.language or actor.language, channel=actor.channel
    )
    return Author(citizen_id, district)


async def _known(uow: UnitOfWork, actor: CitizenActor, draft: Draft) -> Author:
    profile = await citizens.profile(uow, actor)
    if not profile.consented:
        if not draft.consent:
            raise HubError("consent_missing")
        await citizens.consent(uow, actor)
    name, address = draft.applicant.name or profile.name, draft.applicant.address or profile.residence
    _checked(Applicant(name=name or "", address=address or ""), draft.confidential)
    district = profile.district or place_in(uow.of(Library).pack, address or "")
    if draft.applicant.name or draft.applicant.address or district != profile.district:
        await citizens.remember(
            uow, actor, name=draft.applicant.name or None, residence=draft.applicant.address or None,
            district=district,
        )  # fmt: skip
    return Author(actor.id, district)


def _checked(applicant: Applicant, confidential: bool) -> Applicant:
    if confidential:
        return applicant
    if not any(c.isalpha() for c in applicant.name + applicant.organization):
        raise HubError("name_missing")
    if not any(c.isalnum() for c in applicant.address):
        raise HubError("address_missing")
    return applicant


async def opened(uow: UnitOfWork, citizen_id: int) -> Applicant:
    """The applicant's identity in clear; whoever shows it records the disclosure."""
    profile = await profiles.read_profile(uow, citizen_id)
    return Applicant(
        name=profile.name,
        address=profile.residence,
        phone=profile.phone,
        organization=profile.organization,
    )
