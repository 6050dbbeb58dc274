"""Which body an appeal goes to. The body complained about, and anything under it, is never proposed."""

from dataclasses import dataclass

from hub.appeals.views import AgencyView, Proposal
from hub.foundation.db import UnitOfWork
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind
from hub.library.library import Library
from hub.people.actors import Actor
from knowledge.places import district_of
from knowledge.schema import Agency, Pack
from routing.clauses import leave_out

ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Destination:
    """`why` are words of the text; `reason` says how it was decided: chosen, routed, superior, triage."""

    code: str
    why: tuple[str, ...]
    confidence: float
    reason: str


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
    destination = route(library, text, district, blocked_top.code if blocked_top else None)
    named = library.bodies.named(text) if kind == Kind.COMPLAINT and blocked_top is None else None
    others = _open_to(library, text, district, blocked_top)
    return Proposal(
        agency=_view(library, destination.code, actor.language),
        alternatives=tuple(
            _view(library, code, actor.language) for code in others if code != destination.code
        )[:ALTERNATIVES],
        why=destination.why,
        confidence=destination.confidence,
        about=_view(library, named.code, actor.language) if named else None,
        urgent=library.emergency(text, actor.language) is not None,
    )


def route(library: Library, text: str, district: str | None, about: str | None) -> Destination:
    """The router's choice among bodies that may have it; else the superior of `about`; else triage."""
    best = library.best_agency(text, district, blocked_codes(library.pack, about))
    if best is not None:
        agency, match, confidence = best
        return Destination(agency.code, match.why, confidence, "routed")
    return Destination(fallback(library.pack, about), (), 0.0, "superior" if about else "triage")


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


def _open_to(library: Library, text: str, district: str | None, about: Agency | None) -> list[str]:
    top = about.code if about else None
    codes = [agency.code for agency, _match in library.rank_agencies(text, district)]
    local = (library.pack.hokimiyat(district), library.pack.hokimiyat(district[:4])) if district else ()
    codes += [agency.code for agency in local if agency] + [library.pack.info.triage]
    return [code for code in dict.fromkeys(codes) if not is_blocked(library.pack, code, top)]


def _view(library: Library, code: str, language: str) -> AgencyView:
    return AgencyView(code, library.agency_name(code, language))
