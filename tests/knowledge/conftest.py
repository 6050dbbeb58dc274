"""The pack that ships with the product, loaded once, and a copy of it that a test may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.load import PACKS, load_pack
from knowledge.schema import Pack


@pytest.fixture(scope="session")
def uz() -> Pack:
    return load_pack("uz")


@pytest.fixture
def copy_of_uz(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "uz", tmp_path / "uz"))


@pytest.fixture
def edit(copy_of_uz: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text that must exist in one file of the copy; answers with the copy's folder."""

    def replace(name: str, old: str, new: str) -> Path:
        path = copy_of_uz / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy_of_uz

    return replace
