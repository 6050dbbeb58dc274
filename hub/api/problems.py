"""Errors as RFC 9457 problems: `{type, title, status, detail, code}`, one table from code to status.

What is absent and what is foreign give the same bytes, so `not_allowed` is told as `not_found`.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from hub.foundation.errors import HubError
from hub.foundation.sentences import sentence

#: Codes that are not 422, the answer to what was understood but cannot be done.
STATUSES = {
    "already_answered": 409,
    "already_judged": 409,
    "bad_cursor": 400,
    "bad_filter": 400,
    "bad_request": 400,
    "cannot_join": 409,
    "cannot_judge": 409,
    "cannot_reopen": 409,
    "cannot_separate": 409,
    "claim_held": 409,
    "claim_needed": 409,
    "file_too_large": 413,
    "locked": 429,
    "may_not_sign": 403,
    "method_not_allowed": 405,
    "not_found": 404,
    "not_open": 409,
    "request_too_large": 413,
    "sign_in_failed": 401,
    "sign_in_needed": 401,
    "too_many_requests": 429,
    "unexpected": 500,
    "unsupported_media_type": 415,
    "version_conflict": 409,
}
#: Told as another code, so that nobody learns what exists beyond their sight.
TOLD_AS = {"not_allowed": "not_found"}
CODES_OF_STATUS = {
    400: "bad_request",
    401: "sign_in_needed",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}
MEDIA_TYPE = "application/problem+json"


def status_of(code: str) -> int:
    return STATUSES.get(code, 422)


def problem(
    error: HubError, *, headers: Mapping[str, str] | None = None, fields: Sequence[Mapping[str, str]] = ()
) -> Response:
    """The answer for a refusal; `fields` names what was wrong with which field of the request."""
    code = TOLD_AS.get(error.code, error.code)
    params = error.params if code == error.code else {}
    status = status_of(code)
    body: dict[str, Any] = {
        "type": f"urn:qabul:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence(HubError(code, **params)),
        "code": code,
    }
    if fields:
        body["fields"] = list(fields)
    answer_headers = dict(headers or {})
    if status == 401:
        answer_headers.setdefault("WWW-Authenticate", 'Bearer realm="qabul"')
    return Response(json.dumps(body, ensure_ascii=False), status, answer_headers, MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Whatever goes wrong inside `app` is answered as a problem."""

    @app.exception_handler(HubError)
    async def refused(_request: Request, error: HubError) -> Response:
        return problem(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> Response:
        return _invalid(error)

    @app.exception_handler(HTTPException)
    async def refused_by_framework(_request: Request, error: HTTPException) -> Response:
        code = CODES_OF_STATUS.get(
            error.status_code, "bad_request" if error.status_code < 500 else "unexpected"
        )
        return problem(HubError(code), headers=error.headers)


def _invalid(error: RequestValidationError) -> Response:
    """Names fields and kinds of trouble, never the values: those may be personal."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem(HubError("bad_request"))
    fields = [
        {"field": ".".join(str(part) for part in one["loc"][1:]) or "body", "problem": one["type"]}
        for one in found
    ]
    return problem(HubError("invalid"), fields=fields[:50])
