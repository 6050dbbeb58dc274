"""Updates of every shape as the wire may bring them, with what becomes of each; lines are long as tables are."""

# ruff: noqa: E501

from dataclasses import dataclass, field
from typing import Any

DONE, PARKED = "done", "parked"


@dataclass(frozen=True)
class Wire:
    """`said`: words that the person of the chat reads; empty when nothing may be said. `{user}`, `{chat}` are
    put in by the test."""

    name: str
    payload: dict[str, Any] = field(default_factory=dict)
    state: str = DONE
    said: str = ""


def message(person: int, **content: Any) -> dict[str, Any]:
    return {
        "message_id": 900_001,
        "date": 1_790_000_000,
        "chat": {"id": person, "type": "private", "first_name": "Aziza"},
        "from": {"id": person, "is_bot": False, "first_name": "Aziza", "language_code": "en"},
        **content,
    }


def pressed(person: int, **changes: Any) -> dict[str, Any]:
    query = {
        "id": "1",
        "from": message(person)["from"],
        "chat_instance": "1",
        "message": message(person),
        "data": "my:x",
    }
    return {name: value for name, value in {**query, **changes}.items() if value is not None}


def wires(person: int) -> list[Wire]:
    group = {"id": -1007, "type": "supergroup", "title": "Mahalla"}
    user = message(person)["from"]
    bot = {"id": 5, "is_bot": True, "first_name": "bot"}
    old, new = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    return [
        Wire("nothing but a number"),
        Wire("a kind of the future", {"thought": {"from": user, "words": "?"}}),
        Wire("a kind of the future that is no object", {"pulse": 7}),
        Wire(
            "half a character in the text",
            {"message": message(person, text="suv \ud83d yoʻq \udc00")},
            said="suv|question|appeal|agency",
        ),
        Wire("a text that is a number", {"message": message(person, text=5)}, PARKED, "Something went wrong"),
        Wire(
            "a text that is a list", {"message": message(person, text=["x"])}, PARKED, "Something went wrong"
        ),
        Wire(
            "contents that are no object",
            {"message": message(person, photo="x", text="Nechta kun?")},
            said="appeal|question|agency|answer",
        ),
        Wire("a message without a chat", {"message": {"message_id": 1, "date": 1}}, PARKED),
        Wire("a message that is null", {"message": None}),
        Wire("a message that is a word", {"message": "hello"}, PARKED),
        Wire(
            "a message from nobody",
            {"message": {key: value for key, value in message(person, text="x").items() if key != "from"}},
        ),
        Wire("a message of a bot", {"message": message(person, text="x") | {"from": bot}}),
        Wire("a chat of a larger number than any", {"message": message(2**60, text="x")}, said=""),
        Wire(
            "a date before all time",
            {"message": message(person, text="Nechta kun?") | {"date": 0}},
            said="appeal|question|agency|answer",
        ),
        Wire("a group", {"message": message(person, text="/my") | {"chat": group}}),
        Wire(
            "a group's own voice",
            {"message": message(person, text="/start") | {"chat": group, "sender_chat": group}},
        ),
        Wire(
            "a channel",
            {
                "channel_post": {
                    "message_id": 1,
                    "date": 1,
                    "chat": group | {"type": "channel"},
                    "text": "/my",
                }
            },
        ),
        Wire(
            "a business chat", {"business_message": message(person, text="/my", business_connection_id="1")}
        ),
        Wire("an inline question", {"inline_query": {"id": "1", "from": user, "query": "suv", "offset": ""}}),
        Wire(
            "a payment",
            {
                "pre_checkout_query": {
                    "id": "1",
                    "from": user,
                    "currency": "UZS",
                    "total_amount": 1,
                    "invoice_payload": "x",
                }
            },
        ),
        Wire(
            "somebody wants to join",
            {"chat_join_request": {"chat": group, "from": user, "user_chat_id": person, "date": 1}},
        ),
        Wire(
            "a reaction",
            {
                "message_reaction": {
                    "chat": message(person)["chat"],
                    "message_id": 1,
                    "user": user,
                    "date": 1,
                    "old_reaction": [],
                    "new_reaction": [],
                }
            },
        ),
        Wire(
            "a press without data",
            {"callback_query": pressed(person, data=None, game_short_name="chess")},
            said="does not work any more",
        ),
        Wire(
            "a press without a message",
            {"callback_query": pressed(person, message=None, inline_message_id="7")},
        ),
        Wire(
            "a press on a message that is gone",
            {
                "callback_query": pressed(
                    person, message={"chat": message(person)["chat"], "message_id": 1, "date": 0}
                )
            },
            said="cannot find that",
        ),
        Wire(
            "a press in a group",
            {"callback_query": pressed(person, message=message(person) | {"chat": group})},
        ),
        Wire(
            "a press with bytes of a kind",
            {"callback_query": pressed(person, data="draft:\x00:\u202e:\ud800")},
            said="earlier conversation",
        ),
        Wire(
            "a press with 64 colons",
            {"callback_query": pressed(person, data=":" * 64)},
            said="does not work any more",
        ),
        Wire(
            "a press for an unknown answer to a question",
            {"callback_query": pressed(person, data="faq:1:perhaps")},
            said="cannot find that|does not work",
        ),
        Wire(
            "an edited message that was never seen",
            {"edited_message": message(person, text="x", edit_date=1)},
            said="edited a message",
        ),
        Wire(
            "the bot was blocked",
            {
                "my_chat_member": {
                    "chat": message(person)["chat"],
                    "from": user,
                    "date": 1,
                    "old_chat_member": old,
                    "new_chat_member": new,
                }
            },
        ),
        Wire(
            "the bot was let in again",
            {
                "my_chat_member": {
                    "chat": message(person)["chat"],
                    "from": user,
                    "date": 1,
                    "old_chat_member": new,
                    "new_chat_member": old,
                }
            },
        ),
        Wire(
            "a membership of the future",
            {
                "my_chat_member": {
                    "chat": group,
                    "from": user,
                    "date": 1,
                    "old_chat_member": old,
                    "new_chat_member": {"status": "honoured", "user": bot},
                }
            },
            PARKED,
        ),
    ]
