"""A folder of judged messages becomes figures, a page and JSON; a broken one becomes one plain sentence."""

import json
import math
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from routing.evaluation import FolderError, Judged, evaluate_folder, read_pairs, summarize
from routing.evaluation.judging import Spoiled, pooled
from routing.evaluation.markdown import as_markdown
from routing.evaluation.measures import Share
from routing.evaluation.protocol import HALVES, halves
from routing.evaluation.record import as_record
from routing.evaluation.svg import gallery_svg
from routing.evaluation.text import as_text, bars
from tests.routing import pack
from tests.routing.test_calibration import _judged

SECRET = "Menga bolalar nafaqasi kerak, iltimos"


def write(folder: Path, **files: list[dict[str, Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = [{"id": e.id, "text": e.text, "lang": e.lang} for e in pack.entries() if e.kind == "faq"]
    queries = [{"q": text, "id": id_} for text, id_ in _judged()]
    return write(tmp_path / "questions", entries=entries, queries=[*queries, {"q": SECRET, "id": "term"}])


def test_halves_are_the_same_everywhere_and_lose_nobody() -> None:
    pairs = [(f"text {n}", None) for n in range(11)]
    first, second = halves(pairs)
    assert sorted(first + second) == sorted(pairs)
    assert {len(first), len(second)} == {5, 6}
    assert halves(pairs) == (first, second)
    assert [text for text, _ in first] != sorted(text for text, _ in first), "not every second line"


def test_a_folder_is_measured_in_halves(folder: Path) -> None:
    heard: list[str] = []
    found = evaluate_folder(folder, progress=heard.append)
    assert (found.name, found.ids, found.queries, found.outside) == ("questions", 6, 89, 40)
    assert found.protocol == HALVES
    assert found.top1.value > 0.9
    assert found.top1.low < found.top1.value < found.top1.high <= found.top3.high
    assert found.mrr.low <= found.mrr.value <= found.mrr.high
    assert found.auroc.value > 0.9
    assert sum(one.right.whole for one in found.decisions) == found.queries
    assert sum(one.top1.whole for one in found.languages) == found.top1.whole
    assert {one.name for one in found.scripts} == {"Latn", "Cyrl"}
    modes = {one.mode: one for one in found.spoiled}
    assert modes["typo20"].clean == found.top1
    assert 0 < modes["cyrillic"].clean.whole < found.top1.whole, "only the Uzbek Latin ones"
    assert modes["cyrillic"].kept > 0.8
    assert any("part 2 of 2" in words for words in heard)


def test_the_report_shows_ids_and_figures_but_no_text(folder: Path) -> None:
    found = evaluate_folder(folder, fast=True)
    page = as_markdown([found], "qabul evaluate questions", date(2026, 11, 21))
    record = json.dumps(as_record(found))
    for shown in (as_text(found), page, record):
        assert SECRET not in shown
        assert "nafaqa" not in shown
    assert "2026-11-21" in page
    assert f"| questions | 49 / 40 | {100 * found.top1.value:.1f}" in page
    drawing = page[page.index("<svg") : page.index("</svg>") + len("</svg>")]
    dots = ElementTree.fromstring(drawing).findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(dots) == sum(one.right.whole > 0 for one in found.bins)
    stored = json.loads(record)
    assert stored["top1"] == {
        "part": found.top1.part, "whole": 49, "value": found.top1.value, "low": found.top1.low,
        "high": found.top1.high,
    }  # fmt: skip
    assert stored["auroc"]["low"] is None, "fast leaves the bootstrap out"
    assert len(stored["bins"]) == 10


def test_a_part_kept_apart_fits_confidence_and_every_query_is_measured(folder: Path) -> None:
    apart = [{"text": text, "id": id_} for text, id_ in _judged()]
    write(folder, calibration=apart)
    own = evaluate_folder(folder, fast=True)
    assert own.queries == 89
    assert "kept apart" in own.protocol
    given = evaluate_folder(folder, calibration=read_pairs(folder / "queries.jsonl"), fast=True)
    assert (given.protocol, given.queries) == (own.protocol, own.queries)
    plain = evaluate_folder(folder, calibrate=False, fast=True)
    assert plain.top1 == own.top1
    assert "built-in" in plain.protocol


def test_agencies_are_routed(tmp_path: Path) -> None:
    entries = [{"id": e.id, "text": e.text} for e in pack.entries() if e.kind == "agency"]
    queries = [
        {"q": "suv quvuri yorilgan, ichimlik suvi yoʻq", "id": "water"},
        {"q": "chiroq oʻchdi", "id": "x"},
    ]
    found = evaluate_folder(write(tmp_path / "bodies", entries=entries, queries=queries), kind="agency")
    decided = {one.decision: one.right.whole for one in found.decisions}
    assert decided["answer"] == 0
    assert found.top1 == Share(1, 2)
    assert "1 queries ask for ids that no entry has" in " ".join(found.notes)
    assert any("too few judged messages" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("queries", b'{"q": "a", "id": "b"}\n{"q": 5, "id": null}', 'line 2: "q" must be a text.'),
        ("queries", b'\n{"q": "a"}\n', 'queries.jsonl, line 2: "id" is missing'),
        ("queries", b"\n", "queries.jsonl is empty."),
        ("entries", b"[1]\n", "entries.jsonl, line 1: a JSON object was expected."),
        ("entries", b"{\n", "entries.jsonl, line 1: not JSON"),
        ("entries", b'{"id": "a", "text": "\xff"}\n', "entries.jsonl, line 1: not UTF-8."),
        ("entries", b"[" * 100_000, "entries.jsonl, line 1: nested too deeply."),
        ("entries", b'{"id": "a", "text": "b", "kind": "x"}\n', 'line 1: "kind" must be "faq" or "agency".'),
        (
            "entries",
            b'{"id": "a", "text": "b"}\n{"id": "a", "text": "c", "kind": "agency"}\n',
            "line 2: the id 'a' was already used for kind 'faq'.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(
    folder: Path, name: str, content: bytes, sentence: str
) -> None:
    (folder / f"{name}.jsonl").write_bytes(content)
    with pytest.raises(FolderError) as refused:
        evaluate_folder(folder, fast=True)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="There is no folder"):
        evaluate_folder(tmp_path / "nowhere")
    with pytest.raises(FolderError, match=r"entries.jsonl cannot be read"):
        evaluate_folder(tmp_path)


def test_the_figures_on_a_case_done_by_hand() -> None:
    judged = [
        Judged("a", "answer", 0.9, ("a", "b"), 0.001, "ru", "Cyrl"),
        Judged("a", "answer", 0.8, ("b", "a"), 0.001),
        Judged(None, "human", 0.1, ("a",), 0.001),
        Judged("b", "ask", 0.3, ("b",), 0.001),
    ]
    found = summarize(judged)
    assert found.top1 == Share(2, 3)
    assert found.top3 == Share(3, 3)
    assert found.mrr.value == pytest.approx(2.5 / 3)
    assert found.auroc.value == 1
    assert found.covered == Share(2, 3)
    assert found.precision == Share(1, 2)
    assert found.ceiling == Share(1, 3)
    assert found.calibration_error == pytest.approx((0.1 + 0.8 + 0.1 + 0.7) / 4)
    assert [(one.name, one.top1.whole) for one in found.languages] == [("unknown", 2), ("ru", 1)]
    assert found.confusions == (), "what happened once is no habit"
    again = summarize([*judged, judged[1]])
    assert [(one.right, one.given, one.count) for one in again.confusions] == [("a", "b", 2)]
    assert math.isnan(summarize([]).top1.value)
    assert as_text(summarize([]))


def test_halves_of_damaged_texts_add_up() -> None:
    parts = [[Spoiled("typo5", Share(2, 4), Share(1, 4))], [Spoiled("typo5", Share(2, 3), Share(2, 3))]]
    (found,) = pooled(parts)
    assert (found.clean, found.spoiled, found.kept) == (Share(4, 7), Share(3, 7), 0.75)


def test_bars_mark_what_was_said() -> None:
    found = summarize(
        [Judged("a", "ask", 0.55, ("a",), 0.0)] * 2 + [Judged("a", "ask", 0.55, ("b",), 0.0)] * 2
    )
    drawn = list(bars(found.bins))
    assert len(drawn) == 11
    assert drawn[6].split() == ["0.5-0.6", "4", "55.0", "50.0", "=" * 20, "|"]
    assert gallery_svg("a & b", [("<set>", found.bins)] * 5).count("<circle") == 5
    ElementTree.fromstring(gallery_svg("a & b", [("<set>", found.bins)] * 5))
