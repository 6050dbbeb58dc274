"""One register behind every door: program, chat, public page and desk speak of the same appeal."""

import re
from typing import Any

import httpx2
import pytest
from playwright.async_api import expect

from bot.playground import PlaygroundClient
from tests.bad_input.people import arrive, begin_appeal, confirm, introduce
from tests.journeys.conftest import OpenPage, Program
from tests.journeys.household import Household
from tests.journeys.pages import PATIENCE, sign_in

pytestmark = pytest.mark.anyio

PERSON = {"name": "Nodira Yusupova", "address": "Samarqand viloyati, Urgut tumani"}
WATER = "Uyimizda bir haftadan beri ichimlik suvi yoʻq. Iltimos, yordam bering."


async def filed(citizen: httpx2.AsyncClient, **changes: Any) -> tuple[str, str]:
    body = {"text": WATER, "agency": "health", "applicant": PERSON, "consent": True, **changes}
    answer = await citizen.post("/api/v1/appeals", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["number"], answer.json()["tracking_code"]


async def done(official: httpx2.AsyncClient, number: str, act: str, **body: Any) -> dict[str, Any]:
    answer = await official.post(f"/api/v1/appeals/{number}/{act}", json=body)
    assert answer.status_code in (200, 201), answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.browser
async def test_filed_on_the_web_followed_in_the_chat_answered_by_a_program(
    home: Household, browse: OpenPage, playground: PlaygroundClient, program: Program
) -> None:
    page = await browse(f"{home.url}/?language=en")
    await page.get_by_label("Write in your own words").fill(WATER)
    await page.get_by_role("button", name="File an appeal").click()
    await page.get_by_role("radio", name=re.compile("^Application")).check()
    await page.get_by_text("Change agency").click()
    await page.get_by_label("Or choose from all agencies").select_option("health")
    await page.get_by_label("Surname and name").fill(PERSON["name"])
    await page.get_by_label("Place of residence").fill(PERSON["address"])
    await page.get_by_label("I agree").check()
    await page.get_by_role("button", name="Confirm and send").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("registered", timeout=PATIENCE)
    number = await page.locator("#number").inner_text()
    code = await page.locator("#code").inner_text()

    aziza = await arrive(playground, "Aziza")
    await aziza.say("/my")
    await aziza.wait_for("My appeals")
    await aziza.press("Add an appeal filed elsewhere")
    await aziza.wait_for("What is the number")
    await aziza.say(number.lower().replace("-", " "))
    await aziza.wait_for("tracking code")
    await aziza.say("WRONG12345")
    await aziza.wait_for("not right")
    await aziza.say(f"{number} {code}")
    await aziza.wait_for("now among yours")
    await aziza.wait_for(lambda seen: "Add to this appeal" in seen.buttons)
    await aziza.press("Add to this appeal")
    await aziza.wait_for("Write what to add")
    await aziza.say("Qoʻshimcha: ikkinchi podʼezdda ham suv yoʻq.")
    await aziza.wait_for("Added to appeal")

    official = await program("head", "health")
    seen = (await official.get(f"/api/v1/appeals/{number}")).json()
    assert seen["text"] == WATER
    assert any("ikkinchi podʼezdda" in message["text"] for message in seen["messages"])
    await done(official, number, "claim")
    await done(official, number, "replies", text="Suv ulandi.", final=True, outcome="satisfied")

    answered = await aziza.wait_for("Suv ulandi.")
    assert {"I have read it", "Solved", "Not solved"} <= set(answered.buttons)
    await page.goto(f"{home.url}/track/{number}")
    await expect(page.get_by_text("Suv ulandi.")).to_be_visible()
    citizen = await program()
    told = await citizen.get(f"/api/v1/appeals/{number}", headers={"X-Tracking-Code": code})
    assert told.json()["status"] == "answered"
    await aziza.press("Solved")
    await aziza.wait_for(lambda seen: "★★★★★" in seen.buttons)
    await aziza.press("★★★★★")
    await aziza.wait_for("5 of 5")
    judged = (await official.get(f"/api/v1/appeals/{number}")).json()
    assert judged["rating"] == 5


@pytest.mark.browser
async def test_the_agency_that_passed_it_on_keeps_its_own_acts_only(
    home: Household, browse: OpenPage, playground: PlaygroundClient, program: Program
) -> None:
    timur = await arrive(playground, "Timur")
    await begin_appeal(timur)
    await timur.say("Shifoxona oldidagi koʻpqavatli uyimizning tomi oqyapti, taʼmirlab bering.")
    await timur.wait_for("What is it?")
    await timur.press("Application")
    await introduce(timur)
    await timur.wait_for("Please check")
    await timur.press("Change agency")
    await timur.wait_for("Choose the agency")
    await timur.say("health")
    found = await timur.wait_for("Choose the agency")
    await timur.press(next(label for label in found.buttons if "Health" in label))
    number, _code = await confirm(timur)

    first, second = await browse("about:blank"), await browse("about:blank")
    await sign_in(first, home, "health")
    await first.goto(f"{home.url}/appeals/{number}")
    await first.get_by_text("Forward to another agency").click()
    options = await first.locator("#bodies option").evaluate_all("all => all.map(one => one.value)")
    ministry = next(name for name in options if "onstruction" in name)
    await first.get_by_role("combobox", name="Agency").fill(ministry)
    await first.get_by_label("Reason").first.fill("Uy-joy masalasi ushbu vazirlik vakolatida.")
    await first.get_by_role("button", name="Forward", exact=True).click()
    told = await timur.wait_for("has been forwarded to")
    assert "vakolatida" in told.text

    await sign_in(second, home, "construction")
    await second.goto(f"{home.url}/appeals/{number}")
    await second.get_by_label("Text to the applicant").fill("Tom 25-noyabrda taʼmirlanadi.")
    await second.get_by_label("Final answer", exact=True).check()
    await second.get_by_label("Outcome of the final answer").select_option("satisfied")
    await second.get_by_role("button", name="Send", exact=True).click()
    await expect(second.get_by_role("heading", level=1)).to_contain_text("Answered", timeout=PATIENCE)
    await timur.wait_for("Tom 25-noyabrda")

    await first.goto(f"{home.url}/appeals/{number}")
    page = await first.locator("main").inner_text()
    assert number in page
    assert "vakolatida" in page, "its own act"
    for later in ("Karimova", "Tom 25-noyabrda", "tomi oqyapti", "Answered"):
        assert later not in page, later
    program_of_first = await program("head", "health")
    refused = await program_of_first.post(f"/api/v1/appeals/{number}/notes", json={"text": "x"})
    assert refused.status_code == 404


@pytest.mark.browser
async def test_danger_to_life_is_answered_at_once_and_stands_above_the_list(
    home: Household, browse: OpenPage, playground: PlaygroundClient, program: Program
) -> None:
    citizen = await program()
    await filed(citizen)
    nodir = await arrive(playground, "Nodir")
    await begin_appeal(nodir)
    await nodir.say("Уйда газ ҳиди келяпти, болалар ичкарида, портлаб кетиши мумкин!")
    warned = await nodir.wait_for("104")
    assert "☎" in warned.text
    await nodir.wait_for("What is it?")
    await nodir.press("Application")
    await introduce(nodir)
    await nodir.wait_for("Please check")
    await nodir.press("Change agency")
    await nodir.wait_for("Choose the agency")
    await nodir.say("health")
    found = await nodir.wait_for("Choose the agency")
    await nodir.press(next(label for label in found.buttons if "Health" in label))
    number, _code = await confirm(nodir)

    desk = await browse("about:blank")
    await sign_in(desk, home, "health")
    await desk.goto(f"{home.url}/inbox")
    alarm = desk.get_by_role("region", name="Danger to life")
    await expect(alarm.get_by_role("link", name=number)).to_be_visible()
    page = await desk.locator("main").inner_text()
    assert page.index(number) < page.index(WATER), "above everything else"


async def test_a_program_and_the_chat_agree_on_a_question(
    playground: PlaygroundClient, program: Program
) -> None:
    question = "мурожатимга неча кунда жавоб беришади"
    citizen = await program()
    asked = await citizen.post("/api/v1/questions", json={"text": question, "language": "en"})
    assert asked.json()["decision"] == "answer", asked.text
    answer = asked.json()["answer"]
    jane = await arrive(playground, "Jane")
    await jane.say(question)
    said = await jane.wait_for("Source: ")
    assert answer["text"] in said.text
    assert answer["title"] in said.text
