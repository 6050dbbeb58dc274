"""The peer that routing is measured against: scikit-learn's character TF-IDF, cosine, ten best."""

from collections.abc import Sequence
from typing import Any

import numpy as np


class Peer:
    """`TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))` over the texts of the same entries."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))
        self._terms: Any = self._vectorizer.fit_transform(texts).T.tocsr()

    def ten_best(self, text: str) -> list[int]:
        scores = (self._vectorizer.transform([text]) @ self._terms).toarray().ravel()
        best = np.argpartition(-scores, min(10, len(scores) - 1))[:10]
        return [int(place) for place in best[np.argsort(-scores[best])]]
