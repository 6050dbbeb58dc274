"""What people confirmed becomes figures: nothing unjudged counts as right, every count is a list's length."""

import json
import random
from dataclasses import replace
from datetime import date

import pytest

from hub.appeals import official_acts, transfers
from hub.appeals.inbox import count_inbox, list_inbox
from hub.appeals.routed import STATES
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome, Role
from hub.library import questions
from hub.library.library import Library
from hub.library.models import Question
from hub.people.actors import SystemActor
from hub.reports.routing_quality import DECISIONS, RoutingQuality, Tally, Viewer, list_of, routing_quality
from hub.reports.routing_text import as_record, as_text
from routing.evaluation.measures import Share
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import WATER, People, Registering, official, people, register
from tests.hub.web.office.test_inbox import counted

__all__ = ["people", "register"]
pytestmark = pytest.mark.anyio


async def quality(database: Database, actor: Viewer | None = None, weeks: int = 3) -> RoutingQuality:
    async with database.reading() as uow:
        return await routing_quality(uow, actor or SystemActor(), weeks=weeks)


async def ask(database: Database, people: People) -> questions.QuestionView:
    """Word for word a question of the pack: something is offered, however the router is tuned."""
    async with database.unit_of_work() as uow:
        text = uow.of(Library).pack.faq[0].title["uz-Latn"]
        return await questions.ask(uow, people.aziza, text=text)


async def judge(database: Database, people: People, question: int, answered: bool) -> None:
    async with database.unit_of_work() as uow:
        await questions.judge(uow, people.aziza, question_id=question, answered=answered)


async def answer(database: Database, actor: object, number: str) -> None:
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, actor, number, text="Tuzatildi", final=True, outcome=Outcome.SATISFIED  # type: ignore[arg-type]
        )  # fmt: skip


async def forward(database: Database, actor: object, number: str, to: str) -> None:
    async with database.unit_of_work() as uow:
        await transfers.transfer(uow, actor, number, to=to, reason="Bu bizning ishimiz emas")  # type: ignore[arg-type]


