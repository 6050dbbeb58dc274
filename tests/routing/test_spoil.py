"""Damage for measuring robustness is seeded and leaves the meaning readable."""

import pytest

from routing.normalize import fold
from routing.spoil import MODES, TYPO_MODES, spoil

NEIGHBOUR = "Qoʻshnim kechasi shovqin qilyapti, chora koʻrilmayapti"


@pytest.mark.parametrize("mode", MODES)
def test_the_same_seed_gives_the_same_text(mode: str) -> None:
    assert spoil(NEIGHBOUR, mode, 7) == spoil(NEIGHBOUR, mode, 7)
    assert spoil("", mode, 7) == ""


def test_half_of_the_words_are_damaged_at_fifty_percent() -> None:
    text = " ".join(["murojaat"] * 1000)
    damaged = sum(word != "murojaat" for word in spoil(text, "typo50", 1).split())
    # A doubled neighbour or two equal letters swapped may leave a word whole.
    assert 420 <= damaged <= 560


@pytest.mark.parametrize("mode", TYPO_MODES)
def test_short_words_stay(mode: str) -> None:
    assert spoil("va bu u men", mode, 3).startswith("va bu u ")


def test_each_mode_writes_as_its_people_do() -> None:
    assert spoil(NEIGHBOUR, "cyrillic", 1) == "Қўшним кечаси шовқин қиляпти, чора кўрилмаяпти"
    assert spoil(NEIGHBOUR, "russian_letters", 1) == "Кушним кечаси шовкин киляпти, чора курилмаяпти"
    assert spoil(NEIGHBOUR, "no_apostrophes", 1) == NEIGHBOUR.replace("ʻ", "")
    assert spoil("ghbdtn", "layout", 1) == "привет"
    assert spoil("hello", "layout", 1) == "руддщ"
    assert "ʻ" not in spoil(NEIGHBOUR, "chat", 1)


@pytest.mark.parametrize("mode", ["cyrillic", "apostrophes", "no_apostrophes", "stretched", "lookalikes"])
def test_folding_undoes_what_only_changes_letters(mode: str) -> None:
    assert fold(spoil(NEIGHBOUR, mode, 2)) == fold(NEIGHBOUR)


def test_an_unknown_mode_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="Unknown mode 'rain'"):
        spoil("suv", "rain", 1)
