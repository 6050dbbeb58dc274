"""Entries that fight over the same questions: first and second with nearly the same right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hub.foundation.db import UnitOfWork
from hub.library import content as contents
from hub.library.library import Library
from hub.library.masking import masked
from hub.library.recent import Asked, Budget, asked_lately, off_the_loop
from hub.library.rights import check_reads
from hub.library.shipped import entry_title, shipped_content
from hub.people.actors import Actor
from knowledge.entries import agency_entries, faq_entries
from routing import Match

SECONDS = 10.0
MOST_PHRASINGS = 3000
EXAMPLES = 3
#: The second's score as a share of the first's from which chance decides between them.
LEVEL = 0.93
#: Below this score the first is no answer either.
SPEAKS = 0.2


@dataclass(frozen=True, slots=True)
class EntryRef:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Collision:
    """`questions` of the last month and `phrasings` of the library where the two stood nearly level.

    `examples`: up to three of those questions, masked and cut, phrasings where there are no questions.
    """

    first: EntryRef
    second: EntryRef
    questions: int
    phrasings: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collisions:
    """Most contested first. `complete` is False when the time was up before everything was looked at."""

    pairs: tuple[Collision, ...]
    questions_looked_at: int
    phrasings_looked_at: int
    complete: bool


@dataclass(slots=True)
class _Fight:
    questions: int = 0
    phrasings: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    fights: dict[tuple[str, str], _Fight] = field(default_factory=lambda: defaultdict(_Fight))
    questions: int = 0
    phrasings: int = 0
    complete: bool = True


async def find_collisions(uow: UnitOfWork, actor: Actor, *, limit: int = 50) -> Collisions:
    """Of the running library. Errors: not_allowed."""
    check_reads(actor)
    library, asked = uow.of(Library), await asked_lately(uow)
    found = await off_the_loop(_look, library, asked)
    ordered = sorted(found.fights.items(), key=lambda one: (-one[1].questions, -one[1].phrasings, one[0]))
    pairs = tuple(
        Collision(
            ref(library, first, actor.language),
            ref(library, second, actor.language),
            fight.questions,
            fight.phrasings,
            tuple(fight.examples),
        )
        for (first, second), fight in ordered[:limit]
    )
    return Collisions(pairs, found.questions, found.phrasings, found.complete)


def ref(library: Library, code: str, language: str) -> EntryRef:
    faq = library.pack.faq_by_id.get(code)
    content = contents.of_answer(faq) if faq else shipped_content(library.pack, code)
    return EntryRef(code, entry_title(library, code, contents.titles(content) if content else {}, language))


def _look(library: Library, asked: Asked) -> _Found:
    """Questions first: what people really ask weighs more than what the library says of itself."""
    budget, found = Budget(SECONDS), _Found()
    for text in asked.texts:
        if budget.spent:
            break
        found.questions += 1
        if pair := _level(library, text):
            found.fights[pair].questions += 1
            _keep(found.fights[pair], masked(text))
    phrasings = _phrasings(library)
    for text in phrasings:
        if budget.spent:
            break
        found.phrasings += 1
        if pair := _level(library, text):
            found.fights[pair].phrasings += 1
            if not found.fights[pair].questions:
                _keep(found.fights[pair], text)
    found.complete = found.questions == len(asked.texts) and found.phrasings == len(phrasings)
    return found


def _phrasings(library: Library) -> list[str]:
    entries: Iterable[str] = (
        entry.text for entry in (*faq_entries(library.pack), *agency_entries(library.pack))
    )
    texts = list(dict.fromkeys(entries))
    # Evenly over the whole library rather than its beginning.
    step = -(-len(texts) // MOST_PHRASINGS) or 1
    return texts[::step]


def _level(library: Library, text: str) -> tuple[str, str] | None:
    """The two best of one kind when chance decides between them, in order of code."""
    first, second = _two_of_a_kind(library, library.router.rank(text, 10))
    if first is None or second is None or first.score < SPEAKS or second.score < LEVEL * first.score:
        return None
    return (first.id, second.id) if first.id < second.id else (second.id, first.id)


def _two_of_a_kind(library: Library, ranking: list[Match]) -> tuple[Match | None, Match | None]:
    if not ranking:
        return None, None
    answers = ranking[0].id in library.pack.faq_by_id
    same = [match for match in ranking if (match.id in library.pack.faq_by_id) is answers]
    return same[0], same[1] if len(same) > 1 else None


def _keep(fight: _Fight, example: str) -> None:
    if len(fight.examples) < EXAMPLES and example not in fight.examples:
        fight.examples.append(example)
