"""A pack with what editors keep laid over it: a pack again, so that everything else need not know."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol

from knowledge.entries import LOCAL_IDS
from knowledge.schema import Agency, FaqEntry, Pack, TextLists

Answers = Mapping[str, FaqEntry | None]
Words = Mapping[str, TextLists | None]


class Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def lay_over(pack: Pack, answers: Answers, words: Words, on: date | None) -> Pack:
    """The pack as it stands on one day.

    An answer replaces the pack's of the same id or is added at the end; None takes it away. Words replace the
    keywords of a body, or of the local bodies (`LOCAL_IDS`); None takes them away. Answers not in force on
    that day are left out (None: nothing is left out). Unknown bodies are passed over.
    """
    kept = (answers.get(faq.id, faq) for faq in pack.faq)
    shipped = {faq.id for faq in pack.faq}
    added = (answers[code] for code in sorted(answers) if code not in shipped)
    faq = tuple(one for one in (*kept, *added) if one is not None and (on is None or is_in_force(one, on)))
    parts = {name: getattr(pack, name) for name in Pack.model_fields}
    parts["faq"] = faq
    if words:
        parts["agencies"] = tuple(_reworded(agency, words) for agency in pack.agencies)
        parts["local"] = {
            level: template.model_copy(update={"keywords": words[LOCAL_IDS[level]] or {}})
            if LOCAL_IDS[level] in words
            else template
            for level, template in pack.local.items()
        }
    return Pack.model_construct(**parts)


def _reworded(agency: Agency, words: Words) -> Agency:
    if agency.code not in words or agency.kind == "local":
        return agency
    return agency.model_copy(update={"keywords": words[agency.code] or {}})


def is_in_force(dated: Dated, on: date) -> bool:
    return (dated.valid_from is None or dated.valid_from <= on) and (
        dated.valid_to is None or on <= dated.valid_to
    )


def turning_days(dated: Dated) -> Iterator[date]:
    """The days on which it comes into force and on which it no longer is."""
    if dated.valid_from is not None:
        yield dated.valid_from
    if dated.valid_to is not None and dated.valid_to < date.max:
        yield dated.valid_to + timedelta(days=1)
