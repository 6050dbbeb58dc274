"""Whether the parts of a pack fit together: what `qabul knowledge check` prints."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.entries import LOCAL_IDS
from knowledge.schema import Agency, Pack
from routing.normalize import fold


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair. `where` names the part (`faq appeal-kinds`), `message` what is wrong with it."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def check(pack: Pack) -> list[Problem]:
    """Everything in the pack that contradicts itself or is missing; an empty list is a usable pack."""
    return [
        *_check_info(pack),
        *_check_ids(pack),
        *_check_translations(pack),
        *_check_agencies(pack),
        *_check_territories(pack),
        *_check_faq(pack),
        *_check_emergency(pack),
    ]


def _check_info(pack: Pack) -> Iterator[Problem]:
    info = pack.info
    if info.default_language not in info.languages:
        yield Problem("pack", f"default language {info.default_language} is not one of its languages")
    if info.triage not in pack.agency_by_code:
        yield Problem("pack", f"triage body {info.triage} is not among the agencies")
    for lang in info.languages:
        if pack.local and lang not in info.hokimiyat:
            yield Problem("pack", f"no naming of hokimiyats in {lang}")
    if not pack.calendar_file.is_file():
        yield Problem("pack", f"calendar {pack.calendar_file.name} is missing")
    if not (pack.folder / "policies" / f"{info.policy}.toml").is_file():
        yield Problem("pack", f"policy {info.policy} is missing")


def _check_ids(pack: Pack) -> Iterator[Problem]:
    """Answers and bodies share the router's one space of ids."""
    routed = [f.id for f in pack.faq] + [a.code for a in pack.agencies] + list(LOCAL_IDS.values())
    spaces: Mapping[str, Iterable[str]] = {
        "id": routed,
        "topic": [topic.code for topic in pack.topics],
        "territory": [region.code for region in pack.regions] + [unit.code for unit in pack.districts],
        "emergency rule": [rule.id for rule in pack.emergency.rules],
    }
    for space, ids in spaces.items():
        for value, count in Counter(ids).items():
            if count > 1:
                yield Problem(f"{space} {value}", f"is given {count} times")


def _texts(pack: Pack) -> Iterator[tuple[str, Mapping[str, object]]]:
    yield "pack name", pack.info.name
    for topic in pack.topics:
        yield f"topic {topic.code}", topic.name
    for region in pack.regions:
        yield f"region {region.code}", region.name
    for district in pack.districts:
        yield f"district {district.code}", district.name
    for agency in pack.agencies:
        yield f"agency {agency.code}", agency.name
        if agency.code != pack.info.triage:
            yield f"agency {agency.code} keywords", agency.keywords
    for faq in pack.faq:
        yield f"faq {faq.id} title", faq.title
        yield f"faq {faq.id} phrasings", faq.phrasings
        yield f"faq {faq.id} answer", faq.answer
    for number in pack.emergency.numbers:
        yield f"emergency number {number.number}", number.name
    for rule in pack.emergency.rules:
        yield f"emergency {rule.id} phrases", rule.phrases
        yield f"emergency {rule.id} reply", rule.reply


def _check_translations(pack: Pack) -> Iterator[Problem]:
    for where, texts in _texts(pack):
        missing = [lang for lang in pack.info.languages if not texts.get(lang)]
        unknown = [lang for lang in texts if lang not in pack.info.languages]
        if missing:
            yield Problem(where, f"no text in {', '.join(missing)}")
        if unknown:
            yield Problem(where, f"unknown language {', '.join(unknown)}")


def _check_agencies(pack: Pack) -> Iterator[Problem]:
    topics = {topic.code for topic in pack.topics}
    for agency in pack.agencies:
        where = f"agency {agency.code}"
        if agency.sphere not in topics:
            yield Problem(where, f"unknown sphere {agency.sphere}")
        for relation, code in (("parent", agency.parent), ("successor", agency.successor)):
            if code is not None and code not in pack.agency_by_code:
                yield Problem(where, f"unknown {relation} {code}")
        if _in_cycle(pack, agency):
            yield Problem(where, "stands above itself")
        if agency.valid_from and agency.valid_to and agency.valid_from > agency.valid_to:
            yield Problem(where, "ends before it begins")
    for line in pack.helplines:
        if line.agency is not None and line.agency not in pack.agency_by_code:
            yield Problem(f"helpline {line.number}", f"unknown agency {line.agency}")


def _in_cycle(pack: Pack, agency: Agency) -> bool:
    return agency.parent == agency.code or pack.is_under(agency.code, agency.code)


def _check_territories(pack: Pack) -> Iterator[Problem]:
    for district in pack.districts:
        if district.region not in pack.region_by_code:
            yield Problem(f"district {district.code}", f"unknown region {district.region}")
        elif not district.code.startswith(district.region):
            yield Problem(
                f"district {district.code}", f"its code does not begin with region {district.region}"
            )


def _check_faq(pack: Pack) -> Iterator[Problem]:
    topics = {topic.code for topic in pack.topics}
    asked: dict[str, str] = {}
    for faq in pack.faq:
        where = f"faq {faq.id}"
        if faq.topic not in topics:
            yield Problem(where, f"unknown topic {faq.topic}")
        if faq.agency is not None and faq.agency not in pack.agency_by_code:
            yield Problem(where, f"unknown agency {faq.agency}")
        for lang in faq.title:
            for text in (faq.title[lang], *faq.phrasings.get(lang, ())):
                owner = asked.setdefault(fold(text), faq.id)
                if owner != faq.id:
                    yield Problem(where, f"“{text}” is also asked under {owner}")


def _check_emergency(pack: Pack) -> Iterator[Problem]:
    known = {number.number for number in pack.emergency.numbers}
    for rule in pack.emergency.rules:
        for number in rule.numbers:
            if number not in known:
                yield Problem(f"emergency {rule.id}", f"unknown number {number}")
