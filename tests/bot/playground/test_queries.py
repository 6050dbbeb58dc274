"""Button presses, inline queries, business accounts."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)

from bot.playground import PlaygroundUser
from bot.playground.client import PlaygroundError
from bot.playground.server import Served

pytestmark = pytest.mark.anyio


def buttons(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=label.lower()) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_press_is_answered_once(tg: Bot, aziza: PlaygroundUser) -> None:
    sent = await tg.send_message(aziza.id, "Solved?", reply_markup=buttons("Not solved", "Solved"))
    pressed = await aziza.press("Solved")
    *_, update = await tg.get_updates()
    query = update.callback_query
    assert query
    assert (query.data, query.from_user.id) == ("solved", aziza.id)
    assert query.message
    assert query.message.message_id == sent.message_id
    await tg.answer_callback_query(query.id, text="Thank you", show_alert=True)
    answer = await aziza.wait_for_answer(pressed["query_id"])
    assert (answer["text"], answer["show_alert"]) == ("Thank you", True)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await tg.answer_callback_query(query.id)


async def test_a_late_answer_is_refused(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    served.playground.callback_seconds = -1
    await tg.send_message(aziza.id, "Solved?", reply_markup=buttons("Solved"))
    pressed = await aziza.press("Solved")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await tg.answer_callback_query(pressed["query_id"])


async def test_the_newest_message_with_the_label_is_pressed(tg: Bot, aziza: PlaygroundUser) -> None:
    await tg.send_message(aziza.id, "First", reply_markup=buttons("Back"))
    newest = await tg.send_message(aziza.id, "Second", reply_markup=buttons("⬅ Back"))
    await aziza.press("back")
    *_, update = await tg.get_updates()
    assert update.callback_query
    assert update.callback_query.message
    assert update.callback_query.message.message_id == newest.message_id
    with pytest.raises(PlaygroundError, match="no button contains 'Withdraw'; there are: ⬅ Back, Back"):
        await aziza.press("Withdraw")


async def test_forged_and_stale_presses_reach_the_bot(tg: Bot, aziza: PlaygroundUser) -> None:
    await aziza.press_data(1, "appeal:someone-else's")
    *_, update = await tg.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "appeal:someone-else's"
    assert update.callback_query.message
    assert update.callback_query.message.date == 0


async def test_inline_results_are_offered_and_chosen(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    number = await aziza.act("inline", query="passport")
    *_, update = await tg.get_updates()
    assert update.inline_query
    assert update.inline_query.query == "passport"
    content = InputTextMessageContent(message_text="Passports are issued by ...")
    article = InlineQueryResultArticle(id="faq-1", title="Passport", input_message_content=content)
    with pytest.raises(TelegramBadRequest, match="RESULT_ID_DUPLICATE"):
        await tg.answer_inline_query(number, [article, article])
    await tg.answer_inline_query(number, [article], is_personal=False)
    offered = await served.client.request("GET", f"/api/inline/{number}")
    assert offered["results"][0]["title"] == "Passport"
    await aziza.act("choose", inline_id=number, result_id="faq-1")
    *_, chosen, message = await tg.get_updates()
    assert chosen.chosen_inline_result
    assert message.message
    assert message.message.via_bot


async def test_a_business_account_writes_through_its_connection(
    served: Served, tg: Bot, aziza: PlaygroundUser
) -> None:
    timur = await served.client.user("Timur")
    connection = await timur.act("business")
    known = await tg.get_business_connection(connection["id"])
    assert known.user.id == timur.id
    await aziza.say("Is the office open?", business=connection["id"])
    *_, update = await tg.get_updates()
    assert update.business_message
    assert update.business_message.business_connection_id == connection["id"]
    reply = await tg.send_message(aziza.id, "Yes", business_connection_id=connection["id"])
    assert reply.business_connection_id == connection["id"]
    with pytest.raises(TelegramBadRequest, match="business connection not found"):
        await tg.send_message(aziza.id, "Yes", business_connection_id="unknown")
