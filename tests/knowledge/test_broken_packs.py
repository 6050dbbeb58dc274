"""An editor who makes a slip learns the file and the line, or the entry, in one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.files import PackError
from knowledge.load import load_pack

Edit = Callable[[str, str, str], Path]


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check(load_pack(folder))]


def test_an_unknown_country() -> None:
    with pytest.raises(PackError, match="no such country pack"):
        load_pack("atlantis")


def test_a_pack_may_be_any_directory(copy_of_uz: Path) -> None:
    assert problems(copy_of_uz) == []


def test_a_missing_file(copy_of_uz: Path) -> None:
    (copy_of_uz / "regions.csv").unlink()
    with pytest.raises(PackError, match=r"regions\.csv: the file is missing"):
        load_pack(copy_of_uz)


def test_a_misspelt_field_names_its_line(edit: Edit) -> None:
    folder = edit("faq/terms.yaml", "    source:", "    sorce:")
    line = line_of(folder / "faq/terms.yaml", "sorce")
    with pytest.raises(PackError, match=rf"^terms\.yaml:{line}: sorce"):
        load_pack(folder)


def test_an_impossible_value_names_its_line(edit: Edit) -> None:
    folder = edit("faq/terms.yaml", "checked_on: 2026-11-21", "checked_on: yesterday")
    line = line_of(folder / "faq/terms.yaml", "yesterday")
    with pytest.raises(PackError, match=rf"^terms\.yaml:{line}: checked_on"):
        load_pack(folder)


def test_broken_yaml_names_its_line(edit: Edit) -> None:
    folder = edit("topics.yaml", "topics:", "topics: [")
    with pytest.raises(PackError, match=r"^topics\.yaml:\d+:"):
        load_pack(folder)


def test_a_key_given_twice_is_not_lost_silently(edit: Edit) -> None:
    folder = edit("agencies.yaml", "    kind: ministry\n", "    kind: ministry\n    kind: committee\n")
    line = line_of(folder / "agencies.yaml", "kind: committee")
    with pytest.raises(PackError, match=rf"^agencies\.yaml:{line}: `kind` is given twice"):
        load_pack(folder)


def test_a_bad_row_of_a_table_names_its_line(edit: Edit) -> None:
    folder = edit("districts.csv", "1735207,1735,district", "17x,1735,district")
    line = line_of(folder / "districts.csv", "17x")
    with pytest.raises(PackError, match=rf"^districts\.csv:{line}: code"):
        load_pack(folder)


def test_a_short_row_names_its_line(edit: Edit) -> None:
    folder = edit("helplines.csv", "1097,cadastre,", "1097 cadastre ")
    line = line_of(folder / "helplines.csv", "1097 cadastre")
    with pytest.raises(PackError, match=rf"^helplines\.csv:{line}: the row has too"):
        load_pack(folder)


def test_broken_toml(edit: Edit) -> None:
    folder = edit("pack.toml", 'prefix = "UZ"', "prefix = UZ")
    with pytest.raises(PackError, match=r"^pack\.toml: .*line \d"):
        load_pack(folder)


def test_a_file_in_another_encoding(copy_of_uz: Path) -> None:
    (copy_of_uz / "emergency.yaml").write_bytes("numbers: [ёнғин]".encode("utf-16"))
    with pytest.raises(PackError, match=r"^emergency\.yaml: not UTF-8"):
        load_pack(copy_of_uz)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("agencies.yaml", "      en: Ministry of Justice\n", "", "agency justice: no text in en"),
        ("agencies.yaml", "- code: justice", "- code: justise", "faq who-notary: unknown agency justice"),
        ("agencies.yaml", "sphere: justice", "sphere: justise", "unknown sphere justise"),
        ("faq/terms.yaml", "id: term-start", "id: term-answer", "id term-answer: is given 2 times"),
        ("faq/terms.yaml", "id: term-start", "id: health", "id health: is given 2 times"),
        ("faq/terms.yaml", "topic: appeals", "topic: apeals", "faq term-answer: unknown topic apeals"),
        ("faq/bodies.yaml", "agency: energy", "agency: power", "faq who-energy: unknown agency power"),
        ("helplines.csv", "1008,justice", "1008,justise", "helpline 1008: unknown agency justise"),
        ("districts.csv", "1735207,1735", "1735207,1799", "district 1735207: unknown region 1799"),
        ("pack.toml", 'triage = "reception"', 'triage = "desk"', "triage body desk is not among"),
        ("pack.toml", 'calendar = "uz"', 'calendar = "mars"', "calendar mars.csv is missing"),
        ("emergency.yaml", 'numbers: ["104", "101"', 'numbers: ["911", "101"', "unknown number 911"),
    ],
)
def test_parts_that_do_not_fit_together(edit: Edit, file: str, old: str, new: str, complaint: str) -> None:
    found = problems(edit(file, old, new))
    assert any(complaint in problem for problem in found), found


def test_one_question_under_two_answers(edit: Edit) -> None:
    folder = edit("faq/terms.yaml", "        - javob qachon keladi\n", "        - Murojaat turlari\n")
    assert "faq term-answer: “Murojaat turlari” is also asked under appeal-kinds" in problems(folder)


def test_bodies_that_stand_above_each_other(edit: Edit) -> None:
    edit("agencies.yaml", "  - code: tax\n", "  - code: tax\n    parent: customs\n")
    folder = edit("agencies.yaml", "  - code: customs\n", "  - code: customs\n    parent: tax\n")
    found = problems(folder)
    assert {"agency tax: stands above itself", "agency customs: stands above itself"} <= set(found)
