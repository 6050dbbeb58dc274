"""Hostile and broken requests get a plain page with a sentence, and change nothing."""

from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from hub.appeals.models import Appeal
from hub.foundation.db import Database
from hub.web import guards
from tests.hub.web.public.conftest import TEXT, Reader
from tests.hub.web.public.test_filing import PHOTO, appeals

pytestmark = pytest.mark.anyio
PATHS = ("/ask", "/appeal", "/track", "/ask/judge", "/ask/pick", "/track/UZ26-0000-0000/messages")
FORM = {"content-type": "application/x-www-form-urlencoded", "origin": "http://qabul"}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://qabul.evil.example", ""])
@pytest.mark.parametrize("path", PATHS)
async def test_forms_of_other_sites_are_refused(
    reader: Reader, sqlite_database: Database, path: str, origin: str
) -> None:
    response = await reader.client.post(path, data={"text": TEXT}, headers={"Origin": origin})
    assert response.status_code == 403
    assert "Nothing was changed" in response.text
    crossed = {"Sec-Fetch-Site": "cross-site", "Origin": "http://qabul"}
    assert (await reader.client.post(path, data={"text": TEXT}, headers=crossed)).status_code == 403
    assert await appeals(sqlite_database) == 0


BODIES = [
    b"",
    b"&&&==&",
    b"text=a&text=b",
    b"text[]=a&text[0]=b&kind[x]=1",
    b"text=%FF%FE%80",
    b"text=\xcf\xf0\xe8\xe2\xe5\xf2",
    b"text=%00%00&number=%00&code=%00&q=%00",
    b"text=suv&q=" + b"A" * 5000,
    b"q=%D0%B0&answered=maybe&faq=%00",
    b"text=" + "сув".encode() * 40_000,
    b"=" * 5000,
    b"a=1&" * 5000,
    quote("text=🙂‮\u0000\ud7ff").encode(),
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("path", PATHS)
async def test_odd_bodies_get_a_page(reader: Reader, path: str, body: bytes) -> None:
    for content_type in (FORM["content-type"], "text/plain", "application/json", "multipart/form-data", ""):
        response = await reader.client.post(
            path, content=body, headers={**FORM, "content-type": content_type}
        )
        assert response.status_code < 500, (content_type, response.text[:300])
        assert "<h1" in response.text


def part(headers: bytes, body: bytes, end: bytes = b"\r\n--x--\r\n") -> bytes:
    return b"--x\r\nContent-Disposition: form-data" + headers + b"\r\n\r\n" + body + end


MULTIPARTS = [
    ("boundary=x", part(b"", b"nameless")),
    ("boundary=x", part(b'; name="text"', b"cut off", end=b"")),
    ("boundary=x; charset=bogus", part(b'; name="text"', b"\xff")),
    ("boundary=x", part(b'; name="text"; filename="a"', b"a file for a text")),
    ("boundary=x", part(b'; name="files"', b"a text for a file")),
    ("boundary=x", part(b'; name="text"', b"a" * 1_200_000)),
    ("boundary=" + "y" * 300, b"--y"),
]


@pytest.mark.parametrize(("boundary", "body"), MULTIPARTS, ids=range(len(MULTIPARTS)))
async def test_odd_multipart_gets_a_page(reader: Reader, boundary: str, body: bytes) -> None:
    headers = FORM | {"content-type": f"multipart/form-data; {boundary}"}
    response = await reader.client.post("/appeal", content=body, headers=headers)
    assert response.status_code < 500
    assert "<h1" in response.text


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "bribe"},
        {"kind": ""},
        {"kind": ["application", "complaint"]},
        {"name": "\x00\x01"},
        {"name": "🙂" * 300},
        {"address": "9" * 600},
        {"email": "a@" + "b" * 400},
        {"phone": "\x00++998"},
        {"about": "x" * 2000, "kind": "complaint"},
        {"about": "\x00", "kind": "complaint"},
        {"agency": "' OR 1=1 --"},
        {"other_agency": "\x00"},
        {"attachment": ["../../etc/passwd", "\x00", "x" * 400]},
        {"attachment": ["a"] * 150},
        {"text": "\x00\x00 ‮"},
        {"text": "сув " * 25_000},
        {"consent": "yes"},
        {"draft": "x" * 5000},
        {"confidential": ["true", "true"]},
    ],
    ids=range(19),
)
async def test_an_odd_field_is_explained_or_taken_never_fatal(
    aziza: Reader, changes: dict[str, object]
) -> None:
    await aziza.file(**changes)
    assert aziza.status in (200, 400, 422), aziza.page[:300]
    assert "<h1" in aziza.page


