"""What an administrator types, and what comes back."""

import json
from pathlib import Path

import pytest

from hub import migrations
from tests.hub.processes.commands import qabul


def test_an_account_is_made_once_and_its_credentials_shown(tmp_path: Path) -> None:
    made = qabul(tmp_path, "official", "add", "nodira", "--role", "official", "--agency", "health", "--token")
    assert made.returncode == 0, made.stderr
    shown = json.loads(made.stdout)
    assert set(shown) == {"login", "password", "totp_secret", "token"}
    again = qabul(tmp_path, "official", "add", "nodira", "--role", "official", "--agency", "health")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.strip().startswith("An official with this login exists already.")
    assert len(again.stderr.strip().splitlines()) == 1
    fresh = qabul(tmp_path, "official", "reset", "nodira")
    assert json.loads(fresh.stdout)["password"] != shown["password"]
    assert qabul(tmp_path, "official", "disable", "nobody-here").returncode == 1


def test_migrating_enters_the_agencies_of_the_country_once(tmp_path: Path) -> None:
    first, second = qabul(tmp_path, "migrate"), qabul(tmp_path, "migrate")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "new agencies: 255" in first.stdout
    assert "new agencies: 0" in second.stdout


@pytest.mark.parametrize(
    "arguments", [(), ("--help",), ("seed", "demo", "--help"), ("outbox", "list", "--help")]
)
def test_help_is_help(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "Usage: qabul" in qabul(tmp_path, *arguments).stdout


def test_wrong_usage_is_told_apart_from_a_refusal(tmp_path: Path) -> None:
    assert qabul(tmp_path, "official", "add", "nodira").returncode == 2
    assert qabul(tmp_path, "no-such-command").returncode == 2
    worker = qabul(tmp_path, "worker")
    assert (worker.returncode, len(worker.stderr.strip().splitlines())) == (1, 1)


def test_production_does_not_start_with_what_is_for_laptops(tmp_path: Path) -> None:
    refused = qabul(tmp_path, "seed", "demo", environment="production", fault="K5:1")
    assert refused.returncode == 1
    assert "QABUL_SECRET_KEY" in refused.stderr
    assert "QABUL_FAULT" in refused.stderr
    assert not list(tmp_path.glob("*.sqlite3"))


def test_demo_people_keep_their_passwords_in_a_file_of_their_own(tmp_path: Path) -> None:
    first, second = qabul(tmp_path, "seed", "demo"), qabul(tmp_path, "seed", "demo")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert (tmp_path / "demo-sign-ins.json").stat().st_mode & 0o077 == 0
    assert migrations.current(f"sqlite:///{tmp_path / 'qabul.sqlite3'}") == migrations.head()


def test_terms_are_counted_without_a_database(tmp_path: Path) -> None:
    case = {"id": "1", "kind": "application", "received": "2026-03-02T10:00:00+05:00", "events": []}
    counted = qabul(tmp_path, "clocks", "due", stdin=json.dumps(case) + "\nnot json\n")
    good, bad = map(json.loads, counted.stdout.splitlines())
    assert (counted.returncode, good["due_on"]) == (1, "2026-03-17")
    assert "error" in bad
    assert list(tmp_path.iterdir()) == []


def test_questions_are_routed_line_by_line(tmp_path: Path) -> None:
    entries = tmp_path / "entries.jsonl"
    entries.write_text(
        '{"id": "water", "text": "suv yoʻq, vodoprovod", "kind": "agency"}\n', encoding="utf-8"
    )
    query = json.dumps({"id": "q", "text": "сув йўқ"}, ensure_ascii=False)
    routed = qabul(tmp_path, "route", "--entries", str(entries), stdin=query + "\n")
    assert routed.returncode == 0, routed.stderr
    assert json.loads(routed.stdout)["ranking"][0]["id"] == "water"
