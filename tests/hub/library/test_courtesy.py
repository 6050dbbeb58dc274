"""A greeting is answered as one; a source is written in the reader's language."""

import pytest

from hub.foundation.i18n import LANGUAGES
from hub.library.library import Library


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open("uz")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Assalomu alaykum!", "greeting"),
        ("ассалому алайкум", "greeting"),
        ("Сәлем", "greeting"),
        ("Здравствуйте", "greeting"),
        ("hi there", "greeting"),
        ("katta rahmat sizga", "thanks"),
        ("спасибо большое", "thanks"),
        ("hello, thank you", "thanks"),
        ("👍", "thanks"),
    ],
)
def test_only_courtesy(library: Library, text: str, kind: str) -> None:
    assert library.courtesy(text) == kind


@pytest.mark.parametrize(
    "text", ["salom, pasport kerak", "помощь", "salomatlik", "hello " * 40, "", "?", "⚠"]
)
def test_more_than_courtesy(library: Library, text: str) -> None:
    assert library.courtesy(text) is None


def test_every_source_is_written_for_citizens(library: Library) -> None:
    for entry in library.pack.faq:
        for language in LANGUAGES:
            answer = library.answer(entry.id, language)
            assert answer is not None
            assert "SOURCES" not in answer.source
            if language != "en":
                words = ("Law", "art.", "list of", "order", "press")
                assert not [word for word in words if word in answer.source], answer.source
