"""Messages read as they were meant: wrong keyboard, misspelt, in another language, names by their sound."""

import pytest

from routing import Entry, Router
from routing.interpreter import Interpreter
from routing.normalize import fold, split_words
from routing.sound import sound
from routing.speller import Speller

LIBRARY = [
    "Pasport olish uchun qanday hujjatlar kerak?",
    "Uyda issiq suv yoʻq, kimga murojaat qilaman?",
    "Yoʻl taʼmirlash boʻyicha shikoyat",
    "Как получить справку о составе семьи?",
    "How do I pay my property tax?",
]


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return Interpreter(map(fold, LIBRARY))


def read(interpreter: Interpreter, text: str) -> str:
    return " ".join(word.folded for word in interpreter.read(text).words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rfr gjkexbnm cghfdre", "как получить справку"),
        ("Rfr gjkexbnm cghfdre j cjcnfdt ctvmb", "Как получить справку о составе семьи"),
        ("руддщ рщц вщ Ш зфн ефч", "hello how do I pay tax"),
        ("зфызщке щдшыр гсргт рголоуфедфк", "pasport olish uchun"),
        ("gfcgjhn", "паспорт"),
        ("иссик сув йук", "issiq suv yoʻq"),
        ("issiq suw", "issiq suv"),
        ("pasport oliw u4un", "pasport olish uchun"),
        ("shikoyt", "shikoyat"),
        ("pasprot olihs", "pasport olish"),
        ("propety", "property"),
    ],
)
def test_a_message_is_read_as_it_was_meant(interpreter: Interpreter, typed: str, meant: str) -> None:
    assert read(interpreter, typed).startswith(fold(meant))


@pytest.mark.parametrize(
    "typed",
    ["Pasport olish", "как получить", "how do I pay", "Xadicha Nazarova", "WhatsApp guruhi", "qwrtplk"],
)
def test_what_makes_sense_or_none_at_all_is_left_as_typed(interpreter: Interpreter, typed: str) -> None:
    assert read(interpreter, typed) == fold(typed)


def test_words_of_another_language_are_read_in_the_language_of_the_library() -> None:
    interpreter = Interpreter([fold("Tuman hokimligi"), fold("Viloyat boshqarmasi")])
    assert read(interpreter, "район") == "tuman"
    assert read(interpreter, "в области").endswith("viloyat")
    both = Interpreter([fold("Tuman hokimligi"), fold("Хокимият района")])
    assert read(both, "району") == fold("району")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Balalar mektebi", "Bolalar maktabi"),
        ("Jıllıq esabat", "Yillik hisobot"),
        ("Múrájatlar", "Murojaatlar"),
        ("мүрәжатлар", "Murojaatlar"),
        ("juwap jiberildi", "javob yuborildi"),
        ("Awıl jolları", "Qishloq yoʻllari"),
    ],
)
def test_karakalpak_is_read_in_the_words_of_an_uzbek_library(typed: str, meant: str) -> None:
    library = "Bolalar maktabi; Yillik hisobot; Murojaatlar; javob yuborildi; Yuborish; Qishloq yoʻllari"
    assert read(Interpreter([fold(library)]), typed) == fold(meant)


def test_what_was_typed_stays_beside_what_was_meant(interpreter: Interpreter) -> None:
    assert [word.raw for word in interpreter.read("Shikoyt yozaman").words] == ["Shikoyt", "yozaman"]


def test_one_keyboard_error_is_undone_and_no_more() -> None:
    speller = Speller({"murojaat": 3, "murojat": 1, "suv": 9, "soliq": 2})
    assert speller.nearest("murojaaat") == "murojaat"
    assert speller.nearest("sliq") == speller.nearest("osliq") == speller.nearest("soliqq") == "soliq"
    assert speller.nearest("suf") is None  # too short to tell
    assert speller.nearest("mrjaat") is None
    assert speller.nearest("soliq7") is None
    assert Speller({}).nearest("soliq") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qoʻqon", "Кукон"),
        ("Andijon", "Андижан"),
        ("Jizzax", "Джизах"),
        ("Namangan", "Наманганский"),
        ("Yangiqoʻrgʻon", "Янгикурган"),
        ("Oltinkoʻl", "Алтынкуль"),
    ],
)
def test_names_sound_alike_in_both_languages(one: str, other: str) -> None:
    assert sound(split_words(one)) == sound(split_words(other))


def test_a_name_is_found_in_its_russian_form() -> None:
    names = ["Oltinkoʻl tumani", "Oltinsoy tumani", "Oltinkoʻl", "Andijon viloyati", "Andijon tumani"]
    router = Router.build(Entry(name, name) for name in names)
    assert router.rank("Алтынкульский район")[0].id == "Oltinkoʻl tumani"
    assert router.rank("Андижанская область")[0].id == "Andijon viloyati"
    assert router.rank("Андижанский район")[0].id == "Andijon tumani"
    assert router.rank("Fylb;fycrbq hfqjy")[0].id == "Andijon tumani"


def test_no_english_word_is_read_as_a_word_of_another_language() -> None:
    interpreter = Interpreter(map(fold, [*LIBRARY, "kasalxona", "yer", "suv"]))
    assert read(interpreter, "my house is cold, when is the deadline") == fold(
        "my house is cold, when is the deadline"
    )
