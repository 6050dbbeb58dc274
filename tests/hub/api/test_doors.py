"""The other doors: the webhook, the documents, the metrics, the pace."""

import json

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from hub.delivery.models import Arrival
from hub.foundation.db import Database
from hub.foundation.settings import Settings
from tests.hub.api.conftest import Hire, create_application, open_client

pytestmark = pytest.mark.anyio
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "webhook-secret"}
UPDATE = {
    "update_id": 5,
    "message": {"message_id": 1, "chat": {"id": 42, "type": "private"}, "text": "salom"},
}


async def arrived(database: Database) -> list[tuple[str, int, str]]:
    async with database.reading() as uow:
        rows = await uow.session.scalars(select(Arrival).order_by(Arrival.id))
        return [(row.bot_id, row.update_id, row.chat_key) for row in rows]


async def test_an_update_is_stored_before_it_is_confirmed(
    client: httpx2.AsyncClient, database: Database
) -> None:
    for _ in range(2):
        confirmed = await client.post("/telegram/700100", json=UPDATE, headers=SECRET)
        assert confirmed.status_code == 200
    assert await arrived(database) == [("700100", 5, "700100:42")]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("X-Telegram-Bot-Api-Secret-Token", "")],
        [("X-Telegram-Bot-Api-Secret-Token", "Webhook-secret")],
        [("X-Telegram-Bot-Api-Secret-Token", "webhook-secre")],
        [("X-Telegram-Bot-Api-Secret-Token", "w" * 257)],
        [("X-Telegram-Bot-Api-Secret-Token", "webhook-secret"), ("X-Telegram-Bot-Api-Secret-Token", "x")],
    ],
)
async def test_a_stranger_at_the_webhook(
    sqlite_client: httpx2.AsyncClient, sqlite_database: Database, headers: list[tuple[str, str]]
) -> None:
    response = await sqlite_client.post("/telegram/700100", json=UPDATE, headers=headers)
    assert response.status_code == 401
    assert await arrived(sqlite_database) == []


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/telegram/700101", json.dumps(UPDATE).encode(), 404),
        ("/telegram/", json.dumps(UPDATE).encode(), 404),
        ("/telegram/700100", b"not json", 400),
        ("/telegram/700100", b"[]", 400),
        ("/telegram/700100", b"{}", 400),
        ("/telegram/700100", b'{"update_id": "5"}', 400),
        ("/telegram/700100", b"\x1f\x8b\x08\x00gzip", 400),
        ("/telegram/700100", b"[" * 100_000, 400),
        ("/telegram/700100", b" " * 20_000_000, 413),
    ],
)
async def test_updates_that_are_none(
    sqlite_client: httpx2.AsyncClient, sqlite_database: Database, path: str, content: bytes, status: int
) -> None:
    response = await sqlite_client.post(path, content=content, headers=SECRET)
    assert response.status_code == status
    assert await arrived(sqlite_database) == []


async def test_a_webhook_without_a_secret_takes_nobodys_word(
    sqlite_database: Database, settings: Settings
) -> None:
    open_door = settings.model_copy(update={"telegram_webhook_secret": ""})
    sqlite_database.resources.add(open_door, Settings)
    async with open_client(await create_application(sqlite_database, open_door)) as client:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": ""}):
            assert (await client.post("/telegram/700100", json=UPDATE, headers=headers)).status_code == 401


async def test_the_document_names_every_call(sqlite_client: httpx2.AsyncClient) -> None:
    document = (await sqlite_client.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {
        "/v1/questions",
        "/v1/appeals",
        "/v1/appeals/{number}",
        "/v1/appeals/{number}/attachments/{attachment_id}",
        "/v1/appeals/{number}/claim",
        "/v1/appeals/{number}/replies",
        "/v1/appeals/{number}/notes",
        "/v1/appeals/{number}/transfers",
        "/v1/appeals/{number}/extensions",
        "/v1/appeals/{number}/closure",
        "/v1/agencies",
        "/v1/inbox",
        "/v1/attachments",
    }
    page = await sqlite_client.get("/api/docs")
    assert page.status_code == 200
    assert "/api/v1/appeals/{number}/claim" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for loaded in ("src=", "http://", "https://", "@import", "url("):
        assert loaded not in page.text


async def test_production_shows_no_documents(sqlite_database: Database, settings: Settings) -> None:
    closed = settings.model_copy(update={"environment": "production"})
    async with open_client(await create_application(sqlite_database, closed)) as client:
        for path in ("/api/openapi.json", "/api/docs", "/api/redoc"):
            assert (await client.get(path)).status_code == 404


async def test_metrics_are_for_this_machine_and_for_administrators(
    application: FastAPI, client: httpx2.AsyncClient, hire: Hire
) -> None:
    await client.get("/api/v1/appeals/UZ26-7K3M-Q9XA", params={"code": "7K3MQ9XA00"})
    own = await client.get("/metrics")
    assert own.status_code == 200
    assert "qabul_http_requests_total" in own.text
    assert "qabul_outbox_age_seconds" in own.text
    assert "7K3M" not in own.text
    proxied = await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert proxied.status_code == 404
    admin, official = await hire("umida", "admin"), await hire("aziza", "official", "water")
    async with open_client(application, "203.0.113.9") as stranger:
        assert (await stranger.get("/metrics")).status_code == 404
        assert (await stranger.get("/metrics", headers=official)).status_code == 404
        assert (await stranger.get("/metrics", headers=admin)).status_code == 200


async def test_a_flood_from_one_address_is_slowed_and_others_are_not(sqlite_application: FastAPI) -> None:
    async with open_client(sqlite_application, "203.0.113.9") as guesser:
        statuses = [
            (await guesser.get("/api/v1/appeals/UZ26-0000-0000?code=x")).status_code for _ in range(31)
        ]
        assert statuses == [404] * 30 + [429]
        slowed = await guesser.get("/api/v1/appeals/UZ26-0000-0000?code=x")
        assert slowed.json()["code"] == "too_many_requests"
    async with open_client(sqlite_application, "203.0.113.10") as other:
        assert (await other.get("/api/v1/appeals/UZ26-0000-0000?code=x")).status_code == 404


async def test_this_machine_is_counted_too_in_production(
    sqlite_database: Database, settings: Settings
) -> None:
    live = settings.model_copy(update={"environment": "production"})
    async with open_client(await create_application(sqlite_database, live)) as client:
        statuses = {
            (await client.get("/api/v1/appeals/UZ26-0000-0000?code=x")).status_code for _ in range(31)
        }
    assert statuses == {404, 429}


async def test_personal_answers_are_kept_by_no_cache(sqlite_client: httpx2.AsyncClient) -> None:
    for path in ("/api/v1/agencies", "/api/v1/nothing"):
        response = await sqlite_client.get(path)
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
