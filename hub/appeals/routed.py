"""What became of the router's first choice of a body, as SQL, for lists and for the counts that link to them.

routed: the router chose the body.  kept: that body gave a final answer and nobody passed the appeal on.
corrected: an official passed it on to another body.  unjudged: neither yet, so nothing is known.
desk: no body was likely enough, or the law wanted another one; a person decided.  chosen: the citizen did.
"""

from sqlalchemy import ColumnElement, String, and_, case, exists, func, literal

from hub.appeals.models import Appeal, Message

STATES = ("routed", "kept", "corrected", "unjudged", "desk", "chosen")

#: `routing.reason` as intake wrote it: chosen, routed, superior, triage, named.
REASON: ColumnElement[str] = func.coalesce(Appeal.routing["reason"].as_string(), "")
CONFIDENCE: ColumnElement[float] = func.coalesce(Appeal.routing["confidence"].as_float(), 0.0)

_answered = exists().where(Message.appeal_id == Appeal.id, Message.final, Message.kind == "answer")


def routed_condition(state: str) -> ColumnElement[bool]:
    """One of STATES as SQL over Appeal. Raises KeyError for another."""
    routed = REASON == "routed"
    conditions: dict[str, ColumnElement[bool]] = {
        "routed": routed,
        "kept": and_(routed, Appeal.forwards == 0, _answered),
        "corrected": and_(routed, Appeal.forwards > 0),
        "unjudged": and_(routed, Appeal.forwards == 0, ~_answered),
        "desk": REASON.in_(("triage", "superior", "named")),
        "chosen": REASON == "chosen",
    }
    return conditions[state]


def routed_state() -> ColumnElement[str]:
    """kept, corrected, unjudged, desk or chosen of each appeal; empty where intake wrote no reason."""
    states = ("kept", "corrected", "unjudged", "desk", "chosen")
    return case(*((routed_condition(state), literal(state, String)) for state in states), else_="")
