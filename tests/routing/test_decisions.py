"""What a citizen's message becomes, without any calibration data."""

import random

import pytest

from routing import Entry, Router
from tests.routing import pack

WATER_COMPLAINT = (
    "Assalomu alaykum! Bizning mahallamizda uch kundan beri suv yoʻq, quvur yorilib koʻchani suv bosdi. "
    "Bir necha marta idoraga qoʻngʻiroq qildik, hech kim kelmadi. Iltimos yordam bering, bolalar va "
    "qariyalar qiynalyapti."
)
WATER_COMPLAINT_RU = (
    "Здравствуйте! Уже третью неделю во дворе нашего дома прорвало трубу холодной воды, вода течёт по "
    "улице, аварийная служба не приезжает. Прошу принять меры."
)


@pytest.mark.parametrize(("id_", "texts"), pack.QUESTIONS.items())
def test_every_question_of_the_pack_is_answered_in_every_language(
    router: Router, id_: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        decision = router.decide(text)
        assert (decision.kind, decision.ranking[0].id) == ("answer", id_), text


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Биометрик паспорт олиш учун қандай ҳужжатлар керак", "passport"),
        ("биометрик паспорт олиш учун кандай хужжатлар керак", "passport"),
        ("biometrik pasport olish uchun qanaqa hujatlar kerak", "passport"),
        ("Murojatim necha kunda korib chiqladi", "term"),
        ("какие документи нужны для биометрического паспорта", "passport"),
        ("как записатся на личный прием", "reception"),
        ("which document do i need for biometric pasport", "passport"),
        ("Анонимные обращения рассматриваются?", "anonymous"),
        ("wahsiy qabulga qanday yozilaman", "reception"),
        ("bolalar nafaqasini qanday rasmiyla6tiriw mumkin", "child_benefit"),
    ],
)
def test_dilnoza_misspells_and_changes_alphabet_and_is_still_answered(
    router: Router, text: str, id_: str
) -> None:
    decision = router.decide(text)
    assert decision.ranking[0].id == id_
    assert decision.kind == "answer"


@pytest.mark.parametrize("text", ["murojaat", "pasport", "hujjat", "suv", "pensiya", "газ"])
def test_a_single_word_is_a_topic_and_is_asked_about(router: Router, text: str) -> None:
    assert router.decide(text).kind == "ask"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (WATER_COMPLAINT, "water"),
        (WATER_COMPLAINT * 12, "water"),
        (WATER_COMPLAINT_RU, "water"),
        ("yo'llar juda yomon, chuqurlar ko'p", "roads"),
        ("кўчамизда чироқ йўқ, трансформатор куйган", "power"),
    ],
)
def test_karim_complains_at_length_and_is_routed_to_the_body(router: Router, text: str, agency: str) -> None:
    decision = router.decide(text)
    assert (decision.kind, decision.ranking[0].id) == ("route", agency)
    assert decision.ranking[0].why


def test_a_statement_that_fits_a_body_better_than_a_question_is_routed() -> None:
    both = Router.build(
        [
            Entry("who_energy", "Elektr hisoblagich boʻyicha kimga murojaat qilaman?"),
            Entry("energy", "elektr hisoblagich notoʻgʻri koʻrsatishi; elektr uzilishi", "agency"),
            *pack.entries(),
        ]
    )
    assert both.decide("elektr hisoblagich notogri korsatyapti").kind == "route"
    question = both.decide("elektr hisoblagich buyicha kimga murojat qilaman")
    assert (question.kind, question.ranking[0].id) == ("answer", "who_energy")


@pytest.mark.parametrize("text", ["asdfgh", "what is the capital of France", "men seni sevaman", "rahmat"])
def test_strangers_go_to_a_human(router: Router, text: str) -> None:
    assert router.decide(text).kind == "human"


@pytest.mark.parametrize("text", ["", "   \n\t", "😀😀", "...!?", "\x00\x00", "\ud800", "\u202e\u200b"])
def test_a_text_without_words_goes_to_a_human_with_no_confidence(router: Router, text: str) -> None:
    decision = router.decide(text)
    assert (decision.kind, decision.confidence, decision.ranking) == ("human", 0.0, ())


def test_an_empty_knowledge_base_knows_nothing() -> None:
    empty = Router.build([])
    assert empty.decide("suv yoʻq").kind == "human"
    assert empty.decide("suv yoʻq").confidence == 0
    assert empty.rank("suv yoʻq") == []
    wordless = Router.build([Entry("a", "   "), Entry("b", "!!!")])
    assert wordless.rank("suv yoʻq") == []


def test_the_body_complained_about_is_never_proposed(router: Router) -> None:
    assert router.rank_kind(WATER_COMPLAINT, "agency")[0].id == "water"
    without = router.rank_kind(WATER_COMPLAINT, "agency", blocked={"water"})
    assert without
    assert "water" not in [match.id for match in without]
    decision = router.decide(WATER_COMPLAINT, blocked={"water"})
    assert "water" not in [match.id for match in decision.ranking]


def test_one_kind_can_be_ranked_alone(router: Router) -> None:
    assert {m.id for m in router.rank_kind("pensiya murojaat", "agency")} <= set(pack.COMPETENCES)
    assert {m.id for m in router.rank_kind("pensiya murojaat", "faq")} <= set(pack.QUESTIONS)
    assert len(router.rank_kind("pensiya murojaat suv gaz", "agency", 2)) == 2
    assert 0 <= router.confidence_of("pensiya", "agency") <= 1


def test_rank_agrees_with_decide_and_names_each_id_once(router: Router) -> None:
    for text in (WATER_COMPLAINT, "pasport olish", "gaz va svet"):
        ranking = router.rank(text, 5)
        assert [m.id for m in ranking] == [m.id for m in router.decide(text).ranking][:5]
        assert len({m.id for m in ranking}) == len(ranking)


def test_the_reasons_are_the_citizens_own_words(router: Router) -> None:
    why = router.decide("Кўчамизда чироқ йўқ, трансформатор куйган").ranking[0].why
    assert "чироқ" in why
    assert "трансформатор" in why


def test_most_questions_survive_a_typo_in_every_long_word(router: Router) -> None:
    chance = random.Random(7)
    kept = total = 0
    for id_, texts in pack.QUESTIONS.items():
        for text in texts:
            words = [_damage(word, chance) if len(word) > 4 else word for word in text.split()]
            kept += router.rank(" ".join(words), 1)[0].id == id_
            total += 1
    assert kept >= 0.9 * total


def _damage(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1 :]


def test_one_id_for_two_kinds_is_refused() -> None:
    with pytest.raises(ValueError, match="'tax' is used both"):
        Router.build([Entry("tax", "soliq"), Entry("tax", "soliq", "agency")])


def test_more_phrasings_teach(router: Router) -> None:
    taught = Router.build([*pack.entries(), Entry("power", "jekda yorugʻlik yoʻqoldi", "agency")])
    assert taught.rank_kind("bizda yorugʻlik yoʻqoldi", "agency")[0].id == "power"
