"""What the stand-in answers when it refuses a call: Telegram's own codes and words."""

from typing import Any

Json = dict[str, Any]

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of the stand-in
    """Ends a Bot API call with `error_code` and a description such as "Bad Request: chat not found"."""

    def __init__(self, code: int, detail: str = "", **parameters: int) -> None:
        title = TITLES.get(code, "Error")
        self.code = code
        self.description = f"{title}: {detail}" if detail else title
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> Json:
        """The JSON object that Telegram would answer with."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(detail: str) -> Refusal:
    """A 400 with Telegram's wording."""
    return Refusal(400, detail)
