"""Character n-grams kept by word: documents -> words -> n-grams.

Words repeat in every text, so what a document shares with a message is summed over its words instead of its
n-grams: twenty times fewer postings, a matrix of the size of the texts, and a cost that hardly depends on
how common an n-gram is. Exact, nothing is pruned.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from routing.index import Floats, Numbers, Sums, char_grams, pool, sum_rows

_BLOCK = 4096


class CharacterIndex:
    """Cosine of a text to every document over its character n-grams of 2 to 5 (tf-idf, smoothed idf).

    A word that stands n times in a document counts 1 + log n times. Immutable, safe to share between threads.
    Memory is linear in the words indexed and in the n-grams of the distinct words.
    """

    __slots__ = ("_by_word", "_documents", "_grams", "_idf", "_unseen", "_vocabulary", "size")

    def __init__(self, documents: Sequence[str]) -> None:
        self.size = len(documents)
        words, self._documents = _count_words(documents)
        grams, by_word = _count_grams(words)
        self._vocabulary: dict[str, int] = grams
        width = len(grams)
        seen_in = np.zeros(width, dtype=np.int64)
        for block in self._blocks(by_word):
            seen_in += np.bincount(block.indices, minlength=width)
        self._idf = (np.log((1 + self.size) / (1 + seen_in)) + 1).astype(np.float32)
        self._unseen = float(np.log(1 + self.size) + 1)
        by_word.data *= self._idf[by_word.indices]
        norms = [np.sqrt(np.asarray(b.multiply(b).sum(axis=1)).ravel()) for b in self._blocks(by_word)]
        lengths = np.maximum(np.concatenate(norms) if norms else np.zeros(0, np.float32), 1e-9)
        self._documents.data /= np.repeat(lengths, np.diff(self._documents.indptr)).astype(np.float32)
        self._by_word: Any = by_word
        self._grams: Any = by_word.T.tocsr()

    def _blocks(self, by_word: Any) -> Any:
        """Documents x n-grams, a few thousand documents at a time: the whole would not fit anywhere."""
        for start in range(0, self.size, _BLOCK):
            yield self._documents[start : start + _BLOCK] @ by_word

    def similarities(self, text: str) -> Floats:
        """Cosine (0..1) to every document, in the order they were given. Unknown n-grams count as misses."""
        rows: list[int] = []
        counts: list[int] = []
        missed = 0.0
        for gram, count in Counter(char_grams(text)).items():
            row = self._vocabulary.get(gram)
            if row is not None:
                rows.append(row)
                counts.append(count)
            else:
                missed += 1.0 if count == 1 else (1 + log(count)) ** 2
        if not rows:
            return np.zeros(self.size, dtype=np.float32)
        picked = np.asarray(rows, dtype=np.int32)
        weights = (1 + np.log(np.asarray(counts, dtype=np.float32))) * self._idf[picked]
        weights /= np.float32(np.sqrt(float(weights @ weights) + missed * self._unseen**2))
        shared = sum_rows(self._grams, picked, weights)
        return np.asarray(self._documents @ shared, dtype=np.float32)

    def among(self, rows: Numbers) -> Floats:
        """The cosine of every two of some documents."""
        own = self._documents[rows]
        return np.asarray(own @ self._towards(own))

    def sums(self, starts: Numbers) -> Sums:
        """The documents in groups, each beginning at one of `starts`; dense, words x groups."""
        own = pool(starts, self.size) @ self._documents
        return Sums(self._documents, own, self._towards(own))

    def _towards(self, own: Any) -> Floats:
        """Words x the rows of `own`, which are sums of words: what the n-grams of both share."""
        by_gram = (own @ self._by_word).T.tocsr()
        right = np.empty((self.words, own.shape[0]), dtype=np.float32)
        for begin in range(0, self.words, _BLOCK):
            right[begin : begin + _BLOCK] = (self._by_word[begin : begin + _BLOCK] @ by_gram).toarray()
        return right

    @property
    def words(self) -> int:
        """How many distinct words there are."""
        return int(self._by_word.shape[0])


def _count_words(documents: Sequence[str]) -> tuple[list[str], Any]:
    """The distinct words, and documents x words holding 1 + log of how often."""
    words: defaultdict[str, int] = defaultdict()
    words.default_factory = words.__len__
    columns: list[npt.NDArray[np.int32]] = []
    lengths = [0]
    for document in documents:
        split = document.split(" ")
        columns.append(np.fromiter(map(words.__getitem__, split), dtype=np.int32, count=len(split)))
        lengths.append(len(split))
    indices = np.concatenate(columns) if columns else np.zeros(0, np.int32)
    matrix: Any = sparse.csr_matrix(
        (np.ones(len(indices), np.float32), indices, np.cumsum(lengths)),
        shape=(len(documents), len(words)),
    )
    matrix.sum_duplicates()
    matrix.data = 1 + np.log(matrix.data)
    return list(words), matrix


def _count_grams(words: Sequence[str]) -> tuple[dict[str, int], Any]:
    """The distinct n-grams, and words x n-grams holding how often."""
    grams: defaultdict[str, int] = defaultdict()
    grams.default_factory = grams.__len__
    columns: list[int] = []
    offsets = [0]
    for word in words:
        columns.extend(map(grams.__getitem__, char_grams(word)))
        offsets.append(len(columns))
    matrix: Any = sparse.csr_matrix(
        (np.ones(len(columns), np.float32), np.asarray(columns, np.int32), np.asarray(offsets)),
        shape=(len(words), len(grams)),
    )
    matrix.sum_duplicates()
    grams.default_factory = None
    return dict(grams), matrix
