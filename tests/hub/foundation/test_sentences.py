"""Each refusal that the hub can utter has its sentence."""

import re
from pathlib import Path

import pytest

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES, speaking
from hub.foundation.sentences import SENTENCES, sentence

HUB = Path(__file__).parents[3] / "hub"
RAISED = re.compile(r'HubError\(\s*"([a-z_]+)"')


def raised_codes() -> set[str]:
    return {code for path in HUB.rglob("*.py") for code in RAISED.findall(path.read_text(encoding="utf-8"))}


def test_every_raised_code_has_a_sentence() -> None:
    assert raised_codes() - SENTENCES.keys() == set()


def test_the_table_stays_in_order() -> None:
    assert list(SENTENCES) == sorted(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_spoken_in_every_language(code: str) -> None:
    for language in LANGUAGES:
        with speaking(language):
            said = sentence(HubError(code))
        assert said[0].isupper()
        assert said.endswith((".", "?"))
        assert "%(" not in said


def test_a_code_without_a_sentence_still_says_something() -> None:
    with speaking("en"):
        assert sentence(HubError("never heard of")) == SENTENCES["unexpected"]
