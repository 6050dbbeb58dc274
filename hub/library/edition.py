"""From the pack and the editors' entries to what is in force on one day."""

from dataclasses import dataclass
from datetime import date

from hub.library import content as contents
from hub.library.stored import Snapshot
from knowledge.overlay import is_in_force, lay_over, turning_days
from knowledge.schema import FaqEntry, Pack, TextLists


@dataclass(frozen=True, slots=True)
class InForce:
    """`until`: the first later day on which something else is in force; None when nothing is dated."""

    pack: Pack
    until: date | None


def in_force(pack: Pack, snapshot: Snapshot, on: date) -> InForce:
    """Raises StoredEntryError when an entry cannot be read or cannot stand beside the pack."""
    answers: dict[str, FaqEntry | None] = {}
    words: dict[str, TextLists | None] = {}
    days = {day for faq in pack.faq for day in turning_days(faq)}
    for kept in snapshot.kept:
        published = [contents.read_json(kept.code, stored) for stored in kept.published]
        days.update(day for one in published for day in turning_days(one))
        begun = next((one for one in published if one.valid_from is None or one.valid_from <= on), None)
        if published and begun is None:
            continue  # the pack's own stands until the day comes
        shown = begun if begun and is_in_force(begun, on) else None
        if kept.kind == "agency":
            words[kept.code] = contents.as_words(shown) if shown else None
        elif kept.code in pack.agency_by_code or kept.code in contents.LEVELS:
            raise contents.StoredEntryError(f"the stored answer {kept.code} has the code of a body")
        else:
            answers[kept.code] = contents.as_answer(kept.code, shown) if shown else None
    later = [day for day in days if day > on]
    return InForce(lay_over(pack, answers, words, on), min(later, default=None))
