"""The page on routing: figures of any sets, no texts, and the hand-written part survives."""

import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from routing.evaluation import FolderError
from tests.house import routing_report
from tests.house.routing_page import BEGIN, END, TARGETS
from tests.routing import pack
from tests.routing.test_calibration import _judged
from tests.routing.test_evaluation import SECRET, write

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    entries = [{"id": e.id, "text": e.text} for e in pack.entries() if e.kind == "faq"]
    queries = [{"q": text, "id": id_} for text, id_ in [*_judged()[::3], (SECRET, "child_benefit")]]
    write(folder / "clinc_k5", entries=entries, queries=queries)
    return folder


def test_the_page_has_figures_and_targets_and_no_texts(sets: Path, tmp_path: Path) -> None:
    page, picture = tmp_path / "routing.md", tmp_path / "routing.svg"
    found = routing_report.measure(sets)
    routing_report.write(found, TODAY, page, picture)
    text = page.read_text(encoding="utf-8")
    for target in TARGETS["clinc_k5"]:
        assert f"| clinc_k5 | {target.name} |" in text
    assert f"| clinc_k5 | top-1 | 75.0 | {100 * found[0].top1.value:.1f} (" in text
    assert "2026-11-21" in text
    assert SECRET not in text
    assert str(sets) not in text
    assert max(len(line) for line in text.splitlines() if line[:1] not in ("|", "!")) <= 110
    ElementTree.parse(picture)

    ours = "We tried harder.\n\n- and harder\n"
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    page.write_text(f"{text[:begin]}\n{ours}{text[end:]}", encoding="utf-8")
    routing_report.write(found, TODAY, page, picture)
    again = page.read_text(encoding="utf-8")
    assert ours in again
    assert again.replace(ours, "") == text.replace(routing_report.NOTHING_YET, "")


def test_a_folder_without_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FolderError, match="No folder in"):
        routing_report.measure(tmp_path)
    assert routing_report.main([str(tmp_path)]) == 1
    assert routing_report.main([]) == 2
    assert "Usage" in capsys.readouterr().err
