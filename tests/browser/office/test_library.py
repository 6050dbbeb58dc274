"""The library as editors see it: every page at both widths and in both themes, and a journey with axe."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from hub.library import editing, questions
from hub.library.catalogue import open_entry
from hub.library.entry_views import EntryContent, LanguageText
from hub.library.shelf import Shelf
from tests.browser.office.conftest import Site, picture
from tests.hub.appeals.conftest import People
from tests.real_parts.chromium import NARROW, WIDE, Complaints, axe_violations

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

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
    "chiqindi mashinasi ikki haftadan beri kelmadi",
    "Elektr hisoblagichni kim almashtiradi?",
)


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
