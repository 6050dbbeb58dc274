"""Which body an appeal goes to. The body complained about, and anything under it, is never proposed."""

import asyncio
from dataclasses import dataclass
from typing import Any

from hub.appeals.reasons import proposal_reason
from hub.appeals.views import AgencyView, Matter, Proposal
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.vocabulary import Kind
from hub.library.library import Library
from hub.people.actors import Actor
from knowledge.places import district_of
from knowledge.schema import Pack
from routing.clauses import leave_out
from routing.matters import Part, split_matters

ALTERNATIVES = 5
#: Of the alternatives, bodies that the text speaks for; the place's own and the triage desk come after.
BY_TEXT = 3
#: A body whose score is under this part of the best one's is no sensible alternative.
NEAR = 0.4
#: Longer texts are ranked off the event loop.
LONG = 400


@dataclass(frozen=True, slots=True)
class Destination:
    """`why` are words of the text; `reason` says how it was decided: chosen, routed, superior, triage, named.

    `place`: the district or region that decided which local body it is. `place_missing`: a local matter of a
    place nobody knows. `similar`: confirmed appeals like the text.
    """

    code: str
    why: tuple[str, ...]
    confidence: float
    reason: str
    place: str | None = None
    place_missing: bool = False
    similar: int = 0

    def noted(self) -> dict[str, Any]:
        """As the register keeps it, for the official who asks why."""
        noted = {"reason": self.reason, "why": self.why, "confidence": self.confidence, "place": self.place}
        return noted | {"place_missing": self.place_missing, "similar": self.similar}


async def propose(
    uow: UnitOfWork,
    actor: Actor,
    *,
    text: str,
    district: str | None = None,
    about: str | None = None,
    kind: Kind | None = None,
) -> Proposal:
    """Where the text would go, with alternatives to change to. Writes nothing."""
    library = uow.of(Library)
    district = district or place_in(library.pack, text)
    blocked_top = library.bodies.meant(about) if about else None
    top = blocked_top.code if blocked_top else None
    await consider(library, text, district, top)
    destination = route(library, text, district, top)
    named = library.bodies.named(text) if kind == Kind.COMPLAINT and blocked_top is None else None
    others = _open_to(library, text, district, top)
    matters = await _matters(library, text, district) if blocked_top is None and named is None else ()
    return Proposal(
        agency=_view(library, destination.code, actor.language),
        alternatives=tuple(
            _view(library, code, actor.language) for code in others if code != destination.code
        )[:ALTERNATIVES],
        why=destination.why,
        confidence=destination.confidence,
        about=_view(library, named.code, actor.language) if named else None,
        urgent=library.emergency(text, actor.language) is not None,
        reason=_reason(library, destination, actor.language),
        matters=tuple(Matter(one.text, _view(library, one.id, actor.language)) for one in matters),
    )


async def consider(library: Library, text: str, district: str | None, about: str | None) -> None:
    """Ranks the text, off the event loop when it is long; `route` then reads the remembered result."""
    blocked = blocked_codes(library.pack, about)
    if len(text) > LONG:
        await asyncio.to_thread(library.place, text, district, blocked)
    else:
        library.place(text, district, blocked)


def route(library: Library, text: str, district: str | None, about: str | None) -> Destination:
    """The router's choice among bodies that may have it; else the superior of `about`; else triage."""
    ranking = library.place(text, district, blocked_codes(library.pack, about))
    if ranking.best is not None:
        agency, match, confidence = ranking.best
        place = district if ranking.by_place else None
        return Destination(agency.code, match.why, confidence, "routed", place, similar=ranking.similar)
    missing = ranking.local_unknown and about is None
    return Destination(
        fallback(library.pack, about), (), 0.0, "superior" if about else "triage", place_missing=missing
    )


def _reason(library: Library, destination: Destination, language: str) -> str:
    place = library.place_name(destination.place, language) if destination.place else ""
    with speaking(language):
        return proposal_reason(
            destination.why, place, destination.similar, place_missing=destination.place_missing
        )


async def _matters(library: Library, text: str, district: str | None) -> tuple[Part, ...]:
    """Parts of the text that would go to different bodies."""

    def judge(part: str) -> tuple[str, float] | None:
        best = library.best_agency(part, place_in(library.pack, part) or district)
        return (best[0].code, best[2]) if best else None

    return await asyncio.to_thread(split_matters, text, judge)


def unsaid(library: Library, code: str, named: str | None) -> str:
    """While nobody has said whether a complaint is about the body it names, a person decides."""
    triage = library.pack.info.triage
    return triage if is_blocked(library.pack, code, named) and triage != named else code


def is_blocked(pack: Pack, code: str, about: str | None) -> bool:
    """True for the body complained about and for every body under it (law art. 24, 25)."""
    return about is not None and (code == about or pack.is_under(code, about))


def blocked_codes(pack: Pack, about: str | None) -> frozenset[str]:
    """Every body that `is_blocked`."""
    if about is None:
        return frozenset()
    return frozenset(agency.code for agency in pack.agencies if is_blocked(pack, agency.code, about))


def fallback(pack: Pack, about: str | None) -> str:
    """The superior of the body complained about, else the triage desk, else any body that may judge it."""
    complained = pack.agency_by_code.get(about) if about else None
    superior = complained.parent if complained else None
    for code in (superior, pack.info.triage):
        if code and not is_blocked(pack, code, about):
            return code
    independent = [a.code for a in pack.agencies if a.kind == "other"] + [a.code for a in pack.agencies]
    return next(code for code in independent if not is_blocked(pack, code, about))


def check_chosen(library: Library, code: str, about: str | None) -> None:
    """Errors: unknown_agency, agency_is_about."""
    if code not in library.pack.agency_by_code:
        raise HubError("unknown_agency")
    if is_blocked(library.pack, code, about):
        raise HubError("agency_is_about")


def place_in(pack: Pack, text: str) -> str | None:
    """The district (or region) that a text or a residence names, by SOATO code; not one it denies."""
    return district_of(pack, leave_out(text, "negated", "quoted"))


async def likely_bodies(
    library: Library, text: str, district: str | None, about: str | None
) -> tuple[str, ...]:
    """Codes of bodies that a text may belong to, likeliest first; none that `is_blocked`, no triage desk."""
    await consider(library, text, district, about)
    codes = _open_to(library, text, district, about)
    return tuple(code for code in codes if code != library.pack.info.triage)[:ALTERNATIVES]


def _open_to(library: Library, text: str, district: str | None, about: str | None) -> list[str]:
    """Bodies to change to: near choices of the router, those of the place, the triage desk."""
    ranked = library.place(text, district, blocked_codes(library.pack, about)).bodies
    floor = NEAR * ranked[0][1].score if ranked else 0.0
    codes = [agency.code for agency, match in ranked if match.score >= floor and match.why][: BY_TEXT + 1]
    local = (library.pack.hokimiyat(district), library.pack.hokimiyat(district[:4])) if district else ()
    codes += [agency.code for agency in local if agency] + [library.pack.info.triage]
    return [code for code in dict.fromkeys(codes) if not is_blocked(library.pack, code, about)]


def _view(library: Library, code: str, language: str) -> AgencyView:
    return AgencyView(code, library.agency_name(code, language))
