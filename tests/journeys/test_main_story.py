"""The main job, end to end, in three browsers, as somebody who has never seen it would try it."""

import re

import pytest
from playwright.async_api import Page, expect

from knowledge.load import load_pack
from tests.journeys.conftest import OpenPage
from tests.journeys.household import Household
from tests.journeys.pages import PATIENCE, Chat, sign_in

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

#: "In how many days will they answer my appeal?", with mistakes, in Uzbek Cyrillic.
MISSPELT = "мурожатимга неча кунда жавоб беришади"
COMPLAINT = "Математика ўқитувчиси икки ойдан бери йўқ, болаларга дарс ўтилмаяпти. Чора кўринг."
#: No other journey touches this body, so that its figures are this story's alone.
BODY, LOGIN = "school_education", "school"


async def test_asked_filed_answered_not_solved_and_counted(home: Household, browse: OpenPage) -> None:
    chat = Chat(await browse(home.playground), "uz-Cyrl")
    await ask(chat)
    number = await file_complaint(chat)
    desk = await browse("about:blank")
    await answer(desk, home, number)
    await chat.reads("Answer to your appeal %(number)s", number=number)
    await hear_and_refuse(chat, number)
    board = await browse("about:blank")
    await count(board, home, number)
    await desk.goto(f"{home.url}/appeals/{number}")
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Reopened")


async def ask(chat: Chat) -> None:
    await chat.page.get_by_role("button", name="Start", exact=True).click(timeout=PATIENCE)
    await chat.log.get_by_role("button", name="Ўзбекча").click(timeout=PATIENCE)
    await chat.reads("Hello!")
    await chat.say(MISSPELT)
    answered = await chat.reads("Source: %(source)s", source="")
    for label in ("This answers my question", "Not my question", "Send to an official"):
        await expect(chat.log.get_by_role("button", name=chat.words(label)).last).to_be_visible()
    await expect(answered).to_contain_text("15")
    await chat.press("This answers my question")


async def file_complaint(chat: Chat) -> str:
    """Filed to the ministry of schools, whatever the router proposes; the number."""
    await chat.say("/appeal")
    await chat.sees_button("Cancel")
    await chat.say(COMPLAINT)
    await chat.press("Complaint")
    await chat.press("I agree")
    await chat.sees_button("Skip")
    await chat.say("Каримова Азиза")
    await chat.reads("Where do you live? Region, district, street, in your own words. I will remember it.")
    await chat.say("Тошкент шаҳри, Чилонзор тумани, 5-уй")
    await chat.press("Change agency")
    await chat.reads("Choose the agency, or write its name or what it does.")
    ministry = load_pack("uz").agency_by_code[BODY].name["uz-Cyrl"]
    await chat.say(ministry)
    await chat.log.get_by_role("button", name=ministry).last.click(timeout=PATIENCE)
    # The summary before the change holds this button too, and pressing that one would only be asked about.
    confirm = chat.log.get_by_role("button", name=chat.words("Confirm and send"))
    await expect(confirm).to_have_count(2, timeout=PATIENCE)
    await chat.press("Confirm and send")
    receipt = await chat.reads("Your appeal has been registered")
    found = re.search(r"UZ\d\d-\w{4}-\w{4}", await receipt.inner_text())
    assert found is not None
    assert "•" in await receipt.inner_text(), "the count of the due date is explained"
    return found[0]


async def answer(desk: Page, home: Household, number: str) -> None:
    await sign_in(desk, home, LOGIN)
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Inbox")
    await desk.get_by_role("link", name=number).first.click()
    await expect(desk.get_by_text(COMPLAINT)).to_be_visible()
    await desk.get_by_role("button", name="Take the appeal").click()
    await expect(desk.get_by_text("You are working on this appeal")).to_be_visible(timeout=PATIENCE)
    await desk.get_by_label("Text to the applicant").fill("Янги ўқитувчи душанбадан дарс бошлайди.")
    await desk.get_by_label("Final answer", exact=True).check()
    await desk.get_by_label("Outcome of the final answer").select_option("satisfied")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Answered", timeout=PATIENCE)


async def hear_and_refuse(chat: Chat, number: str) -> None:
    await chat.reads("Янги ўқитувчи душанбадан дарс бошлайди.")
    await chat.press("I have read it")
    await chat.press("Not solved")
    await expect(chat.log.locator(".bubble").last).to_contain_text(number, timeout=PATIENCE)


async def count(board: Page, home: Household, number: str) -> None:
    """One received, one answered, one not solved, one open: with times, and a list behind each number."""
    await sign_in(board, home, "supervisor")
    await board.goto(f"{home.url}/supervision")
    rows = board.locator(f'tr[data-row="{BODY}"]')
    expected = {"open": "1", "received": "1", "answered": "1", "not_solved": "1", "overdue": "0"}
    for name, value in expected.items():
        await expect(rows.locator(f'[data-number="{name}"]').first).to_have_text(value)
    first_word = await rows.locator('[data-number="first_words"]').first.inner_text()
    assert re.fullmatch(r"(\d+ h )?\d+ min|\d+ h", first_word), first_word
    # The same day: no calendar day has passed between receipt and answer.
    await expect(rows.locator('[data-number="answered"]').nth(1)).to_have_text("0 days")
    for name in ("not_solved", "answered", "open"):
        await board.goto(f"{home.url}/supervision")
        await rows.locator(f'[data-number="{name}"]').first.click()
        await expect(board.get_by_role("link", name=number).first).to_be_visible(timeout=PATIENCE)
