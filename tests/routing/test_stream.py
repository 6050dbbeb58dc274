"""`qabul route`: the JSON-lines contract."""

import io
import json
from pathlib import Path
from typing import Any

from routing import stream
from tests.routing import pack


def _entries(folder: Path, *more: str) -> Path:
    path = folder / "entries.jsonl"
    lines = [json.dumps({"id": e.id, "text": e.text, "kind": e.kind, "lang": e.lang}) for e in pack.entries()]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def _run(
    entries: Path, queries: str, calibration: Path | None = None, k: int = 10
) -> tuple[int, list[dict[str, Any]], str]:
    out, err = io.StringIO(), io.StringIO()
    code = stream.run(entries, calibration, k, io.StringIO(queries), out, err)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_query_gets_one_line_in_order(tmp_path: Path) -> None:
    queries = "\n".join(
        json.dumps({"id": id_, "text": text})
        for id_, text in [("q1", pack.QUESTIONS["term"][1]), ("q2", ""), (3, "yoʻllar yomon, chuqurlar koʻp")]
    )
    code, answers, errors = _run(_entries(tmp_path), queries, k=2)
    assert code == 0
    assert [a["id"] for a in answers] == ["q1", "q2", 3]
    assert [a["decision"] for a in answers] == ["answer", "human", "route"]
    assert answers[0]["ranking"][0]["id"] == "term"
    assert "обращение" in answers[0]["ranking"][0]["why"]
    assert answers[1] == {"id": "q2", "decision": "human", "confidence": 0.0, "ranking": []}
    assert all(len(a["ranking"]) <= 2 for a in answers)
    assert all(set(a) == {"id", "decision", "confidence", "ranking"} for a in answers)
    for words in ("build", "queries/s", "p50", "p99"):
        assert words in errors


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    entries = _entries(tmp_path, "{broken", '{"id": "tax", "text": "soliq", "kind": "faq"}', '{"id": 5}')
    bad = len(pack.entries()) + 1
    queries = '{"id": "a", "text": "suv"}\nnot json\n[1]\n{"id": "b"}\n\n{"id": "c", "text": "gaz"}\n'
    code, answers, errors = _run(entries, queries)
    assert code == 1
    assert [a["id"] for a in answers] == ["a", "c"]
    for named in (
        f"entries.jsonl, line {bad}: not JSON",
        f"entries.jsonl, line {bad + 1}: the id 'tax' was already used for kind 'agency'",
        f'entries.jsonl, line {bad + 2}: "id" must be a text',
        "queries, line 2: not JSON",
        "queries, line 3: a JSON object was expected",
        'queries, line 4: "text" must be a text',
    ):
        assert named in errors


def test_no_entries_means_a_human(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    code, answers, _ = _run(empty, '{"id": "a", "text": "suv yoʻq"}\n')
    assert code == 0
    assert answers == [{"id": "a", "decision": "human", "confidence": 0.0, "ranking": []}]


def test_a_missing_file_is_one_plain_sentence(tmp_path: Path) -> None:
    code, answers, errors = _run(tmp_path / "absent.jsonl", "")
    assert (code, answers) == (1, [])
    assert "absent.jsonl cannot be read" in errors


def test_an_undecodable_line_does_not_end_the_reading(tmp_path: Path) -> None:
    raw = b'\xef\xbb\xbf{"id": "a", "text": "suv"}\n{"id": "x", "text": "\xff"}\n'
    raw += b'{"id": "b", "text": "\\ud800"}\n'
    out, err = io.StringIO(), io.StringIO()
    source = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
    assert stream.run(_entries(tmp_path), None, 3, source, out, err) == 1
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["a", "b"]
    assert "queries, line 2: not UTF-8" in err.getvalue()


def test_calibration_lines_are_read_and_checked(tmp_path: Path) -> None:
    calibration = tmp_path / "calibration.jsonl"
    calibration.write_text('{"text": "suv", "id": null}\n{"text": "suv"}\n', encoding="utf-8")
    code, answers, errors = _run(_entries(tmp_path), '{"id": "a", "text": "gaz"}\n', calibration)
    assert code == 1
    assert len(answers) == 1
    assert 'calibration.jsonl, line 2: "id" is missing' in errors


def test_an_empty_id_is_an_id_like_any_other(tmp_path: Path) -> None:
    more = ('{"id": "", "text": "nothing in common"}',)
    _, answers, _ = _run(_entries(tmp_path, *more), '{"id": "a", "text": "yoʻllar yomon, chuqurlar koʻp"}\n')
    assert all(match["score"] < 0.2 for match in answers[0]["ranking"] if match["id"] == "")


def test_numbers_that_no_one_can_read_and_ids_that_are_none(tmp_path: Path) -> None:
    queries = "".join(f'{{"id": {id_}, "text": "suv"}}\n' for id_ in ("9" * 6_000, "true", "7"))
    code, answers, errors = _run(_entries(tmp_path), queries)
    assert (code, [a["id"] for a in answers]) == (1, [7])
    assert "queries, line 1: a number of more than 1000 digits" in errors
    assert 'queries, line 2: "id" must be a text or a number' in errors


def test_confidence_that_was_not_fitted_says_so(tmp_path: Path) -> None:
    calibration = tmp_path / "calibration.jsonl"
    calibration.write_text('{"text": "suv", "id": "nobody"}\n{"text": "gaz", "id": null}\n', encoding="utf-8")
    _, _, errors = _run(_entries(tmp_path), "", calibration)
    assert "confidence of faq: built in" in errors
    assert "confidence of agency: built in" in errors
    assert "calibration: 1 of 2 name an id that no entry has" in errors


def test_answers_that_cannot_be_written_are_one_plain_sentence(tmp_path: Path) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    err = io.StringIO()
    assert stream.run(_entries(tmp_path), None, 1, io.StringIO('{"id": 1, "text": "suv"}'), Full(), err) == 1
    assert "The answers cannot be written: No space left on device." in err.getvalue()
