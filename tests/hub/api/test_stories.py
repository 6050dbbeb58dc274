"""A citizen's program files an appeal, Aziza's program answers it, others see the little they may."""

from typing import Any

import anyio
import httpx2
import pytest

from hub.foundation.db import Database
from hub.people import officials
from tests.conftest import SettableClock
from tests.hub.api.conftest import Hire

pytestmark = pytest.mark.anyio

MATTER: dict[str, Any] = {
    "text": "Mahallamizda uch kundan beri ichimlik suvi yoʻq, iltimos yordam bering.",
    "kind": "application",
    "agency": "construction_housing",
    "applicant": {
        "name": "Dilnoza Karimova",
        "address": "Toshkent, Chilonzor 5-12",
        "phone": "+998901234567",
    },
    "language": "uz-Latn",
    "consent": True,
}
ANSWER: dict[str, Any] = {
    "text": "Suv tarmogʻi taʼmirlandi, suv berildi.",
    "final": True,
    "outcome": "satisfied",
}


async def file(client: httpx2.AsyncClient, **changes: Any) -> dict[str, Any]:
    response = await client.post("/api/v1/appeals", json=MATTER | changes)
    assert response.status_code == 201, response.text
    receipt: dict[str, Any] = response.json()
    return receipt


async def test_a_question_gets_an_answer_or_an_agency(client: httpx2.AsyncClient) -> None:
    response = await client.post("/api/v1/questions", json={"text": "Murojaatga necha kunda javob beriladi?"})
    assert response.status_code == 200
    said = response.json()
    assert said["decision"] in {"answer", "ask", "route", "human"}
    assert 0 <= said["confidence"] <= 1
    assert said.get("answer") or said["candidates"] or said["agency"]["code"]


async def test_danger_is_answered_with_the_emergency_numbers(client: httpx2.AsyncClient) -> None:
    response = await client.post(
        "/api/v1/questions", json={"text": "Uyda gaz hidi bor, odamlar hushidan ketdi!"}
    )
    assert any(line["number"] for line in response.json()["emergency"])