async def test_three_questions_of_aziza_and_two_appeals_of_hers(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    """One question confirmed, one refused, one left; one appeal forwarded, one answered where it went."""
    asked = [await ask(database, people) for _ in range(3)]
    decision = asked[0].decision
    assert decision in ("answer", "ask")
    await judge(database, people, asked[0].id, answered=True)
    await judge(database, people, asked[1].id, answered=False)
    async with database.unit_of_work() as uow:
        chosen = (*asked[2].candidates, asked[2].answer)[0]
        assert chosen is not None
        await questions.pick(uow, people.aziza, question_id=asked[2].id, faq_id=chosen.id)

    found = await quality(database)
    assert found.totals.questions[decision] == Tally(right=1, wrong=1, unjudged=1), (
        "opening is not confirming"
    )
    assert found.totals.questions[decision].share == Share(1, 2)

    clock.advance(days=7)
    water = await register(agency=None)
    again = await register(agency=None)
    holder = await official(database, "holder", Role.HEAD, water.agency.code)
    found = await quality(database)
    assert found.totals.routed == Tally(unjudged=2), "new appeals are not right yet"
    await forward(database, holder, water.number, "health")
    await answer(database, holder, again.number)
    await answer(database, people.doctor, water.number)
    await register(agency="health")
    withdrawn = await register(agency=None)
    async with database.unit_of_work() as uow:
        await official_acts.close(
            uow,
            holder,
            withdrawn.number,
            outcome=Outcome.TERMINATED,
            ground="withdrawn",
            conclusion="Soʻradi",
        )

    found = await quality(database)
    before, last, this = found.weeks
    assert (last.since, last.until) == (date(2026, 3, 2), date(2026, 3, 8))
    assert (this.since, this.until) == (date(2026, 3, 9), date(2026, 3, 9)), "so far"
    assert sum(before.questions[one].total for one in DECISIONS) == before.routed.total == 0
    assert (last.questions[decision].total, this.questions[decision].total) == (3, 0)
    assert this.routed == Tally(right=1, wrong=1, unjudged=1), "what was withdrawn confirms nothing"
    assert (this.desk, this.chosen) == (0, 1)
    assert sum(one.right.part for one in found.bins) == 1 + (decision == "answer")
    assert sum(one.right.whole for one in found.bins) == 2 + 2 * (decision == "answer")
    shown = as_text(found)
    assert "2026-03-09" in shown
    assert WATER[:20] not in shown
    record = json.loads(json.dumps(as_record(found)))
    assert record["totals"]["routed"] == {
        "right": 1, "wrong": 1, "unjudged": 1, "share": 0.5,
        "low": pytest.approx(0.0945, abs=1e-3), "high": pytest.approx(0.9055, abs=1e-3),
    }  # fmt: skip
    assert record["weeks"][0]["routed"]["share"] is None


async def test_confidence_is_compared_with_what_was_confirmed(
    database: Database, clock: SettableClock, people: People
) -> None:
    stored = [
        (0.97, "answered"),
        (0.96, "answered"),
        (0.95, "not_my_question"),
        (1.0, None),
        (0.1, "answered"),
    ]
    async with database.unit_of_work() as uow:
        for place, (confidence, verdict) in enumerate(stored):
            uow.session.add(
                Question(
                    citizen_id=people.aziza.id,
                    text="?",
                    language="en",
                    channel="web",
                    decision="answer" if place < 4 else "ask",
                    confidence=confidence,
                    offered=["a"],
                    accepted=None,
                    verdict=verdict,
                    asked_at=clock.now(),
                )
            )
    found = await quality(database)
    last = found.bins[-1]
    assert last.right == Share(2, 3)
    assert last.said == pytest.approx(0.96)
    assert found.calibration_error == pytest.approx(0.96 - 2 / 3)
    assert sum(one.right.whole for one in found.bins) == 3, "nothing unjudged, and no list of choices"


async def test_every_count_is_the_length_of_its_list(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    chance = random.Random(2)
    numbers = []
    heads = {"health": people.minister}
    for _ in range(10):
        clock.advance(hours=chance.randint(1, 70))
        agency = chance.choice([None, None, "health"])
        text = chance.choice([WATER, "Shifokor qabul qilmadi, poliklinikada navbat", "zzz qqq"])
        numbers.append(await register(agency=agency, text=text))
    for receipt in numbers:
        code = receipt.agency.code
        if code not in heads:
            heads[code] = await official(database, f"head{len(heads)}", Role.HEAD, code)
        holder = heads[code]
        match chance.choice(["wait", "answer", "forward"]):
            case "answer":
                await answer(database, holder, receipt.number)
            case "forward" if receipt.agency.code != "construction_housing":
                await forward(database, holder, receipt.number, "construction_housing")
    for actor in (people.supervisor, people.auditor, people.minister):
        found = await quality(database, actor, weeks=5)
        async with database.reading() as uow:
            zone = uow.of(Library).zone
            for week in (*found.weeks, found.totals):
                lengths = {
                    state: await count_inbox(uow, actor, list_of(week, state, zone)) for state in STATES
                }
                routed = week.routed
                assert lengths == {
                    "routed": routed.total, "kept": routed.right, "corrected": routed.wrong,
                    "unjudged": routed.unjudged, "desk": week.desk, "chosen": week.chosen,
                }  # fmt: skip
        for state in ("right", "wrong", "unjudged"):
            assert sum(getattr(week.routed, state) for week in found.weeks) == getattr(
                found.totals.routed, state
            )


async def test_who_sees_what(database: Database, people: People, register: Registering) -> None:
    await ask(database, people)
    await register(agency="health")
    await register(agency="energy")
    whole = await quality(database, people.supervisor)
    assert (whole.totals.chosen, whole.whole_hub, whole.empty) == (2, True, False)
    own = await quality(database, people.minister)
    assert (own.totals.chosen, own.whole_hub) == (1, False)
    assert sum(one.total for one in own.totals.questions.values()) == 0, "questions belong to no body"
    part = await official(database, "part", Role.SUPERVISOR, "energy")
    assert (await quality(database, part)).totals.chosen == 1
    for actor in (people.doctor, people.registrar, people.admin):
        with pytest.raises(HubError, match="not_allowed"):
            await quality(database, actor)
    with pytest.raises(HubError, match="bad_date"):
        await quality(database, weeks=0)
    async with database.reading() as uow:
        chosen = list_of(whole.totals, "kept", uow.of(Library).zone)
        with pytest.raises(HubError, match="bad_filter"):
            await list_inbox(uow, people.doctor, replace(chosen, view="forwarded"))


async def test_the_number_of_statements_does_not_grow(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    asked = []
    for weeks in (1, 3, 8, 104):
        clock.advance(days=7)
        await register(agency=None)
        await ask(database, people)
        with counted(database) as statements:
            found = await quality(database, people.supervisor, weeks=weeks)
        assert len(found.weeks) == weeks
        asked.append(len(statements))
    assert asked == [2] * 4
    assert (await quality(database, weeks=1)).empty is False
