"""Officials who answer every appeal through the API, again and again until each answer is accepted."""

import asyncio
import json
from typing import Any

import aiohttp
import psycopg

from tests.faults.history import Answered, mark_of
from tests.faults.records import query
from tests.faults.rig import Rig

HELD = (
    "SELECT appeals.number, appeals.text, agencies.code FROM appeals JOIN agencies "
    "ON agencies.id = appeals.agency_id WHERE appeals.open ORDER BY appeals.id"
)


#: Number, text and agency of an appeal.
Held = tuple[str, str, str]


class Officials:
    """One official for each agency that holds an appeal, made when the first one comes."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self._tokens: dict[str, str] = {}
        #: Answers whose fate is unknown: the connection broke before the API had spoken.
        self._unsure: dict[str, Held] = {}
        self._base = f"http://127.0.0.1:{rig.port}/api/v1"

    async def answer_until(self, load: "asyncio.Task[None]") -> None:
        """Answers what comes; returns when the people have gone home and nothing is left open."""
        timeout = aiohttp.ClientTimeout(total=20)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                over = load.done()
                open_ones = await asyncio.to_thread(self._open_appeals)
                wanted = {one[0]: one for one in open_ones} | self._unsure
                for held in wanted.values():
                    await self._answer(session, held)
                if over and not wanted:
                    return
                await asyncio.sleep(0.2)

    def _open_appeals(self) -> list[Held]:
        try:
            return [(str(number), str(text), str(code)) for number, text, code in self._read()]
        except psycopg.OperationalError:
            return []

    async def _answer(self, session: aiohttp.ClientSession, held: Held) -> None:
        """One attempt; a later one has the same key, so that both together are one answer."""
        number, text, code = held
        mark = mark_of(text) or text
        filed = self.rig.history.filed.get(mark)
        if filed is None:
            return
        if code not in self._tokens:
            self._tokens[code] = await asyncio.to_thread(self._hire, code)
        try:
            answer = await session.post(
                f"{self._base}/appeals/{number}/replies",
                json={"text": f"javob {mark}.", "final": True, "outcome": "satisfied"},
                headers={"Authorization": f"Bearer {self._tokens[code]}", "Idempotency-Key": f"key {mark}"},
            )
        except (aiohttp.ClientError, TimeoutError):
            self._unsure[number] = held
            return
        async with answer:
            assert answer.status in (201, 429) or answer.status >= 500, await answer.text()
            if answer.status == 201:
                self._unsure.pop(number, None)
                self.rig.history.answered.append(Answered(mark, number, filed.chat))

    def _read(self) -> list[Any]:
        return query(self.rig.database_url, HELD)

    def _hire(self, code: str) -> str:
        login = "official-" + code.replace(":", "-").replace("_", "-")
        made = self.rig.processes.run(
            "official", "add", login[:60], "--role", "official", "--agency", code, "--token"
        )
        return str(json.loads(made[made.index("{") :])["token"])
