"""Local executive bodies: one for each region and district, made from the territory's row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from knowledge.schema import (
    HOKIMIYAT,
    Agency,
    District,
    HokimiyatNaming,
    LocalTemplate,
    PackInfo,
    Region,
    Texts,
)


def local_name(naming: HokimiyatNaming, territory: str) -> str:
    """The body's name: the territory's name put through the language's replacements, then the template."""
    for pattern, replacement in naming.replace:
        territory = re.sub(pattern, replacement, territory)
    return naming.template.format(name=territory)


def _names(info: PackInfo, territory: Texts) -> dict[str, str]:
    return {
        lang: local_name(info.hokimiyat[lang], name)
        for lang, name in territory.items()
        if lang in info.hokimiyat
    }


def make_hokimiyats(
    info: PackInfo,
    regions: Iterable[Region],
    districts: Iterable[District],
    local: Mapping[Literal["region", "district"], LocalTemplate],
    taken: frozenset[str],
) -> Iterator[Agency]:
    """Bodies `hokimiyat:<SOATO>`; a district's parent is its region's. Codes in `taken` are left out."""
    territories: tuple[Region | District, ...] = (*regions, *districts)
    for territory in territories:
        level: Literal["region", "district"] = "region" if isinstance(territory, Region) else "district"
        code = f"{HOKIMIYAT}:{territory.code}"
        if code in taken:
            continue
        template = local[level]
        yield Agency(
            code=code,
            kind="local",
            name=_names(info, territory.name),
            sphere=template.sphere,
            parent=f"{HOKIMIYAT}:{territory.region}" if isinstance(territory, District) else None,
            soato=territory.code,
            keywords=template.keywords,
            source_note=template.source_note,
        )
