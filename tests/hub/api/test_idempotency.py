"""A program that lost the answer asks again with its key and gets the same bytes; nothing happens twice."""

import anyio
import httpx2
import pytest
from fastapi import FastAPI

from hub.foundation.db import Database
from tests.hub.api.conftest import Hire
from tests.hub.api.test_stories import MATTER

pytestmark = pytest.mark.anyio
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


async def count_of_appeals(client: httpx2.AsyncClient, hire: Hire) -> int:
    headers = await hire(f"counter{id(client) % 1000}", "supervisor")
    return len((await client.get("/api/v1/inbox", headers=headers)).json()["items"])


async def test_the_same_request_gets_the_same_bytes(client: httpx2.AsyncClient, hire: Hire) -> None:
    first = await client.post("/api/v1/appeals", json=MATTER, headers=KEY)
    again = await client.post("/api/v1/appeals", json=MATTER, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert await count_of_appeals(client, hire) == 1


async def test_another_request_under_the_key_is_refused(client: httpx2.AsyncClient, hire: Hire) -> None:
    await client.post("/api/v1/appeals", json=MATTER, headers=KEY)
    other = await client.post("/api/v1/appeals", json=MATTER | {"text": "Chiroq yoʻq."}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    elsewhere = await client.post("/api/v1/questions", json={"text": "Chiroq"}, headers=KEY)
    assert elsewhere.status_code == 422
    assert await count_of_appeals(client, hire) == 1


async def test_many_at_once_file_one_appeal(client: httpx2.AsyncClient, hire: Hire) -> None:
    bodies: list[bytes] = []

    async def post() -> None:
        bodies.append((await client.post("/api/v1/appeals", json=MATTER, headers=KEY)).content)

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(post)
    assert len(set(bodies)) == 1
    assert await count_of_appeals(client, hire) == 1


async def test_a_refused_request_may_be_corrected_under_its_key(client: httpx2.AsyncClient) -> None:
    refused = await client.post("/api/v1/appeals", json=MATTER | {"consent": False}, headers=KEY)
    assert (refused.status_code, refused.json()["code"]) == (422, "consent_missing")
    assert (await client.post("/api/v1/appeals", json=MATTER, headers=KEY)).status_code == 201


async def test_keys_of_two_callers_do_not_meet(
    application: FastAPI, client: httpx2.AsyncClient, hire: Hire
) -> None:
    clerk = await hire("gulnora", "registrar", "water")
    anonymous = await client.post("/api/v1/appeals", json=MATTER, headers=KEY)
    clerks = await client.post("/api/v1/appeals", json=MATTER, headers=KEY | clerk)
    transport = httpx2.ASGITransport(app=application, client=("203.0.113.9", 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://qabul") as other:
        neighbours = await other.post("/api/v1/appeals", json=MATTER, headers=KEY)
    assert len({answer.json()["number"] for answer in (anonymous, clerks, neighbours)}) == 3


async def test_acts_of_officials_are_repeated_safely(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    number = (await client.post("/api/v1/appeals", json=MATTER)).json()["number"]
    answer = {"text": "Suv berildi.", "final": True, "outcome": "satisfied"}
    sent = [
        await client.post(f"/api/v1/appeals/{number}/replies", json=answer, headers=aziza | KEY)
        for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].content == sent[1].content


async def test_an_upload_is_repeated_safely(client: httpx2.AsyncClient) -> None:
    ids = set()
    for _ in range(2):
        sent = await client.post(
            "/api/v1/attachments", files={"file": ("a.txt", b"matn", "text/plain")}, headers=KEY
        )
        ids.add(sent.json()["id"])
    assert len(ids) == 1
    other = await client.post(
        "/api/v1/attachments", files={"file": ("a.txt", b"boshqa", "text/plain")}, headers=KEY
    )
    assert other.status_code == 422


@pytest.mark.parametrize("key", ["", "   ", "k" * 256])
async def test_a_key_that_is_none(sqlite_client: httpx2.AsyncClient, key: str) -> None:
    refused = await sqlite_client.post("/api/v1/appeals", json=MATTER, headers={"Idempotency-Key": key})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")


async def test_what_is_kept_of_an_answer_is_sealed(
    sqlite_client: httpx2.AsyncClient, sqlite_database: Database
) -> None:
    receipt = (await sqlite_client.post("/api/v1/appeals", json=MATTER, headers=KEY)).json()
    async with sqlite_database.reading() as uow:
        connection = await uow.session.connection()
        rows = (await connection.exec_driver_sql("SELECT * FROM idempotency")).all()
    assert len(rows) == 1
    assert receipt["tracking_code"] not in repr(rows)
