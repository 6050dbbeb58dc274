"""An official at work in a real browser: the list that refreshes itself, keys, drafts, hostile texts."""

import pytest
from playwright.async_api import Browser, expect

from hub.appeals.views import Applicant
from hub.foundation.vocabulary import Kind
from tests.browser.office.conftest import Site, picture
from tests.hub.appeals.conftest import People, Registering
from tests.real_parts.chromium import Complaints

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

TYPED = "Hurmatli Aziza, ertaga soat 10 da keling."
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TRAP = "window.caught = []; window.alert = (words) => window.caught.push(String(words));"
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</option></select><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{{ constructor.constructor('alert(1)')() }}",
    "${alert(1)}",
    "{% print(7*7) %}",
    "#{7*7}",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<style>@import'//evil.example';</style>",
    '<div x-data x-init="alert(1)">',
    "<div x-data='{a: alert(1)}' x-text='a'>",
    "<b hx-get=/sign-out hx-trigger=load>",
    "<div data-hx-on:load='alert(1)'>",
    "<form action=//evil.example><button>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "\u202e<script>alert(1)</script>",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "<<script>alert(1)//<</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<x onclick=alert(1) id=text>x",
    "<img src=x:x onerror=alert`1`>",
)


async def test_no_text_of_a_citizen_ever_runs(
    chromium: Browser, site: Site, people: People, register: Registering
) -> None:
    numbers = []
    for start in range(0, len(PAYLOADS), 7):
        payload = "\n".join(PAYLOADS[start : start + 7])
        applicant = Applicant(name=f"Ism {PAYLOADS[start]}", address=f"Toshkent {PAYLOADS[start + 1]}")
        receipt = await register(
            people.registrar,
            text=f"Murojaat {payload}",
            about=f"Kimdir {PAYLOADS[start]}",
            kind=Kind.COMPLAINT,
            applicant=applicant,
        )
        numbers.append(receipt.number)
    context = await site.context(chromium, "minister")
    await context.add_init_script(TRAP)
    page, complaints = await context.new_page(), Complaints()
    complaints.watch(page)
    for payload in PAYLOADS:
        await page.goto(f"{site.address}/inbox?view=all&q=x")
        await page.get_by_role("searchbox").fill(payload)
        async with page.expect_response("**/inbox?*"):
            await page.keyboard.press("Enter")
        assert await page.evaluate("window.caught") == [], payload
    for number in numbers:
        for path in ("/inbox?view=all", f"/appeals/{number}"):
            await page.goto(f"{site.address}{path}")
            assert await page.evaluate("window.caught") == []
        for field, act in (("note", "Internal note"), ("reason", "Forward to another agency")):
            await page.get_by_text(act, exact=True).first.click()
            await page.locator(f"#{field}").fill("\n".join(PAYLOADS))
        await page.get_by_role("button", name="Save the note").click()
        await page.wait_for_load_state()
        assert await page.evaluate("window.caught") == []
    name = "<img src=x onerror=alert(1)>'\"><script>alert(1)<script>.pdf"
    await page.locator("#text").fill("Javob")
    await page.set_input_files("#files", {"name": name, "mimeType": "application/pdf", "buffer": PDF})
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("a[download]")).to_contain_text("alert(1)")
    assert await page.evaluate("window.caught") == []
    assert [error for error in complaints.errors if "400" not in error] == []
    assert complaints.foreign == []
    await context.close()


async def test_the_list_refreshes_itself_and_keeps_the_focus(
    chromium: Browser, site: Site, people: People, register: Registering
) -> None:
    context = await site.context(chromium, "doctor")
    page = await context.new_page()
    await page.goto(f"{site.address}/inbox")
    for _ in range(2):
        await page.keyboard.press("j")
    focused = await page.evaluate("document.activeElement.id")
    assert focused.startswith("row-")
    number = (await register(text="Poliklinikada rentgen ishlamayapti, ikki hafta boʻldi.")).number
    await expect(page.get_by_text("appeal is new or has changed")).to_be_visible()
    await expect(page.locator(f"#row-{number}")).to_be_visible()
    assert await page.evaluate("document.activeElement.id") == focused
    await page.keyboard.press("k")
    assert await page.evaluate("document.activeElement.id") not in ("", focused)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("UZ26-")
    await context.close()


async def test_what_was_typed_outlives_the_page_until_it_is_sent(chromium: Browser, site: Site) -> None:
    context = await site.context(chromium, "doctor")
    page = await context.new_page()
    address = f"{site.address}/appeals/{site.numbers[0]}"
    await page.goto(address)
    await page.locator("#text").fill(TYPED)
    await page.goto(f"{site.address}/inbox")
    await page.goto(address)
    await expect(page.locator("#text")).to_have_value(TYPED)
    # The session ends; signing in again brings the official back to the words.
    await context.clear_cookies()
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_label("Password")).to_be_visible()
    again = await site.context(chromium, "doctor")
    await context.add_cookies(await again.cookies())  # type: ignore[arg-type]
    await page.goto(address)
    await expect(page.locator("#text")).to_have_value(TYPED)
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("The message was sent to the applicant.")).to_be_visible()
    await expect(page.locator("#text")).to_have_value("")
    await expect(page.locator(".q-bubble-official .q-prose")).to_have_text(TYPED)
    await context.close()
    await again.close()


async def test_a_checked_answer_is_put_into_the_reply(chromium: Browser, site: Site) -> None:
    context = await site.context(chromium, "minister")
    page = await context.new_page()
    await page.goto(f"{site.address}/appeals/{site.numbers[1]}")
    await page.get_by_text("Checked answers near this text").click()
    wanted = (await page.locator("[data-text]").first.inner_text()).strip()
    await page.get_by_role("button", name="Insert into reply").first.click()
    assert (await page.locator("#text").input_value()).strip() == wanted
    await context.close()


async def test_a_filter_changes_only_the_list(chromium: Browser, site: Site) -> None:
    context = await site.context(chromium, "doctor")
    page = await context.new_page()
    await page.goto(f"{site.address}/inbox")
    await page.evaluate("window.stays = true")
    await page.get_by_role("searchbox").fill("инсулина")
    await page.get_by_role("button", name="Search").click()
    await expect(page.locator("[data-row-link]")).to_have_count(1)
    assert "q=" in page.url
    assert await page.evaluate("window.stays") is True
    await context.close()


async def test_the_picture_for_the_documents(chromium: Browser, site: Site) -> None:
    context = await site.context(chromium, "doctor", viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.goto(f"{site.address}/inbox")
    await expect(page.locator("[data-row-link]").first).to_be_visible()
    await page.screenshot(path=picture("inbox.png"))
    assert picture("inbox.png").stat().st_size > 10_000
    await context.close()
