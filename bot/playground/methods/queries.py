"""Answers to button presses and inline queries; business connections."""

import time

from bot.playground.methods.registry import Call, method
from bot.playground.refusal import Json, bad

STALE = "query is too old and response timeout expired or query ID is invalid"
ANSWER_LIMIT = 200
RESULTS_LIMIT = 50


@method("answerCallbackQuery")
def answer_callback(call: Call) -> bool:
    """Once, and not too late."""
    query = call.playground.queries.get(call.params.text("callback_query_id"))
    late = query is not None and time.monotonic() - query.asked > call.playground.callback_seconds
    if query is None or query.answered or late:
        raise bad(STALE)
    text = call.params.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    answer: Json = {
        "callback_query_id": query.id,
        "text": text,
        "show_alert": call.params.flag("show_alert"),
        "url": call.params.text("url"),
    }
    call.playground.event(call.account.id, query.chat, "answer", answer)
    return True


@method("answerInlineQuery")
def answer_inline(call: Call) -> bool:
    number = call.params.text("inline_query_id")
    query = call.account.inline.get(number)
    if query is None or "results" in query:
        raise bad(STALE)
    results = call.params.data("results")
    if not isinstance(results, list) or len(results) > RESULTS_LIMIT:
        raise bad("RESULTS_TOO_MUCH")
    names = [str(result.get("id", "")) for result in results if isinstance(result, dict)]
    if len(names) < len(results) or not all(1 <= len(name.encode()) <= 64 for name in names):
        raise bad("RESULT_ID_INVALID")
    if len(set(names)) < len(names):
        raise bad("RESULT_ID_DUPLICATE")
    query["results"] = results
    query["is_personal"] = call.params.flag("is_personal")
    query["cache_time"] = call.params.integer("cache_time", 300)
    call.tell(None, "inline", query)
    return True


@method("getBusinessConnection")
def get_business_connection(call: Call) -> Json:
    connection = call.account.business.get(call.params.text("business_connection_id"))
    if connection is None:
        raise bad("business connection not found")
    return connection
