"""From a pack to what the router is built from."""

from collections.abc import Iterator, Mapping

from knowledge.schema import HOKIMIYAT, FaqEntry, Pack
from routing.types import Entry

#: Ids of matters that belong to a local body not yet known; the place in the text or residence decides.
LOCAL_IDS: Mapping[str, str] = {"region": f"{HOKIMIYAT}_region", "district": f"{HOKIMIYAT}_district"}


def faq_entries(pack: Pack) -> list[Entry]:
    """Every title and every phrasing of every answer, under the answer's id."""
    return [entry for faq in pack.faq for entry in entries_of(faq)]


def entries_of(faq: FaqEntry) -> Iterator[Entry]:
    """One answer's; people may ask in a language that it has no title in."""
    for lang in dict.fromkeys((*faq.title, *faq.phrasings)):
        title = (faq.title[lang],) if lang in faq.title else ()
        texts = dict.fromkeys((*title, *faq.phrasings.get(lang, ())))
        yield from (Entry(faq.id, text, "faq", lang) for text in texts)


def agency_entries(pack: Pack, *, hokimiyats: bool = False) -> list[Entry]:
    """Names and competences of the bodies, under their codes.

    Two hundred local bodies share one competence and differ only by place, which words cannot decide
    between. So local matters come under `hokimiyat_region` and `hokimiyat_district`, to be resolved with
    `Pack.hokimiyat(soato)`. With `hokimiyats` the name of each local body is added under its own code.
    """
    return [*_bodies(pack), *_local(pack), *(_hokimiyat_names(pack) if hokimiyats else ())]


def _entries(code: str, texts: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    for lang, phrases in texts.items():
        yield from (Entry(code, phrase, "agency", lang) for phrase in phrases)


def _bodies(pack: Pack) -> Iterator[Entry]:
    for agency in pack.agencies:
        if agency.kind == "local" or agency.valid_to is not None:
            continue
        yield from _entries(agency.code, {lang: (name,) for lang, name in agency.name.items()})
        yield from _entries(agency.code, agency.keywords)


def _local(pack: Pack) -> Iterator[Entry]:
    for level, template in pack.local.items():
        yield from _entries(LOCAL_IDS[level], template.keywords)


def _hokimiyat_names(pack: Pack) -> Iterator[Entry]:
    for agency in pack.agencies:
        if agency.kind == "local":
            yield from _entries(agency.code, {lang: (name,) for lang, name in agency.name.items()})
