"""From the files of a pack to one validated, immutable `Pack`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from knowledge.files import Document, PackError, build_row, read_csv, read_toml, read_yaml
from knowledge.hokimiyats import make_hokimiyats
from knowledge.schema import (
    Agency,
    Courtesies,
    District,
    Emergency,
    EmergencyNumber,
    EmergencyRule,
    FaqEntry,
    Helpline,
    LocalTemplate,
    Pack,
    PackInfo,
    Region,
    SourceRule,
    Topic,
)

PACKS = Path(__file__).parent / "packs"
NAME_COLUMNS = {
    "uz-Latn": "name_uz_latn",
    "uz-Cyrl": "name_uz_cyrl",
    "ru": "name_ru",
    "kaa": "name_kaa",
    "en": "name_en",
}
Level = Literal["region", "district"]
Built = TypeVar("Built", bound=BaseModel)


def load_pack(code: str | Path) -> Pack:
    """The pack with this code, or the pack in this directory.

    A string with a path separator, or a `Path`, is a directory; anything else is the code of a pack that
    ships with the product. PackError (file, line, reason) if a file is missing or has the wrong shape;
    whether the parts fit together is asked of `knowledge.check.check`.
    """
    folder = PACKS / code if isinstance(code, str) and "/" not in code and "\\" not in code else Path(code)
    if not folder.is_dir():
        raise PackError(folder, None, "there is no such country pack")
    info = _read_info(folder)
    helplines = tuple(_read_helplines(folder / "helplines.csv"))
    regions = tuple(_read_regions(folder / "regions.csv", info))
    districts = tuple(_read_districts(folder / "districts.csv", info))
    document = read_yaml(folder / "agencies.yaml")
    bodies = tuple(_read_agencies(document, helplines))
    local = _read_local(document)
    taken = frozenset(body.code for body in bodies)
    hokimiyats = make_hokimiyats(info, regions, districts, local, taken) if local else ()
    return Pack(
        folder=folder,
        info=info,
        topics=tuple(_read_list(read_yaml(folder / "topics.yaml"), "topics", Topic)),
        regions=regions,
        districts=districts,
        agencies=(*bodies, *hokimiyats),
        local=local,
        helplines=helplines,
        faq=tuple(_read_faq(folder / "faq")),
        emergency=_read_emergency(folder / "emergency.yaml"),
        sources=_read_sources(folder / "sources.yaml"),
        courtesies=_read_courtesies(folder / "courtesies.yaml"),
    )


def _read_info(folder: Path) -> PackInfo:
    document = read_toml(folder / "pack.toml")
    return document.build(PackInfo, (), document.data)


def _read_list(document: Document, section: str, model: type[Built]) -> Iterable[Built]:
    for number, value in enumerate(document.section(section, list)):
        yield document.build(model, (section, number), value)


def _read_agencies(document: Document, helplines: tuple[Helpline, ...]) -> Iterable[Agency]:
    for number, value in enumerate(document.section("agencies", list)):
        code = value.get("code") if isinstance(value, dict) else None
        contact = tuple(line for line in helplines if line.agency == code)
        yield document.build(Agency, ("agencies", number), value, contact=contact)


def _read_local(document: Document) -> dict[Level, LocalTemplate]:
    if not isinstance(document.data.get("local"), dict):
        return {}
    levels: tuple[Level, Level] = ("region", "district")
    found = document.data["local"]
    return {level: document.build(LocalTemplate, ("local", level), found.get(level)) for level in levels}


def _read_faq(folder: Path) -> Iterable[FaqEntry]:
    for path in sorted(folder.glob("*.yaml")):
        yield from _read_list(read_yaml(path), "entries", FaqEntry)


def _read_emergency(path: Path) -> Emergency:
    document = read_yaml(path)
    return Emergency(
        numbers=tuple(_read_list(document, "numbers", EmergencyNumber)),
        rules=tuple(_read_list(document, "rules", EmergencyRule)),
    )


def _read_sources(path: Path) -> tuple[SourceRule, ...]:
    """A pack may do without: then sources are shown as they are written."""
    return tuple(_read_list(read_yaml(path), "rules", SourceRule)) if path.exists() else ()


def _read_courtesies(path: Path) -> Courtesies:
    if not path.exists():
        return Courtesies()
    document = read_yaml(path)
    return document.build(Courtesies, (), document.data)


def _read_helplines(path: Path) -> Iterable[Helpline]:
    for line, row in read_csv(path, ("number", "agency", "name", "source", "source_year", "status")):
        values: dict[str, Any] = {key: value or None for key, value in row.items()}
        yield build_row(Helpline, path, line, values)


def _names(row: dict[str, str], info: PackInfo) -> dict[str, str]:
    columns = {lang: NAME_COLUMNS[lang] for lang in info.languages if lang in NAME_COLUMNS}
    return {lang: row[column] for lang, column in columns.items() if row.get(column)}


def _read_regions(path: Path, info: PackInfo) -> Iterable[Region]:
    for line, row in read_csv(path, ("soato", "kind")):
        values = {"code": row["soato"], "kind": row["kind"], "name": _names(row, info)}
        yield build_row(Region, path, line, values)


def _read_districts(path: Path, info: PackInfo) -> Iterable[District]:
    for line, row in read_csv(path, ("soato", "region_soato", "kind", "soato_unverified")):
        values = {
            "code": row["soato"] or row["soato_unverified"],
            "region": row["region_soato"],
            "kind": row["kind"],
            "name": _names(row, info),
            "alias": row.get("name_2026") or None,
            "latitude": row.get("lat") or None,
            "longitude": row.get("lon") or None,
            "verified": bool(row["soato"]),
            "common_word": row.get("common_word") == "1",
        }
        yield build_row(District, path, line, values)
