"""A linear classifier over phrasings: kernel ridge regression on the similarities already computed.

Used when ids have several phrasings (or past appeals). A query costs one product of its similarities with a
matrix of documents x ids; building solves one dense system, so it is limited to `MAX_DOCUMENTS`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg

Floats = npt.NDArray[np.float32]

MAX_DOCUMENTS = 8_000
MAX_WEIGHTS = 24_000_000
MIN_PHRASINGS = 1.5
RIDGE = 0.5


def worth_learning(documents: int, ids: int) -> bool:
    """Whether there is something to generalise from, and it stays within the memory limits."""
    return (
        ids > 1
        and documents >= MIN_PHRASINGS * ids
        and documents <= MAX_DOCUMENTS
        and documents * ids <= MAX_WEIGHTS
    )


def fit(kernel: Floats, labels: npt.NDArray[np.int64], ids: int) -> Floats:
    """Weights (documents x ids) such that `similarities @ weights` is near 1 for the right id, 0 for others.

    `kernel` (documents x documents) is overwritten.
    """
    targets = np.zeros((len(labels), ids), dtype=np.float32)
    targets[np.arange(len(labels)), labels] = 1
    kernel[np.diag_indices_from(kernel)] += RIDGE
    factor: Any = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(linalg.cho_solve(factor, targets, overwrite_b=True, check_finite=False), np.float32)
