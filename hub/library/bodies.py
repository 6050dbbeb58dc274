"""Finding a body that a text names: whom a complaint is about.

A match here may block that body, so it must be the body's name and not merely its subject: the whole
name has to stand in the text (`named`), or the text has to be little else than the name (`meant`).
"""

from rapidfuzz import fuzz, process

from knowledge.schema import Agency, Pack
from routing.normalize import fold

#: token_sort_ratio from which a short text is taken for a body's name, spelling slips allowed.
SAME_NAME = 88.0
MIN_NAME_LENGTH = 9


class BodyNames:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._names: dict[str, str] = {}
        for agency in pack.agencies:
            for name in agency.name.values():
                self._names.setdefault(fold(name), agency.code)

    def meant(self, text: str) -> Agency | None:
        """The body, when `text` is its code or its name."""
        agency = self._pack.agency_by_code.get(text.strip())
        if agency is not None:
            return agency
        folded = fold(text[:300])
        if len(folded) < MIN_NAME_LENGTH:
            return None
        best = process.extractOne(
            folded, self._names.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SAME_NAME
        )
        return self._pack.agency_by_code[self._names[best[0]]] if best else self.named(text[:300])

    def named(self, text: str) -> Agency | None:
        """The first body whose whole name stands in `text`; longer names win over shorter ones."""
        folded = f" {fold(text[:8192])} "
        found = [name for name in self._names if len(name) >= MIN_NAME_LENGTH and name[:-1] in folded]
        if not found:
            return None
        return self._pack.agency_by_code[self._names[max(found, key=len)]]
