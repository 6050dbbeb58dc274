"""A question at any moment: a checked answer, a few to choose from, or the body to send it to."""

import asyncio
from dataclasses import dataclass, replace

from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import _, speaking
from hub.foundation.plain_text import clean_text
from hub.library import lessons
from hub.library.agencies import AgencyView
from hub.library.dangers import Emergency
from hub.library.library import FaqAnswer, Library
from hub.library.models import Question
from hub.people import citizens
from hub.people.actors import Actor, CitizenActor
from knowledge.places import district_of
from routing import Decision
from routing.clauses import leave_out

MAX_QUESTION = 20_000
MAX_CANDIDATES = 3
#: Longer texts are decided off the event loop.
LONG = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`decision` is answer, ask, route or human; `agency` is where it would go as an appeal.

    `local`: it is a matter for the local authority of a place nobody has named yet.
    """

    id: int
    text: str
    decision: str
    confidence: float
    answer: FaqAnswer | None
    candidates: tuple[Candidate, ...]
    agency: AgencyView | None
    emergency: Emergency | None
    local: bool = False


async def ask(uow: UnitOfWork, actor: Actor, *, text: str, language: str | None = None) -> QuestionView:
    """Records the question and what was offered. Errors: text_missing, text_too_long."""
    text = clean_text(text)
    if not text:
        raise HubError("text_missing")
    if len(text) > MAX_QUESTION:
        raise HubError("text_too_long", most=MAX_QUESTION)
    language = language or actor.language
    view = await _view(uow, actor, text, language)
    question = Question(
        citizen_id=actor.id if isinstance(actor, CitizenActor) else None,
        text=text,
        language=language,
        channel=actor.channel,
        decision=view.decision,
        confidence=view.confidence,
        offered=[view.answer.id] if view.answer else [candidate.id for candidate in view.candidates],
        asked_at=uow.now,
    )
    uow.session.add(question)
    await uow.session.flush()
    return replace(view, id=question.id)


async def _view(uow: UnitOfWork, actor: Actor, text: str, language: str) -> QuestionView:
    """Off the event loop when the text is long."""
    library = uow.of(Library)
    district = district_of(library.pack, leave_out(text, "negated", "quoted"))
    if district is None and isinstance(actor, CitizenActor):
        district = (await citizens.profile(uow, actor)).district
    if len(text) <= LONG:
        return _shape(library, library.decide(text), text, language, district)
    return await asyncio.to_thread(lambda: _shape(library, library.decide(text), text, language, district))


def _shape(
    library: Library, decision: Decision, text: str, language: str, district: str | None
) -> QuestionView:
    faq = [m.id for m in decision.ranking if m.id in library.pack.faq_by_id]
    answer = library.answer(faq[0], language) if decision.kind == "answer" and faq else None
    candidates: tuple[Candidate, ...] = ()
    if decision.kind == "ask":
        found = [library.answer(one, language) for one in faq[:MAX_CANDIDATES]]
        candidates = tuple(Candidate(one.id, one.title) for one in found if one)
    kind = decision.kind
    if (kind == "ask" and not candidates) or (kind == "answer" and answer is None):
        kind = "route"
    ranking = library.place(text, district)
    code = ranking.best[0].code if ranking.best else library.pack.info.triage
    with speaking(language):
        return QuestionView(
            id=0,
            text=text,
            decision=kind,
            confidence=decision.confidence,
            answer=answer,
            candidates=candidates,
            agency=AgencyView(code, library.agency_name(code, language)),
            emergency=library.emergency(text, language),
            local=ranking.local_unknown,
        )


async def pick(uow: UnitOfWork, actor: Actor, *, question_id: int, faq_id: str) -> FaqAnswer:
    """The citizen chose one of the candidates. Errors: not_found."""
    question = await _own(uow, actor, question_id)
    answer = uow.of(Library).answer(faq_id, actor.language)
    if answer is None:
        raise HubError("not_found")
    question.accepted = faq_id
    return answer


async def judge(uow: UnitOfWork, actor: Actor, *, question_id: int, answered: bool) -> None:
    """`This answers my question` or `Not my question`; answers accepted here are reported apart."""
    question = await _own(uow, actor, question_id)
    question.verdict = "answered" if answered else "not_my_question"
    if answered and question.accepted is None and question.offered:
        question.accepted = question.offered[0]
    entry = question.accepted or (question.offered[0] if question.decision == "answer" else None)
    if entry is not None:
        await lessons.learn(
            uow,
            lessons.Source(question.text, question.language, question_id=question.id),
            kind="faq",
            entry=entry,
            origin="citizen_confirmed" if answered else "citizen_changed",
            person=lessons.person_of(actor),
            right=answered,
        )


async def question_text(uow: UnitOfWork, actor: Actor, question_id: int) -> str:
    """What was asked, to go on with it as an appeal. Errors: not_found."""
    return (await _own(uow, actor, question_id)).text


async def ask_again(uow: UnitOfWork, actor: Actor, question_id: int) -> QuestionView:
    """What was offered for a question asked before, in the actor's language; nothing is recorded.

    Errors: not_found.
    """
    question = await _own(uow, actor, question_id)
    return replace(await _view(uow, actor, question.text, actor.language), id=question.id)


async def _own(uow: UnitOfWork, actor: Actor, question_id: int) -> Question:
    question = await uow.session.get(Question, question_id) if 0 < question_id < 2**62 else None
    asker = actor.id if isinstance(actor, CitizenActor) else None
    if question is None or question.citizen_id != asker:
        raise HubError("not_found")
    return question


def offer_sentence(view: QuestionView) -> str:
    """What to say when no checked answer fits."""
    if view.local:
        return _(
            "This seems to be a matter for the local authority of your place. You can file it as an appeal "
            "and say where you live: it goes there, and a person will answer."
        )
    if view.agency is None:
        return _("I have no checked answer to this. You can file it as an appeal and a person will answer.")
    return _(
        "I have no checked answer to this. You can file it as an appeal to: %(agency)s."
        " A person will answer.",
        agency=view.agency.name,
    )
