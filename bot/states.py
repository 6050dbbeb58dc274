"""What the bot is waiting for in one chat."""

from aiogram.fsm.state import State, StatesGroup


class Asking(StatesGroup):
    question = State()


class Filing(StatesGroup):
    """The steps of an appeal, in the order of the contract."""

    text = State()
    kind = State()
    consent = State()
    name = State()
    residence = State()
    summary = State()
    agency = State()


class Adding(StatesGroup):
    message = State()


class Tracking(StatesGroup):
    number = State()
    code = State()


class Searching(StatesGroup):
    agency = State()
