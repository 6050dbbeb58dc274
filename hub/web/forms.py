"""Forms read strictly: one value where one is meant, files where files are meant, UTF-8 everywhere."""

from collections.abc import AsyncIterator
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_text

MAX_FIELDS = 200
#: More than anybody may attach, so that one file too many costs a sentence and not the typed text.
MAX_FILES = 50
CHUNK = 256 * 1024


class Fields:
    """What a form sent; unknown fields are left alone."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    def one(self, name: str) -> str:
        """The text of a field, storable; empty when it was not sent. Errors: bad_request when repeated."""
        found = self.many(name, 1)
        return found[0] if found else ""

    def many(self, name: str, most: int) -> tuple[str, ...]:
        """Every text under one name. Errors: bad_request when there are more, or a file among them."""
        found = self._form.getlist(name)
        texts = tuple(clean_text(one) for one in found if isinstance(one, str))
        if len(texts) != len(found) or len(found) > most:
            raise HubError("bad_request")
        return texts

    def files(self, name: str) -> tuple[UploadFile, ...]:
        """Files chosen; a field left empty sends a nameless empty one. Errors: bad_request."""
        found = self._form.getlist(name)
        if any(isinstance(one, str) and one for one in found):
            raise HubError("bad_request")
        return tuple(one for one in found if isinstance(one, UploadFile) and (one.filename or one.size))


async def read_form(request: Request) -> Fields:
    """Errors: bad_request for a form that cannot be read; files live as long as the request."""
    if request.headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded"):
        _check_utf8(await request.body())
    form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS)
    return Fields(form)


def _check_utf8(body: bytes) -> None:
    try:
        unquote_to_bytes(body).decode("utf-8")
    except UnicodeDecodeError:
        raise HubError("bad_request") from None


async def chunks_of(file: UploadFile) -> AsyncIterator[bytes]:
    await file.seek(0)
    while chunk := await file.read(CHUNK):
        yield chunk
