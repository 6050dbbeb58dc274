"""The library as editors see it: every page at both widths and in both themes, and a journey with axe."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from hub.foundation.db import Resources
from hub.library import editing, questions
from hub.library.catalogue import open_entry
from hub.library.entry_views import EntryContent, LanguageText
from hub.library.library import Library
from hub.library.shelf import Shelf
from tests.browser.office.conftest import Site, picture
from tests.hub.appeals.conftest import People
from tests.hub.library.conftest import small_library
from tests.real_parts.chromium import NARROW, WIDE, Complaints, axe_violations

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

#: Milliseconds that a library may take to be built on a busy machine.
PATIENCE = 90_000
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CODE = "vaccination-card"
CONTENT = EntryContent(
    kind="faq",
    topic="health",
    agency="health",
    source="Ministry of Health, order 12 of 2024",
    checked_on=date(2026, 2, 27),
    review_on=date(2026, 3, 1),
    texts=(
        LanguageText(
            "uz-Latn",
            "Bolaning emlash kartasi yoʻqolsa, nusxasini qayerdan olaman?",
            "Oilaviy poliklinika emlash kartasining nusxasini bir ish kunida bepul beradi. "
            "Pasport va bolaning tugʻilganlik guvohnomasi kerak boʻladi.",
            ("emlash kartasini yoʻqotdim", "bolamning emlash kartasi yoʻq", "emlash daftarchasi nusxasi"),
        ),
        LanguageText(
            "ru",
            "Где взять копию прививочной карты ребёнка?",
            "Семейная поликлиника выдаёт копию прививочной карты за один рабочий день бесплатно.",
            ("потеряли прививочную карту", "копия карты прививок"),
        ),
    ),
)
ASKED = (
    "Bolam uchun emlash kartasini yoʻqotib qoʻydim, nima qilay?",
    "emlash kartasi yoʻqolgan, +998 90 123 45 67",
    "Потеряли карту прививок ребёнка, где взять новую?",
    "notarius qachon ishlaydi",
    "ҳовлимизга ким чиқинди ташлаяпти",
    "chiqindi olib ketilmayapti",
    "Chiqindi olib ketilmayapti!",
    "mahallamizdan chiqindi olib ketilmayapti",
    "chiqindi mashinasi ikki haftadan beri kelmadi",
    "Elektr hisoblagichni kim almashtiradi?",
)


@pytest.fixture(autouse=True)
def over_a_small_country(resources: Resources) -> None:
    resources.provide(Library, small_library)


async def furnish(site: Site, people: People) -> None:
    """An answer with a history and a draft that waits, and what people asked."""
    async with site.database.unit_of_work() as uow:
        made = await editing.create_entry(uow, people.editor, code=CODE, content=CONTENT, note="First text")
        await editing.publish(uow, people.editor, code=CODE, version=made.version)
    async with site.database.unit_of_work() as uow:
        entry = await open_entry(uow, people.writer, CODE)
        uzbek = replace(
            CONTENT.texts[0],
            answer="Oilaviy poliklinika emlash kartasining nusxasini shu kunning oʻzida bepul beradi. "
            "Pasport va bolaning tugʻilganlik guvohnomasi kerak.",
        )
        content = replace(CONTENT, texts=(uzbek, CONTENT.texts[1]))
        await editing.save_draft(
            uow, people.writer, code=CODE, content=content, version=entry.version,
            note="The term became shorter: order 31",
        )  # fmt: skip
    for text in ASKED:
        async with site.database.unit_of_work() as uow:
            await questions.ask(uow, people.timur, text=text)
    await Shelf(site.database).look()


def pages() -> list[tuple[str, str, str]]:
    return [
        ("library", "editor", "/library"),
        ("library-waiting", "writer", "/library?view=waiting"),
        ("library-agencies", "editor", "/library?kind=agency"),
        ("library-entry", "editor", f"/library/entries/{CODE}"),
        ("library-missing", "editor", f"/library/entries/{CODE}?shown=kaa"),
        ("library-read-only", "admin", "/library/entries/who-notary"),
        ("library-words", "editor", "/library/agencies/health"),
        ("library-history", "writer", f"/library/entries/{CODE}/history"),
        ("library-new", "writer", "/library/new?asked=chiqindi+olib+ketilmayapti"),
        ("library-unanswered", "editor", "/library/checks"),
        ("library-fights", "editor", "/library/checks?look=collisions"),
        ("library-languages", "editor", "/library/checks?look=languages"),
        ("library-review", "editor", "/library/checks?look=review"),
        ("library-exchange", "editor", "/library/exchange"),
        ("library-filtered", "editor", "/library?q=zzzz&state=retired"),
    ]


async def looked_at(page: Page, complaints: Complaints) -> tuple[object, ...]:
    violations = await axe_violations(page)
    overflow = await page.evaluate(OVERFLOW)
    return tuple(one for one in (violations, overflow, complaints.errors, complaints.foreign) if one)


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_to_complain_of(
    chromium: Browser, site: Site, people: People, scheme: Literal["light", "dark"], width: ViewportSize
) -> None:
    await furnish(site, people)
    found: dict[str, object] = {}
    contexts = {}
    for name, login, path in pages():
        if login not in contexts:
            contexts[login] = await site.context(chromium, login, viewport=width, color_scheme=scheme)
        page, complaints = await contexts[login].new_page(), Complaints()
        complaints.watch(page)
        answer = await page.goto(f"{site.address}{path}")
        assert answer is not None
        assert answer.status == 200, path
        if wrong := await looked_at(page, complaints):
            found[name] = wrong
        await page.screenshot(path=picture(f"{name}-{width['width']}-{scheme}.png"), full_page=True)
        await page.close()
    for context in contexts.values():
        await context.close()
    assert found == {}


async def test_an_editor_at_work(chromium: Browser, site: Site, people: People) -> None:
    await furnish(site, people)
    context = await site.context(chromium, "editor")
    page, complaints = await context.new_page(), Complaints()
    complaints.watch(page)

    async def look(name: str) -> None:
        assert await looked_at(page, complaints) == (), name
        await page.screenshot(path=picture(f"library-{name}.png"), full_page=True)

    await page.goto(f"{site.address}/library/checks")
    await page.get_by_role(
        "link", name=re.compile("^Write an answer ?: .*chiqindi", re.IGNORECASE)
    ).first.click()
    await expect(page.locator("#phrasings-uz-Latn")).to_have_value(
        re.compile("chiqindi olib ketilmayapti", re.IGNORECASE)
    )
    await page.locator("#title-uz-Latn").fill("Chiqindi olib ketilmasa, kimga aytaman?")
    await page.locator("#answer-uz-Latn").fill("Tuman hokimligining 1055 raqamiga qoʻngʻiroq qiling.")
    await page.locator("#shown").select_option("uz-Latn")
    await expect(page.locator("#preview .q-chat")).to_contain_text("1055 raqamiga")
    await page.locator("#source").fill("tashkent.uz")
    await page.locator("#topic").select_option(index=1)
    await look("writing")
    await page.get_by_role("button", name="Save draft").click()
    await expect(page.get_by_text("It is not in force until you publish it.")).to_be_visible()

    await page.evaluate("window.stays = true")
    await page.locator("#sentence-text").fill("chiqindi mashinasi kelmayapti")
    await page.get_by_role("button", name="Test", exact=True).click()
    await expect(page.locator("#sentence")).to_contain_text("this entry", timeout=PATIENCE)
    await page.get_by_role("button", name="Try against last month").click()
    await expect(page.locator("#trial")).to_contain_text(
        "Tried against the questions of the last month", timeout=PATIENCE
    )
    assert await page.evaluate("window.stays") is True, "neither reloads the page"
    await look("tried")

    await page.locator("#answer-uz-Latn").fill("Tuman hokimligining 1055 raqamiga yozing.")
    await page.reload()
    await page.get_by_role("button", name="Put it back into the form").click()
    await expect(page.locator("#answer-uz-Latn")).to_have_value("Tuman hokimligining 1055 raqamiga yozing.")
    await page.locator("#note").fill("Yozish ham mumkin")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("It is in force from now on.")).to_be_visible()
    await expect(page.get_by_role("button", name="Put it back into the form")).to_be_hidden()
    await look("published")
    await context.close()


async def test_a_lost_race_and_a_file_looked_through(chromium: Browser, site: Site, people: People) -> None:
    await furnish(site, people)
    for width in (WIDE, NARROW):
        context = await site.context(chromium, "editor", viewport=width)
        page, complaints = await context.new_page(), Complaints()
        complaints.watch(page)
        await page.goto(f"{site.address}/library/entries/{CODE}")
        async with site.database.unit_of_work() as uow:
            entry = await open_entry(uow, people.writer, CODE)
            content = replace(entry.content, source=f"Order {31 + width['width']}")
            await editing.save_draft(uow, people.writer, code=CODE, content=content, version=entry.version)
        await page.locator("#answer-ru").fill("Копию выдают в тот же день.")
        await page.get_by_role("button", name="Save draft").click()
        await expect(page.locator("#theirs")).to_be_visible()
        await expect(page.locator("#answer-ru")).to_have_value("Копию выдают в тот же день.")
        complaints.errors[:] = [error for error in complaints.errors if "409" not in error]
        assert await looked_at(page, complaints) == ()
        await page.screenshot(path=picture(f"library-race-{width['width']}.png"), full_page=True)
        await page.goto(f"{site.address}/library/exchange")
        table = "\ufeffcode,language\nwho-notary,ru\n".encode()
        await page.set_input_files("#file", {"name": "a.csv", "mimeType": "text/csv", "buffer": table})
        await page.get_by_role("button", name="Look through the file").click()
        await expect(page.locator("#report")).to_contain_text("Nothing was changed")
        complaints.errors[:] = [error for error in complaints.errors if "422" not in error]
        assert await looked_at(page, complaints) == ()
        await page.screenshot(path=picture(f"library-report-{width['width']}.png"), full_page=True)
        await context.close()
