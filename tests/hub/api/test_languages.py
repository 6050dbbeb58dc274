"""The caller's language, however the caller writes it."""

import httpx2
import pytest

from hub.api.languages import accepted_language, read_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("uz", "uz-Latn"),
        ("uz-Cyrl-UZ", "uz-Cyrl"),
        ("UZ_latn", "uz-Latn"),
        ("ru-RU", "ru"),
        ("kaa", "kaa"),
        ("fr", None),
        ("", None),
        ("ruse", None),
    ],
)
def test_tags(tag: str, language: str | None) -> None:
    assert read_language(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, None),
        ("*", None),
        ("fr, ru;q=0.5, uz;q=0.9", "uz-Latn"),
        ("ru, en", "ru"),
        ("ru;q=0, en;q=0.1", "en"),
        ("ru;q=wrong, en;q=0.1", "en"),
        ("ru;q=nan, en;q=0.1", "en"),
        (";;;,,,q=1" * 1000, None),
    ],
)
def test_headers(header: str | None, language: str | None) -> None:
    assert accepted_language(header) == language


@pytest.mark.anyio
async def test_an_agency_is_named_in_the_callers_language(sqlite_client: httpx2.AsyncClient) -> None:
    names = set()
    for language in ("uz", "uz-Cyrl", "ru", "en"):
        response = await sqlite_client.get("/api/v1/agencies?q=tax", headers={"Accept-Language": language})
        names |= {one["name"] for one in response.json()["items"] if one["code"] == "tax"}
    assert len(names) == 4
