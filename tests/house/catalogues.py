"""The gettext catalogue: extracted from code and templates, kept in five languages, checked.

`python -m tests.house.catalogues update` extracts every sentence and brings the five `.po` files up to date;
`... check` prints what is wrong with them; `... missing ru` prints what still wants a translation.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from hub.foundation.i18n import DOMAIN, LANGUAGES, LOCALE_DIR

ROOT = Path(__file__).parent.parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
#: English sentences are the ids themselves: their file only shows what there is.
SOURCE_LANGUAGE = "en"
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)
HOLE = re.compile(r"%\((\w+)\)[sd]")
#: Lines of a `.po` that change without any sentence changing.
DATES = re.compile(rb'^"(POT-Creation|PO-Revision)-Date:.*\n', re.MULTILINE)


def po_path(language: str) -> Path:
    return LOCALE_DIR / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract() -> Catalog:
    """Every sentence of hub, bot and templates, with the files it stands in."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel has no types here
    found = Catalog(project="Qabul", charset="utf-8", fuzzy=False)
    for file, _line, message, comments, context in extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=wanted_folder,
    ):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def wanted_folder(folder: str) -> bool:
    """Not into environments, packages of npm or data; hidden folders hold no sentences either."""
    name = Path(folder).name
    return name not in {"node_modules", "static", "var", "__pycache__", "tests"} and not name.startswith(".")


def read(language: str) -> Catalog:
    """The catalogue of one language as it stands in the repository; empty where there is none yet."""
    path = po_path(language)
    locale = language.replace("-", "_")
    if path.exists():
        with path.open("rb") as source:
            return read_po(source, locale=locale, domain=DOMAIN)
    empty = Catalog(locale=locale, domain=DOMAIN, project="Qabul", version="1", charset="utf-8", fuzzy=False)
    empty.header_comment = (
        f"# Qabul in {language}: bot, web pages and notices. `make catalogue` keeps it complete."
    )
    empty.last_translator = empty.language_team = empty.msgid_bugs_address = "Qabul"
    return empty


def update() -> list[Path]:
    """Brings every `.po` up to date with the code; returns those that changed."""
    sentences = extract()
    return [po_path(language) for language in LANGUAGES if update_one(language, sentences)]


def update_one(language: str, sentences: Catalog) -> bool:
    catalogue, path = read(language), po_path(language)
    catalogue.update(sentences, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    if path.exists() and DATES.sub(b"", path.read_bytes()) == DATES.sub(b"", written.getvalue()):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
    return True


def absent(language: str, sentences: Catalog) -> list[str]:
    """Sentences of the code that the language's file does not even list."""
    catalogue = read(language)
    return [str(message.id) for message in sentences if message.id and catalogue.get(key(message)) is None]


def untranslated(language: str) -> list[str]:
    """Sentences listed without a translation, or with a doubtful one."""
    return [
        str(message.id) for message in entries(read(language)) if not all(forms(message)) or message.fuzzy
    ]


def broken(language: str) -> list[str]:
    """Translations that would fail on the page: other placeholders, or the wrong number of plurals."""
    catalogue = read(language)
    found = []
    for message in entries(catalogue):
        strings = forms(message)
        if not any(strings):
            continue
        if message.pluralizable and len(strings) != catalogue.num_plurals:
            found.append(f"{message.id}: {len(strings)} plural forms, {language} has {catalogue.num_plurals}")
        allowed = holes(message)
        for string in strings:
            # A plural form may leave the number out ("one day"), but may not ask for what is never given.
            given, needed = set(HOLE.findall(string)), allowed - ({"num"} if message.pluralizable else set())
            if not needed <= given <= allowed:
                found.append(
                    f"{message.id!r} -> {string!r}: placeholders {sorted(given)}, not {sorted(allowed)}"
                )
    return found


def entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def holes(message: Message) -> set[str]:
    ids = [message.id] if isinstance(message.id, str) else message.id
    return {name for one in ids for name in HOLE.findall(one)}


def check() -> list[str]:
    sentences = extract()
    problems = []
    for language in LANGUAGES:
        problems += [
            f"{language}: not in the file (run `make catalogue`): {one}"
            for one in absent(language, sentences)
        ]
        problems += [f"{language}: {one}" for one in broken(language)]
    return problems


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            lines = [f"updated {path.relative_to(ROOT)}" for path in update()] or ["nothing changed"]
        case ["missing", language] if language in LANGUAGES:
            lines = untranslated(language)
        case ["check"]:
            lines = check()
        case _:
            lines = [(__doc__ or "").strip()]
    print("\n".join(lines))
    return 1 if arguments == ["check"] and lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
