"""A small country: agencies of the pack, officials of two ministries, a supervisor, a registrar, citizens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from hub.appeals import intake
from hub.appeals.views import Applicant, Draft, Receipt
from hub.foundation.db import Database
from hub.foundation.vocabulary import ChannelName, Kind, Role
from hub.library import agencies
from hub.people import citizens, officials, sessions
from hub.people.actors import CitizenActor, OfficialActor

WATER = "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Iltimos, yordam bering."


@dataclass(frozen=True)
class People:
    """`doctor` and `minister` are of the Ministry of Health, `builder` of Construction and Housing.

    `editor` keeps the library of the whole hub, `writer` that of the Ministry of Health.
    """

    doctor: OfficialActor
    minister: OfficialActor
    builder: OfficialActor
    supervisor: OfficialActor
    registrar: OfficialActor
    auditor: OfficialActor
    admin: OfficialActor
    editor: OfficialActor
    writer: OfficialActor
    aziza: CitizenActor
    timur: CitizenActor


async def official(database: Database, login: str, role: Role, agency: str | None = None) -> OfficialActor:
    async with database.unit_of_work() as uow:
        new = await officials.add(
            uow, login=login, role=role, agency=agency, name=login.title(), with_token=True
        )
        actor = await sessions.authenticate_token(uow, new.token or "")
    assert actor is not None
    return actor


async def citizen(database: Database, chat: str, name: str) -> CitizenActor:
    async with database.unit_of_work() as uow:
        actor = await citizens.arrive(uow, channel=ChannelName.TELEGRAM, account="1", external_id=chat)
        actor = await citizens.choose_language(uow, actor, "en")
        await citizens.remember(uow, actor, name=name, residence="Toshkent shahri, Chilonzor tumani, 5-uy")
        await citizens.consent(uow, actor)
    return actor


@pytest.fixture
async def people(database: Database) -> People:
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return People(
        doctor=await official(database, "doctor", Role.OFFICIAL, "health"),
        minister=await official(database, "minister", Role.HEAD, "health"),
        builder=await official(database, "builder", Role.OFFICIAL, "construction_housing"),
        supervisor=await official(database, "supervisor", Role.SUPERVISOR),
        registrar=await official(database, "registrar", Role.REGISTRAR, "reception"),
        auditor=await official(database, "auditor", Role.AUDITOR),
        admin=await official(database, "admin", Role.ADMIN),
        editor=await official(database, "editor", Role.EDITOR, "reception"),
        writer=await official(database, "writer", Role.EDITOR, "health"),
        aziza=await citizen(database, "1001", "Aziza Karimova"),
        timur=await citizen(database, "1002", "Timur Saidov"),
    )


Registering = Callable[..., Awaitable[Receipt]]


@pytest.fixture
def register(database: Database, people: People) -> Registering:
    """Aziza files an appeal; keyword arguments change the draft."""

    async def register_one(actor: object = None, key: str | None = None, **changes: object) -> Receipt:
        fields = {"text": WATER, "kind": Kind.APPLICATION, "agency": "health", "consent": True, **changes}
        async with database.unit_of_work() as uow:
            return await intake.register(uow, actor or people.aziza, Draft(**fields), key=key)  # type: ignore[arg-type]

    return register_one


def applicant(name: str = "Nodira Yusupova") -> Applicant:
    return Applicant(name=name, address="Samarqand viloyati, Urgut tumani")
