"""A program files the same again, and an official's program asks for the appeals like one."""

import httpx2
import pytest

from tests.hub.api.conftest import Hire
from tests.hub.api.test_stories import file

pytestmark = pytest.mark.anyio

TEXT = "Koʻchamizdagi chiroqlar uch oydan beri yonmaydi, kechqurun bolalar qoʻrqib yuradi."


async def test_the_receipt_names_the_same_persons_earlier_appeals(client: httpx2.AsyncClient) -> None:
    first = await file(client, text=TEXT)
    assert first["similar"] == []
    again = await file(client, text=TEXT)
    assert again["number"] != first["number"]
    assert again["similar"] == [first["number"]]
    stranger = {"name": "Botir Aliyev", "address": "Toshkent", "phone": "+998907654321"}
    assert (await file(client, text=TEXT, applicant=stranger))["similar"] == []


async def test_the_list_of_similar_appeals(client: httpx2.AsyncClient, hire: Hire) -> None:
    aziza = await hire("aziza", "official", "construction_housing")
    botir = await hire("botir", "official", "water")
    alike = {(await file(client, text=TEXT))["number"] for _ in range(2)}
    await file(client)
    number = min(alike)
    listed = await client.get(f"/api/v1/inbox?similar={number}", headers=aziza)
    assert {line["number"] for line in listed.json()["items"]} == alike
    foreign = await client.get(f"/api/v1/inbox?similar={number}", headers=botir)
    absent = await client.get("/api/v1/inbox?similar=UZ26-0000-0000", headers=botir)
    assert (foreign.status_code, foreign.json()) == (absent.status_code, absent.json())
    assert foreign.status_code in (400, 422)
