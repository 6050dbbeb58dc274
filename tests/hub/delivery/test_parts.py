"""A long answer reaches the citizen whole and in order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.delivery.content import Button, Outgoing
from hub.delivery.parts import LIMITS, split_content, split_text, units

TEXTS = st.text(st.sampled_from("aЖʻ😀é\u0301\u200d .\n"), max_size=400)
TELEGRAM = LIMITS["telegram"]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(2, 60), st.integers(2, 60))
def test_parts_fit_and_joined_they_are_the_text(text: str, limit: int, first: int) -> None:
    parts = split_text(text, limit, first=first)
    assert "".join(parts) == text
    assert units(parts[0]) <= first
    assert all(0 < units(part) <= limit for part in parts[1:])


def test_a_cut_falls_between_paragraphs_before_it_falls_between_words() -> None:
    assert split_text("Birinchi band.\n\nIkkinchi band keladi", 30) == [
        "Birinchi band.\n\n",
        "Ikkinchi band keladi",
    ]
    assert split_text("bir ikki uch", 9) == ["bir ikki ", "uch"]


def test_buttons_stand_under_the_last_part_and_the_title_over_the_first() -> None:
    button = Button(label="Solved", action="solved:1")
    text = "Soʻz. " * 2000
    parts = split_content(Outgoing(title="Javob", text=text, buttons=((button,),)), "telegram")
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.title for part in parts] == ["Javob"] + [""] * (len(parts) - 1)
    assert all(units(part.text) + units(part.title) + 2 <= TELEGRAM.text + 2 for part in parts)
    assert " ".join(" ".join(part.text for part in parts).split()) == text.strip()


def test_a_caption_too_long_follows_its_file_as_text() -> None:
    short = Outgoing(text="Hujjat", attachment_id="a1", attachment_kind="document")
    assert split_content(short, "telegram") == [short]
    file, text = split_content(short.model_copy(update={"text": "x" * 1500}), "telegram")
    assert (file.attachment_id, file.text) == ("a1", "")
    assert (text.attachment_id, text.text) == (None, "x" * 1500)


def test_a_letter_is_never_cut() -> None:
    letter = Outgoing(text="x" * 20_000)
    assert split_content(letter, "email") == [letter]
