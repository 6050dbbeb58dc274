"""Posting updates to a bot's webhook: in order, again until a 2xx, obeying a method in the answer."""

import asyncio
from typing import Any

import aiohttp

from bot.playground.params import Params
from bot.playground.records import BotAccount, Webhook, seconds_now
from bot.playground.refusal import Json, Refusal
from bot.playground.state import Playground

PATIENCE = aiohttp.ClientTimeout(total=60)


def start_sender(playground: Playground, account: BotAccount, webhook: Webhook) -> None:
    """Runs until the bot's webhook is another one or the playground closes."""
    task = asyncio.get_running_loop().create_task(_send_all(playground, account, webhook))
    playground.tasks.add(task)
    task.add_done_callback(playground.tasks.discard)


async def _send_all(playground: Playground, account: BotAccount, webhook: Webhook) -> None:
    first, longest = playground.backoff
    pause = first
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        while account.webhook is webhook and not playground.closing:
            queue = account.again or account.pending
            if not queue:
                await account.arrived.wait(60)
                continue
            update = queue[0]
            if not await _send(playground, session, account, webhook, update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, longest)
                continue
            pause = first
            if update in account.again:
                account.again.remove(update)
            elif update in account.pending:
                account.pending.remove(update)
                playground.confirm(account, update, "webhook")


async def _send(
    playground: Playground,
    session: aiohttp.ClientSession,
    account: BotAccount,
    webhook: Webhook,
    update: Json,
) -> bool:
    """True when the receiver took the update."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
    try:
        async with session.post(webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
            body = await answer.read()
            if not 200 <= answer.status < 300:
                _note(webhook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return False
            reply = await _read_method(answer, body)
    except (aiohttp.ClientError, TimeoutError) as error:
        _note(webhook, f"Connection failed: {type(error).__name__}")
        return False
    if reply:
        await _obey(playground, account, reply)
    return True


async def _read_method(answer: aiohttp.ClientResponse, body: bytes) -> Params | None:
    """A method in the reply, sent as JSON or as a form; None when there is none."""
    if answer.content_type == "application/json" and body:
        try:
            values: Any = await answer.json()
        except ValueError:
            return None
        return Params(values) if isinstance(values, dict) and "method" in values else None
    if answer.content_type == "multipart/form-data":
        return await _read_multipart(answer.headers["content-type"], body)
    return None


async def _read_multipart(content_type: str, body: bytes) -> Params | None:
    from starlette.requests import Request

    from bot.playground.params import read_params

    sent = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Any:
        return next(sent)

    headers = [(b"content-type", content_type.encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "query_string": b""}
    params = await read_params(Request(scope, receive))
    return params if "method" in params.values else None


async def _obey(playground: Playground, account: BotAccount, params: Params) -> None:
    """Runs the method of a webhook reply; a refusal is only noted, as the bot cannot see it."""
    from bot.playground.calls import run

    name = params.text("method")
    try:
        await run(playground, account, name, params)
    except Refusal as refusal:
        if account.webhook:
            _note(account.webhook, refusal.description)


def _note(webhook: Webhook, words: str) -> None:
    webhook.last_error_date = seconds_now()
    webhook.last_error_message = words
