"""The outbound channel against the playground: what is sent, and what is said of each fault."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.account import open_bot
from bot.channel import TelegramChannel
from bot.pace import Pace
from bot.playground import PlaygroundUser
from bot.playground.server import Served
from hub.delivery.channel import Blocked, Failed, File, Moved, RetryLater, SendResult, Sent, Uncertain
from hub.delivery.content import Button, Outgoing
from hub.foundation.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
async def channel(bot_settings: Settings) -> AsyncIterator[TelegramChannel]:
    opened = TelegramChannel(open_bot(bot_settings), Pace(limited=False))
    yield opened
    await opened.close()


@pytest.fixture
async def jane(served: Served) -> PlaygroundUser:
    person = await served.client.new_user("Jane", started=True)
    await person.say("/start")
    return person


async def test_text_arrives_exactly_with_its_title(channel: TelegramChannel, jane: PlaygroundUser) -> None:
    text = "<b>not bold</b> & *plain* _text_ 👨‍👩‍👧 \u202bرن"
    result = await channel.send(str(jane.id), Outgoing(title="Ґ 👍 title", text=text), None)
    assert isinstance(result, Sent)
    seen = (await jane.replies())[-1]
    assert seen.text == f"Ґ 👍 title\n\n{text}"
    assert [entity["type"] for entity in seen.raw["entities"]] == ["bold"]
    assert result.provider_id == str(seen.id)


async def test_a_lone_surrogate_does_not_stop_a_message(
    channel: TelegramChannel, jane: PlaygroundUser
) -> None:
    assert isinstance(await channel.send(str(jane.id), Outgoing(text="half \ud83d of an emoji"), None), Sent)


async def test_buttons_and_quick_replies(channel: TelegramChannel, jane: PlaygroundUser) -> None:
    rows = ((Button(label="Solved", action="verdict:1:solved"), Button(label="Long", action="x" * 65)),)
    await channel.send(str(jane.id), Outgoing(text="?", buttons=rows), None)
    assert (await jane.replies())[-1].buttons == ["Solved"], "Telegram refuses a button over 64 bytes"
    await channel.send(str(jane.id), Outgoing(text="menu", choices=(("A", "B"), ("C",))), None)
    assert {"A", "B", "C"} <= set(await jane.buttons())


async def test_rewriting_a_message(channel: TelegramChannel, jane: PlaygroundUser) -> None:
    first = await channel.send(str(jane.id), Outgoing(text="before"), None)
    assert isinstance(first, Sent)
    edited = Outgoing(text="after", replace=first.provider_id)
    assert await channel.send(str(jane.id), edited, None) == first
    assert await channel.send(str(jane.id), edited, None) == first, "unchanged is as good as sent"
    gone = await channel.send(str(jane.id), Outgoing(text="anew", replace="999999"), None)
    assert isinstance(gone, Sent)
    assert [seen.text for seen in await jane.replies()] == ["after", "anew"]


async def test_files_travel_byte_for_byte(
    channel: TelegramChannel, jane: PlaygroundUser, tmp_path: Path, served: Served
) -> None:
    path = tmp_path / "stored"
    path.write_bytes(b"%PDF-1.4 answer")
    file = File(path, "javob <1>.pdf", "application/pdf")
    assert isinstance(await channel.send(str(jane.id), Outgoing(text="N", attachment_id="a"), file), Sent)
    seen = (await jane.replies())[-1]
    assert seen.raw["document"]["file_name"] == "javob <1>.pdf"
    source = {"file_id": seen.raw["document"]["file_id"]}
    assert b"".join([chunk async for chunk in channel.fetch(source)]) == b"%PDF-1.4 answer"


async def test_a_file_that_is_not_there_any_more(channel: TelegramChannel, jane: PlaygroundUser) -> None:
    with pytest.raises(ValueError, match="does not give"):
        _ = [chunk async for chunk in channel.fetch({"file_id": "nonsense"})]
    large = await jane.attach("video", b"x", name="v.mp4", mime="video/mp4", size=30 * 1024 * 1024)
    with pytest.raises(ValueError, match="Telegram does not give"):
        _ = [chunk async for chunk in channel.fetch({"file_id": large.raw["video"]["file_id"]})]
    missing = File(Path("nowhere"), "x.pdf", "application/pdf")
    assert isinstance(await channel.send(str(jane.id), Outgoing(text="", attachment_id="a"), missing), Failed)


@pytest.mark.parametrize(
    ("fault", "options", "expected"),
    [
        ("retry_after", {"retry_after": 7}, RetryLater),
        ("blocked", {}, Blocked),
        ("deactivated", {}, Blocked),
        ("chat_not_found", {}, Failed),
        ("migrate", {"migrate_to_chat_id": -100555}, Moved),
        ("unauthorized", {}, RetryLater),
        ("server_error", {}, Uncertain),
        ("server_error_after", {}, Uncertain),
        ("drop", {}, Uncertain),
        ("drop_after", {}, Uncertain),
        ("refuse", {"code": 400, "detail": "can't parse entities"}, Failed),
    ],
)
async def test_each_fault_has_its_meaning(
    channel: TelegramChannel,
    jane: PlaygroundUser,
    served: Served,
    fault: str,
    options: dict[str, object],
    expected: type[SendResult],
) -> None:
    await served.client.fault(fault, method="sendMessage", **options)
    result = await channel.send(str(jane.id), Outgoing(text="hello"), None)
    assert isinstance(result, expected)
    assert "test-token" not in repr(result)
    if fault == "retry_after":
        assert isinstance(result, RetryLater)
        assert result.seconds == 7
        waiting = await channel.send(str(jane.id), Outgoing(text="too soon"), None)
        assert isinstance(waiting, RetryLater), "no call is made before the time is up"
        assert waiting.reason == "pace"
    if fault == "migrate":
        assert result == Moved("-100555")


async def test_a_refused_connection_is_safe_to_repeat(bot_settings: Settings) -> None:
    nowhere = bot_settings.model_copy(update={"telegram_api_url": "http://127.0.0.1:9"})
    channel = TelegramChannel(open_bot(nowhere), Pace(limited=False))
    try:
        result = await channel.send("1", Outgoing(text="hello"), None)
        assert isinstance(result, RetryLater)
        with pytest.raises(OSError, match="TelegramNetworkError"):
            _ = [chunk async for chunk in channel.fetch({"file_id": "x"})]
    finally:
        await channel.close()


async def test_the_pace_of_one_chat_and_of_all() -> None:
    pace = Pace()
    assert [pace.wait("1") for _message in range(20)] == [0.0] * 20
    assert 0 < pace.wait("1") <= 1, "one a second after a burst"
    waits = [pace.wait(str(chat)) for chat in range(100, 130)]
    assert any(waits), "some thirty a second in all"
    pace.shut("7", 30)
    assert pace.wait("7") > 25
