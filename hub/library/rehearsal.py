"""One sentence put to the library, with an editor's unpublished text in it: where it would go, and why."""

from dataclasses import dataclass, replace
from datetime import date

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_line, has_word
from hub.library import content as contents
from hub.library import wording
from hub.library.entry_views import EntryContent
from hub.library.library import Library
from hub.library.recent import off_the_loop
from hub.library.rights import check_reads, edits
from hub.library.shipped import entry_title
from hub.library.trial import changed_router
from hub.people.actors import Actor
from routing import Match, Router
from routing.types import DecisionKind

MAX_SENTENCE = 2_000
#: Answers and bodies told of each.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """`score` is nearness, comparable only inside one list. `mine`: it is the entry being edited."""

    code: str
    title: str
    score: float
    why: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`decision` is what the hub would do; `confidence` the probability (0..1) that its first is right."""

    decision: DecisionKind
    confidence: float
    answers: tuple[RehearsalLine, ...]
    agencies: tuple[RehearsalLine, ...]


async def rehearse(
    uow: UnitOfWork, actor: Actor, *, text: str, code: str = "", content: EntryContent | None = None
) -> Rehearsal:
    """`content`, if given, stands in the library under `code`. Nothing is stored; off the event loop.

    Errors: not_allowed, sentence_missing, entry_text_too_long, those of `save_draft` about the content.
    """
    check_reads(actor)
    text = clean_line(text)
    if not has_word(text):
        raise HubError("sentence_missing")
    if len(text) > MAX_SENTENCE:
        raise HubError("entry_text_too_long", most=MAX_SENTENCE)
    library = uow.of(Library)
    if content is not None:
        if not edits(uow, actor, content.agency):
            raise HubError("not_allowed")
        content = wording.checked(library.shipped, code, content)
    today = library.local_date(uow.now)
    return await off_the_loop(_rehearse, library, text, code, content, today, actor.language)


def _rehearse(
    library: Library, text: str, code: str, content: EntryContent | None, today: date, language: str
) -> Rehearsal:
    router = library.router if content is None else _with(library, code, content, today)
    decision = router.decide(text)

    def line(match: Match) -> RehearsalLine:
        if match.id == code and content is not None:
            titles = contents.titles(content)
        else:
            faq = library.pack.faq_by_id.get(match.id)
            titles = dict(faq.title) if faq else {}
        title = entry_title(library, match.id, titles, language)
        return RehearsalLine(match.id, title, match.score, match.why, match.id == code)

    answers, agencies = (router.rank_kind(text, kind, SHOWN) for kind in ("faq", "agency"))
    return Rehearsal(
        decision.kind, decision.confidence, tuple(map(line, answers)), tuple(map(line, agencies))
    )


def _with(library: Library, code: str, content: EntryContent, today: date) -> Router:
    """The router as if `content` were public under `code`, finished or not, whatever its days say."""
    public = replace(content, checked_on=content.checked_on or today, source=content.source or code)
    return changed_router(library, code, public)
