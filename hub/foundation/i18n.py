"""One gettext catalogue for bot, web and notices; the language in force travels with the task.

A missing translation falls back along `FALLBACKS`, so a person sees another language rather than nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en")
DEFAULT_LANGUAGE = "uz-Latn"
#: Each language's own name, as it stands on the language buttons.
LANGUAGE_NAMES = {
    "uz-Latn": "Oʻzbekcha",
    "uz-Cyrl": "Ўзбекча",
    "ru": "Русский",
    "kaa": "Qaraqalpaqsha",
    "en": "English",
}
FALLBACKS = {"uz-Cyrl": "uz-Latn", "kaa": "uz-Latn"}
DOMAIN = "qabul"
LOCALE_DIR = Path(__file__).parent.parent / "locale"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def current_language() -> str:
    return _language.get()


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Everything rendered inside is in `language` (one of LANGUAGES; anything else means the default)."""
    token = _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str, **params: object) -> str:
    """`message` in the language in force, its `%(name)s` placeholders filled from `params`."""
    text = catalogue(current_language()).gettext(message)
    return text % params if params else text


def ngettext(singular: str, plural: str, num: int, **params: object) -> str:
    """The plural form for `num`; `%(num)s` is filled as well."""
    text = catalogue(current_language()).ngettext(singular, plural, num)
    return text % {"num": num, **params}


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Marks a sentence for the catalogue and returns it unchanged."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The compiled catalogue of one language; English sentences are the ids, so English needs none."""
    folder = LOCALE_DIR / language.replace("-", "_") / "LC_MESSAGES"
    translations: NullTranslations = _read(folder) if folder.is_dir() else NullTranslations()
    fallback = FALLBACKS.get(language)
    if fallback is not None:
        translations.add_fallback(catalogue(fallback))
    return translations


def _read(folder: Path) -> NullTranslations:
    # The .mo is made at installation; an edited .po beside it wins, so translators see their work at once.
    po, mo = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if po.exists() and (not mo.exists() or po.stat().st_mtime > mo.stat().st_mtime):
        with po.open("rb") as source:
            messages = read_po(source, locale=folder.parent.name)
        from io import BytesIO

        compiled = BytesIO()
        write_mo(compiled, messages)
        compiled.seek(0)
        return GNUTranslations(compiled)
    if mo.exists():
        with mo.open("rb") as source:
            return GNUTranslations(source)
    return NullTranslations()


def babel_locale(language: str) -> Locale:
    """Babel's locale for dates and numbers (Karakalpak dates use our own month names, see `dates`)."""
    return Locale.parse(language.replace("-", "_"))
