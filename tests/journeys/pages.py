"""What people do in the pages: in the playground's chat and at an official's desk."""

from playwright.async_api import Locator, Page, expect

from hub.foundation.i18n import _, speaking
from tests.journeys.household import Household

#: The machine may be busy; nothing here is about speed.
PATIENCE = 60_000


def in_language(language: str, text: str, **values: object) -> str:
    """The words as the citizen reads them."""
    with speaking(language):
        return _(text, **values)


class Chat:
    """The playground's page as one person, who reads the bot in `language`."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.log = page.get_by_role("log")

    def words(self, text: str, **values: object) -> str:
        return in_language(self.language, text, **values)

    async def say(self, text: str) -> None:
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """The newest button of a message with these words."""
        button = self.log.get_by_role("button", name=self.words(label)).last
        await button.click(timeout=PATIENCE)

    async def sees_button(self, label: str) -> None:
        await expect(self.log.get_by_role("button", name=self.words(label)).last).to_be_visible(
            timeout=PATIENCE
        )

    async def reads(self, text: str, **values: object) -> Locator:
        """Waits for the words in the bot's language; the newest bubble with them."""
        found = self.log.locator(".bubble").filter(has_text=self.words(text, **values)).last
        await expect(found).to_be_visible(timeout=PATIENCE)
        return found


async def sign_in(page: Page, home: Household, login: str) -> None:
    await page.goto(f"{home.url}/sign-in?language=en")
    await page.get_by_label("Login").fill(login)
    await page.get_by_label("Password").fill(home.password(login))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).not_to_have_url(f"{home.url}/sign-in", timeout=PATIENCE)
