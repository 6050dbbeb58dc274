"""What citizens are told of their appeal, in their language, at every address tied to it.

Each notice is rows of the outbox in the transaction that caused it; sending comes after, its state is kept.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from hub.appeals.models import Appeal, Attachment, Message, Tie
from hub.appeals.views import Receipt
from hub.appeals.words import outcome_word
from hub.delivery import outbox
from hub.delivery.content import Button, Outgoing
from hub.foundation.dates import write_date
from hub.foundation.db import UnitOfWork
from hub.foundation.i18n import N_, _, speaking
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName
from hub.library import agencies
from hub.library.models import AgencyRecord
from hub.people.actors import Actor, CitizenActor
from hub.people.models import Address, Citizen

Writer = Callable[[str], Outgoing]


async def tie(uow: UnitOfWork, appeal: Appeal, address_id: int) -> None:
    """From now on this address hears of the appeal."""
    known = await uow.session.scalar(
        select(Tie.id).where(Tie.appeal_id == appeal.id, Tie.address_id == address_id)
    )
    if known is None:
        uow.session.add(Tie(appeal_id=appeal.id, address_id=address_id, created_at=uow.now))
        await uow.session.flush()


async def registered(uow: UnitOfWork, actor: Actor, appeal: Appeal, receipt: Receipt) -> None:
    """The receipt, to every address but the one whose conversation shows it already."""

    def write(_name: str) -> Outgoing:
        due = [_("Answer due on %(date)s.", date=write_date(receipt.due_on))]
        due += [step.note for step in receipt.due_steps]
        lines = [
            _("Your appeal has been registered under number %(number)s.", number=receipt.number),
            _("Tracking code: %(code)s. Keep it to yourself.", code=receipt.tracking_code),
            _("Responsible agency: %(agency)s", agency=receipt.agency.name),
            # A confidential message is outside the legal term: a date would promise one.
            *([] if receipt.confidential else due),
            _("Follow it at %(url)s", url=track_url(uow, receipt.number)),
        ]
        return Outgoing(text="\n".join(lines), subject=_subject(receipt.number))

    in_conversation = isinstance(actor, CitizenActor)
    await _tell(uow, appeal, "receipt", write, skip=ChannelName.TELEGRAM if in_conversation else None)


async def answered(uow: UnitOfWork, appeal: Appeal, message: Message, files: Sequence[Attachment]) -> None:
    """The final answer, with the three buttons, then its files."""
    agency = await _agency_name(uow, appeal.agency_id)

    def write(language: str) -> Outgoing:
        lines = [
            message.body,
            "",
            _("Answered by: %(agency)s", agency=agency(language)),
            _("Outcome: %(outcome)s", outcome=outcome_word(message.outcome or "explained")),
            _(
                "If you disagree, you may complain to a superior body or to a court."
                " You may also press “Not solved” within 30 days."
            ),
        ]
        return Outgoing(
            title=_("Answer to your appeal %(number)s", number=appeal.number),
            text="\n".join(lines),
            buttons=answer_buttons(appeal.number),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, "answer", write, message_id=message.id)
    await _send_files(uow, appeal, message, files)


async def spoken_to(uow: UnitOfWork, appeal: Appeal, message: Message, files: Sequence[Attachment]) -> None:
    """An interim word or a question of an official."""
    agency = await _agency_name(uow, appeal.agency_id)

    def write(language: str) -> Outgoing:
        return Outgoing(
            title=_("About your appeal %(number)s", number=appeal.number),
            text=f"{message.body}\n\n"
            + _("From: %(agency)s. This is not the final answer yet.", agency=agency(language)),
            buttons=((Button(label=_("Add to this appeal"), action=f"add:{appeal.number}"),),),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, "interim", write, message_id=message.id)
    await _send_files(uow, appeal, message, files)


async def forwarded(uow: UnitOfWork, appeal: Appeal, reason: str) -> None:
    """Law art. 25: the applicant is told where the appeal went, why, and what term runs now."""
    agency = await _agency_name(uow, appeal.agency_id)

    def write(language: str) -> Outgoing:
        due = _("Their answer is due on %(date)s.", date=write_date(appeal.due_on))
        return Outgoing(
            text="\n".join(
                (
                    _(
                        "Your appeal %(number)s has been forwarded to: %(agency)s.",
                        number=appeal.number,
                        agency=agency(language),
                    ),
                    _("Reason: %(reason)s", reason=reason),
                    *([] if appeal.confidential else [due]),
                )
            ),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, "forwarded", write)


async def extended(uow: UnitOfWork, appeal: Appeal, reason: str) -> None:
    """Law art. 28: the applicant is told of an extension at once."""

    def write(_language: str) -> Outgoing:
        return Outgoing(
            text="\n".join(
                (
                    _(
                        "The head of the agency has extended the term of your appeal %(number)s to %(date)s.",
                        number=appeal.number,
                        date=write_date(appeal.due_on),
                    ),
                    _("Reason: %(reason)s", reason=reason),
                )
            ),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, "extended", write)


async def closed(uow: UnitOfWork, appeal: Appeal, conclusion: str, message: Message) -> None:
    """Left without consideration or terminated (law art. 29, 30), with the conclusion."""

    def write(_language: str) -> Outgoing:
        return Outgoing(
            title=_("Your appeal %(number)s", number=appeal.number),
            text="\n".join(
                (
                    _("Outcome: %(outcome)s", outcome=outcome_word(appeal.outcome or "terminated")),
                    conclusion,
                    _("If you disagree, you may complain to a superior body or to a court."),
                )
            ),
            buttons=((Button(label=_("I have read it"), action=f"read:{appeal.number}"),),),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, "closed", write, message_id=message.id)


async def joined(uow: UnitOfWork, appeal: Appeal, earlier: Appeal) -> None:
    """Law art. 25: a copy is considered with the first appeal; the applicant is told of both numbers."""
    await _tell_of_both(
        uow,
        appeal,
        earlier,
        "joined",
        N_(
            "Your appeal %(number)s repeats your open appeal %(earlier)s and has been joined to it. "
            "You will get one answer, under number %(earlier)s, by %(date)s."
        ),
        answered=earlier,
    )


async def separated(uow: UnitOfWork, appeal: Appeal, earlier: Appeal) -> None:
    """It was joined by mistake and is considered by itself again."""
    await _tell_of_both(
        uow,
        appeal,
        earlier,
        "separated",
        N_(
            "Your appeal %(number)s is considered by itself again, apart from %(earlier)s. "
            "Its answer is due on %(date)s."
        ),
        answered=appeal,
    )


async def _tell_of_both(
    uow: UnitOfWork, appeal: Appeal, earlier: Appeal, kind: str, sentence: str, *, answered: Appeal
) -> None:
    """`answered`: the one of the two whose answer, and date, the applicant waits for."""

    def write(_language: str) -> Outgoing:
        date = write_date(answered.due_on)
        return Outgoing(
            text=_(sentence, number=appeal.number, earlier=earlier.number, date=date),
            buttons=((Button(label=_("Add to this appeal"), action=f"add:{answered.number}"),),),
            subject=_subject(appeal.number),
        )

    await _tell(uow, appeal, kind, write)


def answer_buttons(number: str) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(label=_("I have read it"), action=f"read:{number}"),),
        (
            Button(label=_("Solved"), action=f"verdict:{number}:solved"),
            Button(label=_("Not solved"), action=f"verdict:{number}:not_solved"),
        ),
    )


def track_url(uow: UnitOfWork, number: str) -> str:
    return f"{uow.of(Settings).base_url}/track?number={number}"


def _subject(number: str) -> str:
    return _("Appeal %(number)s", number=number)


async def _send_files(uow: UnitOfWork, appeal: Appeal, message: Message, files: Sequence[Attachment]) -> None:
    for file in files:

        def write(_language: str, file: Attachment = file) -> Outgoing:
            return Outgoing(
                text=appeal.number,
                attachment_id=file.id,
                attachment_kind="photo" if file.media_type in ("image/jpeg", "image/png") else "document",
                subject=_subject(appeal.number),
            )

        await _tell(uow, appeal, "answer_file", write, message_id=message.id)


async def _tell(
    uow: UnitOfWork,
    appeal: Appeal,
    kind: str,
    write: Writer,
    *,
    message_id: int | None = None,
    skip: ChannelName | None = None,
) -> None:
    rows = await uow.session.execute(
        select(Address.id, Address.channel, Citizen.language)
        .join(Tie, Tie.address_id == Address.id)
        .join(Citizen, Citizen.id == Address.citizen_id)
        .where(Tie.appeal_id == appeal.id)
        .order_by(Address.id)
    )
    for address_id, channel, chosen in rows.all():
        if channel == skip:
            continue
        language = chosen or appeal.language
        with speaking(language):
            content = write(language)
        await outbox.enqueue(
            uow, address_id=address_id, content=content, kind=kind, appeal_id=appeal.id, message_id=message_id
        )


async def _agency_name(uow: UnitOfWork, agency_id: int) -> Callable[[str], str]:
    record = await uow.session.get_one(AgencyRecord, agency_id)
    return lambda language: agencies.view(record, language).name
