"""Letters: folding for matching, and both alphabets for people."""

import json
from pathlib import Path

import pytest

from routing.normalize import fold
from routing.scripts import canonical_apostrophes, detect_script, identify_language, to_cyrillic, to_latin
from tests.routing import pack


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oʻzbekiston", "Ўзбекистон"),
        ("o'g'il", "oʻgʻil"),
        ("o‘g‘il", "o`g´il"),
        ("oʼgʼil", "ogil"),
        ("sanʼat", "санъат"),
        ("qishloq", "кишлок"),
        ("xizmat", "hizmat"),
        ("yer", "ер"),
        ("сууууув", "сув"),
        ("cув", "сув"),  # the first c is Latin
        ("bo6", "bosh"),
        ("4iqindi", "chiqindi"),
        ("suw", "суў"),
        ("alıw", "алыў"),
        ("jańa máhálle", "жаңа мәҳәлле"),
        ("ＦＵＬＬＷＩＤＴＨ", "fullwidth"),
        ("подъезд", "podezd"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_digits_beside_words_stay_digits() -> None:
    assert fold("4-maktab, 6ta, covid19, 146") == "4 maktab 6ta covid19 146"


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekiston Respublikasi", "Ўзбекистон Республикаси"),
        ("Sharq, SHAHAR, OʻZBEK", "Шарқ, ШАҲАР, ЎЗБЕК"),
        ("yoʻl, yoshlar, yer, poyezd", "йўл, ёшлар, ер, поезд"),
        ("ekologiya, aeroport, eʼlon", "экология, аэропорт, эълон"),
        ("sanʼat, Isʼhoq", "санъат, Исҳоқ"),
        ("Konstitutsiya, litsenziyalar", "Конституция, лицензиялар"),
        ("obyektlar, premyera, Yevropa", "объектлар, премьера, Европа"),
        ("sentabr, 1-sentabrda, iyul", "сентябрь, 1-сентябрда, июль"),
        ("XIX asr", "XIX аср"),
    ],
)
def test_uzbek_is_written_both_ways(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize("texts", pack.QUESTIONS.values())
def test_letters_come_back(texts: tuple[str, ...]) -> None:
    uzbek, _, karakalpak, _ = texts
    assert to_latin(to_cyrillic(uzbek)) == canonical_apostrophes(uzbek)
    assert to_latin(to_cyrillic(karakalpak, "kaa"), "kaa") == karakalpak
    assert fold(to_cyrillic(uzbek)) == fold(uzbek)
    assert fold(to_cyrillic(karakalpak, "kaa")) == fold(karakalpak)


def test_what_is_not_language_is_left_alone() -> None:
    latin = (
        "Raqam %(number)s, {name}, 100%% tayyor: <b>javob</b> https://my.gov.uz/uz?a=b sahifasida, "
        "info@example.uz, @kanal, /my va &nbsp; PDF"
    )
    assert to_cyrillic(latin) == (
        "Рақам %(number)s, {name}, 100%% тайёр: <b>жавоб</b> https://my.gov.uz/uz?a=b саҳифасида, "
        "info@example.uz, @kanal, /my ва &nbsp; PDF"
    )


def test_apostrophes_become_canonical() -> None:
    assert canonical_apostrophes("O'zbek, g‘oya, san'at, a`lo") == "Oʻzbek, gʻoya, sanʼat, aʼlo"


@pytest.mark.parametrize(
    ("text", "script"), [("suv", "Latn"), ("сув", "Cyrl"), ("123 !", None), ("", None), ("Ўзбек PDF", "Cyrl")]
)
def test_the_script_is_the_one_with_more_letters(text: str, script: str | None) -> None:
    assert detect_script(text) == script


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("uz-Latn", ["suv yoq", "Gaz kelmayapti", "pensiya qachon beriladi", "pasport olish uchun"]),
        ("uz-Cyrl", ["сув йўқ", "газ келмаяпти", "пенсия қачон берилади", "кандай килиб ариза берсам"]),
        ("ru", ["нет воды", "когда дадут свет", "здравствуйте", "как получить паспорт", "яма на дороге"]),
        ("kaa", ["suw joq", "gaz kelmey atır", "pensiya qashan beriledi", "сәлем", "паспорт алыў ушын"]),
        ("en", ["no water", "when is the pension paid", "how to get a passport", "road is broken"]),
        (None, ["", "12345", "😀", "qwrtplk"]),
    ],
)
def test_the_language_of_a_short_message(language: str | None, texts: list[str]) -> None:
    assert [identify_language(text) for text in texts] == [language] * len(texts)


@pytest.mark.parametrize("texts", [*pack.QUESTIONS.values()])
def test_the_languages_of_the_pack_are_told_apart(texts: tuple[str, ...]) -> None:
    assert [identify_language(text) for text in texts] == list(pack.LANGUAGES)
    assert identify_language(to_cyrillic(texts[0])) == "uz-Cyrl"
    assert identify_language(to_cyrillic(texts[2], "kaa")) == "kaa"


def test_languages_are_told_apart_in_messages_frozen_before_the_rules_were_changed() -> None:
    right: dict[str, list[bool]] = {}
    for line in (Path(__file__).parent / "data" / "languages.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        right.setdefault(row["lang"], []).append(identify_language(row["text"]) == row["lang"])
    every = [one for language in right.values() for one in language]
    assert sum(every) >= 0.95 * len(every)
    assert all(sum(language) >= 0.9 * len(language) for language in right.values())


@pytest.mark.parametrize(
    ("text", "language"),
    [("rjulf dthyen cdtn", "ru"), ("цруку вщ Ш зфн ефч", "en"), ("gjxtve ytn djls", "ru")],
)
def test_a_text_on_the_wrong_keyboard_has_the_language_that_was_meant(text: str, language: str) -> None:
    assert identify_language(text) == language
