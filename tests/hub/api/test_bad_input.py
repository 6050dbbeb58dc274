"""Whatever is thrown at the doors: a plain sentence, nothing lost, no 5xx; the same on both databases."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.hub.api.conftest import Hire
from tests.hub.api.test_stories import MATTER

pytestmark = pytest.mark.anyio
JSON = {"Content-Type": "application/json"}
PROBLEM = {"type", "title", "status", "detail", "code"}


def is_problem(response: httpx2.Response) -> bool:
    body = response.json()
    return (
        response.headers["content-type"] == "application/problem+json"
        and set(body) >= PROBLEM
        and body["status"] == response.status_code
        and len(body["detail"]) > 10
    )


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("no text", {"text": ""}, 422, "text_missing"),
    ("only dots", {"text": " … \n"}, 422, "text_missing"),
    ("invisible text", {"text": "\u200b\u200b\x00"}, 422, "text_missing"),
    ("a book", {"text": "so " * 30_000}, 422, "text_too_long"),
    ("text is a number", {"text": 5}, 422, "invalid"),
    ("text is null", {"text": None}, 422, "invalid"),
    ("unknown field", {"status": "answered"}, 422, "invalid"),
    ("mass assignment", {"applicant": {"name": "A B", "address": "C", "citizen_id": 1}}, 422, "invalid"),
    ("unknown kind", {"kind": "question"}, 422, "invalid"),
    ("kind is a list", {"kind": ["complaint"]}, 422, "invalid"),
    ("consent as a word", {"consent": "true"}, 422, "invalid"),
    ("no consent", {"consent": False}, 422, "consent_missing"),
    ("no name", {"applicant": {"address": "Toshkent"}}, 422, "name_missing"),
    ("no address", {"applicant": {"name": "Dilnoza"}}, 422, "address_missing"),
    ("a name of digits", {"applicant": {"name": "123", "address": "Toshkent"}}, 422, "name_missing"),
    ("a long name", {"applicant": {"name": "D" * 300, "address": "Toshkent"}}, 422, "bad_name"),
    ("a phone of words", {"applicant": {"name": "D", "address": "T", "phone": "yoʻq"}}, 422, "bad_phone"),
    ("an e-mail of words", {"applicant": {"name": "D", "address": "T", "email": "a@b\nc"}}, 422, "bad_email"),
    ("unknown agency", {"agency": "nowhere"}, 422, "unknown_agency"),
    ("agency with NUL", {"agency": "wa\x00ter"}, 422, "unknown_agency"),
    ("unknown district", {"district": "1"}, 422, "unknown_district"),
    (
        "to the body complained about",
        {"kind": "complaint", "agency": "water", "about": "water"},
        422,
        "agency_is_about",
    ),
    ("unknown language", {"language": "fr"}, 422, "invalid"),
    ("unknown file", {"attachments": ["0" * 32]}, 422, "unknown_attachment"),
    ("files as a word", {"attachments": "abc"}, 422, "invalid"),
    ("a naive time", {"received_at": "2026-02-25T10:00:00"}, 422, "invalid"),
    ("a time as a number", {"received_at": 1772000000}, 422, "invalid"),
    ("a time of no calendar", {"received_at": "2026-02-30T10:00:00+05:00"}, 422, "invalid"),
]


@pytest.mark.parametrize(
    ("changes", "status", "code"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
async def test_an_appeal_that_cannot_be(
    client: httpx2.AsyncClient, changes: dict[str, Any], status: int, code: str
) -> None:
    response = await client.post("/api/v1/appeals", json=MATTER | changes)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert is_problem(response)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
        (b'{"text": "\\ud800 suv"}', 422),
        (b'{"text": "\xed\xa0\x80"}', 422),
        (b'{"text": NaN}', 422),
        (b'{"text": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 50_000, 400),
    ],
)
async def test_bodies_that_are_no_appeals(
    sqlite_client: httpx2.AsyncClient, content: bytes, status: int
) -> None:
    response = await sqlite_client.post("/api/v1/appeals", content=content, headers=JSON)
    assert response.status_code == status, response.text
    assert is_problem(response)


TEXTS = [
    "Oʻgʻlim O'qishga kirolmadi, o`quv markazi aybdor",
    "مرحبا \u202e suv yoʻq",
    "👨‍👩‍👧 yordam",
    "e\u0301" * 100 + " suv",
    "<script>alert(1)</script> {{7*7}} %s %(x)s ' OR 1=1 --",
    '=HYPERLINK("x") suv',
    "a" * 19_000,
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_texts_are_kept_as_typed(client: httpx2.AsyncClient, text: str) -> None:
    filed = await client.post("/api/v1/appeals", json=MATTER | {"text": text})
    assert filed.status_code == 201, filed.text
    receipt = filed.json()
    told = await client.get(f"/api/v1/appeals/{receipt['number']}", params={"code": receipt["tracking_code"]})
    assert told.json()["text"] == text


async def test_control_characters_are_taken_out_on_both_databases(client: httpx2.AsyncClient) -> None:
    receipt = (await client.post("/api/v1/appeals", json=MATTER | {"text": "su\x00v\r\nyo\x1bʻq"})).json()
    told = await client.get(f"/api/v1/appeals/{receipt['number']}", params={"code": receipt["tracking_code"]})
    assert told.json()["text"] == "suv\nyoʻq"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/appeals", 405),
        ("DELETE", "/api/v1/appeals/UZ26-0000-0000", 405),
        ("BREW", "/api/v1/questions", 405),
        ("GET", "/api/v1/questions/", 404),
        ("GET", "/api/v1/appeals/%00", 404),
        ("GET", "/api/v1/appeals/%00/attachments/%00?code=%00", 404),
        ("GET", "/api/v1/appeals/..%2f..%2fetc", 404),
        ("GET", "/api/v1/appeals/" + "9" * 2000, 404),
        ("GET", "/api/v1/agencies?cursor=x", 400),
        ("GET", "/api/v1/agencies?cursor=WyJhIl0", 400),
        ("GET", "/api/v1/agencies?limit=0", 422),
        ("GET", "/api/v1/agencies?limit=999999999999999999999999", 422),
        ("GET", "/api/v1/inbox", 401),
    ],
)
async def test_addresses_that_lead_nowhere(
    sqlite_client: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await sqlite_client.request(method, path)
    assert response.status_code == status, response.text
    assert is_problem(response)


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=WzFd",
        "view=secret",
        "status=lost",
        "kind=lost",
        "q=%00",
        "q=%25_%5C",
        "agency=%00",
        "limit=-1",
    ],
)
async def test_lists_asked_for_oddly(client: httpx2.AsyncClient, hire: Hire, query: str) -> None:
    supervisor = await hire("sardor", "supervisor")
    response = await client.get(f"/api/v1/inbox?{query}", headers=supervisor)
    assert response.status_code in {200, 400, 422}, response.text
    assert response.status_code == 200 or is_problem(response)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer qabul_nobody", "bearer \xff\xfe", "Bearer a b c"],
)
async def test_tokens_that_are_none(sqlite_client: httpx2.AsyncClient, authorization: str) -> None:
    header = {b"Authorization": authorization.encode("latin-1")}
    for response in (
        await sqlite_client.get("/api/v1/inbox", headers=header),
        await sqlite_client.post("/api/v1/questions", json={"text": "suv"}, headers=header),
    ):
        assert (response.status_code, response.json()["code"]) == (401, "sign_in_needed")


ACTS: list[tuple[str, dict[str, Any], str]] = [
    ("replies", {"text": "x", "final": "yes"}, "invalid"),
    ("replies", {"text": " ", "final": False}, "text_missing"),
    ("replies", {"text": "x", "final": True}, "outcome_missing"),
    ("replies", {"text": "x", "final": True, "outcome": "terminated"}, "bad_outcome"),
    ("replies", {"text": "x", "final": True, "outcome": "won"}, "invalid"),
    ("replies", {"text": "x", "final": False, "attachments": ["zz"]}, "unknown_attachment"),
    ("notes", {"text": "\x00"}, "text_missing"),
    ("notes", {}, "invalid"),
    ("transfers", {"to": "nowhere", "reason": "Vakolat"}, "unknown_agency"),
    ("transfers", {"to": "wa\x00ter", "reason": "Vakolat"}, "unknown_agency"),
    ("replies", {"text": "x", "final": False, "attachments": ["\x00"]}, "unknown_attachment"),
    ("transfers", {"to": "construction_housing", "reason": "Vakolat"}, "transfer_to_self"),
    ("transfers", {"to": "water", "reason": " "}, "reason_missing"),
    ("extensions", {"until": "2026-13-01", "reason": "Tekshiruv"}, "invalid"),
    ("extensions", {"until": 20260401, "reason": "Tekshiruv"}, "invalid"),
    ("extensions", {"until": "2026-01-01", "reason": "Tekshiruv"}, "extension_refused"),
    ("extensions", {"until": "9999-12-31", "reason": "Tekshiruv"}, "extension_refused"),
    ("closure", {"outcome": "joined", "ground": "x", "conclusion": "y"}, "bad_outcome"),
    ("closure", {"outcome": "terminated", "ground": "because", "conclusion": "y"}, "ground_missing"),
    ("claim", {"for": "ever"}, "invalid"),
]


@pytest.mark.parametrize(
    ("act", "body", "code"), ACTS, ids=[f"{row[0]}-{row[2]}-{i}" for i, row in enumerate(ACTS)]
)
async def test_an_act_that_cannot_be_changes_nothing(
    client: httpx2.AsyncClient, hire: Hire, act: str, body: dict[str, Any], code: str
) -> None:
    head = await hire("karim", "head", "construction_housing")
    receipt = (await client.post("/api/v1/appeals", json=MATTER)).json()
    address = f"/api/v1/appeals/{receipt['number']}"
    before = (await client.get(address, headers=head)).json()
    response = await client.post(f"{address}/{act}", json=body, headers=head)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    assert (await client.get(address, headers=head)).json() == before


async def test_a_flood_of_bytes_is_cut_off(sqlite_client: httpx2.AsyncClient) -> None:
    async def flood() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 10_000

    response = await sqlite_client.post("/api/v1/appeals", content=flood(), headers=JSON)
    assert (response.status_code, response.json()["code"]) == (413, "request_too_large")


async def test_a_file_that_is_too_large(sqlite_client: httpx2.AsyncClient) -> None:
    large = b"%PDF-1.4\n" + b"0" * (20 * 1024 * 1024)
    response = await sqlite_client.post(
        "/api/v1/attachments", files={"file": ("a.pdf", large, "application/pdf")}
    )
    assert (response.status_code, response.json()["code"]) == (413, "file_too_large")


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"", "multipart/form-data", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 400),
        (b"{}", "application/json", 415),
    ],
)
async def test_uploads_that_are_none(
    sqlite_client: httpx2.AsyncClient, content: bytes, media_type: str, status: int
) -> None:
    response = await sqlite_client.post(
        "/api/v1/attachments", content=content, headers={"Content-Type": media_type}
    )
    assert response.status_code == status, response.text
    assert is_problem(response)


async def test_errors_speak_the_callers_language_and_repeat_nothing(
    sqlite_client: httpx2.AsyncClient,
) -> None:
    secret = json.dumps({"text": "Dilnoza Karimova", "wrong": "Chilonzor"})
    response = await sqlite_client.post(
        "/api/v1/appeals", content=secret, headers=JSON | {"Accept-Language": "ru"}
    )
    assert response.status_code == 422
    assert "Dilnoza" not in response.text
    assert "Chilonzor" not in response.text
