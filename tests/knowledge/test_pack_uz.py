"""What the pack of Uzbekistan promises to the hub."""

import csv
import re
import tomllib
from datetime import date

import pytest

from knowledge.check import check
from knowledge.schema import Pack

LANGUAGES = ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en")
MINISTRY_OF_HEALTH = "health"


def test_nothing_in_it_contradicts_itself(uz: Pack) -> None:
    assert check(uz) == []


def test_it_says_what_country_it_is(uz: Pack) -> None:
    assert (uz.info.code, uz.info.prefix, uz.info.country) == ("uz", "UZ", "UZ")
    assert uz.info.timezone == "Asia/Tashkent"
    assert uz.info.languages == LANGUAGES


def test_all_territories_are_there(uz: Pack) -> None:
    assert len(uz.regions) == 14
    assert len(uz.districts) == 208
    assert sum(district.kind == "city" for district in uz.districts) == 31
    assert {d.code for d in uz.districts if not d.verified} == {"1710240", "1714401365", "1714401367"}


def test_every_territory_has_its_hokimiyat_below_the_right_one(uz: Pack) -> None:
    for region in uz.regions:
        body = uz.hokimiyat(region.code)
        assert body is not None
        assert body.parent is None
        assert set(body.name) == set(LANGUAGES)
    for district in uz.districts:
        body = uz.hokimiyat(district.code)
        assert body is not None
        assert body.parent == f"hokimiyat:{district.region}"
        assert body.soato == district.code
        assert set(body.name) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("soato", "names"),
    [
        (
            "1735207",
            {
                "uz-Latn": "Beruniy tumani hokimligi",
                "uz-Cyrl": "Беруний тумани ҳокимлиги",
                "ru": "Хокимият Берунийского района",
                "kaa": "Beruniy rayonı hákimligi",
                "en": "Hokimiyat of Beruniy District",
            },
        ),
        ("1726", {"uz-Latn": "Toshkent shahar hokimligi", "ru": "Хокимият города Ташкент"}),
        ("1703", {"ru": "Хокимият Андижанской области", "en": "Hokimiyat of Andijan Region"}),
        ("1735", {"en": "Council of Ministers of the Republic of Karakalpakstan"}),
    ],
)
def test_hokimiyats_have_natural_names(uz: Pack, soato: str, names: dict[str, str]) -> None:
    body = uz.hokimiyat(soato)
    assert body is not None
    assert {lang: body.name[lang] for lang in names} == names


def test_no_russian_name_of_a_hokimiyat_is_left_undeclined(uz: Pack) -> None:
    left = [
        d.code
        for d in uz.districts
        if re.search(r"ий район|ая область", uz.agency_by_code[f"hokimiyat:{d.code}"].name["ru"])
    ]
    assert left == []


def test_every_body_of_the_country_has_a_code_and_a_sphere(uz: Pack) -> None:
    bodies = {agency.code for agency in uz.agencies if agency.kind != "local"}
    assert {"health", "water", "construction_housing", "justice", "ombudsman", "reception"} <= bodies
    assert len(bodies) == 33
    spheres = {topic.code for topic in uz.topics}
    assert all(agency.sphere in spheres for agency in uz.agencies)


def test_citizens_words_describe_every_body_in_every_language(uz: Pack) -> None:
    for agency in uz.agencies:
        if agency.kind in ("local", "reception"):
            continue
        for lang in LANGUAGES:
            assert len(agency.keywords[lang]) >= 6, (agency.code, lang)


def test_the_triage_body_takes_what_nobody_else_has(uz: Pack) -> None:
    assert uz.triage.code == "reception"
    assert uz.triage.name["en"] == "Virtual reception"


def test_below_means_below_at_any_distance_and_never_itself(uz: Pack) -> None:
    beruniy, karakalpakstan = "hokimiyat:1735207", "hokimiyat:1735"
    assert uz.is_under(beruniy, karakalpakstan)
    assert not uz.is_under(karakalpakstan, beruniy)
    assert not uz.is_under(beruniy, beruniy)
    assert not uz.is_under(beruniy, MINISTRY_OF_HEALTH)
    assert not uz.is_under("no-such-body", karakalpakstan)
    assert uz.agency_by_code[beruniy] in uz.children(karakalpakstan)
    assert uz.agency_by_code[MINISTRY_OF_HEALTH] in uz.children(None)


