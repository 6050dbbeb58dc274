"""`qabul evaluate` as it is typed."""

import json
from pathlib import Path

from tests.hub.processes.commands import qabul
from tests.routing.test_evaluation import write

ENTRIES = [
    {"id": "water", "text": "ichimlik suvi yoʻq, suv quvuri yorilgan"},
    {"id": "roads", "text": "yoʻl taʼmiri, chuqurlar, asfalt"},
]
QUERIES = [
    {"q": "suv quvuri yorildi", "id": "water"},
    {"q": "asfalt buzilgan", "id": "roads"},
    {"q": "pizza", "id": None},
]


def test_folders_are_measured_and_written_down(tmp_path: Path) -> None:
    first = write(tmp_path / "first", entries=ENTRIES, queries=QUERIES)
    second = write(tmp_path / "second", entries=ENTRIES, queries=QUERIES)
    found = qabul(
        tmp_path, "evaluate", str(first), str(second), "--fast", "--json", str(tmp_path / "all.json"),
        "--markdown", str(tmp_path / "all.md"), "--calibrate-on", str(second / "queries.jsonl"),
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert "top-1 100.0" in found.stdout
    assert "part 1 of 1" in found.stderr, "progress"
    assert "part 1 of 1" not in found.stdout
    figures = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in figures] == ["first", "second"]
    assert figures[0]["top1"]["value"] == 1
    page = (tmp_path / "all.md").read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "qabul evaluate first second" in page
    assert "quvuri" not in found.stdout + page + json.dumps(figures)


def test_a_broken_folder_is_refused_before_any_work(tmp_path: Path) -> None:
    good = write(tmp_path / "good", entries=ENTRIES, queries=QUERIES)
    bad = write(tmp_path / "bad", entries=ENTRIES, queries=[*QUERIES, {"q": 7, "id": None}])
    refused = qabul(tmp_path, "evaluate", str(good), str(bad))
    assert (refused.returncode, refused.stdout) == (1, "")
    (sentence,) = refused.stderr.strip().splitlines()
    assert sentence.endswith('queries.jsonl, line 4: "q" must be a text.')


def test_usage(tmp_path: Path) -> None:
    for arguments in ((), ("--live", "folder"), ("folder", "--kind", "person")):
        assert qabul(tmp_path, "evaluate", *arguments).returncode == 2


def test_a_system_that_nobody_used_yet(tmp_path: Path) -> None:
    found = qabul(tmp_path, "evaluate", "--live", "--weeks", "2", "--json", str(tmp_path / "live.json"))
    assert found.returncode == 0, found.stderr
    assert "week of" in found.stdout
    live = json.loads((tmp_path / "live.json").read_text(encoding="utf-8"))
    assert len(live["weeks"]) == 2
    assert live["totals"]["routed"] == {
        "right": 0, "wrong": 0, "unjudged": 0, "share": None, "low": None, "high": None,
    }  # fmt: skip
