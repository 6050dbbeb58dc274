"""What the hub knows of its country: the pack, the router built from it, and answers by language.

One object per process, immutable; a new edition replaces it whole, so readers never wait.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import structlog

from hub.foundation.i18n import FALLBACKS, LANGUAGES
from hub.library.bodies import BodyNames
from hub.library.courtesy import Courtesy, Manners
from hub.library.dangers import Dangers, Emergency
from hub.library.encoder import configured_encoder
from hub.library.responsible import Ranking, Responsible
from knowledge.entries import agency_entries, faq_entries
from knowledge.load import load_pack
from knowledge.schema import Agency, Pack
from routing import Decision, Entry, Match, Router
from routing.calibrate import PRECISION
from routing.encoders import Encoder, EncoderError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FaqAnswer:
    """A checked answer. `translated` is False when it had to be shown in another language than asked for."""

    id: str
    title: str
    text: str
    language: str
    source: str
    checked_on: date
    translated: bool


class Library:
    """Router and pack of one country: the pack as it stands today, with the editors' entries in it.

    `shipped` is the pack without them, `edition` theirs, `until` the day from which other dates hold, and
    `more` are routing entries from elsewhere (what officials' corrections taught), `judged` messages with the
    right body to fit the confidence on. `encoder` adds nearness in meaning; one that fails is left out.
    `precision` is the share of answers given that is promised to be right.
    """

    def __init__(
        self,
        pack: Pack,
        timezone: str = "",
        *,
        shipped: Pack | None = None,
        edition: int = 0,
        until: date | None = None,
        more: Sequence[Entry] = (),
        judged: Sequence[tuple[str, str | None]] = (),
        encoder: Encoder | None = None,
        precision: float = PRECISION,
    ) -> None:
        self.pack = pack
        self.shipped = shipped or pack
        self.edition = edition
        self.until = until
        #: The zone of every legal date.
        self.zone = ZoneInfo(timezone or pack.info.timezone)
        own = [*faq_entries(pack), *agency_entries(pack)]
        known = {(entry.id, entry.kind) for entry in own}
        #: Lessons about a body or an answer that is no longer there are left out.
        self.more = tuple(entry for entry in more if (entry.id, entry.kind) in known)
        self.encoder = encoder
        self.precision = precision
        self.router = self.routed([*own, *self.more], judged)
        self.responsible = Responsible(pack, self.router, self.more)
        self.bodies = BodyNames(pack)
        self._dangers = Dangers(pack)
        self._manners = Manners(pack)

    @classmethod
    def open(
        cls, country_pack: str, timezone: str = "", encoder: str = "", precision: float = PRECISION
    ) -> "Library":
        """Raises the pack's own error, naming file and line, when it does not load."""
        meaning = configured_encoder(encoder)
        return cls(load_pack(country_pack), timezone, encoder=meaning, precision=precision)

    def routed(self, entries: Sequence[Entry], judged: Sequence[tuple[str, str | None]] = ()) -> Router:
        """A router of other entries that reads messages as this library does."""
        try:
            return Router.build(entries, judged, encoder=self.encoder, precision=self.precision)
        except EncoderError as problem:
            log.warning("encoder_left_out", reason=str(problem))
            return Router.build(entries, judged, precision=self.precision)

    def local_date(self, instant: datetime) -> date:
        """The date that an instant falls on where the law counts."""
        return instant.astimezone(self.zone).date()

    def decide(self, text: str) -> Decision:
        decision = self.router.decide(text)
        if self.router.degraded:
            log.warning("encoder_failed", reason=self.router.degraded)
        return decision

    def answer(self, faq_id: str, language: str) -> FaqAnswer | None:
        entry = self.pack.faq_by_id.get(faq_id)
        if entry is None:
            return None
        shown = in_language(entry.answer, language)
        return FaqAnswer(
            id=faq_id,
            title=entry.title[shown],
            text=entry.answer[shown],
            language=shown,
            source=self._manners.source(entry.source, shown),
            checked_on=entry.checked_on,
            translated=shown == language,
        )

    def courtesy(self, text: str) -> Courtesy | None:
        """A message that only greets or thanks is no question, nor an appeal (law art. 25)."""
        return self._manners.courtesy(text)

    def agency_name(self, code: str, language: str) -> str:
        names = self.pack.agency_by_code[code].name
        return names[in_language(names, language)]

    def emergency(self, text: str, language: str) -> Emergency | None:
        """What to do at once when the text tells of danger to life."""
        return self._dangers.found_in(text, language)

    def place(self, text: str, district: str | None, blocked: Collection[str] = ()) -> Ranking:
        """Bodies responsible for `text`, with how sure that is and why; the same text is ranked once."""
        return self.responsible.rank(text, district, blocked)

    def rank_agencies(
        self, text: str, district: str | None, blocked: Collection[str] = ()
    ) -> tuple[tuple[Agency, Match], ...]:
        """Bodies responsible for `text`, best first, each once; local matters go to the place's own body."""
        return self.place(text, district, blocked).bodies

    def best_agency(
        self, text: str, district: str | None, blocked: Collection[str] = ()
    ) -> tuple[Agency, Match, float] | None:
        """The body to propose and how sure that is; None when no body is likely enough to be right."""
        return self.place(text, district, blocked).best

    @cached_property
    def place_codes(self) -> frozenset[str]:
        """SOATO codes that a residence may have."""
        return frozenset([*self.pack.district_by_code, *self.pack.region_by_code])

    def place_name(self, code: str, language: str) -> str:
        """`District, Region` in the language; the code itself when unknown."""
        district = self.pack.district_by_code.get(code)
        region = self.pack.region_by_code.get(district.region if district else code)
        parts = [place.name[in_language(place.name, language)] for place in (district, region) if place]
        return ", ".join(parts) or code


def in_language(texts: Collection[str], language: str) -> str:
    """The language to show: the one asked for, else its fallback, else any that exists."""
    chain = [language, FALLBACKS.get(language, ""), "uz-Latn", "ru", *LANGUAGES]
    return next((one for one in chain if one in texts), next(iter(texts)))
