"""One sentence put to the library, with an editor's unpublished text in it: where it would go, and why."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_line, has_word
from hub.library import content as contents
from hub.library import wording
from hub.library.entry_views import EntryContent
from hub.library.library import Library
from hub.library.rights import check_reads, edits
from hub.library.shipped import entry_title
from hub.people.actors import Actor
from knowledge.overlay import lay_over
from routing import Match
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
    return await asyncio.to_thread(_rehearse, library, text, code, content, today, actor.language)


def _rehearse(
    library: Library, text: str, code: str, content: EntryContent | None, today: date, language: str
) -> Rehearsal:
    if content is not None:
        library = with_content(library, code, content, today)
    decision = library.decide(text)

    def line(match: Match) -> RehearsalLine:
        faq = library.pack.faq_by_id.get(match.id)
        title = entry_title(library, match.id, dict(faq.title) if faq else {}, language)
        return RehearsalLine(match.id, title, match.score, match.why, match.id == code)

    answers, agencies = (library.router.rank_kind(text, kind, SHOWN) for kind in ("faq", "agency"))
    return Rehearsal(
        decision.kind, decision.confidence, tuple(map(line, answers)), tuple(map(line, agencies))
    )


def with_content(library: Library, code: str, content: EntryContent, today: date) -> Library:
    """The library as it would be if `content` were public under `code`, whatever its days say."""
    now = replace(
        content, checked_on=content.checked_on or today, source=content.source or "-", valid_from=None,
        valid_to=None,
    )  # fmt: skip
    if content.kind == "agency":
        pack = lay_over(library.pack, {}, {code: contents.as_words(now)}, today)
    else:
        titled = tuple(text for text in now.texts if text.title or text.phrasings)
        pack = lay_over(library.pack, {code: contents.as_answer(code, replace(now, texts=titled))}, {}, today)
    return Library(
        pack, library.zone.key, shipped=library.shipped, edition=library.edition, more=library.more
    )