def test_a_helpline_says_how_well_it_is_known(uz: Pack) -> None:
    justice = uz.agency_by_code["justice"].contact
    assert [(line.number, line.status) for line in justice] == [("1008", "official")]
    ombudsman = uz.agency_by_code["ombudsman"].contact
    assert [line.status for line in ombudsman] == ["unverified"]


def test_forty_answers_and_more_each_in_five_languages(uz: Pack) -> None:
    assert len(uz.faq) >= 40
    for faq in uz.faq:
        assert set(faq.title) == set(faq.answer) == set(faq.phrasings) == set(LANGUAGES), faq.id
        assert all(3 <= len(phrasings) <= 6 for phrasings in faq.phrasings.values()), faq.id
        assert faq.checked_on == date(2026, 11, 21)
        assert faq.source


def test_an_answer_about_the_law_names_the_article(uz: Pack) -> None:
    for faq in uz.faq:
        if faq.topic in ("appeals", "receptions"):
            assert re.search(r"ZRU-445, art\. \d", faq.source), faq.id


def test_no_answer_rests_on_an_unverified_number(uz: Pack) -> None:
    doubtful = [line.number for line in uz.helplines if line.status == "unverified"]
    for faq in uz.faq:
        for answer in faq.answer.values():
            assert not any(re.search(rf"\b{re.escape(number)}\b", answer) for number in doubtful), faq.id


def test_a_number_in_an_answer_belongs_to_the_body_it_names(uz: Pack) -> None:
    for faq in uz.faq:
        numbers = set(re.findall(r"\b1\d{3}\b", faq.answer["en"]))
        known = {line.number for line in uz.agency_by_code[faq.agency].contact} if faq.agency else set()
        assert numbers <= known, faq.id


def test_scripts_are_not_mixed_in_answers(uz: Pack) -> None:
    for faq in uz.faq:
        for lang, pattern in (("uz-Latn", r"[а-яё]"), ("kaa", r"[а-яё]|ʻ"), ("en", r"[а-яё]")):
            assert not re.search(pattern, faq.answer[lang], re.IGNORECASE), (faq.id, lang)
        assert not re.search(
            r"[a-z](?!\.)", faq.answer["uz-Cyrl"].replace("my.gov.uz", ""), re.IGNORECASE
        ) or ("ID" in faq.answer["uz-Cyrl"])
        assert not re.search(r"['‘’`]", faq.title["uz-Latn"] + faq.answer["uz-Latn"])


def test_danger_to_life_has_numbers_and_words_in_every_language(uz: Pack) -> None:
    assert {number.number for number in uz.emergency.numbers} == {"101", "102", "103", "104", "112"}
    assert {rule.id for rule in uz.emergency.rules} >= {
        "fire",
        "gas",
        "medical",
        "suicide",
        "violence",
        "child",
    }
    for rule in uz.emergency.rules:
        assert set(rule.phrases) == set(rule.reply) == set(LANGUAGES)
        assert any(number in rule.reply["en"] for number in rule.numbers)


def test_the_calendar_knows_holidays_estimates_and_worked_saturdays(uz: Pack) -> None:
    rows = {row["date"]: row for row in csv.DictReader(uz.calendar_file.open(encoding="utf-8"))}
    assert rows["2026-12-08"]["is_working"] == "0"
    assert rows["2026-12-12"]["is_working"] == "1"
    assert rows["2027-03-09"]["estimated"] == "1"
    assert all(row["source"] for row in rows.values())


def test_a_loaded_pack_cannot_be_changed(uz: Pack) -> None:
    with pytest.raises(ValueError, match="frozen"):
        uz.triage.kind = "other"  # type: ignore[misc]


def test_everything_ships_inside_the_package(uz: Pack) -> None:
    project = tomllib.loads((uz.folder.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["build-system"]["build-backend"] == "hatchling.build"
    assert (uz.folder.parent.parent / "__init__.py").is_file()
    assert len(list(uz.folder.glob("LICENSE.*.txt"))) == 2
