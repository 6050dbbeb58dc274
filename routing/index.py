"""An immutable inverted index: character n-grams or words -> weighted postings of documents.

Built once, then only read: safe to share between threads. Memory is linear in the text indexed.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Analyzer = Callable[[str], Iterable[str]]

GRAM_SIZES = (2, 3, 4, 5)
MAX_POSTINGS = 2_000_000


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
    """The weighted sum of some rows of a CSR matrix, dense.

    Of rows that hold more than `MAX_POSTINGS` together only the shortest are summed: a message of hundreds of
    words meets an index of hundreds of thousands of words, and the longest rows say the least.
    """
    lengths = matrix.indptr[rows + 1] - matrix.indptr[rows]
    if int(lengths.sum()) > MAX_POSTINGS:
        order = np.argsort(lengths, kind="stable")
        kept = np.sort(order[np.cumsum(lengths[order]) <= MAX_POSTINGS])
        rows, weights, lengths = rows[kept], weights[kept], lengths[kept]
    part = matrix[rows]
    values = part.data * np.repeat(weights, lengths)
    return np.bincount(part.indices, weights=values, minlength=matrix.shape[1]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Sums:
    """Documents against groups of documents whose features are added up.

    Sparse factors: `left` documents x inner, `own` groups x inner, `right` inner x groups (may be dense).
    """

    left: Any
    own: Any
    right: Any

    def block(self, rows: slice) -> Floats:
        """Some documents x all groups: the cosines with the documents of each group, added up."""
        return _dense(self.left[rows] @ self.right)

    def among(self) -> Floats:
        """Groups x groups: all cosines between their documents, added up."""
        return _dense(self.own @ self.right)


def _dense(matrix: Any) -> Floats:
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix, dtype=np.float32)


def pool(starts: Numbers, size: int) -> Any:
    """Groups x documents: 1 where the document is of the group; groups are neighbours, from each start on."""
    offsets = np.append(starts, size)
    return sparse.csr_matrix((np.ones(size, np.float32), np.arange(size), offsets), shape=(len(starts), size))


class SparseIndex:
    """Cosine similarity of a text to every document over tf-idf weights (log tf, smoothed idf)."""

    __slots__ = ("_analyze", "_documents", "_idf", "_matrix", "_unseen", "_vocabulary", "_weight", "size")

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
        self._weight = np.append(self._idf, np.float32(self._unseen))  # row -1: never seen
        matrix.data = (1 + np.log(matrix.data)) * self._idf[matrix.indices]
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        matrix.data /= np.repeat(np.maximum(norms, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
        self._documents: Any = matrix
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
                missed += ((1 + log(count)) * self._unseen) ** 2
            else:
                rows.append(row)
                counts.append(count)
        if not rows:
            return result
        picked = np.asarray(rows, dtype=np.int32)
        weights = (1 + np.log(np.asarray(counts, dtype=np.float32))) * self._idf[picked]
        norm = np.float32(np.sqrt(float(weights @ weights) + missed))
        return sum_rows(self._matrix, picked, weights / norm)

    def among(self, rows: Numbers) -> Floats:
        """The cosine of every two of some documents."""
        own = self._documents[rows]
        return _dense(own @ own.T)

    def sums(self, starts: Numbers) -> Sums:
        """The documents in groups, each beginning at one of `starts`."""
        own = pool(starts, self.size) @ self._documents
        return Sums(self._documents, own, own.T.tocsr())

    def idf(self, terms: Sequence[str]) -> Floats:
        """Weight of each term; a term never seen weighs the most."""
        rows = [self._vocabulary.get(term, -1) for term in terms]
        return self._weight[rows]
