"""The form of an entry: from its content to the fields, and from what was typed back to content."""

from collections.abc import Mapping
from datetime import date

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.library.entry_views import EntryContent, EntryKind, LanguageText
from hub.web.forms import Fields

SINGLE = ("topic", "agency", "source", "checked_on", "review_on", "valid_from", "valid_to", "note", "code")
PER_LANGUAGE = ("title", "answer", "phrasings")


class Typed(dict[str, str]):
    """What stands in the fields; a field nobody filled is empty. Names of a language: `title-uz-Latn`."""

    def __missing__(self, _name: str) -> str:
        return ""

    def filled(self, language: str) -> bool:
        return any(self[f"{field}-{language}"].strip() for field in PER_LANGUAGE)


def typed_of(content: EntryContent, note: str = "") -> Typed:
    found = Typed(
        topic=content.topic,
        agency=content.agency or "",
        source=content.source,
        note=note,
    )
    for name in ("checked_on", "review_on", "valid_from", "valid_to"):
        day: date | None = getattr(content, name)
        found[name] = day.isoformat() if day else ""
    for text in content.texts:
        found[f"title-{text.language}"] = text.title
        found[f"answer-{text.language}"] = text.answer
        found[f"phrasings-{text.language}"] = "\n".join(text.phrasings)
    return found


def typed_in(form: Fields) -> Typed:
    """Everything that was sent, whether it can be accepted or not. Errors: bad_request."""
    names = [*SINGLE, *(f"{field}-{language}" for language in LANGUAGES for field in PER_LANGUAGE)]
    return Typed({name: form.one(name) for name in names})


def content_of(typed: Mapping[str, str], kind: EntryKind) -> EntryContent:
    """Errors: bad_date with the field."""
    return EntryContent(
        kind=kind,
        topic=typed["topic"],
        agency=typed["agency"] or None,
        source=typed["source"],
        checked_on=_day(typed, "checked_on"),
        texts=tuple(text for language in LANGUAGES if (text := _text(typed, language, kind)) is not None),
        review_on=_day(typed, "review_on"),
        valid_from=_day(typed, "valid_from"),
        valid_to=_day(typed, "valid_to"),
    )


def _text(typed: Mapping[str, str], language: str, kind: EntryKind) -> LanguageText | None:
    title, answer, lines = (typed[f"{field}-{language}"] for field in PER_LANGUAGE)
    phrasings = tuple(dict.fromkeys(line for one in lines.splitlines() if (line := one.strip())))
    if kind == "agency":
        title = answer = ""
    if not (title or answer or phrasings):
        return None
    return LanguageText(language, title, answer, phrasings)


def _day(typed: Mapping[str, str], field: str) -> date | None:
    written = typed[field].strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise HubError("bad_date", field=field) from None
    if not date(1990, 1, 1) <= day <= date(2200, 1, 1):
        raise HubError("bad_date", field=field)
    return day
