"""What an editor typed, cleaned and checked: enough for a draft, or finished for the public."""

import re
from dataclasses import replace

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line, clean_text, has_word
from hub.library import content as contents
from hub.library.entry_views import EntryContent, LanguageText
from knowledge.schema import Pack

MAX_TITLE = 300
MAX_ANSWER = 12_000
MAX_PHRASING = 500
MAX_PHRASINGS = 300
MAX_SOURCE = 500
MAX_NOTE = 500
CODE = re.compile(r"[a-z0-9]+(?:[_.-][a-z0-9]+)*")
MAX_CODE = 80


def check_code(code: str) -> None:
    """Of a new answer. Errors: bad_entry_code."""
    if not CODE.fullmatch(code) or len(code) > MAX_CODE:
        raise HubError("bad_entry_code")


def checked(pack: Pack, code: str, content: EntryContent) -> EntryContent:
    """Good enough for a draft: cleaned, every name in it known.

    Errors: bad_language, entry_title_missing, entry_text_too_long, unknown_topic, unknown_agency,
    bad_validity, entry_owner_fixed.
    """
    languages = [text.language for text in content.texts]
    if len(set(languages)) < len(languages) or not set(languages) <= set(LANGUAGES):
        raise HubError("bad_language")
    if content.valid_from and content.valid_to and content.valid_from > content.valid_to:
        raise HubError("bad_validity")
    if content.agency is not None and content.agency not in pack.agency_by_code:
        raise HubError("unknown_agency")
    texts = (_cleaned(text) for text in content.texts)
    clean = replace(
        content,
        texts=tuple(sorted((text for text in texts if _says_something(text)), key=_place)),
        source=_bounded(clean_line(content.source), MAX_SOURCE),
    )
    return _checked_words(pack, code, clean) if content.kind == "agency" else _checked_answer(pack, clean)


def _checked_answer(pack: Pack, content: EntryContent) -> EntryContent:
    if content.topic not in {topic.code for topic in pack.topics}:
        raise HubError("unknown_topic")
    if not contents.titles(content):
        raise HubError("entry_title_missing", language="")
    return content


def _checked_words(pack: Pack, code: str, content: EntryContent) -> EntryContent:
    """Only the words are an editor's; whose they are and what they stand for comes from the pack."""
    shipped = contents.of_words(pack, code)
    if shipped is None or shipped.agency != content.agency:
        raise HubError("entry_owner_fixed")
    texts = (replace(text, title="", answer="") for text in content.texts)
    return replace(content, topic=shipped.topic, texts=tuple(text for text in texts if _says_something(text)))


def _cleaned(text: LanguageText) -> LanguageText:
    phrasings = dict.fromkeys(clean_line(one) for one in text.phrasings)
    kept = tuple(_bounded(one, MAX_PHRASING) for one in phrasings if has_word(one))
    if len(kept) > MAX_PHRASINGS:
        raise HubError("too_many_phrasings", most=MAX_PHRASINGS)
    return LanguageText(
        text.language,
        _bounded(clean_line(text.title), MAX_TITLE),
        _bounded(clean_text(text.answer), MAX_ANSWER),
        kept,
    )


def _says_something(text: LanguageText) -> bool:
    return bool(text.title or text.answer or text.phrasings)


def _place(text: LanguageText) -> int:
    return LANGUAGES.index(text.language)


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise HubError("entry_text_too_long", most=most)
    return text


def finish(content: EntryContent) -> None:
    """Whether the public may see it. A language may have phrasings alone: its readers get another's answer.

    Errors: entry_title_missing, entry_answer_missing, entry_source_missing, entry_checked_missing,
    entry_words_missing.
    """
    if content.kind == "agency":
        if not contents.as_words(content):
            raise HubError("entry_words_missing")
        return
    if not any(text.answer for text in content.texts):
        raise HubError("entry_answer_missing", language="")
    for text in content.texts:
        if text.title and not text.answer:
            raise HubError("entry_answer_missing", language=text.language)
        if text.answer and not text.title:
            raise HubError("entry_title_missing", language=text.language)
    if not content.source:
        raise HubError("entry_source_missing")
    if content.checked_on is None:
        raise HubError("entry_checked_missing")


def note(text: str) -> str:
    """Why it was changed, on one line; cut, since a long reason is no reason to lose the work."""
    return clean_line(text)[:MAX_NOTE]
