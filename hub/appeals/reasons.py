"""Why an appeal goes where it goes, in one short sentence for the person who reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.foundation.i18n import _
from hub.library.library import Library

#: Words of the text that are shown; more of them explain nothing better.
WORDS = 5


def proposal_reason(words: Sequence[str], place: str, similar: int, *, place_missing: bool = False) -> str:
    """Words of the text, the place that decided, and how many confirmed appeals are like it; may be empty."""
    if place_missing:
        return _(
            "This seems to be a matter for the local authority, but I do not know the place. Write the "
            "district or city, and it goes there."
        )
    parts = []
    if words:
        parts.append(_("Chosen by these words: %(words)s", words=", ".join(words[:WORDS])))
    if place:
        parts.append(_("place: %(place)s", place=place))
    if similar:
        parts.append(_("similar confirmed appeals: %(count)s", count=similar))
    return "; ".join(parts)


def case_reason(library: Library, routing: Mapping[str, Any], forwards: int, language: str) -> str:
    """For an official: how the first body was chosen, from what intake wrote down."""
    place = str(routing.get("place") or "")
    told = {
        "routed": proposal_reason(
            [str(word) for word in routing.get("why", ())],
            library.place_name(place, language) if place else "",
            int(routing.get("similar", 0)),
        )
        or _("Chosen by the text as a whole."),
        "chosen": _("The applicant chose the agency."),
        "superior": _("It goes to the body above the one complained about, or to another that may judge it."),
        "named": _(
            "The complaint names a body, and nobody has said whether it is about it: a person decides."
        ),
        "triage": _("No body was likely enough: a person decides."),
    }.get(str(routing.get("reason", "")), "")
    if routing.get("place_missing"):
        told = _("A local matter of an unknown place: a person decides.")
    if forwards:
        return _("An official passed it on. First it was: %(reason)s", reason=told) if told else ""
    return told
