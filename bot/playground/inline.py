"""Inline mode and business accounts, from the person's side."""

import secrets

from bot.playground.acts import Act
from bot.playground.records import seconds_now
from bot.playground.refusal import Json


def ask_inline(act: Act, words: str, offset: str = "") -> str:
    """Types `@bot words` in some chat; returns the id under which the bot's results will be found."""
    number = str(secrets.randbelow(10**18))
    act.account.inline[number] = {"id": number, "query": words, "person": act.person.id}
    content = {
        "id": number,
        "from": act.person.view(),
        "query": words,
        "offset": offset,
        "chat_type": "private",
    }
    act.playground.push(act.account, "inline_query", content)
    return number


def choose_inline(act: Act, number: str, result_id: str) -> Json:
    """Picks a result: its text appears in the chat, sent through the bot."""
    query = act.account.inline.get(number)
    results: list[Json] = (query or {}).get("results", [])
    chosen = next((result for result in results if result.get("id") == result_id), None)
    if query is None or chosen is None:
        raise LookupError("no such inline result")
    content = {"result_id": result_id, "from": act.person.view(), "query": query["query"]}
    act.playground.push(act.account, "chosen_inline_result", content)
    text = (chosen.get("input_message_content") or {}).get("message_text") or str(chosen.get("title", ""))
    act.extra = {"via_bot": act.account.view()}
    return act.say(text)


def connect_business(act: Act, *, enabled: bool = True, can_reply: bool = True, number: str = "") -> Json:
    """The person connects the bot to a business account (or changes it, with the same `number`)."""
    connection: Json = {
        "id": number or f"B{secrets.token_hex(8)}",
        "user": act.person.view(),
        "user_chat_id": act.person.id,
        "date": seconds_now(),
        "is_enabled": enabled,
        "rights": {"can_reply": can_reply},
    }
    act.account.business[connection["id"]] = connection
    act.playground.push(act.account, "business_connection", connection)
    return connection
