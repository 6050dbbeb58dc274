"""What changed between two texts is shown in whole words, whatever the texts are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.web.office.library.changes import Piece, word_changes


def test_one_changed_word_is_one_change() -> None:
    assert word_changes("Telefon: 1008. Keling.", "Telefon: 1007. Keling.") == (
        Piece("same", "Telefon: "),
        Piece("removed", "1008"),
        Piece("added", "1007"),
        Piece("same", ". Keling."),
    )
    assert word_changes("bir ish kunida", "shu kunning oʻzida")[0] == Piece("removed", "bir ish kunida")
    assert word_changes("", "") == ()


def test_what_stays_far_from_any_change_is_cut_at_a_word() -> None:
    middle = " ".join(f"soʻz{number}" for number in range(300))
    shown = word_changes(f"Eski {middle} oxir", f"Yangi {middle} tamom")
    same = next(piece.text for piece in shown if piece.change == "same")
    assert " … " in same
    assert len(same) < 260
    assert all(word in middle for word in same.replace("…", "").split())


@settings(max_examples=60, deadline=None)
@given(st.text("ab \n.ўш", max_size=150), st.text("ab \n.ўш", max_size=150))
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(one.text for one in pieces if one.change != "added") == before
    assert "".join(one.text for one in pieces if one.change != "removed") == after


def test_an_enormous_text_takes_no_time_to_speak_of() -> None:
    pieces = word_changes("бир " * 12_000, "икки " * 12_000)
    assert {one.change for one in pieces} == {"added", "removed"}
