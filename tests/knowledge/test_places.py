"""Where a citizen lives, or where it hurts, said in any script."""

import pytest

from knowledge.places import district_of, find_place
from knowledge.schema import Pack


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Beruniy tumani, Shimom MFY", "1735207"),
        ("Беруний туманида сув йўқ", "1735207"),
        ("живу в Берунийском районе", "1735207"),
        ("Beruniy rayonında suw joq", "1735207"),
        ("no water in Beruniy District", "1735207"),
        ("г. Ташкент, Чиланзар 5", "1726294"),
        ("Toshkent shahri Chilonzor tumani", "1726294"),
        ("Yunusobodda axlat olib ketilmayapti", "1726266"),
        ("юнусабад 4 квартал", "1726266"),
        ("Sergeli 7", "1726283"),
        ("Коканд", "1730405"),
        ("Nókiste svet joq", "1735401"),
        ("в городе Нукусе", "1735401"),
        ("Nukus tumani", "1735225"),
        ("Andijon viloyati Boʻston tumani", "1703209"),
        ("Andijon, Shahrixon", "1703230"),
        ("Samarqand viloyati Kattaqo'rg'on", "1718406"),
        ("Pop tumani", "1714219"),
    ],
)
def test_a_district_is_found(uz: Pack, text: str, code: str) -> None:
    assert district_of(uz, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Navoiy viloyati", "1712"),
        ("в Ташкентской области", "1727"),
        ("Toshkentda yashayman", "1726"),
        ("Каракалпакстан", "1735"),
        ("Samarqand viloyati Guliston mahallasi", "1718"),
    ],
)
def test_a_region_is_found_when_no_district_is_named(uz: Pack, text: str, code: str) -> None:
    assert district_of(uz, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Navoiy koʻchasi 5-uy",
        "улица Мирзо Улугбека",
        "Oʻzbekiston fuqarosiman",
        "kitob oʻqiyapman",
        "Asakabank kredit bermayapti",
        "🙂🙂🙂",
    ],
)
def test_a_street_a_country_or_a_book_is_not_a_district(uz: Pack, text: str) -> None:
    assert district_of(uz, text) is None


def test_every_territory_finds_itself_by_every_name(uz: Pack) -> None:
    for district in uz.districts:
        assert {district_of(uz, name) for name in district.name.values()} == {district.code}
    for region in uz.regions:
        assert {district_of(uz, name) for name in region.name.values()} == {region.code}


def test_a_match_shows_the_words_and_whether_the_kind_was_said(uz: Pack) -> None:
    first, second = find_place(uz, "Samarqand viloyati, Urgutdan yozyapman")
    assert (first.code, first.kind, first.explicit, first.text) == ("1718", "region", True, "Samarqand")
    assert (second.code, second.kind, second.explicit, second.text) == (
        "1718236",
        "district",
        False,
        "Urgutdan",
    )


def test_a_very_long_text_names_a_bounded_number_of_places(uz: Pack) -> None:
    assert len(find_place(uz, "Toshkent Andijon " * 5000)) == 20
