"""Whose matter a text is: the router's ranking of what the text really says, and the place's own bodies.

Denied and quoted parts, landmarks and addresses do not speak (`routing.clauses`); names of territories decide
which local body it is, not whether the matter is local.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from hub.library.likeness import Confirmed
from knowledge.entries import LOCAL_IDS
from knowledge.mentions import without_places
from knowledge.schema import Agency, Pack
from routing import Entry, Match, Router
from routing.clauses import said

#: Below this probability of being right a body is not proposed; the triage desk decides.
SURE_ENOUGH = 0.3
RANKED = 12
#: Texts whose ranking is remembered: the summary, its confirmation and the register ask for the same one.
REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Ranking:
    """`bodies` are best first, each once. `confidence` is the probability that the first one is right.

    `local_unknown`: the first choice is the local body of a place that nobody knows; it is not in `bodies`.
    `by_place`: the first of `bodies` was found by the place. `similar`: confirmed appeals like this text that
    the first of `bodies` answered for.
    """

    bodies: tuple[tuple[Agency, Match], ...]
    confidence: float
    local_unknown: bool = False
    by_place: bool = False
    similar: int = 0

    @property
    def best(self) -> tuple[Agency, Match, float] | None:
        """The body to propose and how sure that is; None when no body is likely enough to be right."""
        if not self.bodies or self.local_unknown or self.confidence < SURE_ENOUGH:
            return None
        return (*self.bodies[0], self.confidence)


class Responsible:
    """Immutable but for what it remembers; may be called from any thread."""

    def __init__(self, pack: Pack, router: Router, taught: Sequence[Entry] = ()) -> None:
        self._pack = pack
        self._router = router
        self._confirmed = Confirmed(taught)
        self._remembered: OrderedDict[bytes, Ranking] = OrderedDict()
        self._lock = Lock()
        #: How many times a text was ranked, for tests.
        self.runs = 0

    def rank(self, text: str, district: str | None, blocked: Collection[str] = ()) -> Ranking:
        """The bodies responsible for `text`; none of `blocked`."""
        key = _key(text, district, blocked)
        with self._lock:
            known = self._remembered.get(key)
            if known is not None:
                self._remembered.move_to_end(key)
                return known
        ranking = self._rank(text, district, blocked)
        with self._lock:
            self._remembered[key] = ranking
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return ranking

    def _rank(self, text: str, district: str | None, blocked: Collection[str]) -> Ranking:
        self.runs += 1
        meant = without_places(self._pack, said(text))
        if not meant:
            return Ranking((), 0.0)
        shut = frozenset(blocked) | self._shut_local(district, blocked)
        matches, confidence = self._router.rank_with_confidence(meant, "agency", RANKED, blocked=shut)
        found: dict[str, tuple[Agency, Match]] = {}
        for match in matches:
            agency = self.body(match.id, district)
            if agency is not None and agency.code not in found and agency.code not in blocked:
                found[agency.code] = (agency, match)
        bodies = tuple(found.values())
        first = matches[0].id if matches else ""
        return Ranking(
            bodies=bodies,
            confidence=confidence,
            local_unknown=bool(matches) and self.body(first, district) is None,
            by_place=first in LOCAL_IDS.values() and bool(bodies) and bodies[0][1].id == first,
            similar=self._confirmed.like(meant, bodies[0][1].id) if bodies else 0,
        )

    def body(self, entry_id: str, district: str | None) -> Agency | None:
        """The body behind a routing id; local ones are those of the place, None where it is unknown."""
        agency = self._pack.agency_by_code.get(entry_id)
        if agency is not None or district is None:
            return agency
        if entry_id == LOCAL_IDS["region"]:
            return self._pack.hokimiyat(district[:4])
        return self._pack.hokimiyat(district) or self._pack.hokimiyat(district[:4])

    def _shut_local(self, district: str | None, blocked: Collection[str]) -> frozenset[str]:
        """The local matters whose own body is blocked in this place."""
        bodies = ((entry_id, self.body(entry_id, district)) for entry_id in LOCAL_IDS.values())
        return frozenset(entry_id for entry_id, body in bodies if body and body.code in blocked)


def _key(text: str, district: str | None, blocked: Collection[str]) -> bytes:
    parts: tuple[str, ...] = (text, district or "", *sorted(blocked))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
