"""Showing a tracked appeal to whoever holds its code."""

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import HTMLResponse

from hub.appeals import mine
from hub.appeals.views import AttachmentView, CitizenAppeal
from hub.foundation.i18n import N_, _
from hub.web.doors import database_of
from hub.web.public.holding import Held
from hub.web.public.shown import show

DONE = {
    "message": N_("Added. The official sees it."),
    "withdrawn": N_("The appeal has been withdrawn."),
    "read": N_("Noted that you have read the answer."),
    "solved": N_("Thank you. We have noted that the matter is solved."),
    "not_solved": N_("The appeal is open again; the new due date is below."),
    "rated": N_("Thank you for the rating."),
    "email": N_("The answer will also be sent to this e-mail address."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form held, to be shown again."""

    text: str = ""
    email: str = ""
    files: tuple[AttachmentView, ...] = ()


async def show_appeal(
    request: Request,
    holder: Held,
    *,
    done: str = "",
    errors: dict[str, str] | None = None,
    typed: Typed | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Errors: not_found."""
    async with database_of(request).reading() as uow:
        appeal = await mine.my_appeal(uow, holder.actor, holder.number)
    return show(
        request,
        "tracked",
        status=status,
        appeal=appeal,
        read=answer_read(appeal),
        errors=errors or {},
        typed=typed or Typed(),
        flashes=[("success", _(DONE[done]))] if done in DONE else [],
        files_of=lambda files: shown_files(holder.number, files),
    )


def answer_read(appeal: CitizenAppeal) -> bool:
    """Whether the last answer has been read; an earlier one's reading does not count."""
    for event in reversed(appeal.history):
        if event.type in ("read", "judged"):
            return True
        if event.type in ("answered", "closed"):
            return False
    return False


@dataclass(frozen=True, slots=True)
class ShownFile:
    name: str
    href: str
    size_words: str


def shown_files(number: str, files: tuple[AttachmentView, ...]) -> list[ShownFile]:
    """Those that can be fetched; the others are named in words by the page."""
    return [
        ShownFile(file.name, f"/track/{number}/files/{file.id}", size_words(file.size))
        for file in files
        if file.state == "stored"
    ]


def size_words(size: int | None) -> str:
    if size is None:
        return ""
    if size < 1_000_000:
        return _("%(size)s kB", size=max(1, round(size / 1000)))
    return _("%(size)s MB", size=round(size / 1_000_000, 1))
