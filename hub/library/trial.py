"""Trying a new or changed entry on the questions of the last month, before anybody sees it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.library import content as contents
from hub.library import wording
from hub.library.collisions import EntryRef, ref
from hub.library.entry_views import EntryContent
from hub.library.library import Library
from hub.library.masking import masked
from hub.library.recent import Asked, Budget, asked_lately, off_the_loop
from hub.library.rights import check_edits_some, edits, sees_drafts
from hub.library.shipped import shipped_content
from hub.library.stored import content_of, find_row
from hub.people.actors import Actor
from knowledge.entries import agency_entries, faq_entries
from knowledge.overlay import lay_over
from knowledge.schema import Pack
from routing import Decision, Router
from routing.encoders import EncoderError

SECONDS = 10.0
EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A question, masked and cut; `other` is the entry it is taken from or falls to (None: to nobody)."""

    text: str
    other: EntryRef | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The counts are exact for what was looked at; the lists hold at most 50 examples each.

    would_answer: nobody answers them now, the entry would. steals: another entry answers them now.
    loses: the entry answers them now and no longer would. `complete` is False when the time was up.
    """

    would_answer: tuple[TrialLine, ...]
    steals: tuple[TrialLine, ...]
    loses: tuple[TrialLine, ...]
    would_answer_count: int
    steals_count: int
    loses_count: int
    looked_at: int
    asked: int
    complete: bool


async def try_entry(uow: UnitOfWork, actor: Actor, *, code: str, content: EntryContent) -> Trial:
    """What would change if `content` were published under `code`. Nothing is stored; off the event loop.

    For the routing words of a body "answers" means "is sent to". `asked`: questions of the last month, of
    which the newest 2,000 are looked at. Errors: not_found, not_allowed, bad_entry_code, entry_kind_fixed,
    those of `save_draft` about the content, and those of `publish` about what is unfinished.
    """
    content = await _allowed(uow, actor, code, content)
    library, asked = uow.of(Library), await asked_lately(uow)
    found = await off_the_loop(_compare, library, code, content, asked)
    return found.result(library, actor.language, asked)


async def _allowed(uow: UnitOfWork, actor: Actor, code: str, content: EntryContent) -> EntryContent:
    check_edits_some(actor)
    library = uow.of(Library)
    row = await find_row(uow, code)
    before = await content_of(uow, row, row.version) if row else shipped_content(library.shipped, code)
    if before is None:
        wording.check_code(code)
    elif not edits(uow, actor, before.agency):
        hidden = row is not None and row.state == "draft" and not sees_drafts(uow, actor, before.agency)
        raise HubError("not_found" if hidden else "not_allowed")
    if content.kind != (before.kind if before else "faq"):
        raise HubError("entry_kind_fixed")
    content = wording.checked(library.shipped, code, content)
    wording.finish(content)
    if not edits(uow, actor, content.agency):
        raise HubError("not_allowed")
    return content


def changed_router(library: Library, code: str, content: EntryContent) -> Router:
    """The router as it would be with `content` in force under `code`, whatever its dates."""
    pack = _changed_pack(library, code, content)
    entries = (*faq_entries(pack), *agency_entries(pack), *library.more)
    try:
        return library.router.with_changes([entry for entry in entries if entry.id == code], {code})
    except EncoderError:  # said in the log by the library, which then reads without it
        return library.routed(entries)


def _changed_pack(library: Library, code: str, content: EntryContent) -> Pack:
    # The pack holds only what is in force today, and so it stays, whatever day that is.
    if content.kind == "agency":
        return lay_over(library.pack, {}, {code: contents.as_words(content)}, None)
    return lay_over(library.pack, {code: contents.as_answer(code, content)}, {}, None)


@dataclass(slots=True)
class _Found:
    code: str
    would_answer: list[tuple[str, str | None]] = field(default_factory=list)
    steals: list[tuple[str, str | None]] = field(default_factory=list)
    loses: list[tuple[str, str | None]] = field(default_factory=list)
    looked_at: int = 0

    def add(self, text: str, now: str | None, then: str | None) -> None:
        self.looked_at += 1
        if then == self.code and now is None:
            self.would_answer.append((text, None))
        elif then == self.code and now != self.code:
            self.steals.append((text, now))
        elif now == self.code and then != self.code:
            self.loses.append((text, then))

    def result(self, library: Library, language: str, asked: Asked) -> Trial:
        def lines(pairs: Iterable[tuple[str, str | None]]) -> tuple[TrialLine, ...]:
            first = list(pairs)[:EXAMPLES]
            return tuple(
                TrialLine(masked(text), ref(library, other, language) if other else None)
                for text, other in first
            )

        return Trial(
            would_answer=lines(self.would_answer),
            steals=lines(self.steals),
            loses=lines(self.loses),
            would_answer_count=len(self.would_answer),
            steals_count=len(self.steals),
            loses_count=len(self.loses),
            looked_at=self.looked_at,
            asked=asked.total,
            complete=self.looked_at == len(asked.texts),
        )


def _compare(library: Library, code: str, content: EntryContent, asked: Asked) -> _Found:
    wanted = "answer" if content.kind == "faq" else "route"
    found = _Found(code)
    if not asked.texts:
        return found
    router = changed_router(library, code, content)
    budget = Budget(SECONDS)
    known: dict[str, tuple[str | None, str | None]] = {}
    for text in asked.texts:
        if text not in known:
            if budget.spent:
                break
            known[text] = (
                _goes_to(library.router.decide, text, wanted),
                _goes_to(router.decide, text, wanted),
            )
        found.add(text, *known[text])
    return found


def _goes_to(decide: Callable[[str], Decision], text: str, wanted: str) -> str | None:
    """The entry that answers, or the body it is sent to; another kind of decision is nobody's."""
    decision = decide(text)
    return decision.ranking[0].id if decision.kind == wanted and decision.ranking else None