async def test_from_appeal_to_answer(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    receipt = await file(client)
    assert receipt["agency"]["code"] == "construction_housing"
    assert receipt["status"] == "registered"
    assert receipt["registered_on"] == "2026-03-02"
    assert receipt["due_on"] == "2026-03-17"
    assert {"rule", "from", "to", "note"} == set(receipt["due_steps"][0])
    address = f"/api/v1/appeals/{receipt['number']}"

    listed = (await client.get("/api/v1/inbox", headers=aziza)).json()
    assert [line["number"] for line in listed["items"]] == [receipt["number"]]
    claimed = await client.post(f"{address}/claim", json={}, headers=aziza)
    assert claimed.status_code == 200
    assert claimed.json()["until"] > "2026-03-02"
    seen = (await client.get(address, headers=aziza)).json()
    assert seen["applicant"]["name"] == "Dilnoza Karimova"
    assert (
        await client.post(f"{address}/notes", json={"text": "Tel. qildim"}, headers=aziza)
    ).status_code == 201
    answered = await client.post(f"{address}/replies", json=ANSWER, headers=aziza)
    assert answered.status_code == 201
    assert answered.json()["state"] == "sent"

    hers = await client.get(address.lower(), headers={"X-Tracking-Code": receipt["tracking_code"].lower()})
    assert hers.status_code == 200
    told = hers.json()
    assert (told["status"], told["outcome"]) == ("answered", "satisfied")
    assert [message["text"] for message in told["messages"]] == [ANSWER["text"]]
    assert "Tel. qildim" not in hers.text
    assert (await client.get("/api/v1/inbox", headers=aziza)).json()["items"] == []
    by_status = await client.get("/api/v1/inbox", params={"status": "answered"}, headers=aziza)
    assert [line["number"] for line in by_status.json()["items"]] == [receipt["number"]]


async def test_what_is_foreign_looks_as_if_it_were_absent(client: httpx2.AsyncClient, hire: Hire) -> None:
    receipt = await file(client)
    stranger = await hire("botir", "head", "tax")
    editor, administrator = await hire("olim", "editor", "tax"), await hire("umida", "admin")
    absent = await client.get("/api/v1/appeals/UZ26-0000-0000", headers=stranger)
    for headers in (stranger, editor, administrator, {}, {"X-Tracking-Code": "0000000000"}):
        foreign = await client.get(f"/api/v1/appeals/{receipt['number']}", headers=headers)
        assert (foreign.status_code, foreign.content) == (404, absent.content)
    acts: dict[str, dict[str, Any]] = {
        "claim": {},
        "replies": ANSWER,
        "notes": {"text": "note"},
        "transfers": {"to": "tax", "reason": "Bizga tegishli"},
        "extensions": {"until": "2026-04-01", "reason": "Tekshiruv"},
        "closure": {"outcome": "terminated", "ground": "withdrawn", "conclusion": "Qaytarib olindi"},
    }
    for act, body in acts.items():
        answers = [
            await client.post(f"/api/v1/appeals/{number}/{act}", json=body, headers=stranger)
            for number in (receipt["number"], "UZ26-0000-0000")
        ]
        assert [answer.status_code for answer in answers] == [404, 404], act
        assert answers[0].content == answers[1].content == absent.content
    assert (await client.get("/api/v1/inbox", headers=stranger)).json()["items"] == []


async def test_after_forwarding_the_earlier_agency_keeps_dates_only(
    client: httpx2.AsyncClient, hire: Hire
) -> None:
    aziza, botir = (
        await hire("aziza", "official", "construction_housing"),
        await hire("botir", "official", "water"),
    )
    receipt = await file(client)
    address = f"/api/v1/appeals/{receipt['number']}"
    moved = await client.post(
        f"{address}/transfers", json={"to": "water", "reason": "Suv xoʻjaligi vakolati"}, headers=aziza
    )
    assert moved.status_code == 201
    assert moved.json()["agency"]["code"] == "water"
    assert (await client.post(f"{address}/replies", json=ANSWER, headers=botir)).status_code == 201
    left = await client.get(address, headers=aziza)
    assert left.status_code == 200
    for hidden in ("Dilnoza", "Chilonzor", MATTER["text"], ANSWER["text"]):
        assert hidden not in left.text
    assert (await client.post(f"{address}/notes", json={"text": "x"}, headers=aziza)).status_code == 404


async def test_two_officials_claim_and_one_has_it(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    nodira = await hire("nodira", "official", "construction_housing")
    receipt = await file(client)
    address = f"/api/v1/appeals/{receipt['number']}"
    statuses: list[int] = []

    async def claim(headers: dict[str, str]) -> None:
        statuses.append((await client.post(f"{address}/claim", json={}, headers=headers)).status_code)

    async with anyio.create_task_group() as group:
        group.start_soon(claim, aziza)
        group.start_soon(claim, nodira)
    assert sorted(statuses) == [200, 409]


async def test_a_second_final_answer_is_a_conflict(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    receipt = await file(client)
    statuses: list[tuple[int, str]] = []

    async def reply() -> None:
        response = await client.post(
            f"/api/v1/appeals/{receipt['number']}/replies", json=ANSWER, headers=aziza
        )
        statuses.append((response.status_code, response.json().get("code", "")))

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(reply)
    assert sorted(statuses) == [(201, ""), (409, "already_answered"), (409, "already_answered")]


async def test_a_clerk_enters_what_came_last_week(
    client: httpx2.AsyncClient, hire: Hire, clock: SettableClock
) -> None:
    clerk = await hire("gulnora", "registrar", "construction_housing")
    last_week = MATTER | {"received_at": "2026-02-25T10:00:00+05:00"}
    assert (await client.post("/api/v1/appeals", json=last_week)).json()["code"] == "received_at_refused"
    entered = await client.post("/api/v1/appeals", json=last_week, headers=clerk)
    assert entered.status_code == 201
    assert entered.json()["registered_on"] == "2026-02-25"
    too_old = MATTER | {"received_at": "2026-01-01T10:00:00+05:00"}
    assert (await client.post("/api/v1/appeals", json=too_old, headers=clerk)).status_code == 422
    assert (await client.get(f"/api/v1/appeals/{entered.json()['number']}", headers=clerk)).status_code == 200


async def test_the_head_extends_once_and_nobody_else_does(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza, head = (
        await hire("aziza", "official", "construction_housing"),
        await hire("karim", "head", "construction_housing"),
    )
    receipt = await file(client)
    address = f"/api/v1/appeals/{receipt['number']}/extensions"
    longer = {"until": "2026-04-10", "reason": "Qoʻshimcha tekshiruv zarur"}
    assert (await client.post(address, json=longer, headers=aziza)).status_code == 404
    extended = await client.post(address, json=longer, headers=head)
    assert extended.status_code == 201
    assert extended.json()["due_on"] == "2026-04-10"
    again = await client.post(address, json=longer | {"until": "2026-04-15"}, headers=head)
    assert (again.status_code, again.json()["code"]) == (422, "extension_refused")


async def test_an_appeal_is_closed_on_a_legal_ground(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    receipt = await file(client)
    address = f"/api/v1/appeals/{receipt['number']}"
    ended = {"outcome": "terminated", "ground": "withdrawn", "conclusion": "Arizachi qaytarib oldi."}
    assert (
        await client.post(f"{address}/closure", json=ended | {"conclusion": ""}, headers=aziza)
    ).status_code == 422
    assert (await client.post(f"{address}/closure", json=ended, headers=aziza)).status_code == 201
    told = (await client.get(address, params={"code": receipt["tracking_code"]})).json()
    assert (told["status"], told["outcome"]) == ("closed", "terminated")
    assert (await client.post(f"{address}/claim", headers=aziza)).status_code == 409


async def test_files_travel_with_the_appeal_and_stay_inside_it(
    client: httpx2.AsyncClient, hire: Hire
) -> None:
    aziza, stranger = (
        await hire("aziza", "official", "construction_housing"),
        await hire("botir", "official", "tax"),
    )
    picture = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    uploaded = await client.post(
        "/api/v1/attachments", files={"file": ("ariza\x00.pdf", picture, "application/pdf")}
    )
    assert uploaded.status_code == 201, uploaded.text
    receipt = await file(client, attachments=[uploaded.json()["id"]])
    stolen = await client.post("/api/v1/appeals", json=MATTER | {"attachments": [uploaded.json()["id"]]})
    assert (stolen.status_code, stolen.json()["code"]) == (422, "unknown_attachment")
    address = f"/api/v1/appeals/{receipt['number']}/attachments/{uploaded.json()['id']}"
    for headers in (aziza, {"X-Tracking-Code": receipt["tracking_code"]}):
        given = await client.get(address, headers=headers)
        assert (given.status_code, given.content) == (200, picture)
        assert given.headers["content-disposition"].startswith("attachment")
        assert given.headers["x-content-type-options"] == "nosniff"
    for headers in (stranger, {}):
        assert (await client.get(address, headers=headers)).status_code == 404
    refused = await client.post("/api/v1/attachments", files={"file": ("a.html", b"<script>", "text/html")})
    assert (refused.status_code, refused.json()["code"]) == (422, "file_type_refused")


async def test_a_revoked_token_is_nobody(client: httpx2.AsyncClient, hire: Hire, database: Database) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    assert (await client.get("/api/v1/inbox", headers=aziza)).status_code == 200
    async with database.unit_of_work() as uow:
        await officials.disable(uow, "aziza")
    refused = await client.get("/api/v1/inbox", headers=aziza)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="qabul"')
