"""Signing in and out: who gets in, with which cookie, where to, and what a stranger learns (nothing)."""

from urllib.parse import quote

import httpx2
import pyotp
import pytest

from hub.foundation.db import Database, Resources
from hub.foundation.settings import Settings
from hub.people import officials, sessions
from hub.web.office.sign_in import local
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import People
from tests.hub.web.office.conftest import ADDRESS, SitDown, application_on, open_client

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


async def new_password(database: Database, login: str) -> officials.NewOfficial:
    async with database.unit_of_work() as uow:
        return await officials.reset(uow, login)


async def attempt(client: httpx2.AsyncClient, login: str, password: str, **more: str) -> httpx2.Response:
    return await client.post("/sign-in", data={"login": login, "password": password, **more})


async def test_the_door_opens_and_shuts(database: Database, settings: Settings, people: People) -> None:
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, settings)) as client:
        asked = await client.get("/inbox?view=mine")
        assert (asked.status_code, asked.headers["location"]) == (
            303,
            f"/sign-in?next={quote('/inbox?view=mine', safe='')}",
        )
        assert "/inbox?view=mine" in (await client.get(asked.headers["location"])).text
        entered = await attempt(client, "doctor", doctor.password, next="/inbox?view=mine")
        assert (entered.status_code, entered.headers["location"]) == (303, "/inbox?view=mine")
        cookie = next(c for c in entered.headers.get_list("set-cookie") if c.startswith("session="))
        assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
            "httponly",
            "path=/",
            "samesite=lax",
        }
        page = await client.get("/inbox")
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        kept = client.cookies["session"]
        left = await client.post("/sign-out", data={"csrf_token": token})
        assert left.headers["location"] == "/sign-in?done=signed_out"
        client.cookies.set("session", kept)
        assert (await client.get("/inbox")).status_code == 303, "the old cookie is dead on the server too"


async def test_https_gets_a_host_cookie(database: Database, settings: Settings, people: People) -> None:
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, settings), "https://qabul.example") as client:
        entered = await attempt(client, "doctor", doctor.password)
        cookie = next(c for c in entered.headers.get_list("set-cookie") if "session=" in c)
        assert cookie.startswith("__Host-session=")
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert flags == {"httponly", "secure", "path=/", "samesite=lax"}


async def test_failures_say_nothing(database: Database, settings: Settings, people: People) -> None:
    await new_password(database, "doctor")
    async with open_client(application_on(database, settings)) as client:
        wrong, unknown = await attempt(client, "doctor", "guess"), await attempt(client, "nobody", "guess")
        assert (wrong.status_code, unknown.status_code) == (401, 401)
        assert wrong.text == unknown.text.replace('value="nobody"', 'value="doctor"')
        assert "set-cookie" not in wrong.headers
        assert "guess" not in wrong.text
        for _ in range(4):
            await attempt(client, "doctor", "guess")
        locked = await attempt(client, "doctor", "guess")
        assert locked.status_code == 429
        assert "too many failed attempts" in locked.text


async def test_a_cookie_brought_along_is_never_taken_over(
    database: Database, settings: Settings, people: People
) -> None:
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, settings)) as client:
        client.cookies.set("session", "planted-by-somebody")
        await attempt(client, "doctor", doctor.password)
        first = client.cookies.get("session", domain="127.0.0.1") or ""
        assert first != "planted-by-somebody"
        async with database.reading() as uow:
            assert await sessions.authenticate(uow, "planted-by-somebody") is None
        client.cookies.clear()
        client.cookies.set("session", first)
        again = await attempt(client, "doctor", doctor.password)
        assert again.status_code == 303
        async with database.reading() as uow:
            assert await sessions.authenticate(uow, first) is None, "rotated: the earlier session has ended"


async def test_production_asks_for_the_code(
    database: Database, settings: Settings, resources: Resources, clock: SettableClock, people: People
) -> None:
    strict = settings.model_copy(update={"environment": "production", "public_url": ADDRESS})
    resources.add(strict, Settings)
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, strict)) as client:
        assert 'name="totp"' in (await client.get("/sign-in")).text
        missing = await attempt(client, "doctor", doctor.password)
        assert missing.status_code == 422
        assert "one-time code" in missing.text
        code = pyotp.TOTP(doctor.totp_secret).at(clock.now())
        assert (await attempt(client, "doctor", doctor.password, totp=code)).status_code == 303


@pytest.mark.parametrize(
    "trick",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/inbox//evil.example",
        "javascript:alert(1)", "/inbox\r\nSet-Cookie: a=b", "inbox", "/api/v1/inbox", " /inbox",
        "/inbox\\..\\", "http:/inbox", "/іnbox",
    ],
)  # fmt: skip
async def test_the_way_back_is_a_page_of_ours(trick: str) -> None:
    assert local(trick) == ""


async def test_the_language_is_remembered(
    database: Database, settings: Settings, people: People, sit_down: SitDown
) -> None:
    desk = await sit_down("doctor")
    chosen = await desk.get("/inbox?language=ru")
    assert 'lang="ru"' in chosen.text
    assert 'lang="ru"' in (await desk.get("/inbox")).text
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, settings)) as client:
        await client.get("/sign-in?language=ru")
        await attempt(client, "doctor", doctor.password)
    async with open_client(application_on(database, settings)) as client:
        await attempt(client, "doctor", doctor.password)
        assert 'lang="ru"' in (await client.get("/inbox")).text, "another browser, the same official"


async def test_a_form_of_another_site_signs_nobody_in(
    database: Database, settings: Settings, people: People
) -> None:
    doctor = await new_password(database, "doctor")
    async with open_client(application_on(database, settings)) as client:
        for headers in (
            {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://["},
            {"Sec-Fetch-Site": "cross-site"},
        ):  # fmt: skip
            form = {"login": "doctor", "password": doctor.password}
            answer = await client.post("/sign-in", data=form, headers=headers)
            assert answer.status_code == 403, headers
            assert "set-cookie" not in answer.headers
