"""Every text of the table through three doors: kept as typed or refused in words, never lost or changed."""

import html
import json
import re

import httpx2
import pytest

from bot.playground import PlaygroundClient
from tests.bad_input.people import arrive, begin_appeal, confirm, introduce
from tests.bad_input.texts import TEXTS, TOO_LONG, Text

pytestmark = pytest.mark.anyio

PERSON = {"name": "Nodira Yusupova", "address": "Samarqand viloyati, Urgut tumani"}
LAMP = "Koʻchada chiroq yoʻq, iltimos yoqib bering."
JSON = {"Content-Type": "application/json"}
HALF = re.compile("[\ud800-\udfff]")
#: UTF-8 has no half characters: only a JSON escape can carry one.
WHOLE = [case for case in TEXTS if not HALF.search(case.typed)]


async def kept_text(web: httpx2.AsyncClient, number: str, code: str) -> str:
    answer = await web.get(f"/api/v1/appeals/{number}", headers={"X-Tracking-Code": code})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["text"])


async def test_every_text_in_the_chat(playground: PlaygroundClient, web: httpx2.AsyncClient) -> None:
    aziza = await arrive(playground, "Aziza")
    await begin_appeal(aziza)
    await aziza.say(LAMP)
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await introduce(aziza)
    await confirm(aziza)
    wrong: dict[str, str] = {}
    for case in WHOLE:
        await begin_appeal(aziza)
        await aziza.act("forge", message={"text": case.typed})
        said = await aziza.wait_for(lambda seen: not seen.mine)
        if case.refused:
            # The step is simply asked again.
            if "in your own words" not in said.text:
                wrong[case.name] = said.text
            continue
        await aziza.press("Application")
        kept = await kept_text(web, *await confirm(aziza))
        if kept != case.kept:
            wrong[case.name] = kept
    assert wrong == {}


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.name)
async def test_every_text_in_the_api(web: httpx2.AsyncClient, case: Text) -> None:
    # JSON in pure ASCII, so that half characters travel too.
    body = json.dumps({"text": case.typed, "applicant": PERSON, "consent": True}).encode("ascii")
    filed = await web.post("/api/v1/appeals", content=body, headers=JSON)
    told = filed.json()
    if HALF.search(case.typed):
        # A program that sends half a character is told so; a person's keyboard cannot.
        assert (filed.status_code, told["code"]) == (422, "invalid")
    elif case.refused:
        assert (filed.status_code, told["code"]) == (422, "text_missing")
        assert case.refused in told["detail"]
    else:
        assert filed.status_code == 201, filed.text
        assert await kept_text(web, told["number"], told["tracking_code"]) == case.kept


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.name)
async def test_every_text_in_the_web_form(web: httpx2.AsyncClient, case: Text) -> None:
    await web.get("/appeal")
    form = {**PERSON, "text": case.typed, "kind": "application", "consent": "true", "act": "send"}
    answer = await web.post("/appeal", data=form)
    if case.refused:
        assert answer.status_code == 422, answer.text
        assert case.refused in answer.text
        return
    assert answer.status_code == 303, visible(answer.text)
    receipt = (await web.get("/receipt")).text
    number, code = (re.search(rf'id="{name}">([^<]+)<', receipt) for name in ("number", "code"))
    assert number is not None
    assert code is not None
    assert await kept_text(web, number[1], code[1]) == case.kept


def visible(page: str) -> str:
    """The words of a page, for the failure of a test."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", words))


async def test_twenty_thousand_characters_and_no_more(
    playground: PlaygroundClient, web: httpx2.AsyncClient
) -> None:
    timur = await arrive(playground, "Timur")
    await begin_appeal(timur)
    piece = ("Yoʻl buzilgan. " * 300)[:4090].strip()
    await timur.say(piece)
    await timur.wait_for("What is it?")
    for _ in range(5):
        await timur.say(piece)
        await timur.wait_for("added this to the text")
    await timur.press("Application")
    await introduce(timur)
    await timur.wait_for("Please check")
    await timur.press("Confirm and send")
    refused = await timur.wait_for(TOO_LONG)
    assert "Nothing was cut or lost" in refused.text
    for length, status in ((20_000, 201), (20_001, 422)):
        body = {"text": "s" * length, "applicant": PERSON, "consent": True}
        assert (await web.post("/api/v1/appeals", json=body)).status_code == status
        form = {**PERSON, "text": "s" * length, "kind": "application", "consent": "true", "act": "send"}
        await web.get("/appeal")
        answer = await web.post("/appeal", data=form)
        assert answer.status_code == {201: 303}.get(status, status), visible(answer.text)


async def test_a_question_of_nothing_is_answered_in_words(playground: PlaygroundClient) -> None:
    jane = await arrive(playground, "Jane")
    for text in ("\u200b", "…", "🙂", "\u3164", "a" * 4096, "\x00"):
        await jane.act("forge", message={"text": text})
        said = await jane.wait_for(lambda seen: not seen.mine)
        assert len(said.text) > 15, (text, said.text)
