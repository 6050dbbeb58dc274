"""An evaluation as plain JSON values."""

import math
from dataclasses import asdict
from typing import Any

from routing.evaluation.evaluation import Evaluation
from routing.evaluation.measures import Share


def as_record(found: Evaluation) -> dict[str, Any]:
    """Every field under its own name; shares as `{part, whole, value, low, high}`; NaN becomes null."""
    return {name: _plain(getattr(found, name), value) for name, value in asdict(found).items()}


def _plain(original: Any, value: Any) -> Any:
    if isinstance(original, Share):
        figures = {"value": original.value, "low": original.low, "high": original.high}
        return {**value, **{name: _plain(one, one) for name, one in figures.items()}}
    if isinstance(original, tuple):
        return [_plain(one, item) for one, item in zip(original, value, strict=True)]
    if isinstance(value, dict):
        return {name: _plain(getattr(original, name), item) for name, item in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value
