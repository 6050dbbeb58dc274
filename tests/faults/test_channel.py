"""What Telegram can do to a message, each in a chat of its own, all at once; and what the row says then."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.playground.visitor import PlaygroundUser
from tests.faults.conftest import SHOWN
from tests.faults.nursery import Nursery
from tests.faults.records import query
from tests.faults.rig import Rig, open_rig

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@dataclass(frozen=True)
class Case:
    """One fault on one message: how many copies arrive, and how the row ends."""

    kind: str
    copies: int
    state: str
    doubtful: bool = False
    #: The message's next attempt lies in the future; seconds from now, at least and at most.
    due: tuple[float, float] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.kind


CASES = (
    Case("retry_after", 1, "sent", options={"retry_after": 0}, name="429 for 0 s"),
    Case("retry_after", 1, "sent", options={"retry_after": 1}, name="429 for 1 s"),
    Case("retry_after", 0, "waiting", due=(3500, 3700), options={"retry_after": 3600}, name="429 for 1 h"),
    Case("unauthorized", 0, "waiting", due=(30, 90)),
    Case("blocked", 0, "blocked"),
    Case("deactivated", 0, "blocked"),
    Case("chat_not_found", 0, "failed"),
    Case("refuse", 0, "failed", options={"code": 413, "detail": "Request Entity Too Large"}, name="413"),
    Case("server_error", 1, "sent", doubtful=True, name="502 before the delivery"),
    Case("server_error_after", 2, "sent", doubtful=True, name="502 after the delivery"),
    Case("drop", 1, "sent", doubtful=True),
    Case("drop_after", 2, "sent", doubtful=True),
    Case("hang", 1, "sent", doubtful=True, options={"seconds": 2}),
    Case("hang_after", 2, "sent", doubtful=True, options={"seconds": 2}),
)


async def test_each_fault_of_telegram_does_what_is_promised(tmp_path: Path, nursery: Nursery) -> None:
    async with open_rig(tmp_path, nursery=nursery) as rig:
        rig.fill_agencies()
        rig.processes.start("bot")
        lines = await asyncio.gather(*(suffer(rig, case) for case in CASES))
        SHOWN.append("\n".join([f"faults of the channel, N={len(CASES)}", *sorted(lines)]))


async def suffer(rig: Rig, case: Case) -> str:
    """Meets the bot, meets the fault, and is heard again when the fault is over."""
    person = await rig.served.client.new_user("Dilnoza", language_code="en")
    await person.say("/start")
    await person.wait_for(lambda seen: "English" in seen.buttons, 60)
    await person.press("English")
    hello = await person.wait_for("Hello", 60)
    known = f"SELECT address_id FROM outbox WHERE provider_id = '{hello.id}'"
    await rig.until(lambda: bool(query(rig.database_url, known)), "the greeting's row", 20)
    address = int(query(rig.database_url, known)[0][0])
    await rig.served.client.fault(case.kind, method="sendMessage", chat_id=person.id, **case.options)
    await person.say("/help")
    await rig.until(lambda: tried(rig, person) and ended(case, row(rig, address)), str(case), 40)
    state, ambiguous, tries, due, error = row(rig, address)
    copies = await heard(rig, person, "Write a question")
    assert copies == case.copies, f"{case}: {copies} copies"
    assert (ambiguous > 0) == case.doubtful, f"{case}: ambiguous {ambiguous}"
    assert ambiguous <= 1, f"{case}: one fault, {ambiguous} doubts"
    if case.due is not None:
        assert case.due[0] <= due <= case.due[1], f"{case}: next attempt in {due:.0f} s"
    if case.state in ("blocked", "failed", "waiting"):
        assert error, f"{case}: the row does not say why"
    if case.state == "blocked":
        await come_back(person)
    return f"{case!s:26} copies={copies} state={state} tries={tries} ambiguous={ambiguous} {error or ''}"


async def come_back(person: PlaygroundUser) -> None:
    """Who had shut the chat and returns gets what could not be delivered, before the new word."""
    await person.say("/start")
    late = await person.wait_for(lambda seen: not seen.mine)
    assert "Write a question" in late.text
    await person.wait_for("Hello")


def tried(rig: Rig, person: PlaygroundUser) -> bool:
    """The fault has been used up by this chat."""
    return any(rule.used for rule in rig.served.playground.faults.rules if rule.chat_id == person.id)


def ended(case: Case, found: tuple[str, int, int, float, str | None]) -> bool:
    """As the case says; a row that waits has its reason once the fault was written down."""
    state, _ambiguous, _tries, _due, error = found
    return state == case.state and (state == "sent" or error is not None)


def row(rig: Rig, address: int) -> tuple[str, int, int, float, str | None]:
    """The newest row of an address: state, ambiguous, tries, seconds to the next attempt, why."""
    found = query(
        rig.database_url,
        "SELECT state, ambiguous, tries, (julianday(due_at) - julianday('now')) * 86400, error "
        f"FROM outbox WHERE address_id = {address} ORDER BY id DESC LIMIT 1",
    )[0]
    return str(found[0]), int(found[1]), int(found[2]), float(found[3]), found[4]


async def heard(rig: Rig, person: PlaygroundUser, words: str) -> int:
    rows = await rig.served.client.delivered(person.id)
    return sum(1 for one in rows if words in str(one["text"] or ""))
