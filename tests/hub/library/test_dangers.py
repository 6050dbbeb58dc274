"""Danger to life is noticed in every language and script; everyday words are not taken for it."""

import pytest

from tests.conftest import shared_library


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Uyimizda gaz hidi kelyapti, qo'rqyapmiz", "104"),
        ("Уйимизда газ ҳиди бор", "104"),
        ("В подъезде сильно пахнет газом!!!", "104"),
        ("there is a smell of gas in our flat", "104"),
        ("o'lmoqchiman, charchadim", "103"),
        ("ўлмоқчиман", "103"),
        ("дом горит помогите", "101"),
        ("erim meni uryapti", "102"),
    ],
)
def test_danger_is_answered_with_the_number_to_call(text: str, number: str) -> None:
    found = shared_library().emergency(text, "en")
    assert found is not None
    assert number in [one for one, _name in found.numbers]
    assert number in found.reply or "112" in found.reply or "103" in found.reply


@pytest.mark.parametrize(
    "text",
    [
        "bog'chaga navbat olmoqchiman",
        "pasport olmoqchiman",
        "Gaz narxi qancha?",
        "Когда дадут газ в наш дом?",
        "Yongʻin xavfsizligi boʻyicha ruxsatnoma kerak",
        "",
        "a" * 100_000,
    ],
)
def test_everyday_words_raise_no_alarm(text: str) -> None:
    assert shared_library().emergency(text, "en") is None


def test_it_answers_in_the_language_of_the_citizen() -> None:
    replies = {
        language: shared_library().emergency("gaz hidi", language)
        for language in ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en")
    }
    assert len({found.reply for found in replies.values() if found}) == 5
