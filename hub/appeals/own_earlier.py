"""Has this person registered the same already? Asked before an appeal is sent, and noted when it is.

A person is known by their chat, by an appeal that their browser holds open with its tracking code, or by the
telephone number that they typed. A typed number proves nothing: by it only a text repeated word for word
counts, and nothing may be added to what it finds without the tracking code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, literal, not_, or_, select, union_all

from hub.appeals.models import Appeal, Link, Tie
from hub.appeals.similar_index import own_words
from hub.appeals.views import Draft, EarlierAppeal
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.plain_text import clean_text
from hub.foundation.security import Vault
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import Status
from hub.people.actors import Actor, CitizenActor, HolderActor, OfficialActor
from hub.people.models import Address, Citizen
from hub.people.profiles import checked_phone
from routing import similar
from routing.normalize import fold
from routing.similar import Profile

#: An appeal that ended longer ago is not taken for the beginning of this one (law art. 22).
WITHIN = timedelta(days=365)
#: So many of a person's latest appeals are compared.
LATEST = 30
#: By a typed telephone number only a text of so many telling words is recognised: short ones are guessed.
ENOUGH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row of the register; `proven` when more than a typed telephone number says that it is theirs."""

    id: int
    number: str
    status: str
    open: bool
    confidential: bool
    due_on: date
    registered_on: date
    proven: bool

    def view(self) -> EarlierAppeal:
        return EarlierAppeal(
            number=self.number,
            status=Status(self.status),
            open=self.open,
            confidential=self.confidential,
            due_on=self.due_on,
            registered_on=self.registered_on,
            proven=self.proven,
        )


async def already_open(
    uow: UnitOfWork, actor: Actor, draft: Draft, *, held: HolderActor | None = None
) -> tuple[EarlierAppeal, ...]:
    """The person's open appeals with the same text, newest first; `held` is the one open in their browser."""
    found = await earlier(uow, actor, draft, held=held)
    return tuple(one.view() for one in found if one.open)


async def earlier(
    uow: UnitOfWork, actor: Actor, draft: Draft, *, held: HolderActor | None = None
) -> list[Earlier]:
    """The person's appeals of the last year with the same text: open ones first, then newest first."""
    owned = _owned(uow, actor, draft, held)
    if not owned:
        return []
    folded = fold(clean_text(draft.text))
    same = similar.profile_of_folded(folded)
    found: dict[int, Earlier] = {}
    for one, search in await _latest(uow, owned):
        words = own_words(search)
        if (
            not one.proven
            and not isinstance(actor, OfficialActor)
            and not _word_for_word(same, folded, words)
        ):
            continue
        proven_already = one.id in found and found[one.id].proven
        if not proven_already and similar.decide(same, similar.profile_of_folded(words))[0] == "same":
            found[one.id] = one
    return sorted(found.values(), key=lambda one: (not one.open, -one.id))


async def _latest(uow: UnitOfWork, owned: list[Select[int, int]]) -> list[tuple[Earlier, str]]:
    ids = union_all(*owned).subquery()
    rows = await uow.session.execute(
        select(
            Appeal.id, Appeal.number, Appeal.status, Appeal.open, Appeal.confidential, Appeal.due_on,
            Appeal.registered_on, ids.c.proven,
            func.substr(Appeal.search, 1, similar.LONGEST).label("search"),
        )
        .join(ids, ids.c.id == Appeal.id)
        .where(or_(ids.c.proven == 1, not_(Appeal.confidential)), Appeal.received_at > uow.now - WITHIN)
        .order_by(Appeal.id.desc())
        .limit(2 * LATEST)
    )  # fmt: skip
    return [(_earlier(row), row.search) for row in rows.all()]


def _earlier(row: Row[Any]) -> Earlier:
    return Earlier(
        id=row.id,
        number=row.number,
        status=row.status,
        open=row.open,
        confidential=row.confidential,
        due_on=row.due_on,
        registered_on=row.registered_on,
        proven=bool(row.proven),
    )


def _word_for_word(same: Profile, folded: str, words: str) -> bool:
    return same.telling >= ENOUGH_WORDS and words == folded[: similar.LONGEST - 1].strip()


async def note_links(uow: UnitOfWork, appeal: Appeal, found: Sequence[Earlier]) -> None:
    """Ties a new appeal to the earlier one: a duplicate of an open one, else a repeat (law art. 3, 25).

    Neither is a confidential appeal: who else they are must not be seen from one.
    """
    for one in [one for one in found if not (one.confidential or appeal.confidential)][:1]:
        uow.session.add(
            Link(
                appeal_id=appeal.id,
                earlier_id=one.id,
                kind="duplicate" if one.open else "repeat",
                created_at=uow.now,
            )
        )
        await uow.session.flush()


def _owned(uow: UnitOfWork, actor: Actor, draft: Draft, held: HolderActor | None) -> list[Select[int, int]]:
    """Ids of appeals that may be the person's, each with whether that is proven."""
    certain, typed = literal(1).label("proven"), literal(0).label("proven")
    owned: list[Select[int, int]] = []
    if isinstance(actor, CitizenActor):
        tied = select(Tie.appeal_id, certain).join(Address, Address.id == Tie.address_id)
        owned.append(select(Appeal.id, certain).where(Appeal.citizen_id == actor.id))
        owned.append(tied.where(Address.citizen_id == actor.id))
    elif held is not None:
        owned.append(select(Appeal.id, certain).where(Appeal.id == held.appeal_id))
    phone = _phone_token(uow, draft)
    if phone is not None and not isinstance(actor, CitizenActor):
        whose = select(Appeal.id, typed).join(Citizen, Citizen.id == Appeal.citizen_id)
        owned.append(whose.where(Citizen.phone_token == phone))
    return owned


def _phone_token(uow: UnitOfWork, draft: Draft) -> str | None:
    """A confidential message is not tied to anybody by what was typed."""
    if draft.confidential or not draft.applicant.phone.strip():
        return None
    try:
        number = checked_phone(draft.applicant.phone, uow.of(Settings).country_pack)
    except HubError:
        return None
    return uow.of(Vault).token("phone", number)
