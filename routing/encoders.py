"""The port for sentence encoders: texts in, unit vectors out. Routing works without one.

`semantic.py` opens models from disk; anything else with these two members serves as well.
"""

import threading
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from routing.index import Floats

BATCH = 64
MOST_REMEMBERED = 200_000


class EncoderError(Exception):
    """One plain sentence: why there is no encoder, or why it gave no vectors."""


class Encoder(Protocol):
    """Callable from any thread. The same text gives the same vector, whatever stands beside it."""

    @property
    def name(self) -> str:
        """What people know it by; two encoders of one name give the same vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """One float32 row of length 1 for every text, always of the same width; a long text is cut."""
        ...


@runtime_checkable
class KnowsWords(Protocol):
    """An encoder may also offer this: words that it does not know are respelled as the index has them."""

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one that it learned, not a heap of letters."""
        ...


def vectors_of(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """Checked unit rows for any number of texts. Raises EncoderError whatever the encoder did wrong."""
    parts = []
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        try:
            rows = np.asarray(encoder.encode(batch), dtype=np.float32)
        except EncoderError:
            raise
        except Exception as problem:  # whatever library stands behind the port
            # Only its type: the words of the error may hold the words of a person.
            raise EncoderError(f"The encoder {encoder.name} failed ({type(problem).__name__}).") from problem
        if rows.ndim != 2 or len(rows) != len(batch) or not rows.shape[1] or not np.isfinite(rows).all():
            raise EncoderError(
                f"The encoder {encoder.name} did not give one vector of numbers for each text."
            )
        parts.append(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12)))
    if len({part.shape[1] for part in parts}) > 1:
        raise EncoderError(f"The encoder {encoder.name} gave vectors of different width.")
    return np.vstack(parts) if parts else np.zeros((0, 1), dtype=np.float32)


def remembering(encoder: Encoder) -> "Remembering":
    """The encoder with a memory; one that has a memory stays itself."""
    return encoder if isinstance(encoder, Remembering) else Remembering(encoder)


class Remembering:
    """An encoder that keeps the vectors of texts asked for together, so that a rebuild encodes only new ones.

    A text asked for alone is a message and is not kept.
    """

    def __init__(self, encoder: Encoder, most: int = MOST_REMEMBERED) -> None:
        self._encoder, self._most = encoder, most
        self._known: dict[str, Floats] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._encoder.name

    def knows(self, word: str) -> bool:
        return not isinstance(self._encoder, KnowsWords) or self._encoder.knows(word)

    def encode(self, texts: Sequence[str]) -> Floats:
        if len(texts) == 1 and texts[0] not in self._known:
            return self._encoder.encode(texts)
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, self._encoder.encode(new), strict=True))
            with self._lock:
                if len(self._known) + len(new) > self._most:
                    self._known.clear()
                self._known.update((text, found[text]) for text in new[: self._most])
        return np.array([found[text] for text in texts], dtype=np.float32)
