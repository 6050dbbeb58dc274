"""The filter of the library's list as an address, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args
from urllib.parse import urlencode

from hub.foundation.errors import HubError
from hub.foundation.i18n import LANGUAGES
from hub.foundation.plain_text import clean_line
from hub.library.catalogue import EntryFilter
from hub.library.entry_views import EntryKind, EntryState

PATH = "/library"
#: A few lists that editors come for; each is a filter of its own.
VIEWS = ("all", "waiting", "due")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address says. `missing` is a language without a text; `view` one of `VIEWS`."""

    kind: EntryKind = "faq"
    view: str = "all"
    q: str = ""
    state: str = ""
    missing: str = ""
    agency: str = ""
    mine: bool = False

    def filter(self) -> EntryFilter:
        return EntryFilter(
            q=self.q,
            kind=self.kind,
            state=cast(EntryState, self.state) if self.state else None,
            agency=self.agency or None,
            missing=self.missing or None,
            mine=self.mine,
            draft_waits=self.view == "waiting",
            review_due=self.view == "due",
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.folded)

    @property
    def folded(self) -> bool:
        """Whether something of the folded filter form is in force."""
        return bool(self.state or self.missing or self.agency or self.mine)


def read_chosen(query: Mapping[str, str]) -> Chosen:
    """Errors: bad_filter for what no form or link of ours can have sent."""
    kind, view = query.get("kind") or "faq", query.get("view") or "all"
    state, missing = query.get("state") or "", query.get("missing") or ""
    allowed = (
        kind in get_args(EntryKind),
        view in VIEWS,
        state in ("", *get_args(EntryState)),
        missing in ("", *LANGUAGES),
    )
    if not all(allowed):
        raise HubError("bad_filter")
    return Chosen(
        kind=cast(EntryKind, kind),
        view=view,
        q=clean_line(query.get("q", "")[:200]),
        state=state,
        missing=missing,
        agency=clean_line(query.get("agency", "")[:100]),
        mine=query.get("mine") == "true",
    )


def address(chosen: Chosen, **changes: str) -> str:
    """What is left at its default is left out."""
    found = {
        "kind": "" if chosen.kind == "faq" else chosen.kind,
        "view": "" if chosen.view == "all" else chosen.view,
        "q": chosen.q,
        "state": chosen.state,
        "missing": chosen.missing,
        "agency": chosen.agency,
        "mine": "true" if chosen.mine else "",
        **changes,
    }
    kept = {name: value for name, value in found.items() if value}
    return f"{PATH}?{urlencode(kept)}" if kept else PATH
