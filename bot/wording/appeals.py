"""Appeals in words: the summary before sending, the receipt, the list, one appeal."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.drafts import Unsent
from hub.appeals.views import (
    AgencyView,
    AppealLine,
    CitizenAppeal,
    EarlierAppeal,
    Matter,
    MessageView,
    Proposal,
    Receipt,
)
from hub.appeals.words import kind_word, outcome_word, status_word, verdict_word
from hub.foundation.dates import write_date, write_days_left, write_instant
from hub.foundation.i18n import _, ngettext
from hub.foundation.vocabulary import Verdict
from hub.people.citizens import Profile

#: How much of a text is repeated back; the whole is kept.
EXCERPT = 700
HISTORY = 12
MESSAGES = 6


def summary(draft: Unsent, profile: Profile, proposal: Proposal, agency: AgencyView) -> str:
    """Everything that will be sent, and to whom."""
    lines = [excerpt(draft.text), ""]
    if draft.kind:
        lines.append(_("Kind: %(kind)s", kind=kind_word(draft.kind)))
    if draft.attachments:
        count = len(draft.attachments)
        lines.append(ngettext("%(num)s file attached", "%(num)s files attached", count))
    if draft.confidential:
        lines.append(_("Confidential, without your name and address"))
    else:
        lines.append(_("Name: %(name)s", name=profile.name))
        lines.append(_("Place of residence: %(residence)s", residence=profile.residence))
    lines += ["", _("It will go to: %(agency)s", agency=agency.name)]
    if proposal.reason and agency.code == proposal.agency.code and not draft.agency:
        lines.append(proposal.reason)
    if asks_about(draft, proposal) and proposal.about is not None:
        lines += [
            "",
            _(
                "Your text names: %(agency)s. Is the complaint about it? A complaint never goes to the body "
                "it is about.",
                agency=proposal.about.name,
            ),
        ]
    if offers_split(draft, proposal):
        lines += ["", _("Your text seems to speak of several matters:"), *_matter_lines(proposal.matters)]
    return "\n".join(lines)


def offers_split(draft: Unsent, proposal: Proposal) -> bool:
    """True while the citizen has not said whether the matters of the text stay one appeal."""
    return bool(proposal.matters) and not draft.whole and not draft.agency and draft.about is None


def separate(matters: Sequence[Matter], files: int) -> str:
    """The matters as appeals of their own, each to be confirmed by itself."""
    lines = [*_matter_lines(matters), ""]
    if files:
        lines.append(_("The files go with the first one you send."))
    lines.append(_("Each one is sent only when you press its button, and gets its own number."))
    return "\n".join(lines)


def _matter_lines(matters: Sequence[Matter]) -> list[str]:
    return [
        _("%(number)s. %(text)s It will go to: %(agency)s", number=n, text=f"{excerpt(one.text, 200)}\n   ",
          agency=one.agency.name)
        for n, one in enumerate(matters, 1)
    ]  # fmt: skip


def asks_about(draft: Unsent, proposal: Proposal) -> bool:
    """True while a body named in a complaint has been neither confirmed nor denied."""
    return proposal.about is not None and draft.about is None and not draft.about_denied


def registered_already(known: EarlierAppeal) -> str:
    """The same text is open under this number; nothing has been sent yet."""
    status = status_word(known.status)
    told = _(
        "You already have this registered under %(number)s (%(status)s).", number=known.number, status=status
    )
    if not known.confidential:
        told = _(
            "You already have this registered under %(number)s (%(status)s, answer due by %(date)s).",
            number=known.number,
            status=status,
            date=write_date(known.due_on),
        )
    choice = _("Nothing has been sent yet: you may add what you wrote to it, or file a separate appeal.")
    return f"{told}\n\n{choice}"


def receipt(receipt: Receipt) -> str:
    """Number, code, agency and due date with its count."""
    lines = [
        _("Number: %(number)s", number=receipt.number),
        _("Tracking code: %(code)s", code=receipt.tracking_code),
        _("Agency: %(agency)s", agency=receipt.agency.name),
        _("Registered on %(date)s", date=write_date(receipt.registered_on)),
    ]
    if receipt.urgent:
        lines.append(_("Marked as urgent: a person will look at it first."))
    if receipt.confidential:
        lines.append(
            _(
                "This is a confidential message without a name: the legal term of answer does not bind the "
                "agency, "
                "and officials do not see your Telegram account. The tracking code is how you follow it."
            )
        )
    else:
        lines += ["", _("An answer is due by %(date)s", date=write_date(receipt.due_on))]
        lines += [f"• {step.note}" for step in receipt.due_steps]
    lines += [
        "",
        _("With the number and the code you can also follow it on the website. Keep the code to yourself."),
    ]
    return "\n".join(lines)


def line(appeal: AppealLine) -> str:
    """One appeal of the list."""
    parts = [
        f"{appeal.number} · {status_word(appeal.status)}",
        excerpt(appeal.text, 80),
        appeal.agency.name,
    ]
    if appeal.open and not appeal.confidential:
        parts.append(
            _("Due on %(date)s", date=write_date(appeal.due_on)) + f" ({write_days_left(appeal.days_left)})"
        )
    return "\n".join(parts)


def details(appeal: CitizenAppeal, zone: tzinfo) -> str:
    """Status, due date with its count, messages and history."""
    lines = [
        excerpt(appeal.text),
        "",
        _("Status: %(status)s", status=status_word(appeal.status)),
        _("Agency: %(agency)s", agency=appeal.agency.name),
        _("Registered on %(date)s", date=write_date(appeal.registered_on)),
    ]
    if appeal.open and not appeal.confidential:
        due = _("An answer is due by %(date)s", date=write_date(appeal.due_on))
        lines.append(f"{due} ({write_days_left(appeal.days_left)})")
    if not appeal.confidential:
        lines += [f"• {step.note}" for step in appeal.due_steps]
    if appeal.outcome is not None:
        lines.append(_("Outcome: %(outcome)s", outcome=outcome_word(appeal.outcome)))
    if appeal.verdict != Verdict.NONE:
        lines.append(_("Your verdict: %(verdict)s", verdict=verdict_word(appeal.verdict)))
    if appeal.rating:
        lines.append(_("Your rating: %(stars)s", stars="★" * appeal.rating))
    if appeal.messages:
        lines += ["", _("Messages")]
        lines += [
            f"{write_instant(message.at, zone)} · {_writer(message)}: {excerpt(message.body, 300)}"
            for message in appeal.messages[-MESSAGES:]
        ]
    lines += ["", _("History")]
    lines += [f"{write_instant(event.at, zone)} · {event.sentence}" for event in appeal.history[-HISTORY:]]
    return "\n".join(lines)


def _writer(message: MessageView) -> str:
    """Who wrote it, as the citizen sees it: an agency, never an official's name."""
    return _("You") if message.author == "citizen" else message.author_name or _("Official")


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The beginning of a text; an ellipsis says that there is more."""
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
