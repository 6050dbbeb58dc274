"""What a citizen does about themself: arrives, chooses a language, says who they are, sees what is stored."""

from dataclasses import replace

from sqlalchemy import func, select

from hub.foundation.dates import write_date
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES, _
from hub.foundation.security import Vault
from hub.foundation.vocabulary import ChannelName
from hub.people import addresses, profiles
from hub.people.actors import CitizenActor
from hub.people.addresses import block
from hub.people.models import Address, Citizen, Consent, Disclosure
from hub.people.profiles import Profile

__all__ = [
    "Profile",
    "address_of",
    "arrive",
    "block",
    "choose_language",
    "consent",
    "language_chosen",
    "profile",
    "remember",
    "stored_data",
]


async def arrive(
    uow: UnitOfWork,
    *,
    channel: ChannelName,
    account: str,
    external_id: str,
    language_hint: str | None = None,
) -> CitizenActor:
    """The citizen behind a chat, made when new; whoever writes has opened the channel again.

    Until a language is chosen the actor speaks that of `language_hint` (as Telegram's `language_code`), and
    the default where the hint is none of ours.
    """
    address = await addresses.find_address(uow, channel=channel, account=account, external_id=external_id)
    if address is None:
        citizen_id = await addresses.new_citizen(uow)
        address = await addresses.tie(
            uow, citizen_id, channel=channel, account=account, external_id=external_id
        )
    if address.blocked_at is not None:
        address.blocked_at = None
        await uow.session.flush()
    citizen = await uow.session.get_one(Citizen, address.citizen_id)
    return CitizenActor(
        id=citizen.id, language=citizen.language or _hinted(language_hint), channel=ChannelName(channel)
    )


def _hinted(hint: str | None) -> str:
    if hint in LANGUAGES:
        return hint
    spoken = (hint or "").lower().replace("_", "-").split("-")[0]
    return spoken if spoken in LANGUAGES else DEFAULT_LANGUAGE


async def address_of(uow: UnitOfWork, actor: CitizenActor) -> int:
    """The id of the actor's chat in the channel they act through; an open one before a blocked one.

    Raises HubError("not_found") when they have none there.
    """
    found = await uow.session.scalar(
        select(Address.id)
        .where(Address.citizen_id == actor.id, Address.channel == actor.channel)
        .order_by(Address.blocked_at.is_not(None), Address.id.desc())
        .limit(1)
    )
    if found is None:
        raise HubError("not_found")
    return found


async def language_chosen(uow: UnitOfWork, actor: CitizenActor) -> bool:
    return (await uow.session.get_one(Citizen, actor.id)).language is not None


async def choose_language(uow: UnitOfWork, actor: CitizenActor, language: str) -> CitizenActor:
    """Errors: bad_language."""
    if language not in LANGUAGES:
        raise HubError("bad_language")
    (await uow.session.get_one(Citizen, actor.id)).language = language
    await uow.session.flush()
    return replace(actor, language=language)


async def profile(uow: UnitOfWork, actor: CitizenActor) -> Profile:
    return await profiles.read_profile(uow, actor.id)


async def remember(
    uow: UnitOfWork,
    actor: CitizenActor,
    *,
    name: str | None = None,
    residence: str | None = None,
    district: str | None = None,
    phone: str | None = None,
    organization: str | None = None,
) -> None:
    """Keeps what the citizen said of themself; None leaves a field as it is.

    Errors: bad_name, bad_residence, bad_phone.
    """
    await profiles.write_profile(
        uow,
        actor.id,
        name=name,
        residence=residence,
        district=district,
        phone=phone,
        organization=organization,
    )


async def consent(uow: UnitOfWork, actor: CitizenActor) -> None:
    """Records agreement to the present text (order of the Ministry of Justice, reg. 3478); once is enough."""
    await profiles.record_consent(uow, actor.id, language=actor.language, channel=actor.channel)


async def stored_data(uow: UnitOfWork, actor: CitizenActor) -> list[tuple[str, str]]:
    """All that is kept of the citizen apart from appeals, as (label, value) in the language in force."""
    known = await profiles.read_profile(uow, actor.id)
    citizen = await uow.session.get_one(Citizen, actor.id)
    vault = uow.of(Vault)
    lines = [
        (_("Name"), known.name),
        (_("Place of residence"), known.residence),
        (_("District"), known.district or ""),
        (_("Organisation"), known.organization),
        (_("Telephone"), known.phone),
        (_("Language"), LANGUAGE_NAMES.get(known.language or "", "")),
    ]
    for address in await addresses.addresses_of(uow, actor.id):
        lines.append((_channel_label(address.channel), vault.open(address.sealed)))
    given = await uow.session.scalars(
        select(Consent.given_at).where(Consent.citizen_id == actor.id).order_by(Consent.id)
    )
    lines.extend(
        (_("You agreed to the processing of personal data on"), write_date(at.date())) for at in given
    )
    lines.append((_("Known to us since"), write_date(citizen.created_at.date())))
    shown = await uow.session.scalar(
        select(func.count()).select_from(Disclosure).where(Disclosure.citizen_id == actor.id)
    )
    lines.append((_("How often officials were shown who you are"), str(shown or 0)))
    return [(label, value) for label, value in lines if value]


def _channel_label(channel: str) -> str:
    labels = {ChannelName.TELEGRAM: _("Telegram chat"), ChannelName.EMAIL: _("E-mail")}
    return labels.get(ChannelName(channel), _("Address"))
