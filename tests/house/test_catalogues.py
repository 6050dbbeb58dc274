"""One catalogue, five languages: nobody meets an English sentence, a hole or a wrong plural."""

import pytest
from babel.messages.catalog import Catalog

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES, catalogue, ngettext, speaking
from hub.foundation.sentences import SENTENCES, sentence
from tests.house import catalogues


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return catalogues.extract()


def test_sentences_are_found_in_code_and_in_templates(sentences: Catalog) -> None:
    files = {file for message in sentences for file, _ in message.locations}
    assert any(file.startswith("hub/foundation/") for file in files)
    assert any(file.startswith("hub/web/templates/") for file in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_the_catalogue(language: str, sentences: Catalog) -> None:
    assert catalogues.absent(language, sentences) == [], "run `make catalogue`"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    assert catalogues.untranslated(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_plurals_agree(language: str) -> None:
    assert catalogues.broken(language) == []


def test_russian_counts_in_three_forms() -> None:
    with speaking("ru"):
        words = [ngettext("%(num)s day left", "%(num)s days left", num) for num in (1, 2, 5)]
    assert len({word.strip("125 ") for word in words}) == 3, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language: str) -> None:
    with speaking(language):
        texts = {code: sentence(HubError(code)) for code in SENTENCES}
    assert all(texts.values())
    assert catalogue(language) is not None
