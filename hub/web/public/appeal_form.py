"""The form of an appeal as it was filled in: what it says, what is missing, and the draft it makes."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.appeals.intake import MAX_TEXT
from hub.appeals.routing import is_blocked
from hub.appeals.views import Applicant, AttachmentView, Draft, Proposal
from hub.foundation.errors import HubError
from hub.foundation.i18n import _
from hub.foundation.plain_text import clean_line
from hub.foundation.sentences import sentence
from hub.foundation.vocabulary import Kind
from hub.library.library import Library
from hub.people.emails import checked_email
from hub.people.profiles import checked_name, checked_phone, checked_residence
from hub.web.forms import Fields

#: "I do not know": the router decides, and a person where it is not sure.
UNKNOWN = "unknown"
YES, NO = "yes", "no"
SEPARATE = "separate"
MOST_MATTERS = 10
Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything typed and chosen, as it will be shown again; `agency` is a code, `unknown` or empty."""

    text: str = ""
    kind: str = ""
    about: str = ""
    about_named: str = ""
    agency: str = ""
    other_agency: str = ""
    proposed: str = ""
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    confidential: bool = False
    consent: bool = False
    draft: str = ""
    files: tuple[AttachmentView, ...] = ()
    #: `separate` files each of the ticked matters alone; `ticked` are marks of their texts.
    apart: str = ""
    ticked: tuple[str, ...] = ()

    @property
    def chosen(self) -> str:
        """The list of all bodies outranks the proposals above it; empty for the one that was proposed."""
        chosen = self.other_agency or self.agency
        return "" if chosen == self.proposed else chosen

    @property
    def complaint(self) -> bool:
        return self.kind == Kind.COMPLAINT


def read_filled(fields: Fields) -> Filled:
    """Errors: bad_request for a repeated field."""

    def line(name: str) -> str:
        return clean_line(fields.one(name))

    return Filled(
        text=fields.one("text"),
        kind=line("kind"),
        about=line("about"),
        about_named=line("about_named"),
        agency=line("agency"),
        other_agency=line("other_agency"),
        proposed=line("proposed"),
        name=line("name"),
        address=line("address"),
        phone=line("phone"),
        email=line("email"),
        confidential=line("confidential") == "true",
        consent=line("consent") == "true",
        draft=line("draft"),
        apart=line("apart"),
        ticked=fields.many("matter", MOST_MATTERS),
    )


def find_errors(filled: Filled, library: Library, country: str) -> Errors:
    """A sentence for each field that the law or the form asks for, in the order of the page."""
    errors: Errors = {}
    if not any(character.isalnum() for character in filled.text):
        errors["text"] = sentence(HubError("text_missing"))
    elif len(filled.text) > MAX_TEXT:
        errors["text"] = sentence(HubError("text_too_long", most=MAX_TEXT))
    if filled.kind not in {kind.value for kind in Kind}:
        errors["kind"] = sentence(HubError("bad_kind"))
    if len(filled.about) > 500:
        errors["about"] = sentence(HubError("text_too_long", most=500))
    if filled.complaint and named_body(library, filled) and filled.about_named not in (YES, NO):
        errors["about_named"] = _("Please say whether your complaint is about this body.")
    if filled.chosen not in ("", UNKNOWN) and filled.chosen not in library.pack.agency_by_code:
        errors["agency"] = sentence(HubError("unknown_agency"))
    if not filled.confidential or filled.name:
        _check(errors, "name", filled.name, checked_name, "name_missing")
    if not filled.confidential or filled.address:
        _check(errors, "address", filled.address, checked_residence, "address_missing")
    if filled.phone:
        _check(errors, "phone", filled.phone, lambda phone: checked_phone(phone, country))
    if filled.email:
        _check(errors, "email", filled.email, checked_email)
    if not filled.consent:
        errors["consent"] = sentence(HubError("consent_missing"))
    return errors


def _check(
    errors: Errors, field: str, value: str, check: Callable[[str], object], missing: str = "invalid"
) -> None:
    try:
        if not value:
            raise HubError(missing)
        check(value)
    except HubError as error:
        errors[field] = sentence(error)


def named_body(library: Library, filled: Filled) -> str | None:
    """The body whose name stands in the text, unless another is said to be complained about."""
    if library.bodies.meant(filled.about) is not None:
        return None
    named = library.bodies.named(filled.text)
    return named.code if named else None


def about_of(library: Library, filled: Filled) -> str | None:
    """Whom the complaint is about: what was typed, with the body that was confirmed; None for other kinds."""
    if not filled.complaint:
        return None
    named = named_body(library, filled) if filled.about_named == YES else None
    if named is None:
        return filled.about or None
    return f"{library.agency_name(named, 'uz-Latn')}. {filled.about}" if filled.about else named


def draft_of(library: Library, filled: Filled, proposal: Proposal, owner: str) -> Draft:
    """`proposal` is what the router says of this text and of whom it is about."""
    about = about_of(library, filled)
    return Draft(
        text=filled.text,
        kind=Kind(filled.kind),
        agency=_destination(library, filled, proposal, about),
        about=about,
        applicant=Applicant(name=filled.name, address=filled.address, phone=filled.phone, email=filled.email),
        confidential=filled.confidential,
        consent=filled.consent,
        attachments=tuple(file.id for file in filled.files),
        owner=owner,
    )


def _destination(library: Library, filled: Filled, proposal: Proposal, about: str | None) -> str | None:
    """None lets the router choose, which keeps the words that it chose by."""
    if filled.chosen == UNKNOWN:
        return None
    if filled.chosen:
        return filled.chosen
    # Untouched: it stays where it was shown to go, unless that is the body complained about.
    body = library.bodies.meant(about) if about else None
    if body is not None and is_blocked(library.pack, filled.proposed, body.code):
        return None
    known = filled.proposed in library.pack.agency_by_code
    return filled.proposed if known and proposal.agency.code != filled.proposed else None
