"""What we know of one citizen: reading it, correcting it, and their consent to keeping it."""

from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from sqlalchemy import select

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_line, has_letter
from hub.foundation.security import Vault
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName
from hub.people.models import Citizen, Consent, Disclosure

#: Raised when the text that citizens agree to changes; they are then asked again.
CONSENT_VERSION = "2026-1"
NAME_LIMIT = 200
RESIDENCE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Profile:
    """Empty strings and None where nothing is known; `language` None where none was chosen."""

    name: str
    residence: str
    district: str | None
    phone: str
    language: str | None
    consented: bool
    organization: str = ""


async def read_profile(uow: UnitOfWork, citizen_id: int) -> Profile:
    """Opened personal data: whoever shows it to an official also calls `disclose`."""
    citizen = await uow.session.get_one(Citizen, citizen_id)
    vault = uow.of(Vault)
    return Profile(
        name=vault.open_or_none(citizen.name_sealed) or "",
        residence=vault.open_or_none(citizen.residence_sealed) or "",
        district=citizen.district,
        phone=vault.open_or_none(citizen.phone_sealed) or "",
        language=citizen.language,
        consented=await consent_in_force(uow, citizen_id) is not None,
        organization=vault.open_or_none(citizen.organization_sealed) or "",
    )


async def write_profile(
    uow: UnitOfWork,
    citizen_id: int,
    *,
    name: str | None = None,
    residence: str | None = None,
    district: str | None = None,
    phone: str | None = None,
    organization: str | None = None,
) -> None:
    """None leaves a field as it is, an empty phone or organisation forgets it; `district` is taken as given.

    Errors: bad_name, bad_residence, bad_phone.
    """
    citizen = await uow.session.get_one(Citizen, citizen_id)
    vault = uow.of(Vault)
    if name is not None:
        citizen.name_sealed = vault.seal(checked_name(name))
    if residence is not None:
        citizen.residence_sealed = vault.seal(checked_residence(residence))
    if district is not None:
        citizen.district = district or None
    if organization is not None:
        kept = checked_name(organization) if clean_line(organization) else None
        citizen.organization_sealed = vault.seal_or_none(kept)
    if phone is not None:
        number = checked_phone(phone, uow.of(Settings).country_pack) if clean_line(phone) else None
        citizen.phone_sealed = vault.seal_or_none(number)
        citizen.phone_token = vault.token("phone", number) if number else None
    await uow.session.flush()


def checked_name(name: str) -> str:
    """Law art. 6 asks for surname and name; beyond having letters, what people are called is not judged."""
    return _checked(name, clean_line, NAME_LIMIT, "bad_name")


def checked_residence(residence: str) -> str:
    return _checked(residence, clean_line, RESIDENCE_LIMIT, "bad_residence")


def _checked(text: str, clean: Callable[[str], str], limit: int, code: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > limit or not has_letter(cleaned):
        raise HubError(code)
    return cleaned


def checked_phone(phone: str, country: str) -> str:
    """The number as `+998901234567`; one without country code is read as a number of `country`."""
    region = country.upper()
    try:
        number = phonenumbers.parse(
            clean_line(phone)[:50], region if region in phonenumbers.SUPPORTED_REGIONS else None
        )
    except phonenumbers.NumberParseException:
        raise HubError("bad_phone") from None
    if not phonenumbers.is_possible_number(number):
        raise HubError("bad_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def consent_in_force(uow: UnitOfWork, citizen_id: int) -> Consent | None:
    """The agreement to the present text, unless withdrawn."""
    return await uow.session.scalar(
        select(Consent)
        .where(
            Consent.citizen_id == citizen_id,
            Consent.version == CONSENT_VERSION,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.id)
        .limit(1)
    )


async def record_consent(uow: UnitOfWork, citizen_id: int, *, language: str, channel: ChannelName) -> None:
    """Once per text: agreeing again changes nothing."""
    if await consent_in_force(uow, citizen_id) is None:
        uow.session.add(
            Consent(
                citizen_id=citizen_id,
                version=CONSENT_VERSION,
                language=language,
                channel=channel,
                given_at=uow.now,
            )
        )
        await uow.session.flush()


def disclose(uow: UnitOfWork, *, official_id: int, citizen_id: int, appeal_number: str) -> None:
    """Records that an official was shown a citizen's identity; the citizen may read it in /mydata."""
    uow.session.add(
        Disclosure(official_id=official_id, citizen_id=citizen_id, appeal_number=appeal_number, at=uow.now)
    )
