"""Which question a page goes on with: a sealed note in the address, good for one browser and two hours."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from hub.foundation.errors import HubError
from hub.web.browsers import Browser, browser_of, seal, unseal

KEPT = timedelta(hours=2)
PURPOSE = "question"


@dataclass(frozen=True, slots=True)
class QuestionNote:
    """`picked` is the answer chosen of several; `owner` is empty for a browser that keeps no cookies."""

    question_id: int
    owner: str
    picked: str = ""


def write_note(request: Request, note: QuestionNote) -> str:
    return seal(request, PURPOSE, KEPT, id=note.question_id, owner=note.owner, picked=note.picked)


def new_note(question_id: int, browser: Browser) -> QuestionNote:
    return QuestionNote(question_id, browser.owner if browser.returning else "")


def read_note(request: Request, note: str | None) -> QuestionNote | None:
    """None when it is over, not ours, or came by another browser."""
    data = unseal(request, PURPOSE, note)
    if data is None or data["owner"] not in ("", browser_of(request).owner):
        return None
    return QuestionNote(data["id"], data["owner"], data["picked"])


def sent_note(request: Request, note: str) -> QuestionNote:
    """Errors: csrf_failed, which asks to begin again."""
    found = read_note(request, note)
    if found is None:
        raise HubError("csrf_failed")
    return found
