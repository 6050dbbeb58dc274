"""The stored index of similar appeals: written at registration, looked up by its terms and never by a scan.

Of each term the newest `PER_TERM` appeals are looked at, so a word that stands in everything costs no more
than a rare one and weighs next to nothing. What is found shares terms; `routing.similar` compares the texts.
"""

import asyncio
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, union_all

from hub.appeals.access import About
from hub.appeals.models import Appeal, AppealTerm, Link, WaveMember
from hub.foundation.db import UnitOfWork
from hub.library.models import AgencyRecord
from routing import similar
from routing.similar import Likeness, Profile

PER_TERM = 200
#: Candidates whose texts are compared, the most promising first.
COMPARED = 120
#: A candidate shares at least this part of what the terms of a text weigh together, and two terms of many.
SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Found:
    """An appeal like the text asked for; `likeness` is `same` or `similar`."""

    appeal_id: int
    similarity: float
    likeness: Likeness


async def write_terms(uow: UnitOfWork, appeal_id: int, text: str) -> None:
    """In the transaction that registers the appeal: one statement, none for a text that says nothing."""
    rows = [{"term": term, "appeal_id": appeal_id} for term in similar.terms(text)]
    if rows:
        await uow.session.execute(insert(AppealTerm), rows)


async def forget(uow: UnitOfWork, appeal_ids: Sequence[int]) -> None:
    """Whoever erases the texts of appeals calls this: nothing made of the words stays, and no tie by them."""
    for table in (AppealTerm, WaveMember):
        await uow.session.execute(delete(table).where(table.appeal_id.in_(appeal_ids)))
    await uow.session.execute(
        delete(Link).where(Link.appeal_id.in_(appeal_ids) | Link.earlier_id.in_(appeal_ids))
    )


async def find_similar(
    uow: UnitOfWork, folded: str, *conditions: ColumnElement[bool], besides: int | None = None
) -> list[Found]:
    """Appeals like a text (as `fold` gives it), most alike first; at most `COMPARED`.

    `conditions` are over Appeal, AgencyRecord and About; `besides` is the appeal that the text is of.
    """
    known = similar.profile_of_folded(folded)
    promising = await _sharing_terms(uow, similar.terms_of(known), besides)
    if not promising:
        return []
    rows = await uow.session.execute(
        select(Appeal.id, func.substr(Appeal.search, 1, similar.LONGEST))
        .join(AgencyRecord, AgencyRecord.id == Appeal.agency_id)
        .outerjoin(About, About.id == Appeal.about_agency_id)
        .where(Appeal.id.in_(promising), *conditions)
    )
    texts = {row_id: own_words(search) for row_id, search in rows}
    chosen = [row_id for row_id in promising if row_id in texts][:COMPARED]
    # A hundred texts take longer than a process may stand still for.
    return await asyncio.to_thread(_compared, known, [(row_id, texts[row_id]) for row_id in chosen])


def own_words(search: str) -> str:
    """The folded text of an appeal in `Appeal.search`: messages added later stand after two spaces."""
    return search.strip().split("  ", 1)[0]


async def _sharing_terms(uow: UnitOfWork, terms: Sequence[int], besides: int | None) -> list[int]:
    """Appeals that share enough of the terms, most of them first; newer before older."""
    if not terms:
        return []
    newest = [
        select(
            select(literal(place).label("place"), AppealTerm.appeal_id)
            .where(AppealTerm.term == term)
            .order_by(AppealTerm.appeal_id.desc())
            .limit(PER_TERM)
            .subquery()
        )
        for place, term in enumerate(terms)
    ]
    rows = (await uow.session.execute(union_all(*newest))).all()
    seen = [0] * len(terms)
    for place, row_id in rows:
        seen[place] += row_id != besides
    # How many were found stands for how common the term is; a term nobody else has weighs nothing here.
    weights = [math.log((PER_TERM + 1) / max(count, 1)) + 0.1 if count else 0.0 for count in seen]
    shared: dict[int, list[float]] = {}
    for place, row_id in rows:
        if row_id != besides:
            shared.setdefault(row_id, []).append(weights[place])
    least, enough = SHARE * sum(weights), 2 if len(terms) > similar.FEW else 1
    ranked = sorted(
        (sum(found), row_id)
        for row_id, found in shared.items()
        if len(found) >= enough and sum(found) >= least
    )
    return [row_id for _score, row_id in reversed(ranked)][: 2 * COMPARED]


def _compared(known: Profile, texts: Iterable[tuple[int, str]]) -> list[Found]:
    found = []
    for row_id, folded in texts:
        likeness, score = similar.decide(known, similar.profile_of_folded(folded))
        if likeness != "different":
            found.append(Found(row_id, score, likeness))
    return sorted(found, key=lambda one: (-one.similarity, -one.appeal_id))
