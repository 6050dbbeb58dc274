"""The right body from competences alone; what a message denies never decides; and how lessons help."""

from dataclasses import replace

import pytest

from hub.library.library import Library
from knowledge.schema import Pack
from routing.matters import split_matters
from tests.conftest import shared_library
from tests.knowledge.agency_figures import measure, messages, ranked
from tests.knowledge.learning_figures import Curve, learning_curve

#: Safely under what `python -m tests.knowledge.agency_figures` prints.
FLOORS = {"dev": 0.92, "frozen": 0.92, "dev-hard": 0.90, "frozen-hard": 0.85}

DENIALS = {
    "uz-Latn": "Bu {} masalasi emas. {}",
    "uz-Cyrl": "Бу {} масаласи эмас. {}",
    "ru": "Речь не о {}. {}",
    "kaa": "Bul {} máselesi emes. {}",
    "en": "This is not about {}. {}",
}


@pytest.mark.parametrize("part", FLOORS)
def test_the_right_body_comes_first(part: str) -> None:
    figures = measure(shared_library(), messages(part))
    assert figures.top1 >= FLOORS[part]
    assert figures.top3 >= 0.95


@pytest.mark.parametrize("lang", DENIALS)
def test_denying_a_matter_never_makes_its_body_first(lang: str) -> None:
    library = shared_library()
    bodies = [a for a in library.pack.agencies if a.kind != "local" and a.keywords.get(lang)][::3]
    own = [message for message in messages("dev") if message.lang == lang][:4]
    for message in own:
        first = ranked(library, message)[0]
        for agency in bodies:
            text = DENIALS[lang].format(agency.keywords[lang][0], message.text)
            after = ranked(library, replace(message, text=text))[0]
            assert after == first or after != agency.code, text


def test_one_matter_stays_one() -> None:
    library = shared_library()

    def judge(text: str) -> tuple[str, float] | None:
        best = library.best_agency(text, "1726294")
        return (best[0].code, best[2]) if best else None

    every = [message.text for part in FLOORS for message in messages(part)]
    assert [text for text in every if split_matters(text, judge)] == []


def test_an_address_alone_is_nobodys_matter() -> None:
    library = shared_library()
    for text in ("Chilonzor tumani 5-mavze 12-uy", "Чиланзарский район, улица Школьная, дом 5, кв 12"):
        assert library.best_agency(text, "1726294") is None


def test_a_local_matter_of_an_unknown_place_waits_for_the_place() -> None:
    library = shared_library()
    assert library.place("hokim qabuli qachon", None).local_unknown
    assert library.best_agency("hokim qabuli qachon", None) is None
    best = library.best_agency("hokim qabuli qachon", "1726294")
    assert best is not None
    assert best[0].code == "hokimiyat:1726294"


def test_the_same_text_is_ranked_once() -> None:
    library = Library.open("uz")
    for _again in range(3):
        library.place("suv yoʻq", "1726294")
        library.best_agency("suv yoʻq", "1726294")
    assert library.responsible.runs == 1


def test_lessons_raise_what_comes_first() -> None:
    curve: Curve = learning_curve(_pack(), (0, 100, 500))
    assert curve[100] >= curve[0] + 0.05
    assert curve[500] >= curve[100] + 0.05
    assert curve[500] >= 0.6


def _pack() -> Pack:
    return shared_library().pack