async def test_a_body_over_the_limit_is_read_and_refused(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "LARGEST_WITH_FILES", 100_000)
    big = ("files", ("a.pdf", b"%PDF-1.7 " + b"x" * 200_000, "application/pdf"))
    await reader.send("/appeal", files=[big], text=TEXT)
    assert reader.status == 413
    assert "The request is too large" in reader.page
    await reader.send("/ask", text="x" * 1_100_000)
    assert reader.status == 413


async def test_pages_that_are_not_there_and_methods_that_are_not_theirs(reader: Reader) -> None:
    for path in ("/nothing", "/track/x/files/y", "/track/%00/files/%00", "/static/nothing.css"):
        await reader.open(path)
        assert reader.status == 404, path
        assert "There is nothing here" in reader.page
    for method, path in (("DELETE", "/"), ("PUT", "/ask"), ("GET", "/ask/judge"), ("POST", "/receipt")):
        response = await reader.client.request(method, path)
        assert response.status_code == 405, path
        assert "<h1" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/ask?q=x", "/ask?q=%00", "/appeal?q=" + "A" * 4000, "/track?number=%00",
        "/track?number=" + "9" * 500, "/agencies?q=%00", "/agencies?q=" + "suv%20" * 500,
        "/agencies?q=a&q=b", "/?language=xx&language=%00",
        "/track/%F0%9F%99%82", "/track/UZ26-0000-0000/withdraw", "/ask?q=%FF", "/receipt?x[]=1",
    ],
)  # fmt: skip
async def test_odd_addresses_get_a_page(reader: Reader, path: str) -> None:
    await reader.open(path)
    assert reader.status == 200
    assert "<h1" in reader.page


async def test_forged_cookies_open_nothing(reader: Reader, stranger: Reader) -> None:
    await reader.file()
    number = reader.number
    cookies = dict(reader.client.cookies)
    for forged in (
        "",
        "x",
        "A" * 200,
        cookies["receipt"],
        cookies["appeal"][:-4] + "AAAA",
        cookies["visitor"],
    ):
        stranger.client.cookies.set("appeal", forged, domain="qabul")
        await stranger.open(f"/track/{number}")
        assert stranger.path == "/track"


async def test_an_error_nobody_foresaw_is_a_page(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    from hub.library import agencies

    async def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(agencies, "search", broken)
    await reader.open("/agencies")
    assert reader.status == 500
    assert "Something went wrong on our side" in reader.page
    assert "secret detail" not in reader.page


async def test_headers_of_every_page(reader: Reader) -> None:
    response = await reader.client.get("/")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "<script" not in response.text
    await reader.file([PHOTO])
    receipt = await reader.client.get("/receipt")
    assert receipt.headers["cache-control"] == "no-store"


async def test_guessing_codes_is_slowed(reader: Reader, sqlite_database: Database) -> None:
    transport = reader.client._transport
    transport.client = ("203.0.113.9", 4000)  # type: ignore[attr-defined]
    statuses = []
    for guess in range(40):
        await reader.send("/track", number="UZ26-7K3M-Q9XA", code=f"{guess:010}")
        statuses.append(reader.status)
    assert statuses[:30] == [404] * 30
    assert set(statuses[30:]) == {429}
    async with sqlite_database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Appeal)) == 0
