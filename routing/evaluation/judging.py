"""Decisions beside what was right: the raw material of every measure."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from routing.decide import Router
from routing.evaluation.measures import Share
from routing.scripts import detect_script, identify_language
from routing.spoil import KEYBOARD_MODES, TYPO_MODES, UZBEK_MODES, spoil

#: A message and the id of its right answer; None: no answer is right, it is out of scope.
Pair = tuple[str, str | None]
Progress = Callable[[str], None]

SPOIL_SEED = 1
#: The modes of `UZBEK_MODES` rewrite Uzbek Latin: only messages recognized as such are spoiled so.
UZBEK = "uz-Latn"
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One message that was decided: what was right, what came out, and how it was written."""

    right: str | None
    decision: str
    confidence: float
    ranking: tuple[str, ...]
    seconds: float
    language: str | None = None
    script: str | None = None

    @property
    def hit(self) -> bool:
        return self.right is not None and self.ranking[:1] == (self.right,)

    @property
    def decided(self) -> bool:
        """Whether the router acted by itself; otherwise a person chooses."""
        return self.decision in ("answer", "route")


@dataclass(frozen=True, slots=True)
class Spoiled:
    """In-scope messages of one mode: right while clean, right when spoiled; of the same messages."""

    mode: str
    clean: Share
    spoiled: Share

    @property
    def kept(self) -> float:
        """Top-1 when spoiled as a share of top-1 while clean; above 1 when damage happened to help."""
        return self.spoiled.part / self.clean.part if self.clean.part else float("nan")


def judge(router: Router, pairs: Iterable[Pair]) -> list[Judged]:
    """Decides every message; only the decision itself is timed."""
    judged = []
    for text, right in pairs:
        started = time.perf_counter()
        decision = router.decide(text)
        seconds = time.perf_counter() - started
        ranking = tuple(match.id for match in decision.ranking)
        language, script = identify_language(text), detect_script(text)
        judged.append(Judged(right, decision.kind, decision.confidence, ranking, seconds, language, script))
    return judged


def judge_spoiled(
    router: Router, pairs: Sequence[Pair], judged: Sequence[Judged], most: int, progress: Progress
) -> list[Spoiled]:
    """The first `most` in-scope messages in every mode that makes sense for them."""
    inside = [(text, one) for (text, right), one in zip(pairs, judged, strict=True) if right is not None][
        :most
    ]
    uzbek = [(text, one) for text, one in inside if one.language == UZBEK]
    plan = [(mode, inside) for mode in (*TYPO_MODES, *KEYBOARD_MODES)]
    plan += [(mode, uzbek) for mode in UZBEK_MODES if len(uzbek) >= FEWEST]
    found = []
    for mode, chosen in plan:
        if chosen:
            progress(f"spoiled: {mode}")
            found.append(_in_mode(router, mode, chosen))
    return found


def _in_mode(router: Router, mode: str, chosen: Sequence[tuple[str, Judged]]) -> Spoiled:
    hits = []
    for text, one in chosen:
        first = router.decide(spoil(text, mode, SPOIL_SEED)).ranking[:1]
        hits.append(bool(first) and first[0].id == one.right)
    return Spoiled(mode, Share.of(one.hit for _, one in chosen), Share.of(hits))


def pooled(parts: Iterable[Sequence[Spoiled]]) -> tuple[Spoiled, ...]:
    """The modes of several halves added up."""
    sums: dict[str, Spoiled] = {}
    for one in (spoiled for part in parts for spoiled in part):
        before = sums.get(one.mode, Spoiled(one.mode, Share(0, 0), Share(0, 0)))
        sums[one.mode] = Spoiled(one.mode, _add(before.clean, one.clean), _add(before.spoiled, one.spoiled))
    return tuple(sums.values())


def _add(left: Share, right: Share) -> Share:
    return Share(left.part + right.part, left.whole + right.whole)
