"""What people ask and nobody has written an answer to: similar questions together, most frequent first."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import or_

from hub.foundation.db import UnitOfWork
from hub.library.masking import HIDDEN, masked
from hub.library.models import Question
from hub.library.recent import asked_lately, off_the_loop
from hub.library.rights import check_reads
from hub.people.actors import Actor
from routing.languages import stem, stop_stems
from routing.normalize import split_words

#: Share of common stems (of all stems of both) from which two questions are one.
ALIKE = 0.4
MOST_WORDS = 40
#: Groups that one question is compared with: the work grows with the number of questions only.
NEAREST = 30
EXAMPLES = 3
SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """`words`: what the questions have in common, as typed. `examples`: up to three, masked and cut."""

    count: int
    words: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`looked_at` questions of the last month without an answer (the newest 2,000 of `asked`)."""

    groups: tuple[QuestionGroup, ...]
    looked_at: int
    asked: int


async def frequent_unanswered(uow: UnitOfWork, actor: Actor, *, limit: int = 20) -> Unanswered:
    """Sent to a body or a person, or answered with what was not asked. Errors: not_allowed."""
    check_reads(actor)
    nobody_answered = or_(
        Question.decision.in_(("human", "route")), Question.verdict == "not_my_question"
    ) & or_(Question.verdict.is_(None), Question.verdict != "answered")
    asked = await asked_lately(uow, nobody_answered)
    groups = await off_the_loop(group, asked.texts)
    return Unanswered(tuple(groups[:limit]), len(asked.texts), asked.total)


@dataclass(slots=True)
class _Group:
    leader: frozenset[str]
    texts: list[str] = field(default_factory=list)
    stems: Counter[str] = field(default_factory=Counter)
    typed: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, words: dict[str, str]) -> None:
        self.texts.append(text)
        self.stems.update(words.keys())
        for one, typed in words.items():
            self.typed.setdefault(one, typed)

    def view(self) -> QuestionGroup:
        common = [one for one, _count in self.stems.most_common(SHOWN_WORDS) if self._is_common(one)]
        examples = dict.fromkeys(masked(text) for text in self.texts)
        return QuestionGroup(
            len(self.texts), tuple(self.typed[one] for one in common), tuple(examples)[:EXAMPLES]
        )

    def _is_common(self, one: str) -> bool:
        return self.stems[one] * 2 > len(self.texts)


def group(texts: tuple[str, ...]) -> list[QuestionGroup]:
    """Each text joins the group whose first text it shares most words with, or begins one; bounded work."""
    groups: list[_Group] = []
    holding: dict[str, list[int]] = {}
    for text in texts:
        words = _telling(text)
        if not words:
            continue
        stems = frozenset(words)
        home = _nearest(stems, groups, holding)
        if home is None:
            home = len(groups)
            groups.append(_Group(stems))
            for one in stems:
                holding.setdefault(one, []).append(home)
        groups[home].add(text, words)
    ordered = sorted(groups, key=lambda one: -len(one.texts))
    return [one.view() for one in ordered]


def _telling(text: str) -> dict[str, str]:
    """Stem -> word as typed, without stop words and numbers."""
    found: dict[str, str] = {}
    for word in split_words(text)[: MOST_WORDS * 2]:
        one = stem(word.folded)
        if one not in stop_stems() and not any(c.isdigit() for c in one):
            found.setdefault(one, masked(word.raw))
        if len(found) >= MOST_WORDS:
            break
    return {one: typed for one, typed in found.items() if HIDDEN not in typed}


def _nearest(stems: frozenset[str], groups: list[_Group], holding: dict[str, list[int]]) -> int | None:
    """Among the groups that share the rarest words with the text."""
    rare_first = sorted((one for one in stems if one in holding), key=lambda one: (len(holding[one]), one))
    seen: dict[int, None] = {}
    for one in rare_first:
        for number in holding[one]:
            seen[number] = None
            if len(seen) >= NEAREST:
                break
    scored = [(len(stems & groups[n].leader) / len(stems | groups[n].leader), -n) for n in seen]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None
