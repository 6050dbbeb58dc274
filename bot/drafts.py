"""An appeal being written: what the dialogue keeps of it between two messages."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from hub.appeals.views import Applicant
from hub.appeals.views import Draft as HubDraft
from hub.foundation.plain_text import has_word
from hub.foundation.security import random_code
from hub.foundation.vocabulary import Kind
from hub.people.citizens import Profile

#: Telegram cuts a longer text into several messages; a piece this long is surely followed by another.
PIECE = 3500


@dataclass
class Unsent:
    """`parts` are the texts by message id, in order, so that an edited message changes its own part.

    `places` are locations sent, as words.
    """

    id: str = field(default_factory=lambda: random_code(10))
    parts: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    agency: str | None = None
    about: str | None = None
    #: The citizen said that the body named in the text is not complained about.
    about_denied: bool = False
    confidential: bool = False
    attachments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    #: The citizen was told of an open appeal with this text and wants another one.
    separate: bool = False
    #: The citizen wants one appeal although the text speaks of several matters.
    whole: bool = False
    #: Its matters as appeals of their own: (text, agency code), while they are being confirmed.
    matters: list[list[str]] = field(default_factory=list)
    #: The emergency numbers have been given for this text.
    warned: bool = False
    #: The steps asked so far, for `Back`; and steps to ask again although their answers are known.
    trail: list[str] = field(default_factory=list)
    redo: list[str] = field(default_factory=list)
    #: How many summaries were shown: only the newest one may be confirmed.
    revision: int = 0

    @property
    def text(self) -> str:
        return "\n".join([*(part for part in self.parts.values() if part), *self.places])

    @property
    def worded(self) -> bool:
        """True when there are words to register: files and places alone do not say what is asked for."""
        return any(has_word(part) for part in self.parts.values())

    @property
    def empty(self) -> bool:
        return not (self.parts or self.attachments or self.places)

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, data: Any) -> "Unsent | None":
        """None when there is no draft; fields of another release are left out."""
        if not isinstance(data, dict):
            return None
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def for_register(self, profile: Profile, agency: str | None) -> HubDraft:
        """What the register gets; a confidential tip carries no name, address or telephone."""
        applicant = Applicant(name=profile.name, address=profile.residence, phone=profile.phone)
        return HubDraft(
            text=self.text,
            kind=Kind(self.kind) if self.kind else None,
            agency=agency,
            about=self.about,
            district=None,
            applicant=Applicant() if self.confidential else applicant,
            confidential=self.confidential,
            consent=profile.consented,
            attachments=tuple(self.attachments),
        )
