"""What an editor is told before and beside publishing: trial, collisions, what nobody answers."""

from dataclasses import replace

import pytest

from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.library import editing, unanswered
from hub.library.collisions import find_collisions
from hub.library.entry_views import LanguageText
from hub.library.library import Library
from hub.library.masking import depersonalised, masked
from hub.library.shelf import Shelf
from hub.library.trial import try_entry
from hub.library.unanswered import frequent_unanswered
from tests.conftest import SettableClock
from tests.hub.library.conftest import VACCINE, Asking, Editors

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("small_country")]

ASKED = (
    "прививка от клеща",
    "вакцина от энцефалита",
    "прививка от клеща, мой телефон +998 90 123-45-67",
)


async def test_a_trial_says_what_the_entry_would_answer(
    database: Database, editors: Editors, ask: Asking, clock: SettableClock
) -> None:
    await ask("прививка от клеща")
    clock.advance(days=31)
    await ask(*ASKED, "прививка от клеща")
    async with database.reading() as uow:
        trial = await try_entry(uow, editors.dilnoza, code="tick-vaccine", content=VACCINE)
    assert (trial.asked, trial.looked_at, trial.complete) == (4, 4, True), "only the last month"
    assert trial.would_answer_count >= 3
    assert trial.steals == ()
    assert trial.loses == ()
    assert all("123" not in line.text for line in trial.would_answer)


async def test_a_trial_says_from_whom_the_entry_steals(
    database: Database, editors: Editors, ask: Asking
) -> None:
    library = database.resources.of(Library)
    shipped = library.pack.faq_by_id["appeal-kinds"]
    title = shipped.title["ru"]
    await ask(title)
    greedy = replace(
        VACCINE, texts=(LanguageText("ru", "Прививка?", "Да.", (title, *shipped.phrasings.get("ru", ()))),)
    )
    async with database.reading() as uow:
        before = library.decide(title)
        trial = await try_entry(uow, editors.dilnoza, code="tick-vaccine", content=greedy)
    assert before.kind == "answer"
    assert trial.looked_at == 1
    assert trial.would_answer_count + trial.loses_count == 0
    assert trial.steals_count <= 1
    async with database.reading() as uow:
        other = replace(VACCINE, agency=None, topic=shipped.topic)
        lost = await try_entry(uow, editors.malika, code="appeal-kinds", content=other)
    assert (lost.loses_count, lost.steals_count) == (1, 0)
    assert lost.loses[0].text == masked(title)


async def test_who_may_try_what(database: Database, editors: Editors) -> None:
    cases = [
        (editors.bobur, "tick-vaccine", VACCINE, "not_allowed"),
        (editors.doctor, "tick-vaccine", VACCINE, "not_allowed"),
        (editors.admin, "tick-vaccine", VACCINE, "not_allowed"),
        (editors.dilnoza, "appeal-kinds", VACCINE, "not_allowed"),
        (editors.malika, "health", VACCINE, "entry_kind_fixed"),
        (editors.malika, "", VACCINE, "bad_entry_code"),
        (editors.malika, "tick-vaccine", replace(VACCINE, source=""), "entry_source_missing"),
    ]
    for actor, code, content, refusal in cases:
        with pytest.raises(HubError) as refused:
            async with database.reading() as uow:
                await try_entry(uow, actor, code=code, content=content)
        assert refused.value.code == refusal, (actor.login, code)


async def test_two_entries_that_fight(database: Database, editors: Editors, ask: Asking) -> None:
    twin = replace(VACCINE, texts=(replace(VACCINE.texts[0], answer="Иначе."),))
    async with database.unit_of_work() as uow:
        for code, content in (("tick-vaccine", VACCINE), ("tick-vaccine-2", twin)):
            await editing.create_entry(uow, editors.dilnoza, code=code, content=content)
            await editing.publish(uow, editors.dilnoza, code=code, version=1)
    await Shelf(database).look()
    await ask(*ASKED)
    async with database.reading() as uow:
        found = await find_collisions(uow, editors.dilnoza)
    assert found.complete
    assert found.questions_looked_at == 3
    first = found.pairs[0]
    assert {first.first.code, first.second.code} == {"tick-vaccine", "tick-vaccine-2"}
    assert (first.questions, first.phrasings) == (3, 3)
    assert not any("123" in example for example in first.examples)
    assert first.first.title == VACCINE.texts[0].title
    with pytest.raises(HubError, match="not_allowed"):
        async with database.reading() as uow:
            await find_collisions(uow, editors.doctor)


async def test_what_nobody_answers(database: Database, editors: Editors, ask: Asking) -> None:
    await ask(
        "Где купить билет на поезд Афросиаб?",
        "купить билет на поезд афросиаб, мой номер 901234567",
        "билет на поезд Афросиаб где купить",
        "Ищу щенка лабрадора",
    )
    async with database.reading() as uow:
        found = await frequent_unanswered(uow, editors.dilnoza)
    assert found.asked == found.looked_at
    first = found.groups[0]
    assert first.count == 3
    assert len(first.examples) == 3
    assert "901234567" not in " ".join(first.examples)
    assert {"поезд", "билет"} <= {word.casefold() for word in first.words}
    with pytest.raises(HubError, match="not_allowed"):
        async with database.reading() as uow:
            await frequent_unanswered(uow, editors.doctor)


def test_grouping_is_bounded_by_the_number_of_texts() -> None:
    different = tuple(f"{word}{n} слово{n % 7}" for n, word in enumerate(["вода", "свет"] * 1000))
    groups = unanswered.group((*different, "", "12345", "!!!"))
    assert sum(one.count for one in groups) <= len(different)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Позвоните +998 (90) 123-45-67!", "Позвоните •••!"),
        ("ivan@mail.ru и @ivan_1990, t.me/ivan", "••• и •••, •••"),
        ("паспорт AA 1234567", "паспорт •••"),
        ("две\n\nстроки", "две строки"),
        ("1. Нет воды. 2) Нет света, дом 5, кв. 12. 3. Ждём", "Нет воды. Нет света, дом •••, кв. •••. Ждём"),
        ("soat 12. Keldi", "soat •••. Keldi"),
        ("я" * 300, "я" * 199 + "…"),
    ],
)
def test_editors_never_see_numbers_and_addresses(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_an_answer_keeps_its_days_and_articles_and_loses_its_person() -> None:
    text = (
        "Уважаемая Азиза Каримова!\nПо ст. 27 срок 15 дней. Азизе (Aziza) карта 8600 1234 5678 9012, a@b.uz"
    )
    assert depersonalised(text, ["Азиза Каримова"]) == (
        "Уважаемая ••• •••!\nПо ст. 27 срок 15 дней. ••• (•••) карта •••, •••"
    )
