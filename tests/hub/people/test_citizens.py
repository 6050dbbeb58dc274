"""Dilnoza writes to the bot, says who she is, and asks what is kept of her."""

import pytest
from sqlalchemy import select

from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.vocabulary import ChannelName
from hub.people import addresses, citizens, profiles
from hub.people.actors import CitizenActor
from hub.people.models import Address, Citizen, Consent
from tests.conftest import SettableClock

pytestmark = pytest.mark.anyio


async def arrive(
    database: Database, chat: str = "777000111222", account: str = "bot1", hint: str | None = None
) -> CitizenActor:
    async with database.unit_of_work() as uow:
        return await citizens.arrive(
            uow, channel=ChannelName.TELEGRAM, account=account, external_id=chat, language_hint=hint
        )


async def test_the_same_chat_is_the_same_citizen(database: Database) -> None:
    dilnoza = await arrive(database)
    assert await arrive(database) == dilnoza
    assert (await arrive(database, "777000111223")).id != dilnoza.id
    assert (await arrive(database, account="bot2")).id != dilnoza.id


async def test_the_first_screen_guesses_the_language_and_the_choice_stays(database: Database) -> None:
    assert (await arrive(database, hint="ru-RU")).language == "ru"
    assert (await arrive(database, hint="fr")).language == "uz-Latn"
    dilnoza = await arrive(database)
    async with database.unit_of_work() as uow:
        assert not await citizens.language_chosen(uow, dilnoza)
        assert (await citizens.choose_language(uow, dilnoza, "kaa")).language == "kaa"
        assert await citizens.language_chosen(uow, dilnoza)
    assert (await arrive(database, hint="ru")).language == "kaa"
    async with database.unit_of_work() as uow:
        with pytest.raises(HubError, match="bad_language"):
            await citizens.choose_language(uow, dilnoza, "fr")


async def test_who_she_is_is_remembered_sealed(database: Database) -> None:
    dilnoza = await arrive(database)
    async with database.unit_of_work() as uow:
        assert await citizens.profile(uow, dilnoza) == profiles.Profile("", "", None, "", None, False)
        await citizens.remember(
            uow,
            dilnoza,
            name="  Karimova\x00  Dilnoza\n",
            residence="Toshkent, Chilonzor 5-12",
            phone="90 123 45 67",
            district="1726294",
        )
        await citizens.consent(uow, dilnoza)
        await citizens.consent(uow, dilnoza)
    async with database.reading() as uow:
        known = await citizens.profile(uow, dilnoza)
        assert known == profiles.Profile(
            "Karimova Dilnoza", "Toshkent, Chilonzor 5-12", "1726294", "+998901234567", None, True
        )
        row = await uow.session.get_one(Citizen, dilnoza.id)
        address = (await addresses.addresses_of(uow, dilnoza.id))[0]
        stored = b"".join((row.name_sealed or b"", row.residence_sealed or b"", row.phone_sealed or b""))
        for secret in (b"Dilnoza", b"Chilonzor", b"901234567"):
            assert secret not in stored
        assert b"777000111222" not in address.sealed
        assert "777000111222" not in address.token
        assert len((await uow.session.scalars(select(Consent))).all()) == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "bad_name"),
        ("name", " \x00\t ", "bad_name"),
        ("name", "12345", "bad_name"),
        ("name", "\u3164\u3164", "bad_name"),
        ("name", "D" * 201, "bad_name"),
        ("residence", "15/2", "bad_residence"),
        ("residence", "х" * 501, "bad_residence"),
        ("phone", "call me", "bad_phone"),
        ("phone", "+998", "bad_phone"),
        ("phone", "9" * 5000, "bad_phone"),
    ],
)
async def test_what_cannot_be_right_is_refused_and_the_rest_stays(
    sqlite_database: Database, field: str, value: str, code: str
) -> None:
    dilnoza = await arrive(sqlite_database)
    async with sqlite_database.unit_of_work() as uow:
        await citizens.remember(uow, dilnoza, name="Dilnoza", residence="Nukus", phone="+998901234567")
    with pytest.raises(HubError, match=code):
        async with sqlite_database.unit_of_work() as uow:
            await citizens.remember(uow, dilnoza, **{field: value})
    async with sqlite_database.reading() as uow:
        known = await citizens.profile(uow, dilnoza)
    assert (known.name, known.residence, known.phone) == ("Dilnoza", "Nukus", "+998901234567")


@pytest.mark.parametrize(
    "name", ["Oʻgʻiloy Qoʻldosheva", "Ўғилой", "O'Brien", "李小龙", "علي", "Ким Ю.А.", "\ud800Ali"]
)
async def test_names_of_any_script_are_kept(database: Database, name: str) -> None:
    someone = await arrive(database)
    async with database.unit_of_work() as uow:
        await citizens.remember(uow, someone, name=name)
        assert (await citizens.profile(uow, someone)).name == name.replace("\ud800", "")


async def test_a_phone_is_taken_back(sqlite_database: Database) -> None:
    dilnoza = await arrive(sqlite_database)
    async with sqlite_database.unit_of_work() as uow:
        await citizens.remember(uow, dilnoza, phone="+998901234567", organization="Nukus Non MChJ")
        await citizens.remember(uow, dilnoza, phone="", organization="")
        known = await citizens.profile(uow, dilnoza)
        assert (known.phone, known.organization) == ("", "")
        assert (await uow.session.get_one(Citizen, dilnoza.id)).phone_token is None


async def test_my_data_shows_all_that_is_kept(database: Database, clock: SettableClock) -> None:
    dilnoza = await arrive(database)
    async with database.unit_of_work() as uow:
        await citizens.choose_language(uow, dilnoza, "ru")
        await citizens.remember(uow, dilnoza, name="Dilnoza Karimova")
        await citizens.consent(uow, dilnoza)
    async with database.reading() as uow:
        with speaking("en"):
            lines = dict(await citizens.stored_data(uow, dilnoza))
    assert lines == {
        "Name": "Dilnoza Karimova",
        "Language": "Русский",
        "Telegram chat": "777000111222",
        "You agreed to the processing of personal data on": "2 March 2026",
        "Known to us since": "2 March 2026",
        "How often officials were shown who you are": "0",
    }


async def test_a_blocked_chat_opens_again_when_she_writes(database: Database) -> None:
    dilnoza = await arrive(database)
    async with database.unit_of_work() as uow:
        address_id = await citizens.address_of(uow, dilnoza)
        await citizens.block(uow, address_id)
    async with database.reading() as uow:
        assert (await uow.session.get_one(Address, address_id)).blocked_at is not None
    await arrive(database)
    async with database.reading() as uow:
        assert (await uow.session.get_one(Address, address_id)).blocked_at is None


async def test_an_address_that_is_known_stays_with_whom_it_belongs_to(database: Database) -> None:
    dilnoza, botir = await arrive(database), await arrive(database, "42")
    async with database.unit_of_work() as uow:
        hers = await addresses.tie(
            uow, dilnoza.id, channel="email", account="", external_id="Dilnoza@Example.uz"
        )
        again = await addresses.tie(
            uow, botir.id, channel="email", account="", external_id="dilnoza@example.uz"
        )
        assert again.id == hers.id
        assert [a.channel for a in await addresses.addresses_of(uow, botir.id)] == ["telegram"]
        with pytest.raises(HubError, match="not_found"):
            await citizens.address_of(uow, CitizenActor(botir.id, "ru", ChannelName.EMAIL))
