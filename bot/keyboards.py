"""Buttons: rows of `Button` for messages, and how Telegram is asked to show them."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot import callbacks as act
from hub.appeals.views import AgencyView, AppealLine
from hub.delivery.content import Button, Outgoing
from hub.foundation.i18n import LANGUAGE_NAMES, _
from hub.library.questions import Candidate

Rows = tuple[tuple[Button, ...], ...]
CALLBACK_LIMIT = 64
LABEL_LIMIT = 60


def menu() -> tuple[tuple[str, ...], ...]:
    """The quick replies under the chat; `bot.labels` recognises them in every language."""
    return (
        (_("Ask a question"), _("File an appeal")),
        (_("My appeals"), _("Agencies and contacts")),
        (_("Language"),),
    )


def languages() -> Rows:
    return tuple(
        (Button(label=name, action=act.LANGUAGE.data(code)),) for code, name in LANGUAGE_NAMES.items()
    )


def answered(question_id: int) -> Rows:
    return (
        (Button(label=_("This answers my question"), action=act.FAQ.data(question_id, "yes")),),
        (Button(label=_("Not my question"), action=act.FAQ.data(question_id, "no")),),
        (Button(label=_("Send to an official"), action=act.FAQ.data(question_id, "send")),),
    )


def candidates(question_id: int, found: tuple[Candidate, ...]) -> Rows:
    rows = [(Button(label=_short(one.title), action=act.PICK.data(question_id, one.id)),) for one in found]
    return (*rows, (Button(label=_("Send to an official"), action=act.FAQ.data(question_id, "send")),))


def file_question(question_id: int, label: str) -> Rows:
    return ((Button(label=label, action=act.FAQ.data(question_id, "send")),),)


def kinds(draft: str) -> Rows:
    return (
        (
            Button(label=_("Application"), action=act.DRAFT.data(draft, "kind", "application")),
            Button(label=_("Complaint"), action=act.DRAFT.data(draft, "kind", "complaint")),
            Button(label=_("Proposal"), action=act.DRAFT.data(draft, "kind", "proposal")),
        ),
        *leaving(draft),
    )


def leaving(draft: str, *, back: bool = True, skip: bool = False) -> Rows:
    row = [Button(label=_("Skip"), action=act.DRAFT.data(draft, "skip"))] if skip else []
    if back:
        row.append(Button(label=_("Back"), action=act.DRAFT.data(draft, "back")))
    return ((*row, Button(label=_("Cancel"), action=act.DRAFT.data(draft, "cancel"))),)


def consent(draft: str) -> Rows:
    return ((Button(label=_("I agree"), action=act.DRAFT.data(draft, "agree")),), *leaving(draft))


def joining(draft: str, lines: tuple[AppealLine, ...]) -> Rows:
    """Files without words may belong to an appeal that is open already."""
    numbers = [line.number for line in lines if line.open][:2]
    return tuple(
        (Button(label=_("Add to %(number)s", number=number), action=act.DRAFT.data(draft, "join", number)),)
        for number in numbers
    )


def registered_already(draft: str, revision: int, number: str) -> Rows:
    """What was just confirmed is open already: it is added there, or filed once more."""
    return (
        (Button(label=_("Add to this appeal"), action=act.DRAFT.data(draft, "join", number)),),
        (Button(label=_("File a separate appeal"), action=act.DRAFT.data(draft, "separate", revision)),),
        *leaving(draft),
    )


def summary(draft: str, revision: int, named: AgencyView | None, split: bool = False) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if split:
        rows.append((Button(label=_("File as separate appeals"), action=act.DRAFT.data(draft, "split")),))
        rows.append((Button(label=_("Keep as one"), action=act.DRAFT.data(draft, "whole")),))
    if named is not None:
        rows.append(
            (
                Button(
                    label=_("Yes, the complaint is about it"),
                    action=act.DRAFT.data(draft, "about", named.code),
                ),
                Button(label=_("No, it is not"), action=act.DRAFT.data(draft, "about-no")),
            )
        )
    rows.append((Button(label=_("Confirm and send"), action=act.DRAFT.data(draft, "send", revision)),))
    rows.append((Button(label=_("Change agency"), action=act.DRAFT.data(draft, "change")),))
    rows.append((Button(label=_("Change name or address"), action=act.DRAFT.data(draft, "who")),))
    return (*rows, *leaving(draft))


def separate(draft: str, count: int) -> Rows:
    """One button for each matter, so that each is confirmed by itself."""
    rows = [
        (Button(label=_("Send number %(number)s", number=n + 1), action=act.DRAFT.data(draft, "part", n)),)
        for n in range(count)
    ]
    return (*rows, (Button(label=_("Keep as one"), action=act.DRAFT.data(draft, "whole")),), *leaving(draft))


def agencies(draft: str, found: tuple[AgencyView, ...]) -> Rows:
    rows = [(Button(label=_short(one.name), action=act.DRAFT.data(draft, "to", one.code)),) for one in found]
    unsure = Button(label=_("I do not know"), action=act.DRAFT.data(draft, "unsure"))
    return (*rows, (unsure,), *leaving(draft))


def resume() -> Rows:
    return ((Button(label=_("Continue the unfinished appeal"), action=act.RESUME.data()),),)


def forwarded() -> Rows:
    return (
        (Button(label=_("Ask a question"), action=act.FORWARDED.data("ask")),),
        (Button(label=_("File an appeal"), action=act.FORWARDED.data("file")),),
        (Button(label=_("Cancel"), action=act.FORWARDED.data("cancel")),),
    )


def appeal_list(lines: tuple[AppealLine, ...], more: bool) -> Rows:
    rows = [
        (Button(label=f"{line.number} · {_short(line.text, 24)}", action=act.MY.data(line.number)),)
        for line in lines
    ]
    if more:
        rows.append((Button(label=_("More"), action=act.LIST.data("more")),))
    return (*rows, (Button(label=_("Add an appeal filed elsewhere"), action=act.LIST.data("adopt")),))


def appeal_acts(number: str, *, can_add: bool, can_withdraw: bool, can_judge: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if can_judge:
        rows.append(
            (
                Button(label=_("Solved"), action=act.VERDICT.data(number, "solved")),
                Button(label=_("Not solved"), action=act.VERDICT.data(number, "not_solved")),
            )
        )
    if can_add:
        rows.append((Button(label=_("Add to this appeal"), action=act.ADD.data(number)),))
    if can_withdraw:
        rows.append((Button(label=_("Withdraw"), action=act.WITHDRAW.data(number)),))
    return tuple(rows)


def withdrawal(number: str) -> Rows:
    return (
        (
            Button(label=_("Withdraw"), action=act.WITHDRAW.data(number, "yes")),
            Button(label=_("Back"), action=act.MY.data(number)),
        ),
    )


def stars(number: str) -> Rows:
    return (tuple(Button(label="★" * n, action=act.RATE.data(number, n)) for n in range(1, 6)),)


def leave_step() -> Rows:
    return ((Button(label=_("Cancel"), action=act.LIST.data("cancel")),),)


def _short(text: str, limit: int = LABEL_LIMIT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def inline_markup(content: Outgoing) -> InlineKeyboardMarkup | None:
    """The message's own buttons."""
    rows = [
        [
            InlineKeyboardButton(text=button.label, callback_data=button.action)
            for button in row
            if len(button.action.encode()) <= CALLBACK_LIMIT
        ]
        for row in content.buttons
    ]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def markup(content: Outgoing) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Telegram takes one keyboard a message: buttons of the message go before quick replies."""
    inline = inline_markup(content)
    if inline is not None:
        return inline
    if content.choices or content.request_contact:
        keys = [[KeyboardButton(text=label) for label in row] for row in content.choices]
        if content.request_contact:
            keys.insert(0, [KeyboardButton(text=content.request_contact, request_contact=True)])
        return ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, is_persistent=True)
    return ReplyKeyboardRemove(remove_keyboard=True) if content.remove_choices else None
