"""A linear classifier over phrasings: kernel ridge regression on the similarities already computed.

Used when ids have several phrasings (or past appeals). A query costs one product of its similarities with a
matrix of documents x ids; building solves one dense system of the size of the documents, so above
`MAX_DOCUMENTS` the similarities are summed over groups of documents first (`large.py`). How far to trust it
beside the nearest phrasing differs between knowledge bases: `choose` asks the phrasings themselves, each in
turn left out.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing import large
from routing.index import Floats

MAX_DOCUMENTS = 3_000
MIN_PHRASINGS = 1.5
RIDGES = (0.5, 1.0, 2.0)
SHARES = (0.6, 0.4, 0.8, 0.9)  # never all: what is nearly a phrasing word for word must win
FEWEST_TO_CHOOSE = 200  # fewer say nothing about the difference between two ways
MOST_TO_CHOOSE = 1_200  # phrasings; one inverse of that size takes a tenth of a second


@dataclass(frozen=True, slots=True)
class Blend:
    """`ridge` smooths the classifier; `share` is its part of the score, the nearest phrasing has the rest."""

    ridge: float = RIDGES[0]
    share: float = SHARES[0]


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, and its share of the score.

    `starts`: where each group of documents begins; None when each document is one by itself.
    """

    weights: Floats
    blend: Blend
    starts: npt.NDArray[np.int64] | None = None

    def says(self, similar: Floats) -> Floats:
        """For each id: near 1 when the message that is so similar to the documents belongs to it."""
        pooled = similar if self.starts is None else np.add.reduceat(similar, self.starts)
        return np.asarray(pooled @ self.weights, dtype=np.float32)


def teach(
    kernels: large.Kernels, labels: npt.NDArray[np.int64], ids: int, words: int, blend: Blend | None = None
) -> Taught | None:
    """From documents in order of id; None when there is nothing to generalise from, or too much.

    `words`: how many distinct ones the documents have. `blend`: the one to use; chosen when None.
    """
    count = len(labels)
    if ids <= 1 or count < MIN_PHRASINGS * ids or count > large.MAX_PHRASINGS:
        return None
    if count <= MAX_DOCUMENTS:
        kernel = large.among(kernels, np.arange(count))
        blend = blend or choose(kernel, labels)
        return Taught(fit(kernel, labels, ids, blend.ridge), blend)
    most = min(large.MAX_GROUPS, large.MAX_CELLS // words)
    starts = large.group(labels, min(large.GROUPS, most))
    if len(starts) > most:
        return None
    if blend is None:
        sample = _sample(labels)
        blend = choose(large.among(kernels, sample), labels[sample])
    return Taught(large.fit(kernels, labels, starts, ids, blend.ridge), blend, starts)


def choose(kernel: Floats, labels: npt.NDArray[np.int64]) -> Blend:
    """The blend that ranks the id of a phrasing left out highest (mean reciprocal rank); the default for few.

    Leaving one out of a ridge regression needs no second fit: y - a / diag(K^-1) (Golub, Heath, Wahba 1979).
    """
    sample = _sample(labels)
    if len(sample) < FEWEST_TO_CHOOSE:
        return Blend()
    part = kernel[np.ix_(sample, sample)].astype(np.float64)
    names, own = np.unique(labels[sample], return_inverse=True)
    targets = np.eye(len(names))[own]
    others = part - 2 * np.eye(len(sample))
    starts = np.searchsorted(own, np.arange(len(names)))
    nearest = np.maximum.reduceat(others, starts, axis=1)
    best, chosen = -1.0, Blend()
    for ridge in RIDGES:
        inverse = np.linalg.inv(part + ridge * np.eye(len(sample)))
        learned = targets - (inverse @ targets) / np.diag(inverse)[:, None]
        for share in SHARES:
            scores = share * learned + (1 - share) * nearest
            ahead = np.sum(scores > scores[np.arange(len(own)), own][:, None], axis=1)
            found = float(np.mean(1 / (1 + ahead)))
            if found > best:
                best, chosen = found, Blend(ridge, share)
    return chosen


def _sample(labels: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Phrasings of ids that have several, at most `MOST_TO_CHOOSE`: every n-th id whole, in order of id."""
    counts = np.bincount(labels)
    several = np.flatnonzero(counts[labels] > 1)
    step = -(-len(several) // MOST_TO_CHOOSE)
    if step <= 1:
        return several
    ids = np.unique(labels[several])[::step]
    return several[np.isin(labels[several], ids)][: 2 * MOST_TO_CHOOSE]


def fit(kernel: Floats, labels: npt.NDArray[np.int64], ids: int, ridge: float) -> Floats:
    """Weights (documents x ids) such that `similarities @ weights` is near 1 for the right id, 0 for others.

    `kernel` (documents x documents) is overwritten.
    """
    targets = np.zeros((len(labels), ids), dtype=np.float32)
    targets[np.arange(len(labels)), labels] = 1
    kernel[np.diag_indices_from(kernel)] += ridge
    # NumPy lets other threads run meanwhile; SciPy's wrappers stop the whole process, its event loop too.
    return np.asarray(np.linalg.solve(kernel, targets), dtype=np.float32)
