"""The installer hands pip's configuration to uv, so that a package mirror set up for pip is followed."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("qabul_install", ROOT / ".ci" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LISTING = """\
:env:.cert='/etc/ssl/mirror.pem'
download.index-url='https://elsewhere.example/simple'
global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'
global.index-url='https://mirror.example/simple'
install.trusted-host='mirror.example'
"""


def test_the_mirror_of_pip_becomes_the_mirror_of_uv(install: ModuleType) -> None:
    environment = install.uv_environment(install.parse_pip_options(LISTING), {"HOME": "/somewhere"})
    assert environment == {
        "HOME": "/somewhere",
        "SSL_CERT_FILE": "/etc/ssl/mirror.pem",
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_INSECURE_HOST": "mirror.example",
    }


def test_what_was_set_for_uv_itself_wins(install: ModuleType) -> None:
    environment = install.uv_environment(
        {"index-url": "https://mirror.example"}, {"UV_DEFAULT_INDEX": "https://mine.example"}
    )
    assert environment["UV_DEFAULT_INDEX"] == "https://mine.example"


def test_the_installer_itself_is_locked_with_hashes(install: ModuleType) -> None:
    locked = install.locked((ROOT / "requirements.lock").read_text(encoding="utf-8"), "uv")
    assert locked.startswith("uv==")
    assert "--hash=sha256:" in locked
    assert locked.count("==") == 1


def test_every_locked_package_has_its_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
    assert len(pinned) > 50
    assert [line for line in pinned if not line.endswith("\\")] == []
