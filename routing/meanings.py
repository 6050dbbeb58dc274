"""How near a message is in meaning to every id, as a sentence encoder sees it.

An id with several phrasings is compared by the mean of their vectors, which few phrasings fix better than any
of them alone, and by a kernel ridge classifier on squared cosines; where that would be too large, by its
nearest phrasing. Shares measured on public English sets with a model of 384 dimensions.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg

from routing.encoders import Encoder, EncoderError, KnowsWords, vectors_of
from routing.index import Floats
from routing.normalize import Word, clean, fold, fold_word, split_words
from routing.phrasings import Phrasings, phrasings_of

SHARE = 0.72  # of the score; spelling has the rest
DOUBT = 1.0  # so much of it goes to spelling when the encoder knows none of the words, as in another language
LEARNED = 0.4
NEAREST = 0.25  # where nothing is learned
RIDGE = 0.5
MAX_LEARNED = 4_000  # phrasings: one dense system of that size
MIN_PHRASINGS = 1.5  # per id, for anything to be learned


@dataclass(frozen=True, slots=True)
class Meant:
    """How near a message is to every id (-1..1 or a little more), and the part of the score that this has."""

    near: Floats
    share: float

    def join(self, spelled: Floats, ids: slice | npt.NDArray[np.int64]) -> Floats:
        """The scores by spelling of some ids with nearness in meaning added."""
        return np.asarray((1 - self.share) * spelled + self.share * self.near[ids], dtype=np.float32)


class Meanings:
    """Immutable but for `trouble`; any thread may ask. Raises EncoderError when built, never afterwards."""

    def __init__(self, encoder: Encoder, phrasings: Phrasings) -> None:
        self.encoder = encoder
        self.trouble: str | None = None  # why the last message was compared without its meaning
        self._starts = phrasings.starts
        written = _as_written(phrasings)
        self._vectors = vectors_of(encoder, written)
        self._spelled = _spellings(written)
        ids, count = len(phrasings.ids), len(phrasings.texts)
        self._several = 0 < ids < count
        means = np.add.reduceat(self._vectors, self._starts) if ids else self._vectors
        self._means = _unit(means)
        learn = ids > 1 and MIN_PHRASINGS * ids <= count <= MAX_LEARNED
        self._weights = self._learn(phrasings) if learn else None

    def _learn(self, phrasings: Phrasings) -> Floats:
        kernel = _squared(self._vectors @ self._vectors.T)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        targets = np.zeros((len(kernel), len(phrasings.ids)), dtype=np.float32)
        targets[np.arange(len(kernel)), phrasings.labels] = 1
        solved = linalg.solve(kernel, targets, assume_a="pos", overwrite_a=True, check_finite=False)
        return np.asarray(solved, dtype=np.float32)

    def of(self, text: str, words: Sequence[Word]) -> Meant | None:
        """None, and `trouble` says why, when the encoder fails; None too when it knows not one of the words.

        `words`: the text as the index reads it.
        """
        text, strange = self._respelled(clean(text), words)
        if strange == 1:
            return None
        try:
            vector = vectors_of(self.encoder, [text])[0]
            if vector.shape != self._means.shape[1:]:
                raise EncoderError(f"The encoder {self.encoder.name} gave vectors of different width.")
        except EncoderError as problem:
            self.trouble = str(problem)
            return None
        self.trouble = None
        return Meant(self._near(vector), SHARE * (1 - DOUBT * strange))

    def _near(self, vector: Floats) -> Floats:
        mean = self._means @ vector
        if not self._several:
            return np.asarray(mean, dtype=np.float32)
        similar = self._vectors @ vector
        if self._weights is None:
            share, other = NEAREST, np.maximum.reduceat(similar, self._starts)
        else:
            share, other = LEARNED, _squared(similar) @ self._weights
        return np.asarray((1 - share) * mean + share * other, dtype=np.float32)

    def _respelled(self, text: str, words: Sequence[Word]) -> tuple[str, float]:
        """The text with words that the encoder cannot know as the index spells them: typos cost it most.

        And the share of words that the encoder does not know even so.
        """
        if not isinstance(self.encoder, KnowsWords):
            return text, 0.0
        parts: list[str] = []
        end = strange = 0
        for word in words:
            start = text.find(word.raw, end)
            if start < 0:  # typed on the wrong keyboard
                return " ".join(word.raw for word in words), 0.0
            meant = self._spelled.get(word.folded)
            known = self.encoder.knows(word.raw.lower())
            if meant and not known and fold_word(word.raw) != word.folded:
                parts += [text[end:start], meant]
                known = self.encoder.knows(meant)
            else:
                parts.append(text[end : start + len(word.raw)])
            strange += not known
            end = start + len(word.raw)
        return "".join([*parts, text[end:]]), strange / max(1, len(words))


def _spellings(written: Iterable[str]) -> dict[str, str]:
    """Folded words -> how they are mostly written."""
    uses = Counter((word.folded, word.raw.lower()) for text in written for word in split_words(text))
    return {folded: raw for (folded, raw), _ in reversed(uses.most_common())}


def _as_written(phrasings: Phrasings) -> list[str]:
    """The phrasings in their order as people wrote them: an encoder knows words, not their skeletons."""
    written: dict[tuple[str, str], str] = {}
    for entry in phrasings.entries:
        for text in phrasings_of(entry):
            written.setdefault((entry.id, fold(text)), clean(text))
    return [
        written[phrasings.ids[number], text]
        for number, text in zip(phrasings.labels.tolist(), phrasings.texts, strict=True)
    ]


def _squared(cosines: Floats) -> Floats:
    return np.asarray(np.maximum(cosines, 0) ** 2, dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12), dtype=np.float32)
