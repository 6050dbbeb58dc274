"""What people really send: files, albums, long and strange texts, other people's buttons and contacts."""

import pytest

from bot.playground import PlaygroundUser
from bot.playground.server import Served
from hub.appeals.access import by_number
from hub.appeals.models import Attachment
from tests.bot.conftest import RunningBot, arrive, file_appeal, introduce

pytestmark = pytest.mark.anyio

LAMP = "Koʻchada chiroq yoʻq, iltimos yoqib bering."


async def finish(person: PlaygroundUser) -> str:
    """From the question of the kind to the number, for somebody new."""
    await person.wait_for("What is it?")
    await person.press("Application")
    await introduce(person)
    await person.wait_for("Please check")
    await person.press("Confirm and send")
    receipt = await person.wait_for("Tracking code")
    return receipt.text.split("Number: ")[1].split("\n")[0]


async def text_of(running: RunningBot, number: str) -> str:
    async with running.database.reading() as uow:
        return (await by_number(uow, number)).text


async def test_an_album_gets_one_reply_and_keeps_every_part(
    aziza: PlaygroundUser, running: RunningBot
) -> None:
    before = len(await aziza.replies())
    await aziza.send_album(["photo", "photo", "photo"])
    await aziza.wait_for("at least one sentence")
    await aziza.say(LAMP)
    asked = await aziza.wait_for("What is it?")
    assert "3 files attached" in asked.text
    assert len(await aziza.replies()) == before + 2
    await aziza.press("Application")
    await introduce(aziza)
    await aziza.wait_for("3 files attached")
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    number = receipt.text.split("Number: ")[1].split("\n")[0]
    async with running.database.reading() as uow:
        appeal = await by_number(uow, number)
        rows = await uow.session.scalars(
            Attachment.__table__.select().where(Attachment.appeal_id == appeal.id)
        )
        assert len(list(rows)) == 3


async def test_an_album_added_to_an_appeal(aziza: PlaygroundUser) -> None:
    await file_appeal(aziza, LAMP)
    await aziza.press("Add to this appeal")
    await aziza.wait_for("Write what to add")
    before = len(await aziza.replies())
    await aziza.send_album(["photo", "photo"], caption="Mana suratlar")
    await aziza.wait_for("Added to appeal")
    await aziza.say("/help")
    await aziza.wait_for("Write a question")
    assert len(await aziza.replies()) == before + 2


async def test_a_voice_message_is_asked_for_a_sentence(aziza: PlaygroundUser) -> None:
    await aziza.say("/appeal")
    await aziza.wait_for("in your own words what happened")
    await aziza.send_voice()
    await aziza.wait_for("at least one sentence")
    await aziza.say(LAMP)
    await finish(aziza)


async def test_a_location_is_kept_beside_the_words(aziza: PlaygroundUser, running: RunningBot) -> None:
    await aziza.say("/appeal")
    await aziza.wait_for("in your own words what happened")
    await aziza.send_location(41.311081, 69.240562)
    await aziza.wait_for("at least one sentence")
    await aziza.say(LAMP)
    number = await finish(aziza)
    assert await text_of(running, number) == f"{LAMP}\n📍 41.311081, 69.240562"


async def test_a_video_over_20_mb_is_refused_in_words(aziza: PlaygroundUser) -> None:
    await aziza.attach("video", b"x", name="yol.mp4", mime="video/mp4", size=25 * 1024 * 1024)
    refused = await aziza.wait_for("larger than 20 MB")
    assert "everything else is kept" in refused.text


async def test_five_thousand_characters_stay_one_appeal(aziza: PlaygroundUser, running: RunningBot) -> None:
    first, second = ("Yoʻl buzilgan. " * 300)[:4096].strip(), "Davomi: " + "iltimos tuzating " * 50
    await aziza.say(first)
    await aziza.wait_for("What is it?")
    await aziza.say(second)
    await aziza.wait_for("added this to the text")
    await aziza.press("Application")
    await introduce(aziza)
    await aziza.wait_for("Please check")
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    number = receipt.text.split("Number: ")[1].split("\n")[0]
    assert await text_of(running, number) == f"{first}\n{second.strip()}"


@pytest.mark.parametrize(
    "text",
    [
        "<b>Chiroq</b> & suv yoʻq <script>alert(1)</script> *_[]()~`>#+-=|{}.!",
        "👨‍👩‍👧‍👦 bizda gaz yoʻq 🔥 iltimos 🙏🏽 yordam bering",
        "Oʻqituvchi o'qituvchi o‘qituvchi oʼqituvchi o`qituvchi keldi",
        "\u202eteskari matn\u202c va a\u0301\u0301\u0301 belgilar kelmadi",
    ],
)
async def test_text_is_kept_exactly(aziza: PlaygroundUser, running: RunningBot, text: str) -> None:
    number = await file_appeal(aziza, text)
    assert await text_of(running, number) == text
    await aziza.press("Add to this appeal")
    await aziza.wait_for("Write what to add")


