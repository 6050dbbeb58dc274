"""What callers may send: strict types, no unknown fields. Rules of the law are the use-cases' business."""

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from hub.api.languages import read_language
from hub.appeals.views import Applicant, Draft
from hub.foundation.vocabulary import Kind, Outcome


def _text_only(value: Any) -> Any:
    """Dates and words of the vocabulary come as JSON strings; numbers are not read as dates."""
    if not isinstance(value, str):
        raise ValueError("a string is expected")
    return value


def _known_language(value: Any) -> Any:
    if isinstance(value, str):
        language = read_language(value)
        if language is None:
            raise ValueError("not one of the languages")
        return language
    return value


Text = Annotated[str, StringConstraints(max_length=100_000)]
Line = Annotated[str, StringConstraints(max_length=2_000)]
Code = Annotated[str, StringConstraints(max_length=100)]
FileId = Annotated[str, StringConstraints(max_length=64)]
Language = Annotated[str, BeforeValidator(_known_language)]
KindWord = Annotated[Kind, Field(strict=False), BeforeValidator(_text_only)]
OutcomeWord = Annotated[Outcome, Field(strict=False), BeforeValidator(_text_only)]
Instant = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text_only)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_text_only)]
Files = Annotated[list[FileId], Field(max_length=50)]


class Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class QuestionBody(Body):
    text: Text
    language: Language | None = None


class ApplicantBody(Body):
    name: Line = ""
    address: Line = ""
    phone: Line | None = None
    email: Line | None = None
    organization: Line | None = None


class AppealBody(Body):
    text: Text
    kind: KindWord | None = None
    agency: Code | None = None
    district: Code | None = None
    about: Line | None = None
    applicant: ApplicantBody = Field(default_factory=ApplicantBody)
    language: Language | None = None
    confidential: bool = False
    attachments: Files = Field(default_factory=list)
    consent: bool = False
    received_at: Instant | None = None

    def draft(self, owner: str) -> Draft:
        person = self.applicant
        return Draft(
            text=self.text,
            kind=self.kind,
            agency=self.agency,
            district=self.district,
            about=self.about,
            applicant=Applicant(
                name=person.name,
                address=person.address,
                phone=person.phone or "",
                email=person.email or "",
                organization=person.organization or "",
            ),
            language=self.language,
            confidential=self.confidential,
            consent=self.consent,
            attachments=tuple(self.attachments),
            received_at=self.received_at,
            owner=owner,
        )


class EmptyBody(Body):
    """`{}`"""


class ReplyBody(Body):
    text: Text
    final: bool
    outcome: OutcomeWord | None = None
    attachments: Files = Field(default_factory=list)


class NoteBody(Body):
    text: Text


class TransferBody(Body):
    to: Code
    reason: Text


class ExtensionBody(Body):
    until: Day
    reason: Text


class ClosureBody(Body):
    outcome: OutcomeWord
    ground: Code | None = None
    conclusion: Text | None = None
