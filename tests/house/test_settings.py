"""Every setting is documented, and the documents say what the code does."""

from hub.foundation.settings import Settings
from tests.house import settings_page


def test_every_setting_says_what_it_is_for() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not (field.description or "").strip()]
    assert silent == []


def test_the_page_and_the_example_are_up_to_date() -> None:
    refresh = "run `python -m tests.house.settings_page`"
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page(), refresh
    assert settings_page.EXAMPLE.read_text(encoding="utf-8") == settings_page.example(), refresh
