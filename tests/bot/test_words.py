"""Small parts: labels in every language, button data, the order of steps, drafts of another release."""

import pytest

from bot import keyboards
from bot.callbacks import Pressed
from bot.drafts import Unsent
from bot.filing import next_step
from bot.labels import WORDS, said
from hub.appeals.views import AgencyView
from hub.foundation.i18n import LANGUAGES, _, speaking
from hub.library.library import Library
from hub.people.citizens import Profile
from tests.conftest import shared_library

NOBODY = Profile(name="", residence="", district=None, phone="", language=None, consented=False)
KNOWN = Profile("Aziza", "Toshkent", None, "", "en", consented=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", list(WORDS))
def test_every_label_is_understood_in_every_language(language: str, action: str) -> None:
    with speaking(language):
        label = _(WORDS[action])
    assert said(label) == action
    assert said(f"📝 {label.upper()}") == action


def test_other_texts_are_not_labels() -> None:
    assert said("Cancel my passport, please") is None
    assert said("") is None
    assert said("📝") is None


def test_no_label_is_longer_than_telegram_allows() -> None:
    library = shared_library()
    assert isinstance(library, Library)
    for agency in library.pack.agencies:
        rows = keyboards.agencies("A" * 10, (AgencyView(agency.code, agency.code),))
        assert all(len(button.action.encode()) <= 64 for row in rows for button in row), agency.code
    for faq in library.pack.faq_by_id:
        rows = keyboards.answered(10**12)
        assert len(f"pick:{10**9}:{faq}".encode()) <= 64, faq
        assert all(len(button.action.encode()) <= 64 for row in rows for button in row)


def test_steps_come_in_the_order_of_the_contract() -> None:
    draft = Unsent()
    assert next_step(draft, NOBODY) == "text"
    draft.attachments.append("file")
    draft.places.append("📍 41, 69")
    assert next_step(draft, NOBODY) == "text", "files and places alone say nothing"
    draft.parts["1"] = "suv yoʻq"
    assert next_step(draft, NOBODY) == "kind"
    draft.kind = "complaint"
    assert next_step(draft, NOBODY) == "consent"
    assert next_step(draft, Profile("", "", None, "", None, consented=True)) == "name"
    assert next_step(draft, Profile("A", "", None, "", None, consented=True)) == "residence"
    assert next_step(draft, KNOWN) == "summary"
    draft.redo = ["name"]
    assert next_step(draft, KNOWN) == "name"


def test_a_draft_of_another_release_is_read() -> None:
    draft = Unsent(parts={"1": "a"}, kind="proposal")
    assert Unsent.read({**draft.dump(), "unknown_field": 1}) == draft
    assert Unsent.read(None) is None


def test_button_data_is_never_trusted() -> None:
    assert Pressed(()).arg(3) == ""
    assert Pressed(("-5",)).whole(0) == 0
    assert Pressed(("9" * 30,)).whole(0) == 0
    assert Pressed(("٣",)).whole(0) == 0
    assert Pressed(("42",)).whole(0) == 42
