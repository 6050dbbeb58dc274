"""The database is built by migrations, and only by them."""

from pathlib import Path

from hub import migrations


def test_the_migrated_database_is_what_the_models_say(database_url: str) -> None:
    assert migrations.current(database_url) == migrations.head()
    assert migrations.differences(database_url) == []


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.sqlite3'}"
    assert migrations.current(url) is None
    migrations.upgrade(url)
    migrations.upgrade(url)
    assert migrations.current(url) == migrations.head()
