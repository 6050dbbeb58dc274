"""Several people press at once: exactly one answer leaves, exactly one claim holds, no number twice."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from hub.appeals import citizen_acts, official_acts, transfers
from hub.appeals.models import Appeal, AppealEvent, Message
from hub.delivery.models import OutboxItem
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Outcome
from tests.hub.appeals.conftest import People, Registering

pytestmark = pytest.mark.anyio


async def _quietly(act: object) -> bool:
    try:
        await act  # type: ignore[misc]
    except (HubError, StaleDataError):
        return False
    return True


async def test_sixteen_answers_at_once_and_one_leaves(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register()).number

    async def answer(who: int) -> None:
        async with database.unit_of_work() as uow:
            actor = (people.doctor, people.minister)[who % 2]
            await official_acts.reply(
                uow, actor, number, text=f"javob {who}", final=True, outcome=Outcome.EXPLAINED
            )

    won = await asyncio.gather(*(_quietly(answer(who)) for who in range(16)))
    assert won.count(True) == 1
    async with database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).where(Message.final)) == 1
        assert await uow.session.scalar(select(func.count()).where(OutboxItem.kind == "answer")) == 1


async def test_forward_and_answer_at_once_leave_one_linear_history(
    database: Database, people: People, register: Registering
) -> None:
    for _round in range(5):
        number = (await register()).number

        async def forward(number: str = number) -> None:
            async with database.unit_of_work() as uow:
                await transfers.transfer(
                    uow, people.doctor, number, to="construction_housing", reason="ularning ishi"
                )

        async def answer(number: str = number) -> None:
            async with database.unit_of_work() as uow:
                await official_acts.reply(
                    uow, people.doctor, number, text="javob", final=True, outcome=Outcome.EXPLAINED
                )

        async def add(number: str = number) -> None:
            async with database.unit_of_work() as uow:
                await citizen_acts.add_message(uow, people.aziza, number, text="yana bir gap")

        won = await asyncio.gather(_quietly(forward()), _quietly(answer()), _quietly(add()))
        assert (won[0], won[1]).count(True) == 1
        async with database.reading() as uow:
            appeal = (await uow.session.scalars(select(Appeal).where(Appeal.number == number))).one()
            seqs = (
                await uow.session.scalars(
                    select(AppealEvent.seq)
                    .where(AppealEvent.appeal_id == appeal.id)
                    .order_by(AppealEvent.seq)
                )
            ).all()
            assert list(seqs) == list(range(1, appeal.last_seq + 1))


async def test_registering_together_gives_each_its_own_number(
    database: Database, people: People, register: Registering
) -> None:
    receipts = await asyncio.gather(*(register(key=f"draft-{n}") for n in range(12)))
    assert len({receipt.number for receipt in receipts}) == 12


async def test_the_same_draft_confirmed_at_once_is_one_appeal(
    database: Database, people: People, register: Registering
) -> None:
    results = await asyncio.gather(*(register(key="one") for _n in range(6)), return_exceptions=True)
    async with database.reading() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Appeal)) == 1
    assert any(not isinstance(result, BaseException) for result in results)
