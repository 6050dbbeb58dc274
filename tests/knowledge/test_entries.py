"""What the router learns from the pack, and that it learns it."""

from collections import Counter

import pytest

from knowledge.entries import agency_entries, faq_entries
from knowledge.schema import Pack
from routing import Router


@pytest.fixture(scope="module")
def router(uz: Pack) -> Router:
    return Router.build([*faq_entries(uz), *agency_entries(uz)])


def test_every_phrasing_becomes_an_entry_of_its_answer(uz: Pack) -> None:
    entries = faq_entries(uz)
    assert {entry.kind for entry in entries} == {"faq"}
    assert {entry.id for entry in entries} == {faq.id for faq in uz.faq}
    assert {entry.lang for entry in entries} == set(uz.info.languages)
    assert min(Counter(entry.id for entry in entries).values()) >= 20


def test_bodies_come_by_name_and_by_what_they_do(uz: Pack) -> None:
    entries = agency_entries(uz)
    assert {entry.kind for entry in entries} == {"agency"}
    texts = {(entry.id, entry.text) for entry in entries}
    assert ("health", "Ministry of Health") in texts
    assert ("energy", "svet yoʻq") in texts
    assert ("reception", "Виртуальная приёмная") in texts


def test_local_matters_come_once_and_not_two_hundred_times(uz: Pack) -> None:
    plain = {entry.id for entry in agency_entries(uz)}
    assert {"hokimiyat_region", "hokimiyat_district"} <= plain
    assert not any(code.startswith("hokimiyat:") for code in plain)
    named = {entry.id for entry in agency_entries(uz, hokimiyats=True)}
    assert sum(code.startswith("hokimiyat:") for code in named) == 222


def test_every_title_finds_its_own_answer(uz: Pack, router: Router) -> None:
    lost = [
        (faq.id, lang)
        for faq in uz.faq
        for lang, title in faq.title.items()
        if router.rank(title, k=1)[0].id != faq.id
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("uyimizda svet yo'q uch kundan beri", "energy"),
        ("Свет йўқ, трансформатор куйган", "energy"),
        ("в школе собирают деньги на ремонт", "school_education"),
        ("issi suw joq, batareya suwıq", "construction_housing"),
        ("they do not give my child a place in kindergarten", "school_education"),
        ("ekin suvi kelmayapti, ariqda suv yoq", "water"),
        ("koʻchamizda chiroqlar yonmayapti, axlat yigʻilib qolgan", "hokimiyat_district"),
        ("kartamdan pul yechilib ketdi", "central_bank"),
    ],
)
def test_a_citizens_words_lead_to_the_body(router: Router, text: str, code: str) -> None:
    ranked = [match.id for match in router.rank(text, k=20) if not match.id.startswith("who-")]
    assert ranked[0] == code
