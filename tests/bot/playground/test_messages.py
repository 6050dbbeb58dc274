"""sendMessage and edits: what Telegram accepts, and its refusals."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.playground import PlaygroundUser
from bot.playground.server import Served

pytestmark = pytest.mark.anyio


def one_button(text: str = "Skip", data: str = "skip") -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=text, callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_html_becomes_text_with_entities(tg: Bot, aziza: PlaygroundUser) -> None:
    source = (
        '<b>Oʻz</b> 😀 <a href="https://my.gov.uz">link</a> &lt;3 &amp; '
        '<pre><code class="language-py">x</code></pre>'
    )
    sent = await tg.send_message(aziza.id, source, parse_mode="HTML")
    assert sent.text == "Oʻz 😀 link <3 & x"
    marks = [(mark.type, mark.extract_from(sent.text)) for mark in sent.entities or []]
    assert marks == [("bold", "Oʻz"), ("text_link", "link"), ("pre", "x")]
    assert (await aziza.messages())[-1].text == sent.text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("2 < 3", 'Unsupported start tag ""'),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>wrong</i>", 'Unmatched end tag, expected "</b>", found "</i>"'),
        ("</b>", "Unexpected end tag"),
        ("<p>paragraph</p>", 'Unsupported start tag "p"'),
        ("салом <br>", "byte offset 11"),
        ("<b", "Unclosed start tag"),
        ("<span>x</span>", "tg-spoiler"),
    ],
)
async def test_bad_html_is_refused(tg: Bot, aziza: PlaygroundUser, source: str, words: str) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities") as refusal:
        await tg.send_message(aziza.id, source, parse_mode="HTML")
    assert words in str(refusal.value)


async def test_entities_are_accepted_and_checked(tg: Bot, aziza: PlaygroundUser) -> None:
    bold = MessageEntity(type="bold", offset=0, length=5)
    sent = await tg.send_message(aziza.id, "Salom <b>", entities=[bold])
    assert sent.text == "Salom <b>"
    assert [(mark.type, mark.offset, mark.length) for mark in sent.entities or []] == [("bold", 0, 5)]
    with pytest.raises(TelegramBadRequest, match="unsupported MessageEntity"):
        await tg.send_message(aziza.id, "x", entities=[MessageEntity(type="huge", offset=0, length=1)])


async def test_length_is_counted_in_utf16(tg: Bot, aziza: PlaygroundUser) -> None:
    assert (await tg.send_message(aziza.id, "я" * 4096)).text == "я" * 4096
    assert (await tg.send_message(aziza.id, "😀" * 2048)).text == "😀" * 2048
    for text in ("я" * 4097, "😀" * 2049):
        with pytest.raises(TelegramBadRequest, match="message is too long"):
            await tg.send_message(aziza.id, text)


async def test_empty_text_is_refused(tg: Bot, aziza: PlaygroundUser) -> None:
    for text, mode in (("   ", None), ("<b> </b>", "HTML")):
        with pytest.raises(TelegramBadRequest, match="message text is empty"):
            await tg.send_message(aziza.id, text, parse_mode=mode)


async def test_callback_data_holds_64_bytes(tg: Bot, aziza: PlaygroundUser) -> None:
    await tg.send_message(aziza.id, "?", reply_markup=one_button(data="я" * 32))
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await tg.send_message(aziza.id, "?", reply_markup=one_button(data="я" * 33))


async def test_a_button_without_an_action_is_refused(tg: Bot, aziza: PlaygroundUser) -> None:
    empty = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="nothing")]])
    with pytest.raises(TelegramBadRequest, match="Text buttons are unallowed"):
        await tg.send_message(aziza.id, "?", reply_markup=empty)


async def test_the_reply_keyboard_is_shown_pressed_and_removed(tg: Bot, aziza: PlaygroundUser) -> None:
    keyboard = ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text="📝 File an appeal")],
            [KeyboardButton(text="Phone", request_contact=True)],
        ]
    )
    sent = await tg.send_message(aziza.id, "Choose", reply_markup=keyboard)
    assert sent.reply_markup is None
    assert (await aziza.wait_for("Choose")).buttons == ["📝 File an appeal", "Phone"]
    (start,) = await tg.get_updates()

    pressed = await aziza.press("file an appeal")
    assert pressed["message"]["text"] == "📝 File an appeal"
    await aziza.press("Phone")
    _, contact = await tg.get_updates(offset=start.update_id + 1)
    assert contact.message
    assert contact.message.contact
    assert contact.message.contact.user_id == aziza.id

    await tg.send_message(aziza.id, "Done", reply_markup=ReplyKeyboardRemove())
    assert await aziza.buttons() == []
    await tg.send_message(aziza.id, "Name?", reply_markup=ForceReply())


async def test_who_cannot_be_written_to(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await tg.send_message(777, "?")
    shy = await served.client.new_user("Shy")
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await tg.send_message(shy.id, "?")
    await aziza.block()
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await tg.send_message(aziza.id, "?")
    await aziza.unblock()
    await tg.send_message(aziza.id, "welcome back")
    _, away, back = await tg.get_updates()
    assert away.my_chat_member
    assert away.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member
    assert back.my_chat_member.new_chat_member.status == "member"


async def test_a_reply_needs_its_message(tg: Bot, aziza: PlaygroundUser) -> None:
    mine = (await aziza.messages())[-1]
    sent = await tg.send_message(aziza.id, "Re", reply_parameters=ReplyParameters(message_id=mine.id))
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/start"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await tg.send_message(aziza.id, "Re", reply_parameters=ReplyParameters(message_id=1))
    lenient = ReplyParameters(message_id=1, allow_sending_without_reply=True)
    assert (await tg.send_message(aziza.id, "Re", reply_parameters=lenient)).reply_to_message is None


async def test_edits_must_change_something(tg: Bot, aziza: PlaygroundUser) -> None:
    sent = await tg.send_message(aziza.id, "Sending", reply_markup=one_button())
    where = {"chat_id": aziza.id, "message_id": sent.message_id}
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await tg.edit_message_text("Sending", reply_markup=one_button(), **where)
    edited = await tg.edit_message_text("Sent", **where)
    assert edited.text == "Sent"
    assert edited.reply_markup is None
    assert (await aziza.wait_for("Sent")).buttons == []
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await tg.edit_message_text("<i></i>Sent", parse_mode="HTML", **where)
    await tg.edit_message_reply_markup(reply_markup=one_button("Back"), **where)
    assert await aziza.buttons() == ["Back"]
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await tg.edit_message_reply_markup(reply_markup=one_button("Back"), **where)
    with pytest.raises(TelegramBadRequest, match="no caption"):
        await tg.edit_message_caption(caption="x", **where)


async def test_what_cannot_be_edited(tg: Bot, aziza: PlaygroundUser) -> None:
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await tg.edit_message_text("x", chat_id=aziza.id, message_id=1)
    mine = (await aziza.messages())[-1]
    with pytest.raises(TelegramBadRequest, match="can't be edited"):
        await tg.edit_message_text("x", chat_id=aziza.id, message_id=mine.id)


async def test_a_person_edits_an_own_message(tg: Bot, aziza: PlaygroundUser) -> None:
    mine = await aziza.say("Roads")
    await aziza.edit(mine.id, "Roads are bad")
    *_, update = await tg.get_updates()
    assert update.edited_message
    assert update.edited_message.text == "Roads are bad"


async def test_copies_forwards_and_deletions(tg: Bot, aziza: PlaygroundUser) -> None:
    mine = await aziza.say("My street is dark")
    copied = await tg.copy_message(aziza.id, aziza.id, mine.id)
    forwarded = await tg.forward_message(aziza.id, aziza.id, mine.id)
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "user"
    assert [seen.text for seen in await aziza.replies()] == ["My street is dark"] * 2
    await tg.delete_message(aziza.id, copied.message_id)
    await tg.delete_messages(aziza.id, [forwarded.message_id, 1])
    assert await aziza.replies() == []
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await tg.delete_message(aziza.id, copied.message_id)
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await tg.copy_message(aziza.id, aziza.id, copied.message_id)


async def test_a_forward_shows_another_author(tg: Bot, aziza: PlaygroundUser) -> None:
    await aziza.forward("Please check BX26-0000", name="Neighbour")
    *_, update = await tg.get_updates()
    assert update.message
    assert update.message.forward_origin
    assert update.message.forward_origin.type == "hidden_user"
