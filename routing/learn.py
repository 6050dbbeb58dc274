"""A linear classifier over phrasings: kernel ridge regression on the similarities already computed.

Used when ids have several phrasings (or past appeals). A query costs one product of its similarities with a
matrix of documents x ids; building solves one dense system of the size of the documents, so above
`MAX_DOCUMENTS` the similarities are summed over groups of documents first (`large.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg

from routing import large

Floats = npt.NDArray[np.float32]

MAX_DOCUMENTS = 3_000
MIN_PHRASINGS = 1.5
RIDGE = large.RIDGE


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned. `starts`: where each group of documents begins; None when each is one by itself."""

    weights: Floats
    starts: npt.NDArray[np.int64] | None = None

    def says(self, similar: Floats) -> Floats:
        """For each id: near 1 when the document that is so similar to all others belongs to it."""
        pooled = similar if self.starts is None else np.add.reduceat(similar, self.starts)
        return np.asarray(pooled @ self.weights, dtype=np.float32)


def teach(
    kernels: Sequence[tuple[float, large.Kernel]], labels: npt.NDArray[np.int64], ids: int, words: int
) -> Taught | None:
    """From documents in order of id; None when there is nothing to generalise from, or too much.

    `kernels`: what the similarities are made of, with the share of each. `words`: how many distinct ones.
    """
    count = len(labels)
    if ids <= 1 or count < MIN_PHRASINGS * ids or count > large.MAX_PHRASINGS:
        return None
    if count > MAX_DOCUMENTS:
        starts = large.group(labels, min(large.GROUPS, large.MAX_CELLS // words))
        if len(starts) > min(large.MAX_GROUPS, large.MAX_CELLS // words):
            return None
        return Taught(large.fit(kernels, labels, starts, ids), starts)
    alone = np.arange(count)
    kernel = sum(np.float32(share) * index.sums(alone).among() for share, index in kernels)
    return Taught(fit(np.asarray(kernel), labels, ids))


def fit(kernel: Floats, labels: npt.NDArray[np.int64], ids: int) -> Floats:
    """Weights (documents x ids) such that `similarities @ weights` is near 1 for the right id, 0 for others.

    `kernel` (documents x documents) is overwritten.
    """
    targets = np.zeros((len(labels), ids), dtype=np.float32)
    targets[np.arange(len(labels)), labels] = 1
    kernel[np.diag_indices_from(kernel)] += RIDGE
    factor: Any = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(linalg.cho_solve(factor, targets, overwrite_b=True, check_finite=False), np.float32)
