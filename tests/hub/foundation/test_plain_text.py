"""What is typed stays as typed, apart from what no reader could see and no database keep."""

import pytest

from hub.foundation.plain_text import clean_line, clean_text, has_letter, has_word


@pytest.mark.parametrize(
    "text",
    [
        "Oʻgʻil",
        "O'g'il",
        "ўқувчи",
        "e\u0301",
        "👨‍👩‍👧",
        "مرحبا\u200f",
        "a\tb",
        "two\nlines",
        "ﬁ",
        "=1+1",
        "ａ",
    ],
)
def test_text_stays_as_typed(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b[31mred\x07", "[31mred"),
        ("  around \n", "around"),
        ("\x00", ""),
    ],
)
def test_what_cannot_be_stored_is_taken_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("text", "seen"), [("112", True), ("суv", True), ("…", False), ("\u3164\u3164", False), ("\u200b", False)]
)
def test_has_word(text: str, seen: bool) -> None:
    assert has_word(text) is seen


def test_a_line_is_one_line() -> None:
    assert clean_line(" Karimova\n\t Dilnoza\xa0 ") == "Karimova Dilnoza"


@pytest.mark.parametrize(
    ("text", "seen"), [("5-uy", True), ("Ў", True), ("李", True), ("12 / 3", False), ("ㅤ", False)]
)
def test_has_letter(text: str, seen: bool) -> None:
    assert has_letter(text) is seen
