"""Citizens in the playground."""

from bot.playground import PlaygroundClient, PlaygroundUser


async def arrive(playground: PlaygroundClient, name: str) -> PlaygroundUser:
    """Speaks English; nothing else is known of them."""
    person = await playground.new_user(name, language_code="en", phone="+998901112233")
    await person.say("/start")
    await person.wait_for(lambda seen: "English" in seen.buttons)
    await person.press("English")
    await person.wait_for(lambda seen: "Ask a question" in seen.buttons)
    return person


async def introduce(person: PlaygroundUser) -> None:
    """Consent, name and residence, as asked the first time."""
    await person.wait_for("consent")
    await person.press("I agree")
    await person.wait_for("surname and name")
    await person.say("Karimova Aziza")
    await person.wait_for("Where do you live")
    await person.say("Toshkent shahri, Chilonzor tumani, 5-uy")


async def begin_appeal(person: PlaygroundUser) -> None:
    await person.say("/appeal")
    await person.wait_for("what happened")


async def confirm(person: PlaygroundUser) -> tuple[str, str]:
    """From the summary to the number and the tracking code; what resembles an earlier one is filed apart."""
    await person.wait_for("Please check")
    await person.press("Confirm and send")
    answer = await person.wait_for(lambda seen: not seen.mine)
    if "File a separate appeal" in answer.buttons:
        await person.press("File a separate appeal")
    receipt = await person.wait_for("Tracking code")
    lines = dict(line.split(": ", 1) for line in receipt.text.splitlines() if ": " in line)
    return lines["Number"], lines["Tracking code"]
