"""A text without the territories it names: where something happens does not say whose matter it is."""

import re

from knowledge.places import find_place
from knowledge.schema import Pack
from routing.normalize import fold, split_words

_SPACE = re.compile(r"\s+")


def without_places(pack: Pack, text: str) -> str:
    """Names of regions, cities and districts left out; the word "district" or "region" beside them stays.

    Empty when nothing but such words is left.
    """
    left = text
    for place in find_place(pack, text):
        words = r"\W+".join(map(re.escape, place.text.split(" ")))
        left = re.sub(rf"(?<!\w){words}(?!\w)", " ", left, count=1)
    left = _SPACE.sub(" ", left).strip()
    kinds = _kinds(pack)
    return left if any(not word.folded.startswith(kinds) for word in split_words(left)) else ""


def _kinds(pack: Pack) -> tuple[str, ...]:
    places = pack.info.places
    return tuple(fold(word) for word in (*places.district, *places.city, *places.region) if len(word) > 1)
