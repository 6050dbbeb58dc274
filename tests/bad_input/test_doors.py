"""Pages and forms asked for as no browser would: a plain page, the right status, never an error of ours."""

import asyncio
import re
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.bad_input.doors import DOORS, Door
from tests.bad_input.test_texts import PERSON, visible
from tests.journeys.household import Household

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
async def test_every_door(home: Household, door: Door) -> None:
    status, head, page = await by_hand(home, door)
    assert status in door.statuses, (status, visible(page)[:300])
    assert "Traceback" not in page
    if status >= 400 and door.method != "HEAD":
        if "application/problem+json" in head:
            assert '"detail":"' in page.replace('": "', '":"')
        else:
            assert re.search(r"[A-ZА-ЯЎ].{15,}", visible(page)), page[:300]
    if "location:" in head.lower():
        assert "evil.example" not in head


async def by_hand(home: Household, door: Door) -> tuple[int, str, str]:
    """The request byte by byte, as no client library would send it: status, headers, body."""
    port = urlsplit(home.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    headers = {"Host": f"127.0.0.1:{port}", "Connection": "close", "Accept-Language": "en"}
    headers |= {"Content-Length": str(len(door.body))} if door.method == "POST" else {}
    lines = [f"{door.method} {door.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in {**headers, **door.headers}.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + door.body)
    try:
        answer = await asyncio.wait_for(reader.read(), 20)
    finally:
        writer.close()
    head, _, page = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), head.decode("latin-1"), page.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("raw", "statuses"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", (400,)),
        (b"\x16\x03\x01\x02\x00\x01", (400,)),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", (400,)),
        (b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\ntext=", (400,)),
        (b"POST /ask HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", (400,)),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n", (200, 400, 431)),
    ],
    ids=range(6),
)
async def test_what_is_no_request(home: Household, raw: bytes, statuses: tuple[int, ...]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(home.url).port)
    writer.write(raw)
    try:
        # A client that leaves in the middle is answered or cut off, as the server likes.
        answer = await asyncio.wait_for(reader.read(), 8)
    except (TimeoutError, ConnectionError):
        answer = b""
    finally:
        writer.close()
    assert not answer or int(answer.split(b" ")[1]) in statuses, answer[:200]
    async with httpx2.AsyncClient(base_url=home.url) as after:
        assert (await after.get("/healthz")).status_code == 200


FILES = [
    ("../../etc/passwd.pdf", b"%PDF-1.4\n%%EOF\n", True),
    ("a\u202efdp.exe", b"MZ\x90\x00", False),
    ("n" * 240 + ".png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, True),
    ("photo.jpg", b"<html><script>alert(1)</script>", False),
    ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", False),
    ("nothing.pdf", b"", False),
    ("page.html", b"<!doctype html><script>alert(1)</script>", False),
]


@pytest.mark.parametrize(("name", "content", "taken"), FILES, ids=[name[:20] for name, _, _ in FILES])
async def test_files_with_bad_manners(
    web: httpx2.AsyncClient, home: Household, name: str, content: bytes, taken: bool
) -> None:
    """Taken and given back as a download with a harmless name, or refused in words with the text kept."""
    await web.get("/appeal")
    form = {**PERSON, "text": "Suv yoʻq, hujjat ilova qilindi.", "kind": "application", "consent": "true"}
    answer = await web.post(
        "/appeal",
        data={**form, "act": "send"},
        files={"files": (name, content, "application/octet-stream")},
    )
    if not taken:
        assert answer.status_code == 422, visible(answer.text)
        assert "Suv yoʻq, hujjat ilova qilindi." in answer.text, "what was typed is kept"
        assert re.search(r"Files of this type|This file is empty", answer.text), visible(answer.text)
        return
    assert answer.status_code == 303, visible(answer.text)
    page = (await web.get("/receipt")).text
    number = re.search(r'id="number">([^<]+)<', page)
    assert number is not None
    tracked = (await web.get(f"/track/{number[1]}")).text
    link = re.search(rf'href="(/track/{number[1]}/files/\w+)"', tracked)
    assert link is not None, visible(tracked)
    file = await web.get(link[1])
    assert file.content == content
    assert file.headers["content-disposition"].startswith("attachment")
    assert not re.search(r"%2F|%5C|''\.|\\", file.headers["content-disposition"])
    assert not (home.folder.parent / "etc").exists()
