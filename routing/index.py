"""An immutable inverted index: character n-grams or words -> weighted postings of documents.

Built once, then only read: safe to share between threads. Memory is linear in the text indexed.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
Analyzer = Callable[[str], Iterable[str]]

GRAM_SIZES = (2, 3, 4, 5)
_BLOCK = 512


def char_grams(folded: str) -> list[str]:
    """Character n-grams of 2 to 5 inside words padded by spaces (`folded` is single-spaced)."""
    grams: list[str] = []
    for word in folded.split(" "):
        padded = f" {word} "
        length = len(padded)
        for size in GRAM_SIZES:
            if size >= length:
                grams.append(padded)
                break
            grams.extend([padded[i : i + size] for i in range(length - size + 1)])
    return grams


def sum_rows(matrix: Any, rows: npt.NDArray[np.int32], weights: Floats) -> Floats:
    """The weighted sum of some rows of a CSR matrix, dense."""
    part = matrix[rows]
    values = part.data * np.repeat(weights, np.diff(part.indptr))
    return np.bincount(part.indices, weights=values, minlength=matrix.shape[1]).astype(np.float32)


class SparseIndex:
    """Cosine similarity of a text to every document over tf-idf weights (log tf, smoothed idf)."""

    __slots__ = ("_analyze", "_idf", "_matrix", "_unseen", "_vocabulary", "size")

    def __init__(self, documents: Sequence[str], analyze: Analyzer) -> None:
        self._analyze = analyze
        self._vocabulary: dict[str, int] = {}
        self.size = len(documents)
        columns, counts, offsets = array("i"), array("f"), array("q", [0])
        for document in documents:
            for gram, count in Counter(analyze(document)).items():
                columns.append(self._vocabulary.setdefault(gram, len(self._vocabulary)))
                counts.append(count)
            offsets.append(len(columns))
        width = max(1, len(self._vocabulary))
        matrix: Any = sparse.csr_matrix(
            (
                np.frombuffer(counts, dtype=np.float32).copy() if counts else np.zeros(0, np.float32),
                np.frombuffer(columns, dtype=np.int32).copy() if columns else np.zeros(0, np.int32),
                np.frombuffer(offsets, dtype=np.int64).copy(),
            ),
            shape=(self.size, width),
        )
        seen_in = np.bincount(matrix.indices, minlength=width)
        self._idf = (np.log((1 + self.size) / (1 + seen_in)) + 1).astype(np.float32)
        self._unseen = float(np.log(1 + self.size) + 1)
        matrix.data = (1 + np.log(matrix.data)) * self._idf[matrix.indices]
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        matrix.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
        self._matrix: Any = matrix.T.tocsr()

    def similarities(self, text: str) -> Floats:
        """Cosine (0..1) to every document, in the order they were given. Unknown n-grams count as misses."""
        result = np.zeros(self.size, dtype=np.float32)
        rows: list[int] = []
        counts: list[int] = []
        missed = 0.0
        for gram, count in Counter(self._analyze(text)).items():
            row = self._vocabulary.get(gram)
            if row is None:
                missed += ((1 + np.log(count)) * self._unseen) ** 2
            else:
                rows.append(row)
                counts.append(count)
        if not rows:
            return result
        picked = np.asarray(rows, dtype=np.int32)
        weights = (1 + np.log(np.asarray(counts, dtype=np.float32))) * self._idf[picked]
        norm = np.float32(np.sqrt(float(weights @ weights) + missed))
        return sum_rows(self._matrix, picked, weights / norm)

    def add_gram_matrix(self, total: Floats, share: float) -> None:
        """Add `share` times the cosine of every document to every other to `total` (size x size, dense)."""
        rows = self._matrix.T.tocsr()
        for start in range(0, self.size, _BLOCK):
            block = np.asarray((rows[start : start + _BLOCK] @ self._matrix).toarray(), dtype=np.float32)
            block *= np.float32(share)
            total[start : start + _BLOCK] += block

    def idf(self, term: str) -> float:
        """Weight of one term; a term never seen weighs the most."""
        row = self._vocabulary.get(term)
        return self._unseen if row is None else float(self._idf[row])
