"""Aziza of the water utility gets an account, signs in, is locked out, is dismissed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import anyio
import pyotp
import pytest
from sqlalchemy import func, select

from hub.foundation.db import Database, Resources
from hub.foundation.errors import HubError
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName, Role
from hub.library.models import AgencyRecord
from hub.people import officials, sessions
from hub.people.models import ApiToken, Official, Session
from hub.people.officials import NewOfficial
from tests.conftest import SettableClock

pytestmark = pytest.mark.anyio


async def hire(database: Database, *, login: str = "aziza", with_token: bool = False) -> NewOfficial:
    async with database.unit_of_work() as uow:
        if await uow.session.scalar(select(func.count()).select_from(AgencyRecord)) == 0:
            uow.session.add(AgencyRecord(code="water", kind="utility", names={}, path="/city/water/"))
            await uow.session.flush()
        return await officials.add(
            uow, login=login, role="official", agency="water", name="Aziza Rahimova", with_token=with_token
        )


async def sign_in(
    database: Database, login: str, password: str, totp: str | None = None
) -> sessions.SignedIn:
    return await sessions.sign_in(database, login=login, password=password, totp=totp)


async def is_signed_in(database: Database, cookie: str) -> bool:
    async with database.reading() as uow:
        return await sessions.authenticate(uow, cookie) is not None


async def refusal(database: Database, login: str, password: str, totp: str | None = None) -> str:
    with pytest.raises(HubError) as caught:
        await sign_in(database, login, password, totp)
    return caught.value.code


async def test_a_new_official_signs_in_and_has_the_post(database: Database) -> None:
    aziza = await hire(database)
    assert len(aziza.password) >= 15
    signed_in = await sign_in(database, "Aziza ", aziza.password)
    post = signed_in.actor.posts[0]
    assert (post.role, post.agency_code, post.agency_path) == (Role.OFFICIAL, "water", "/city/water/")
    assert post.may_sign
    async with database.reading() as uow:
        seen = await sessions.authenticate(uow, signed_in.cookie)
    assert seen is not None
    assert seen.actor == signed_in.actor
    assert seen.csrf == signed_in.csrf


async def test_nothing_that_was_issued_is_stored_readable(
    sqlite_database: Database, settings: Settings
) -> None:
    aziza = await hire(sqlite_database, with_token=True)
    cookie = (await sign_in(sqlite_database, "aziza", aziza.password)).cookie
    await sqlite_database.dispose()
    stored = _bytes_of_the_database(settings.data_dir)
    for secret in (aziza.password, aziza.totp_secret, aziza.token or "", cookie):
        assert secret
        assert secret.encode() not in stored


def _bytes_of_the_database(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("qabul.sqlite3*"))


@pytest.mark.parametrize(
    ("login", "role", "agency", "code"),
    [
        ("aziza", "official", "water", "login_taken"),
        ("A", "official", "water", "bad_login"),
        ("1aziza", "official", "water", "bad_login"),
        ("aziza\x00", "official", "water", "bad_login"),
        ("botir", "king", "water", "bad_role"),
        ("botir", "official", None, "agency_missing"),
        ("botir", "registrar", "", "agency_missing"),
        ("botir", "official", "nowhere", "unknown_agency"),
        ("botir", "auditor", "no\x00where", "unknown_agency"),
    ],
)
async def test_an_account_that_may_not_be(
    database: Database, login: str, role: str, agency: str | None, code: str
) -> None:
    await hire(database)
    with pytest.raises(HubError, match=code):
        async with database.unit_of_work() as uow:
            await officials.add(uow, login=login, role=role, agency=agency)
    async with database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Official)) == 1


async def test_a_supervisor_of_everything_needs_no_agency(database: Database) -> None:
    async with database.unit_of_work() as uow:
        made = await officials.add(uow, login="sardor", role=Role.SUPERVISOR, with_token=True)
        actor = await sessions.authenticate_token(uow, made.token or "")
    assert actor is not None
    assert actor.subtree_paths(Role.SUPERVISOR) == ("",)
    assert actor.channel is ChannelName.API
    assert not actor.posts[0].may_sign


async def test_wrong_password_and_unknown_login_look_the_same(sqlite_database: Database) -> None:
    await hire(sqlite_database)
    assert await refusal(sqlite_database, "aziza", "wrong") == "sign_in_failed"
    assert await refusal(sqlite_database, "nobody", "wrong") == "sign_in_failed"
    assert await refusal(sqlite_database, "\ud800", "\ud800" * 1000) == "sign_in_failed"


@pytest.mark.parametrize("login", ["aziza", "nobody"])
async def test_guessing_locks_the_login_whether_it_exists_or_not(
    sqlite_database: Database, clock: SettableClock, login: str
) -> None:
    aziza = await hire(sqlite_database)
    for _ in range(5):
        assert await refusal(sqlite_database, login, "guess") == "sign_in_failed"
    assert await refusal(sqlite_database, login, aziza.password) == "locked"
    clock.advance(seconds=31)
    assert await refusal(sqlite_database, login, "guess") == "sign_in_failed"
    clock.advance(seconds=31)
    assert await refusal(sqlite_database, login, "guess") == "locked"
    clock.advance(seconds=31)
    if login == "aziza":
        await sign_in(sqlite_database, login, aziza.password)
        assert await refusal(sqlite_database, login, "guess") == "sign_in_failed"


async def test_parallel_guesses_are_counted_one_by_one(postgres_database: Database) -> None:
    await hire(postgres_database)
    codes: list[str] = []

    async def guess() -> None:
        codes.append(await refusal(postgres_database, "aziza", "guess"))

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(guess)
    assert sorted(codes) == ["locked"] * 3 + ["sign_in_failed"] * 5


async def test_a_right_password_without_a_code_does_not_forgive_guesses(
    sqlite_database: Database, settings: Settings, resources: Resources
) -> None:
    resources.add(settings.model_copy(update={"environment": "production"}), Settings)
    aziza = await hire(sqlite_database)
    for _ in range(4):
        assert await refusal(sqlite_database, "aziza", aziza.password, "000000") == "sign_in_failed"
        assert await refusal(sqlite_database, "aziza", aziza.password) == "totp_needed"
    assert await refusal(sqlite_database, "aziza", aziza.password, "000000") == "sign_in_failed"
    assert await refusal(sqlite_database, "aziza", aziza.password) == "locked"


async def test_nobody_waits_for_a_password_to_be_checked(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    aziza = await hire(sqlite_database)
    wrote = anyio.Event()

    async def check_slowly(_password: str, _hashed: str) -> bool:
        # A writer comes and goes while the password is being checked; held locks would stop it for ever.
        async with sqlite_database.unit_of_work() as uow:
            await officials.disable(uow, "aziza")
        wrote.set()
        return True

    monkeypatch.setattr(sessions, "check_password", check_slowly)
    with anyio.fail_after(20):
        assert await refusal(sqlite_database, "aziza", aziza.password) == "sign_in_failed", (
            "dismissed meanwhile"
        )
    assert wrote.is_set()


async def test_a_session_ends_after_idleness_and_after_a_day_of_work(
    database: Database, clock: SettableClock
) -> None:
    aziza = await hire(database)
    idle = await sign_in(database, "aziza", aziza.password)
    clock.advance(hours=2)
    assert not await is_signed_in(database, idle.cookie)

    busy = await sign_in(database, "aziza", aziza.password)
    for _ in range(11):
        clock.advance(hours=1)
        assert await is_signed_in(database, busy.cookie)
    clock.advance(hours=1)
    assert not await is_signed_in(database, busy.cookie)


async def test_signing_in_again_ends_the_session_the_browser_came_with(sqlite_database: Database) -> None:
    aziza = await hire(sqlite_database)
    first = await sign_in(sqlite_database, "aziza", aziza.password)
    second = await sessions.sign_in(
        sqlite_database, login="aziza", password=aziza.password, replaces=first.cookie
    )
    assert not await is_signed_in(sqlite_database, first.cookie)
    async with sqlite_database.unit_of_work() as uow:
        await sessions.sign_out(uow, second.cookie)
    assert not await is_signed_in(sqlite_database, second.cookie)


async def test_a_dismissed_official_is_out_at_once(database: Database) -> None:
    aziza = await hire(database, with_token=True)
    signed_in = await sign_in(database, "aziza", aziza.password)
    async with database.unit_of_work() as uow:
        await officials.disable(uow, "aziza")
    assert not await is_signed_in(database, signed_in.cookie)
    async with database.reading() as uow:
        assert await sessions.authenticate_token(uow, aziza.token or "") is None
    assert await refusal(database, "aziza", aziza.password) == "sign_in_failed"


async def test_a_reset_replaces_everything_issued_before(database: Database) -> None:
    aziza = await hire(database, with_token=True)
    signed_in = await sign_in(database, "aziza", aziza.password)
    async with database.unit_of_work() as uow:
        renewed = await officials.reset(uow, "aziza")
    assert not await is_signed_in(database, signed_in.cookie)
    assert await refusal(database, "aziza", aziza.password) == "sign_in_failed"
    await sign_in(database, "aziza", renewed.password)
    async with database.reading() as uow:
        assert await sessions.authenticate_token(uow, aziza.token or "") is None
        assert await sessions.authenticate_token(uow, renewed.token or "") is not None
        assert await uow.session.scalar(select(func.count()).select_from(ApiToken)) == 2


async def test_unknown_logins_are_said_to_be_unknown(sqlite_database: Database) -> None:
    for act in (officials.disable, officials.reset):
        with pytest.raises(HubError, match="unknown_login"):
            async with sqlite_database.unit_of_work() as uow:
                await act(uow, "nobody")


@pytest.fixture
def production(settings: Settings, resources: Resources) -> None:
    resources.add(settings.model_copy(update={"environment": "production"}), Settings)


@pytest.mark.usefixtures("production")
async def test_production_asks_for_the_one_time_code(sqlite_database: Database, clock: SettableClock) -> None:
    aziza = await hire(sqlite_database)
    code: Callable[[], str] = lambda: pyotp.TOTP(aziza.totp_secret).at(clock.now())  # noqa: E731
    for _ in range(7):
        assert await refusal(sqlite_database, "aziza", aziza.password) == "totp_needed", "never a lock"
    assert await refusal(sqlite_database, "aziza", aziza.password, "000000") == "sign_in_failed"
    await sign_in(sqlite_database, "aziza", aziza.password, code())
    assert await refusal(sqlite_database, "aziza", aziza.password, code()) == "sign_in_failed"
    clock.advance(seconds=30)
    await sign_in(sqlite_database, "aziza", aziza.password, f" {code()[:3]} {code()[3:]} ")
    clock.advance(seconds=300)
    old = code()
    clock.advance(seconds=90)
    assert await refusal(sqlite_database, "aziza", aziza.password, old) == "sign_in_failed"


@pytest.mark.usefixtures("production")
async def test_production_lets_nobody_in_on_a_password_alone(sqlite_database: Database) -> None:
    aziza = await hire(sqlite_database)
    async with sqlite_database.unit_of_work() as uow:
        (await uow.session.scalars(select(Official))).one().totp_sealed = None
    assert await refusal(sqlite_database, "aziza", aziza.password) == "totp_not_enrolled"


async def test_ended_sessions_are_swept_at_the_next_sign_in(
    sqlite_database: Database, clock: SettableClock
) -> None:
    aziza = await hire(sqlite_database)
    await sign_in(sqlite_database, "aziza", aziza.password)
    clock.advance(hours=sessions.ABSOLUTE_LIMIT / timedelta(hours=1) + 1)
    await sign_in(sqlite_database, "aziza", aziza.password)
    async with sqlite_database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Session)) == 1
