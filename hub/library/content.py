"""An entry's content in its other shapes: stored as JSON, and as the country pack has it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hub.foundation.i18n import LANGUAGES
from hub.library.entry_views import EntryContent, LanguageText
from knowledge.entries import LOCAL_IDS
from knowledge.schema import Agency, FaqEntry, Pack, TextLists

DATES = ("checked_on", "review_on", "valid_from", "valid_to")
LEVELS = {code: level for level, code in LOCAL_IDS.items()}


class StoredEntryError(Exception):
    """A stored entry cannot be read; the text names it."""


def write(content: EntryContent) -> dict[str, Any]:
    """As JSON; `read` gives the same content back."""
    return {
        "kind": content.kind,
        "topic": content.topic,
        "agency": content.agency,
        "source": content.source,
        **{name: day.isoformat() if (day := getattr(content, name)) else None for name in DATES},
        "texts": [
            {
                "language": text.language,
                "title": text.title,
                "answer": text.answer,
                "phrasings": list(text.phrasings),
            }
            for text in content.texts
        ],
    }


def read(code: str, stored: Mapping[str, Any]) -> EntryContent:
    """Raises StoredEntryError for what `write` cannot have written."""
    try:
        return EntryContent(
            kind=stored["kind"],
            topic=stored["topic"],
            agency=stored["agency"],
            source=stored["source"],
            texts=tuple(_text(one) for one in stored["texts"]),
            **{name: date.fromisoformat(stored[name]) if stored[name] else None for name in DATES},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoredEntryError(f"the stored entry {code} cannot be read ({error!r})") from error


def read_json(code: str, stored: str) -> EntryContent:
    """As `read`, from the text that the database keeps."""
    try:
        return read(code, json.loads(stored))
    except ValueError as error:
        raise StoredEntryError(f"the stored entry {code} cannot be read ({error!r})") from error


def _text(stored: Mapping[str, Any]) -> LanguageText:
    return LanguageText(
        str(stored["language"]),
        str(stored["title"]),
        str(stored["answer"]),
        tuple(map(str, stored["phrasings"])),
    )


def of_answer(faq: FaqEntry) -> EntryContent:
    return EntryContent(
        kind="faq",
        topic=faq.topic,
        agency=faq.agency,
        source=faq.source,
        checked_on=faq.checked_on,
        review_on=faq.review_on,
        valid_from=faq.valid_from,
        valid_to=faq.valid_to,
        texts=_texts(faq.title, faq.answer, faq.phrasings),
    )


def of_words(pack: Pack, code: str) -> EntryContent | None:
    """The routing words of a body that is routed to by its own code, or of the local bodies of a level."""
    if code in LEVELS:
        template = pack.local.get(LEVELS[code])  # type: ignore[call-overload]
        if template is None:
            return None
        return _words(template.sphere, None, template.source_note, template.keywords)
    agency = pack.agency_by_code.get(code)
    if agency is None or not has_words(agency):
        return None
    return _words(agency.sphere, code, agency.source_note, agency.keywords)


def has_words(agency: Agency) -> bool:
    """Whether the router proposes the body by its own code."""
    return agency.kind != "local" and agency.valid_to is None


def _words(topic: str, agency: str | None, source: str, keywords: TextLists) -> EntryContent:
    return EntryContent("agency", topic, agency, source, None, word_texts(keywords))


def word_texts(keywords: TextLists) -> tuple[LanguageText, ...]:
    return _texts({}, {}, keywords)


def _texts(
    title: Mapping[str, str], answer: Mapping[str, str], phrasings: TextLists
) -> tuple[LanguageText, ...]:
    present = {*title, *answer, *(lang for lang, texts in phrasings.items() if texts)}
    return tuple(
        LanguageText(lang, title.get(lang, ""), answer.get(lang, ""), tuple(phrasings.get(lang, ())))
        for lang in in_order(present)
    )


def in_order(languages: Iterable[str]) -> list[str]:
    return sorted(languages, key=lambda lang: LANGUAGES.index(lang) if lang in LANGUAGES else len(LANGUAGES))


def as_answer(code: str, content: EntryContent) -> FaqEntry:
    """The pack's shape. Raises StoredEntryError when the pack could not have it."""
    try:
        return FaqEntry(
            id=code,
            topic=content.topic,
            agency=content.agency,
            source=content.source,
            checked_on=content.checked_on,
            review_on=content.review_on,
            valid_from=content.valid_from,
            valid_to=content.valid_to,
            title={text.language: text.title for text in content.texts if text.title},
            answer={text.language: text.answer for text in content.texts if text.answer},
            phrasings=as_words(content),
        )
    except ValueError as error:
        raise StoredEntryError(f"the stored entry {code} is not one a pack can have") from error


def as_words(content: EntryContent) -> dict[str, tuple[str, ...]]:
    return {text.language: text.phrasings for text in content.texts if text.phrasings}


def titles(content: EntryContent) -> dict[str, str]:
    """By language; of a body's words the first few, so that a list shows what they are about."""
    if content.kind == "agency":
        return {lang: ", ".join(words[:3]) for lang, words in as_words(content).items()}
    return {text.language: text.title for text in content.texts if text.title}
