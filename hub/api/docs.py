"""The API's own documents: OpenAPI as JSON, and one plain page that loads nothing from elsewhere."""

from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    ":root{color-scheme:light dark}"
    "code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8886}"
    "section{border-top:1px solid #8886;padding:.5rem 0}h2{font-size:1rem;margin:.5rem 0}"
)


def add_docs(api: FastAPI) -> None:
    """Adds /openapi.json and /docs; production leaves both out."""

    async def openapi(_request: Request) -> Response:
        return JSONResponse(describe(api))

    async def docs(_request: Request) -> Response:
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        return HTMLResponse(page(describe(api)), headers={"Content-Security-Policy": policy})

    api.add_route("/openapi.json", openapi, include_in_schema=False)
    api.add_route("/docs", docs, include_in_schema=False)


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the bearer token and the idempotency header that every POST honours."""
    document = api.openapi()
    document["servers"] = [{"url": "/api"}]
    document.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path in document["paths"].values():
        for method, operation in path.items():
            operation["security"] = [{}, {"token": []}]
            names = [parameter["name"] for parameter in operation.setdefault("parameters", [])]
            if method == "post" and "Idempotency-Key" not in names:
                operation["parameters"].append(
                    {
                        "name": "Idempotency-Key",
                        "in": "header",
                        "required": False,
                        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                    }
                )
    return document


def page(document: dict[str, Any]) -> str:
    """Each call with its parameters, body and answers."""
    sections = [
        _section(path, method, operation, document)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    title = escape(document["info"]["title"])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>{title} API</h1><p>{escape(document['info']['description'])}</p>"
        f'<p><a href="openapi.json">openapi.json</a></p>{"".join(sections)}</html>'
    )


def _section(path: str, method: str, operation: dict[str, Any], document: dict[str, Any]) -> str:
    parameters = "".join(
        f"<li><code>{escape(one['name'])}</code> in {escape(one['in'])}</li>"
        for one in operation["parameters"]
    )
    body = "".join(
        f"<pre>{escape(_shape(content.get('schema', {}), document))}</pre>"
        for content in operation.get("requestBody", {}).get("content", {}).values()
    )
    answers = "".join(
        f"<li><code>{escape(status)}</code> {escape(answer.get('description', ''))}</li>"
        for status, answer in operation["responses"].items()
    )
    return (
        f"<section><h2><code>{method.upper()} /api{escape(path)}</code></h2>"
        f"<p>{escape(operation.get('summary', ''))}</p>"
        f"<ul>{parameters}</ul>{body}<ul>{answers}</ul></section>"
    )


def _shape(schema: dict[str, Any], document: dict[str, Any], depth: int = 0) -> str:
    """A schema as `{name, name?}` lines, one level of nesting per indent."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "properties" not in schema:
        kinds = [_shape(one, document, depth) for one in schema.get("anyOf", []) if one.get("type") != "null"]
        return " | ".join(kinds) or str(schema.get("type", "any"))
    required, indent = schema.get("required", []), "  " * (depth + 1)
    lines = [
        f"{indent}{name}{'' if name in required else '?'}: {_shape(inner, document, depth + 1)}"
        for name, inner in schema["properties"].items()
    ]
    return "{\n" + "\n".join(lines) + "\n" + "  " * depth + "}"
