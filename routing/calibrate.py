"""From what a ranking looks like to the probability that its first candidate is right.

A logistic model over a few signals. Fitted on calibration pairs when there are enough of them, otherwise the
built-in one of `builtin.toml`, which was fitted on public sets and leaves a wide margin.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from routing.matcher import Candidate, Message
from routing.types import Kind

Signals = npt.NDArray[np.float64]

SIGNAL_NAMES = (
    "score", "score_margin", "nearest", "nearest_margin", "learned", "learned_margin",
    "fuzzy", "covered", "recalled", "both", "lead", "log_words",
    "agreement", "spread", "told", "mass", "covered_mass",
)  # fmt: skip
#: With a sentence encoder these follow. Each encoder has its own scale: only fitted weights can read them.
MEANING_NAMES = ("fused", "fused_margin", "meant", "meant_margin", "meant_behind", "meant_share")
PRECISION = 0.95
BOUND_Z = 1.1503  # one-sided 87.5 % lower confidence bound
PRIOR_HITS = 4  # what is known before the first judged message: few pairs that all agree may be enough
MIN_PAIRS = 40
MIN_OF_EACH = 8
FOLDS = 5
REPEATS = 4  # of the folds: which message fell into which says less
NEVER = 1.01
SURE_AT_LEAST = 0.5


def signals(message: Message, ranked: Sequence[Candidate]) -> Signals:
    """What the calibration looks at; `ranked` holds at least one candidate, best first."""
    spelled = _spelling(message, ranked)
    if message.meant is None:
        return spelled
    first, others = ranked[0], ranked[1:10]
    meant = [
        first.score,
        first.score - max((c.score for c in others), default=0.0),
        first.meant,
        first.meant - max((c.meant for c in others), default=0.0),
        float(message.meant.near.max()) - first.meant,
        message.meant.share,
    ]
    return np.array([*spelled, *meant])


def _spelling(message: Message, ranked: Sequence[Candidate]) -> Signals:
    """`SIGNAL_NAMES`; the margins are negative where an encoder put another first than spelling would."""
    first, others = ranked[0], ranked[1:10]
    mass = float(message.weights.sum())
    both = 2 * first.covered * first.recalled / max(1e-9, first.covered + first.recalled)
    return np.array(
        [
            first.spelled,
            first.spelled - max((c.spelled for c in others), default=0.0),
            first.nearest,
            first.nearest - max((c.nearest for c in others), default=0.0),
            max(0.0, first.learned),
            max(0.0, first.learned) - max((c.learned for c in others if c.learned > 0), default=0.0),
            first.fuzzy,
            first.covered,
            first.recalled,
            both,
            1 - max((c.spelled for c in others), default=0.0) / max(1e-9, first.spelled),
            np.log1p(min(message.words, 60)),
            first.agreement,
            *_spread(message.learned),
            np.log1p(mass),
            first.covered * mass,
        ]
    )


def _spread(learned: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Entropy over all ids of what the classifier says, and its sum: a stranger is a bit like everything."""
    positive = learned[learned > 0]
    total = float(positive.sum(dtype=np.float64))
    if total <= 0:
        return 0.0, 0.0
    # -sum(p log p) with p = x / total, in single precision: there may be 100,000 ids.
    return float(np.log(total)) - float(np.dot(positive, np.log(positive))) / total, total


@dataclass(frozen=True, slots=True)
class Calibration:
    """Signals -> probability, and the probability from which the promised precision is kept.

    `by_spelling` stands in for messages whose meaning an encoder could not tell.
    """

    weights: tuple[float, ...]
    intercept: float
    sure: float
    fitted: bool
    by_spelling: "Calibration | None" = None

    def of(self, message: Message) -> "Calibration":
        """The one that fits what is known of a message."""
        return self.by_spelling if self.by_spelling and message.meant is None else self

    def probability(self, values: Signals) -> float:
        """0..1, never raises. Signals that it has no weights for are passed over."""
        logit = float(np.dot(self.weights, values[: len(self.weights)])) + self.intercept
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


@lru_cache(maxsize=8)
def builtin(kind: Kind, precision: float = PRECISION) -> Calibration:
    """The calibration used without calibration pairs: conservative, and `fitted` says False.

    Another promise than `PRECISION` moves the doubt that is allowed in the same proportion.
    """
    text = resources.files("routing").joinpath("builtin.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)[kind]
    weights = tuple(float(data["weights"].get(name, 0.0)) for name in SIGNAL_NAMES)
    sure = 1 - (1 - float(data["sure"])) * (1 - precision) / (1 - PRECISION)
    return Calibration(weights, float(data["intercept"]), sure, fitted=False)


def fit(rows: Sequence[Signals], right: Sequence[bool], precision: float = PRECISION) -> Calibration | None:
    """A calibration from judged rankings; None when there are too few to learn anything."""
    labels = np.array(right, dtype=np.int64)
    hits = int(labels.sum())
    if len(labels) < MIN_PAIRS or min(hits, len(labels) - hits) < MIN_OF_EACH:
        return None
    # Imported here: a process that fits nothing saves 70 MB and seconds of its start.
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    values = np.vstack(rows)
    model: Any = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000))
    held_out = np.zeros(len(labels))
    for repeat in range(REPEATS):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=repeat)
        held_out += cross_val_predict(model, values, labels, cv=folds, method="predict_proba")[:, 1]
    held_out /= REPEATS
    model.fit(values, labels)
    scaler, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.dot(weights, scaler.mean_))
    sure = _sure_from(held_out, labels, precision)
    return Calibration(tuple(map(float, weights)), intercept, sure, fitted=True)


def _sure_from(
    probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.int64], promised: float
) -> float:
    """The lowest probability above which the lower bound of precision is at least what is promised.

    Never under `SURE_AT_LEAST`: where nearly all pairs were right, what is likelier wrong is still not given.
    """
    order = np.argsort(-probabilities, kind="stable")
    answered = np.arange(1, len(order) + 1)
    trials = answered + PRIOR_HITS
    precision = (np.cumsum(labels[order]) + PRIOR_HITS) / trials
    keeps = np.flatnonzero(wilson_lower(precision, trials) >= promised)
    return max(SURE_AT_LEAST, float(probabilities[order][keeps[-1]])) if len(keeps) else NEVER


def wilson_lower(share: Any, count: Any, z: float = BOUND_Z) -> Any:
    """Lower bound of a share seen in `count` trials (Wilson score interval, one-sided)."""
    centre = share + z * z / (2 * count)
    spread = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre - spread) / (1 + z * z / count)
