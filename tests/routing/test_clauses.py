"""What a message denies, quotes or only stands near to is not what it is about."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.clauses import leave_out, said, weigh


@pytest.mark.parametrize(
    ("text", "kept", "lost"),
    [
        ("Suv emas, gaz masalasi", "gaz", "Suv"),
        ("Сув эмас, газ масаласи", "газ", "Сув"),
        ("Bu soliq masalasi emas. Ish haqi berilmayapti", "Ish haqi", "soliq"),
        ("не по поводу воды, а по поводу газа", "газа", "воды"),
        ("Дело не в налогах: банк списал деньги", "банк", "налогах"),
        ("Магазин тут ни при чём, таможня не отдаёт посылку", "таможня", "Магазин"),
        ("This is not about water, it is about gas", "gas", "water"),
        ("suw emes, gaz máselesi", "gaz", "suw"),
        (
            "soliq idorasi menga: 'mahallaga boring' dedi. Yer soligʻim ikki marta hisoblangan",
            "Yer",
            "mahallaga",
        ),
        ("Врач сказал: «обращайтесь в соцзащиту», а лекарств нет", "лекарств", "соцзащиту"),
        ("bank hokim yordamchisiga boring dedi, kredit bermayapti", "kredit", "hokim"),
        ("street lamp near the school does not light", "lamp", "school"),
        ("мактаб ёнида ахлат уюлиб ётибди", "ахлат", "мактаб"),
        ("возле детского сада не горят фонари", "фонари", "сада"),
        ("mektep janında shıǵındı", "shıǵındı", "mektep"),
        ("gaz bor, svet bor, faqat suv yoʻq", "suv", "gaz"),
        ("Chilonzor, 12-uy, 5-xonadon. Lift ishlamayapti", "Lift", "xonadon"),
    ],
)
def test_what_it_is_not_about_is_left_out(text: str, kept: str, lost: str) -> None:
    assert kept in said(text)
    assert lost not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "suv toza emas, bolalar kasal boʻlyapti",
        "не работает лифт, а управляющая компания молчит",
        "вода есть, но ржавая",
        "не в первый раз отключают свет",
        "It is not the first time the water is off",
        "не вывозят мусор, не горят фонари",
        "mashina kelgan emas",
        "suv bor, bosim yoʻq",
    ],
)
def test_a_matter_is_never_taken_for_a_denial(text: str) -> None:
    assert said(text) == text


def test_nothing_but_a_denial_or_an_address_says_nothing() -> None:
    assert said("5-mavze 12-uy") == ""
    assert said("Suv haqida emas") == ""
    assert said("maktab yonida") == "maktab yonida", "a landmark is better than nothing"


def test_parts_can_be_left_out_by_their_role() -> None:
    text = "Samarqand haqida emas. Buxoroda maktab yonida chiroq yoʻq"
    assert "Samarqand" not in leave_out(text, "negated")
    assert "maktab" in leave_out(text, "negated")


@given(st.text(max_size=400))
def test_any_text_is_weighed(text: str) -> None:
    spans = weigh(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len(said(text)) <= len(text)
