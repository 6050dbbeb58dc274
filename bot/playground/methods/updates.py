"""getUpdates and webhooks: an update is confirmed by a higher offset, or by a 2xx."""

import time
from typing import Any
from urllib.parse import urlsplit

from bot.playground.methods.registry import Call, method
from bot.playground.records import BotAccount, Webhook
from bot.playground.refusal import Json, Refusal, bad
from bot.playground.webhook import start_sender

LONGEST_POLL = 50.0
SECRET = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def allow(call: Call) -> None:
    """Remembers allowed_updates; not given means unchanged, an empty list means the default."""
    kinds = call.params.data("allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad("can't parse allowed updates")
    call.account.allowed = [str(kind) for kind in kinds]


def confirm(call: Call, offset: int) -> None:
    """Drops what lies below `offset`; a negative one keeps only the last so many."""
    account = call.account
    if offset < 0:
        gone, account.pending = account.pending[:offset], account.pending[offset:]
        way = "forgotten"
    else:
        gone = [update for update in account.pending if update["update_id"] < offset]
        account.pending = [update for update in account.pending if update["update_id"] >= offset]
        way = "polling"
    for update in gone:
        call.playground.confirm(account, update, way)


def forget(call: Call) -> None:
    if call.params.flag("drop_pending_updates"):
        for update in call.account.pending:
            call.playground.confirm(call.account, update, "forgotten")
        call.account.pending.clear()


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    account = call.account
    if account.webhook:
        raise Refusal(
            409,
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    account.polls += 1
    mine = account.polls
    account.arrived.fire()
    allow(call)
    confirm(call, call.params.integer("offset") or 0)
    limit = min(max(call.params.integer("limit") or 100, 1), 100)
    wait = min(max(call.params.integer("timeout") or 0, 0), LONGEST_POLL)
    until = time.monotonic() + wait
    while True:
        if account.polls != mine:
            raise Refusal(
                409,
                "terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        if account.webhook:
            raise Refusal(409, "terminated by setWebhook request")
        found = _next(account, limit)
        left = until - time.monotonic()
        if found or left <= 0 or call.playground.closing:
            return found
        await account.arrived.wait(left)


def _next(account: BotAccount, limit: int) -> list[Json]:
    again, account.again = account.again[:limit], account.again[limit:]
    return again + account.pending[: limit - len(again)]


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    url, secret = call.params.text("url"), call.params.text("secret_token")
    if url:
        _check_url(url)
    if secret and (len(secret) > 256 or set(secret) - SECRET):
        raise bad("secret token contains unallowed characters")
    allow(call)
    forget(call)
    call.account.webhook = None
    if url:
        connections = call.params.integer("max_connections") or 40
        call.account.webhook = Webhook(url, secret or None, connections)
        start_sender(call.playground, call.account, call.account.webhook)
    call.account.arrived.fire()
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    forget(call)
    call.account.webhook = None
    call.account.arrived.fire()
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    webhook = call.account.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.account.pending),
    }
    if call.account.allowed:
        info["allowed_updates"] = call.account.allowed
    if webhook:
        info["max_connections"] = webhook.max_connections
        extra: dict[str, Any] = {
            "last_error_date": webhook.last_error_date,
            "last_error_message": webhook.last_error_message,
        }
        info |= {key: value for key, value in extra.items() if value is not None}
    return info
