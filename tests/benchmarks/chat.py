"""The embedded set as people meet it: how soon a message is answered, how soon it starts, what it weighs."""

import time
from pathlib import Path
from random import Random

from bot.playground import PlaygroundClient, PlaygroundUser
from tests.benchmarks import texts
from tests.benchmarks.table import Table, percentile, spread
from tests.journeys.household import Household, running_household

AIM_MB = 400
#: Dialogue steps: what is done, and what to wait for.
STEPS = ("/appeal", "text", "kind", "confirm")


async def measure(folder: Path, size: int) -> list[Table]:
    """`size` 1 makes about 200 messages."""
    start = Table("Start of `qabul run`", "one process; from its start to its word Ready")
    memory = Table("Memory of `qabul run`", f"resident, all parts and the playground; aim {AIM_MB} MB")
    with running_household(folder) as home:
        start.add("first start: database built, demo people made", n=1, seconds=home.ready_after)
        home.stop()
    with running_household(folder) as home:
        times = [home.ready_after]
        home.stop()
    with running_household(folder) as home:
        times.append(home.ready_after)
        memory.add("when ready", MB=home.memory())
        replies = await converse(home, Random(445), size)
        memory.add(f"after {replies.rows[-1].values['n']} messages", MB=home.memory())
        replies.rows.pop()
    start.add("start with data", n=len(times), seconds=percentile(times, 0.5), max=max(times))
    return [replies, start, memory]


async def converse(home: Household, random: Random, size: int) -> Table:
    """The last row counts all messages that were sent."""
    table = Table(
        "Message to reply",
        "a person's act in the playground to the bot's message there; SQLite, synchronous=FULL",
    )
    async with PlaygroundClient(home.playground) as client:
        await client.wait_for_bot()
        aziza = await client.new_user("Aziza", language_code="en")
        sent = await introduce(aziza)
        asked = [await timed_question(aziza, texts.question(random)) for _ in range(80 * size)]
        steps: dict[str, list[float]] = {name: [] for name in STEPS}
        filed = 27 * size
        for _ in range(filed):
            await file_appeal(aziza, texts.appeal(random), steps)
    table.add("a question to its answer", **spread(asked))
    table.add("/appeal to the request for the text", **spread(steps["/appeal"]))
    table.add("the text to the question of its kind", **spread(steps["text"]))
    table.add("the kind to the summary with the agency", **spread(steps["kind"]))
    table.add("confirmation to the registration number", **spread(steps["confirm"]))
    table.add("all", n=sent + len(asked) + filed * len(STEPS))
    return table


async def introduce(person: PlaygroundUser) -> int:
    """Language, consent, name and residence, once; returns how many messages that took."""
    await person.say("/start")
    await person.wait_for(lambda seen: "English" in seen.buttons)
    await person.press("English")
    await person.wait_for(lambda seen: "Ask a question" in seen.buttons)
    await person.say("/appeal")
    await person.wait_for("what happened")
    await person.say(texts.APPEALS[0])
    await person.wait_for("What is it?")
    await person.press("Application")
    await person.wait_for("consent")
    await person.press("I agree")
    await person.wait_for("surname and name")
    await person.say("Karimova Aziza")
    await person.wait_for("Where do you live")
    await person.say("Toshkent shahri, Chilonzor tumani, 5-uy")
    await person.wait_for("Please check")
    await person.press("Confirm and send")
    await person.wait_for("Tracking code")
    return 9


async def timed_question(person: PlaygroundUser, text: str) -> float:
    begun = time.perf_counter()
    await person.say(text)
    await person.wait_for(lambda seen: not seen.mine)
    return time.perf_counter() - begun


async def file_appeal(person: PlaygroundUser, text: str, steps: dict[str, list[float]]) -> None:
    """A returning citizen's four acts; the time of each is added to `steps`."""
    acts = (
        (lambda: person.say("/appeal"), "what happened"),
        (lambda: person.say(text), "What is it?"),
        (lambda: person.press("Application"), "Please check"),
        (lambda: person.press("Confirm and send"), "Tracking code"),
    )
    for name, (act, awaited) in zip(STEPS, acts, strict=True):
        begun = time.perf_counter()
        await act()
        await person.wait_for(awaited)
        steps[name].append(time.perf_counter() - begun)
