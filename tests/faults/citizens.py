"""People who ask, file appeals, send albums and press twice, all at once, each waiting for their answers."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from bot.playground.client import PlaygroundClient, PlaygroundError
from bot.playground.visitor import Needle, PlaygroundUser, Seen
from tests.faults.history import Filed, History

#: How long anybody waits for a word, over kills and restarts.
PATIENCE = 100.0
QUESTIONS = (
    "Passportni qanday almashtiraman?",
    "бола пули қачон берилади",
    "Как получить пособие на ребёнка?",
    "Where do I register my residence?",
    "Suv yoʻq, kimga murojaat qilaman?",
    "nechi kunda javob berishadi murojaatga",
    "Hokim qabuliga qanday yozilaman?",
)
TROUBLES = (
    "Koʻchamizda chiroq yonmaydi, iltimos tuzatib bering",
    "Mahallamizda ichimlik suvi uch kundan beri yoʻq",
    "В нашем подъезде не работает лифт, прошу принять меры",
    "Maktab oldidagi yoʻl buzilgan, bolalar yiqilmoqda",
)
KINDS = ("Application", "Complaint", "Proposal")


def any_word(seen: Seen) -> bool:
    return not seen.mine


class Citizen:
    """One person's evening: 20 updates in an order of their own, decided by the seed alone."""

    def __init__(self, person: PlaygroundUser, mark: str, chance: random.Random, history: History) -> None:
        self.person = person
        self.mark = mark
        self.chance = chance
        self.history = history
        self._filed = 0
        self._known = False
        #: Each once: the same trouble a second time is asked about first.
        self._troubles = chance.sample(TROUBLES, len(TROUBLES))

    async def live(self) -> None:
        """Starts, then an appeal, an appeal with an album, and questions between them in some order."""
        await self.start()
        parts: list[Callable[[], Awaitable[None]]] = [
            self.file_in_words,
            self.file_album,
            lambda: self.ask(1),
            lambda: self.ask(3),
        ]
        self.chance.shuffle(parts)
        for part in parts:
            await part()
        await self.say("/my", "My appeals")

    async def start(self) -> None:
        await self.say("/start", lambda seen: "English" in seen.buttons)
        await self.press("English", lambda seen: not seen.mine and "Hello" in seen.text)

    async def ask(self, count: int) -> None:
        """So many questions without waiting between them; as many answers."""
        before = len(await self.person.replies())
        for _question in range(count):
            self.history.acts += 1
            await self.person.say(self.chance.choice(QUESTIONS))
        for _moment in range(int(PATIENCE / 0.1)):
            if len(await self.person.replies()) >= before + count:
                return
            await asyncio.sleep(0.1)
        raise TimeoutError(f"{count} questions, too few answers")

    async def file_in_words(self) -> None:
        filed = self._new_appeal(attachments=0)
        await self.say("/appeal", "in your own words what happened")
        await self.say(self._text(filed), "What is it?")
        await self._finish(filed)

    async def file_album(self) -> None:
        """Three photos with the words as their caption: one reply, three files in the appeal."""
        filed = self._new_appeal(attachments=3)
        await self.say("/appeal", "in your own words what happened")
        self.history.acts += 3
        self.history.silent += 2
        await self.person.send_album(["photo", "photo", "photo"], caption=self._text(filed))
        await self.wait("What is it?")
        await self._finish(filed)

    async def _finish(self, filed: Filed) -> None:
        kind = self.chance.choice(KINDS)
        if self._known:
            await self.press(kind, "Please check before sending")
        else:
            await self.press(kind, "consent")
            await self.press("I agree", "surname and name")
            await self.say("Karimova Aziza", "Where do you live")
            await self.say("Toshkent shahri, Chilonzor tumani, 5-uy", "Please check before sending")
            self._known = True
        self.history.filed[filed.mark] = filed
        await self.press("Confirm and send", "Tracking code")
        filed.receipt_seen = True

    def _new_appeal(self, attachments: int) -> Filed:
        self._filed += 1
        return Filed(f"{self.mark}-{self._filed}", self.person.id, attachments)

    def _text(self, filed: Filed) -> str:
        return f"{self._troubles.pop()} ({filed.mark})."

    # One act and the word that follows it

    async def say(self, text: str, needle: Needle) -> None:
        self.history.acts += 1
        await self.person.say(text)
        await self.wait(needle)

    async def press(self, label: str, needle: Needle) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await self.person.press(label)
                    break
                except PlaygroundError:
                    await asyncio.sleep(0.1)
        self.history.acts += 1
        await self.wait(needle)

    async def wait(self, needle: Needle) -> None:
        await self.person.wait_for(needle, PATIENCE)


async def crowd(client: PlaygroundClient, history: History, seed: int, people: int, name: str = "a") -> None:
    """So many citizens at once; returns when each has had the last answer. `name` tells crowds apart."""
    chance = random.Random(seed)
    lives = []
    for number in range(people):
        person = await client.new_user(f"Aziza {number}", language_code="en")
        own = random.Random(chance.random())
        lives.append(Citizen(person, f"belgi-{name}-{number}", own, history).live())
    await asyncio.gather(*lives)


#: Updates that one citizen's evening makes: start 2, appeals 7 and 6, questions 4, the list 1.
ACTS = 20
