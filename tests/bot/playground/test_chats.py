"""Groups, topics, commands, menus, reactions and what a bot says about itself."""

from http import HTTPStatus

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonWebApp,
    ReactionTypeEmoji,
    WebAppInfo,
)

from bot.playground import PlaygroundUser
from bot.playground.server import Served, bind
from tests.bot.playground.conftest import TOKEN

pytestmark = pytest.mark.anyio
STAFF = -1001


async def test_a_topic_per_appeal(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    await served.client.new_group(STAFF, "Officials", is_forum=True)
    topic = await tg.create_forum_topic(STAFF, "AB26-0001")
    thread = topic.message_thread_id
    sent = await tg.send_message(STAFF, "A new appeal", message_thread_id=thread)
    assert sent.message_thread_id == thread
    assert sent.chat.is_forum
    await aziza.in_chat(STAFF).say("I take it", thread=thread)
    *_, update = await tg.get_updates()
    assert update.message
    assert update.message.message_thread_id == thread

    await tg.close_forum_topic(STAFF, thread)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await tg.close_forum_topic(STAFF, thread)
    await tg.reopen_forum_topic(STAFF, thread)
    await tg.delete_forum_topic(STAFF, thread)
    for act in (tg.reopen_forum_topic, tg.close_forum_topic):
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await act(STAFF, thread)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await tg.send_message(STAFF, "Too late", message_thread_id=thread)


async def test_topics_need_a_forum(tg: Bot, aziza: PlaygroundUser) -> None:
    with pytest.raises(TelegramBadRequest, match="not a forum"):
        await tg.create_forum_topic(aziza.id, "x")
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await tg.send_message(aziza.id, "x", message_thread_id=5)


async def test_commands_by_scope_and_language(tg: Bot, aziza: PlaygroundUser) -> None:
    english = [BotCommand(command="ask", description="Ask a question")]
    uzbek = [BotCommand(command="ask", description="Savol berish")]
    mine = [BotCommand(command="my", description="My appeals")]
    private = BotCommandScopeAllPrivateChats()
    await tg.set_my_commands(english, scope=private)
    await tg.set_my_commands(uzbek, scope=private, language_code="uz")
    (command,) = await tg.get_my_commands(scope=private, language_code="uz")
    assert command.description == "Savol berish"
    assert await tg.get_my_commands() == []
    shown = (await aziza.look())["commands"]
    assert shown == [{"command": "ask", "description": "Savol berish"}]

    await tg.set_my_commands(mine, scope=BotCommandScopeChat(chat_id=aziza.id))
    assert (await aziza.look())["commands"][0]["command"] == "my"
    await tg.delete_my_commands(scope=BotCommandScopeChat(chat_id=aziza.id))
    await tg.delete_my_commands(scope=private, language_code="uz")
    assert (await aziza.look())["commands"][0]["description"] == "Ask a question"
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await tg.set_my_commands([BotCommand(command="Ask!", description="x")])


async def test_the_menu_button_needs_https(tg: Bot, aziza: PlaygroundUser) -> None:
    good = MenuButtonWebApp(text="Open", web_app=WebAppInfo(url="https://example.uz"))
    await tg.set_chat_menu_button(chat_id=aziza.id, menu_button=good)
    assert (await tg.get_chat_menu_button(chat_id=aziza.id)).type == "web_app"
    assert (await tg.get_chat_menu_button()).type == "commands"
    bad = MenuButtonWebApp(text="Open", web_app=WebAppInfo(url="http://example.uz"))
    with pytest.raises(TelegramBadRequest, match="HTTPS"):
        await tg.set_chat_menu_button(menu_button=bad)


async def test_chats_and_members(served: Served, tg: Bot, aziza: PlaygroundUser) -> None:
    await served.client.new_group(STAFF, "Officials", members={str(aziza.id): "creator"})
    assert (await tg.get_chat(STAFF)).title == "Officials"
    assert (await tg.get_chat(aziza.id)).first_name == "Aziza"
    assert (await tg.get_chat_member(STAFF, aziza.id)).status == "creator"
    assert (await tg.get_chat_member(STAFF, tg.id)).status == "administrator"
    assert len(await tg.get_chat_administrators(STAFF)) == 2
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await tg.get_chat(-5)
    with pytest.raises(TelegramBadRequest, match="user not found"):
        await tg.get_chat_member(STAFF, 123)


async def test_reactions_and_actions(tg: Bot, aziza: PlaygroundUser) -> None:
    message = (await aziza.messages())[-1]
    assert await tg.send_chat_action(aziza.id, "typing")
    assert await tg.set_message_reaction(aziza.id, message.id, [ReactionTypeEmoji(emoji="👀")])
    with pytest.raises(TelegramBadRequest, match="message to react not found"):
        await tg.set_message_reaction(aziza.id, 1, [ReactionTypeEmoji(emoji="👀")])


async def test_the_bot_describes_itself(tg: Bot) -> None:
    assert await tg.set_my_description("Appeals to the state", language_code="en")
    assert (await tg.get_my_description(language_code="en")).description == "Appeals to the state"
    assert await tg.set_my_short_description("Appeals")
    assert await tg.set_my_name("Qabul")
    assert (await tg.get_my_name()).name == "Qabul"


async def test_an_unknown_method_is_not_found_and_every_way_of_sending_is_read(served: Served) -> None:
    base = f"{served.url}/bot{TOKEN}"
    aziza = await served.client.user("Aziza")
    body = {"chat_id": aziza.id, "text": "Salom"}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/sendTelegram") as answer:
            assert answer.status == HTTPStatus.NOT_FOUND
            assert (await answer.json())["error_code"] == HTTPStatus.NOT_FOUND
        for options in ({"json": body}, {"data": body}, {"params": body}):
            async with session.post(f"{base}/SENDMESSAGE", **options) as answer:
                assert (await answer.json())["result"]["text"] == "Salom"
        async with session.post(f"{base}/sendMessage", json=[1]) as answer:
            assert answer.status == HTTPStatus.BAD_REQUEST
    assert len(await aziza.replies()) == 3


async def test_the_playground_stays_on_this_machine(served: Served) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        bind("0.0.0.0", 0)
    async with aiohttp.ClientSession() as session:
        for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            async with session.get(f"{served.url}/playground/log", headers=headers) as answer:
                assert answer.status == HTTPStatus.FORBIDDEN
