"""Numbers survive being read out, typed in another alphabet and mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.appeals.numbers import find_number_and_code, new_number, read_number
from hub.foundation.security import CROCKFORD


@given(st.sampled_from(["UZ", "Q", "ABCD"]), st.integers(2020, 2099))
def test_every_new_number_reads_as_itself(prefix: str, year: int) -> None:
    number = new_number(prefix, year)
    assert read_number(number) == number
    assert read_number(f" {number.lower().replace('-', ' ')} ") == number
    assert find_number_and_code(f"Salom, {number} boʻyicha javob bormi?") == (number, "")


@given(st.data())
def test_one_wrong_character_is_noticed(data: st.DataObject) -> None:
    number = new_number("UZ", 2026)
    place = data.draw(st.sampled_from([5, 6, 7, 8, 10, 11, 12, 13]))
    other = data.draw(st.sampled_from([c for c in CROCKFORD if c != number[place]]))
    assert read_number(number[:place] + other + number[place + 1 :]) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert read_number(text) is None or read_number(text) == read_number(read_number(text) or "")


@pytest.mark.parametrize("written", ["9ZXMC6FJ9P", "9zxmc 6fj9p", " – 9ZXMC-6FJ9P.", "\n9ZXMС 6FJ9Р"])
def test_a_code_is_found_behind_its_number(written: str) -> None:
    number = new_number("UZ", 2026)
    assert find_number_and_code(f"{number} {written}") == (number, "9ZXMC6FJ9P")


def test_look_alikes_are_forgiven() -> None:
    number = "UZ26-" + "0000-0000"
    assert read_number("uz26 OOOO oooo") == number
    assert read_number("UZ26–ОООО–0000") == number, "Cyrillic О for zero"
