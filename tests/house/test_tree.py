"""What the tree must not hold: registry addresses, paths of one machine, built files, long modules."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tracked import ROOT, text_files, tracked_files

#: A download address or a package registry; npm and pip are told elsewhere where to look.
REGISTRIES = re.compile(
    r"https?://\S*(?:pypi\.org|pythonhosted|registry\.npmjs|npmmirror|unpkg|jsdelivr|cdnjs)\S*"
    r"|https?://\S+\.(?:whl|tgz|deb|tar\.gz)\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:wo" r"rk|ho" r"me/\w+|ro" r"ot|Use" r"rs)/")
#: Lines a file may have. Generated migrations and tables of test cases are not read from top to bottom.
LONGEST_MODULE = 300
LONGEST_TEST = 400
LONGEST_FUNCTION = 60


def python_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_registry_address_anywhere() -> None:
    found = [f"{path}: {match.group(0)}" for path, text in text_files() if (match := REGISTRIES.search(text))]
    assert found == []


def test_no_path_of_one_machine() -> None:
    found = [
        f"{path}: {match.group(0)}" for path, text in text_files() if (match := MACHINE_PATHS.search(text))
    ]
    assert found == []


def test_nothing_built_or_vendored() -> None:
    found = [
        name(path)
        for path in tracked_files()
        if path.suffix == ".mo"
        or re.search(r"\.min\.(js|css)$", path.name)
        or (path.suffix in {".js", ".css"} and path.stat().st_size > 60_000)
    ]
    assert found == []


def test_modules_stay_short() -> None:
    limits = {True: LONGEST_TEST, False: LONGEST_MODULE}
    long = [
        f"{name(path)}: {lines} lines, two subjects?"
        for path in python_files()
        if "migrations/versions" not in name(path)
        and (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > limits[name(path).startswith("tests/")]
    ]
    assert long == []


@pytest.mark.parametrize("package", ["bot", "hub", "knowledge", "routing"])
def test_functions_stay_short(package: str) -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}: {lines} lines"
        for path in python_files()
        if name(path).startswith(f"{package}/") and "migrations/versions" not in name(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []
