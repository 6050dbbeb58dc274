"""One feature a file, each a function that makes its router; the order decides who is asked first."""

from aiogram import Router

from bot.handlers import (
    agencies,
    appeal,
    ask,
    attachments,
    cancel,
    edited,
    fallback,
    help,  # noqa: A004
    language,
    membership,
    mine,
    mydata,
    rate,
    start,
    track,
)


def create_routers() -> list[Router]:
    """Commands and buttons first, then what a step waits for, then files, then any text at all."""
    return [
        start.create_router(),
        language.create_router(),
        cancel.create_router(),
        help.create_router(),
        mydata.create_router(),
        rate.create_router(),
        mine.create_router(),
        track.create_router(),
        agencies.create_router(),
        appeal.create_router(),
        ask.create_router(),
        attachments.create_router(),
        edited.create_router(),
        membership.create_router(),
        fallback.create_router(),
    ]
