"""The library as a country pack's folder: read with the line of every fault, written as a pack again."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from hub.library import content as contents
from hub.library.brought import Brought, Problems
from hub.library.entry_views import EntryContent
from knowledge.entries import LOCAL_IDS
from knowledge.files import Document, PackError, read_yaml
from knowledge.schema import Agency, FaqEntry, LocalTemplate, Pack

ANSWERS, BODIES, RETIRED = "faq", "agencies.yaml", "retired.yaml"


def read_folder(folder: Path, pack: Pack, problems: Problems) -> list[Brought]:
    """A pack's folder, or a folder or file with answers alone. Of bodies only the words are brought."""
    if folder.is_file():
        return list(_answers([folder], problems))
    answers = folder / ANSWERS if (folder / ANSWERS).is_dir() else folder
    files = [path for path in sorted(answers.glob("*.yaml")) if path.name not in (BODIES, RETIRED)]
    found = list(_answers(files, problems)) if answers != folder or not _is_pack(folder) else []
    for name, read in ((BODIES, _bodies), (RETIRED, _retired)):
        if (folder / name).exists():
            try:
                document = read_yaml(folder / name)
                found += read(document, pack, problems)
            except PackError as error:
                problems.add(*_told(error))
    if not found and not problems.found:
        problems.add(folder.name, "there are no entries in this folder")
    return found


def _is_pack(folder: Path) -> bool:
    return (folder / "pack.toml").exists()


def _told(error: PackError) -> tuple[str, str]:
    where = f"{error.path.name}:{error.line}" if error.line else error.path.name
    return where, error.message


def _answers(files: Iterable[Path], problems: Problems) -> Iterator[Brought]:
    for path in files:
        try:
            document = read_yaml(path)
            values = document.section("entries", list)
        except PackError as error:
            problems.add(*_told(error))
            continue
        for number, value in enumerate(values):
            if problems.full:
                return
            try:
                faq = document.build(FaqEntry, ("entries", number), value)
            except PackError as error:
                problems.add(*_told(error))
                continue
            where = f"{path.name}:{document.line(('entries', number))}"
            yield Brought(where, faq.id, contents.of_answer(faq))


def _bodies(document: Document, pack: Pack, problems: Problems) -> Iterator[Brought]:
    for number, value in enumerate(document.section("agencies", list)):
        where = f"{document.path.name}:{document.line(('agencies', number))}"
        try:
            agency = document.build(Agency, ("agencies", number), value)
        except PackError as error:
            problems.add(*_told(error))
            continue
        known = pack.agency_by_code.get(agency.code)
        if known is None or _but_words(known) != _but_words(agency):
            problems.add(
                where, f"{agency.code}: bodies come from the country pack; here only their words may differ"
            )
        elif (shipped := contents.of_words(pack, agency.code)) is not None:
            yield _words(where, agency.code, shipped, agency.keywords)
    yield from _templates(document, pack, problems)


def _templates(document: Document, pack: Pack, problems: Problems) -> Iterator[Brought]:
    given = document.data.get("local")
    for level, code in LOCAL_IDS.items():
        shipped = contents.of_words(pack, code)
        if not isinstance(given, dict) or level not in given or shipped is None:
            continue
        try:
            template = document.build(LocalTemplate, ("local", level), given[level])
        except PackError as error:
            problems.add(*_told(error))
            continue
        where = f"{document.path.name}:{document.line(('local', level))}"
        yield _words(where, code, shipped, template.keywords)


def _words(where: str, code: str, shipped: EntryContent, keywords: Mapping[str, tuple[str, ...]]) -> Brought:
    return Brought(where, code, replace(shipped, texts=contents.word_texts(keywords)))


def _but_words(agency: Agency) -> Agency:
    """Numbers stand in a file of their own, so they are not compared either."""
    return agency.model_copy(update={"keywords": {}, "contact": ()})


def _retired(document: Document, pack: Pack, problems: Problems) -> Iterator[Brought]:
    for number, code in enumerate(document.section("retired", list)):
        where = f"{document.path.name}:{document.line(('retired', number))}"
        if not isinstance(code, str) or not code:
            problems.add(where, "expected the code of an entry")
            continue
        kind = "agency" if contents.of_words(pack, code) else "faq"
        nothing = EntryContent("agency" if kind == "agency" else "faq", "", None, "", None, ())
        yield Brought(where, code, nothing, retired=True)


def write_folder(
    folder: Path, pack: Pack, entries: Mapping[str, EntryContent], retired: Iterable[str]
) -> None:
    """A whole pack: the shipped one's files, with these answers and words in the place of its own."""
    shutil.copytree(
        pack.folder,
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(ANSWERS, RETIRED, "__pycache__", "*.pyc"),
    )
    by_topic: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for code in sorted(entries):
        if entries[code].kind == "faq":
            by_topic[entries[code].topic].append(_answer(code, entries[code]))
    (folder / ANSWERS).mkdir(exist_ok=True)
    for topic, answers in by_topic.items():
        _write(folder / ANSWERS / f"{topic}.yaml", {"entries": answers})
    _write_bodies(folder / BODIES, pack, entries)
    if codes := sorted(retired):
        _write(folder / RETIRED, {"retired": codes})


def _answer(code: str, content: EntryContent) -> dict[str, Any]:
    faq = contents.as_answer(code, content)
    return {key: _plain(value) for key, value in faq.model_dump().items() if value not in (None, {}, ())} | {
        "phrasings": _plain(faq.phrasings)
    }


def _write_bodies(path: Path, pack: Pack, entries: Mapping[str, EntryContent]) -> None:
    """As shipped, comments and all, unless a body has other words."""
    data = read_yaml(path).data
    changed = False
    for body in data["agencies"]:
        changed |= _reworded(body, body["code"], pack, entries)
    for level, template in data.get("local", {}).items():
        changed |= _reworded(template, LOCAL_IDS.get(level, ""), pack, entries)
    if changed:
        _write(path, _plain(data))


def _reworded(body: dict[str, Any], code: str, pack: Pack, entries: Mapping[str, EntryContent]) -> bool:
    shipped = contents.of_words(pack, code)
    if shipped is None:
        return False
    words = contents.as_words(entries[code]) if code in entries else {}
    if words == contents.as_words(shipped):
        return False
    body["keywords"] = _plain(words)
    return True


def _plain(value: Any) -> Any:
    """Only what YAML writes without tags."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _write(path: Path, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8")
