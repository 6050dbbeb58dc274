"""The sentence encoder of the settings, opened once per process. Without one routing goes by spelling."""

from functools import lru_cache

import structlog

from routing.encoders import Encoder, EncoderError, Remembering
from routing.semantic import open_encoder

log = structlog.get_logger(__name__)


@lru_cache(maxsize=4)
def configured_encoder(place: str) -> Encoder | None:
    """None for an empty `place`, and, told in the log, where it cannot be opened: appeals must go on.

    It remembers the phrasings it has seen, so that a new edition of the library encodes only what is new.
    """
    if not place:
        return None
    try:
        return Remembering(open_encoder(place))
    except EncoderError as problem:
        log.warning("encoder_left_out", reason=str(problem))
        return None