async def test_an_edited_message_changes_the_draft_only(aziza: PlaygroundUser, running: RunningBot) -> None:
    await aziza.say("/appeal")
    await aziza.wait_for("in your own words what happened")
    mine = await aziza.say("Chiroq yoʻq")
    await aziza.wait_for("What is it?")
    await aziza.edit(mine.id, LAMP)
    await aziza.wait_for("as you edited it")
    await aziza.press("Application")
    await introduce(aziza)
    await aziza.wait_for("Please check")
    await aziza.press("Confirm and send")
    receipt = await aziza.wait_for("Tracking code")
    number = receipt.text.split("Number: ")[1].split("\n")[0]
    await aziza.edit(mine.id, "Boshqa gap")
    await aziza.wait_for("does not change by that")
    assert await text_of(running, number) == LAMP


async def test_somebody_elses_contact_is_refused(aziza: PlaygroundUser, served: Served) -> None:
    timur = await arrive(served, "Timur")
    await aziza.send_contact("+998935556677", owner=timur.id)
    await aziza.wait_for("not your own contact")
    await aziza.send_contact("+998935556677", anonymous=True)
    await aziza.wait_for("not your own contact")
    await aziza.say("/mydata")
    shown = await aziza.wait_for("What is stored about you")
    assert "5556677" not in shown.text
    await aziza.send_contact("+998901112233")
    await aziza.wait_for("kept your telephone")
    await aziza.say("/mydata")
    await aziza.wait_for("+998901112233")


async def test_other_peoples_buttons_do_nothing(aziza: PlaygroundUser, served: Served) -> None:
    number = await file_appeal(aziza, LAMP)
    timur = await arrive(served, "Timur")
    greeting = (await timur.replies())[-1]
    for data in (
        f"my:{number}",
        f"add:{number}",
        f"withdraw:{number}:yes",
        f"verdict:{number}:not_solved",
        f"read:{number}",
        f"rate:{number}:5",
        "faq:1:send",
        "pick:1:anything",
        "draft:AAAAAAAAAA:send:1",
        "draft",
        "rate",
        "my:",
        "nonsense",
        "language:xx",
        "faq:99999999999999999999999:yes",
    ):
        await timur.press_data(greeting.id, data)
        answer = await timur.wait_for(lambda seen: not seen.mine)
        assert LAMP not in answer.text, data
    await aziza.say("/my")
    await aziza.wait_for("registered")


async def test_stickers_and_polls_get_a_plain_word(aziza: PlaygroundUser) -> None:
    await aziza.send_sticker()
    await aziza.wait_for("cannot read this kind")


async def test_a_forwarded_message_is_asked_about(aziza: PlaygroundUser) -> None:
    await aziza.say("/appeal")
    await aziza.wait_for("in your own words what happened")
    await aziza.forward(LAMP, "Qoʻshni")
    asked = await aziza.wait_for("written by somebody else")
    assert asked.buttons[:3] == ["Ask a question", "File an appeal", "Cancel"]
    await aziza.press_data(asked.id, "forwarded:file")
    await aziza.wait_for("What is it?")


async def test_groups_are_never_shown_an_appeal(aziza: PlaygroundUser, served: Served) -> None:
    number = await file_appeal(aziza, LAMP)
    await served.client.new_group(-100123, members={str(aziza.id): "member"})
    in_group = aziza.in_chat(-100123)
    await in_group.say("/my")
    await in_group.say(number)
    await aziza.say("/help")
    await aziza.wait_for("Write a question")
    assert await in_group.replies() == []


async def test_back_returns_to_the_step_before(aziza: PlaygroundUser) -> None:
    await aziza.say(f"/appeal {LAMP}")
    await aziza.wait_for("What is it?")
    await aziza.press("Application")
    await aziza.wait_for("consent")
    await aziza.press("Back")
    await aziza.wait_for("What is it?")
    await aziza.press("Proposal")
    await introduce(aziza)
    await aziza.wait_for("Kind: Proposal")
    await aziza.press("Back")
    await aziza.wait_for("Where do you live")
    await aziza.press("Back")
    await aziza.wait_for("surname and name")
    await aziza.say("12345")
    await aziza.wait_for("A name needs letters")
    await aziza.say("Karimova Nodira")
    summary = await aziza.wait_for("Please check")
    assert "Karimova Nodira" in summary.text
