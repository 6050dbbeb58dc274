"""Attachments in both directions, with real multipart uploads."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

from bot.playground import PlaygroundUser
from bot.playground.server import Served
from tests.bot.playground.conftest import make_bot

pytestmark = pytest.mark.anyio
LETTER = BufferedInputFile(b"Dear citizen", "letter.pdf")


async def download(tg: Bot, file_id: str) -> bytes:
    file = await tg.get_file(file_id)
    assert file.file_path
    stream = await tg.download_file(file.file_path)
    assert stream
    return stream.read()


async def test_a_document_goes_up_and_comes_back(tg: Bot, aziza: PlaygroundUser) -> None:
    sent = await tg.send_document(aziza.id, LETTER, caption="<b>Answer</b>", parse_mode="HTML")
    assert sent.document
    assert sent.document.file_name == "letter.pdf"
    assert sent.caption == "Answer"
    assert await download(tg, sent.document.file_id) == b"Dear citizen"
    again = await tg.send_document(aziza.id, sent.document.file_id)
    assert again.document == sent.document


async def test_every_kind_of_medium_is_sent(tg: Bot, aziza: PlaygroundUser) -> None:
    file = BufferedInputFile(b"bytes", "file.bin")
    assert (await tg.send_photo(aziza.id, file)).photo
    assert (await tg.send_voice(aziza.id, file)).voice
    assert (await tg.send_video(aziza.id, file)).video
    assert (await tg.send_audio(aziza.id, file)).audio
    assert (await tg.send_sticker(aziza.id, file)).sticker
    assert (await tg.send_location(aziza.id, 41.3, 69.2)).location
    assert (await tg.send_contact(aziza.id, "+998712000000", "Reception")).contact
    with pytest.raises(TelegramBadRequest, match="wrong coordinates"):
        await tg.send_location(aziza.id, 141.3, 69.2)


async def test_an_album_has_one_group_id(tg: Bot, aziza: PlaygroundUser) -> None:
    first = InputMediaPhoto(media=BufferedInputFile(b"one", "1.jpg"), caption="Two photos")
    second = InputMediaPhoto(media=BufferedInputFile(b"two", "2.jpg"))
    sent = await tg.send_media_group(aziza.id, [first, second])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["Two photos", None]
    assert sent[1].photo
    assert await download(tg, sent[1].photo[-1].file_id) == b"two"
    with pytest.raises(TelegramBadRequest, match="mixed"):
        await tg.send_media_group(aziza.id, [first, InputMediaDocument(media=LETTER)])


async def test_a_caption_is_edited_and_limited(tg: Bot, aziza: PlaygroundUser) -> None:
    sent = await tg.send_document(aziza.id, LETTER, caption="Draft")
    where = {"chat_id": aziza.id, "message_id": sent.message_id}
    assert (await tg.edit_message_caption(caption="Final", **where)).caption == "Final"
    with pytest.raises(TelegramBadRequest, match="not modified"):
        await tg.edit_message_caption(caption="Final", **where)
    with pytest.raises(TelegramBadRequest, match="no text in the message"):
        await tg.edit_message_text("Final", **where)
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await tg.send_document(aziza.id, LETTER, caption="я" * 1025)


async def test_refused_files(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await tg.send_document(aziza.id, "no-such-id")
    with pytest.raises(TelegramBadRequest, match="non-empty"):
        await tg.send_document(aziza.id, BufferedInputFile(b"", "empty.txt"))
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await tg.send_photo(aziza.id, "https://example.uz/picture.png")
    with pytest.raises(TelegramEntityTooLarge):
        await tg.send_photo(aziza.id, BufferedInputFile(bytes(10 * 1024 * 1024 + 1), "big.jpg"))
    sent = await tg.send_document(aziza.id, LETTER)
    assert sent.document
    other = make_bot(served, "43:other")
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await other.get_file(sent.document.file_id)
    await other.session.close()


async def test_people_send_everything(tg: Bot, aziza: PlaygroundUser) -> None:
    (start,) = await tg.get_updates()
    await aziza.send_photo(b"\xff\xd8jpeg", caption="Pothole")
    await aziza.send_voice()
    await aziza.send_video()
    await aziza.send_document(b"text", name="ariza.txt")
    await aziza.send_location()
    await aziza.send_sticker()
    await aziza.send_contact(owner=999)
    await aziza.send_album(["photo", "photo"], caption="Both sides")
    updates = await tg.get_updates(offset=start.update_id + 1)
    messages = [update.message for update in updates if update.message]
    kinds = [message.content_type for message in messages]
    names = ["photo", "voice", "video", "document", "location", "sticker", "contact", "photo", "photo"]
    assert [str(kind.value if hasattr(kind, "value") else kind) for kind in kinds] == names
    assert messages[0].caption == "Pothole"
    assert messages[0].photo
    assert await download(tg, messages[0].photo[-1].file_id) == b"\xff\xd8jpeg"
    assert messages[6].contact
    assert messages[6].contact.user_id == 999
    assert messages[7].media_group_id == messages[8].media_group_id is not None


async def test_a_file_over_20_mb_cannot_be_fetched(tg: Bot, aziza: PlaygroundUser) -> None:
    await aziza.attach("document", b"part", size=21 * 1024 * 1024)
    *_, update = await tg.get_updates()
    assert update.message
    assert update.message.document
    assert update.message.document.file_size == 21 * 1024 * 1024
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await tg.get_file(update.message.document.file_id)
