"""A question at any moment: a checked answer, a few to choose from, or the offer to file it."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot import filing, keyboards
from bot.callbacks import FAQ, FORWARDED, PICK, Pressed
from bot.drafts import Unsent
from bot.labels import Said
from bot.states import Asking
from bot.talk import Talk
from bot.wording import answers
from hub.foundation.i18n import _
from hub.library import questions
from hub.library.courtesy import Courtesy
from hub.library.library import Library


def create_router() -> Router:
    router = Router(name="ask")
    router.message.register(begin, Command("ask"))
    router.message.register(begin, Said("ask"))
    router.callback_query.register(judge, FAQ)
    router.callback_query.register(pick, PICK)
    router.callback_query.register(use_forwarded, FORWARDED)
    router.message.register(ask_forwarded, Asking.question, F.forward_origin, F.text)
    router.message.register(asked, Asking.question, F.text, ~F.text.startswith("/"))
    return router


async def begin(message: Message, talk: Talk, command: CommandObject | None = None) -> None:
    if command is not None and command.args:
        await take_question(talk, command.args)
        return
    kept = await talk.set_aside()
    await talk.wait_for(Asking.question)
    await talk.say(_("Write your question in your own words."), buttons=keyboards.resume() if kept else ())


async def asked(message: Message, talk: Talk) -> None:
    await take_question(talk, message.text or "")


async def take_question(talk: Talk, text: str) -> None:
    """Answers, whatever the router makes of it; danger to life comes before everything."""
    await talk.wait_for(None)
    if courtesy := talk.uow.of(Library).courtesy(text):
        await answer_courtesy(talk, courtesy)
        return
    view = await questions.ask(talk.uow, talk.actor, text=text)
    if view.emergency is not None:
        await talk.say(answers.danger(view.emergency))
    if view.answer is not None:
        buttons = keyboards.answered(view.id)
        await talk.say(answers.faq(view.answer), title=view.answer.title, buttons=buttons)
    elif view.candidates:
        buttons = keyboards.candidates(view.id, view.candidates)
        await talk.say(_("Which of these is closest to your question?"), buttons=buttons)
    else:
        buttons = keyboards.file_question(view.id, _("File an appeal"))
        await talk.say(questions.offer_sentence(view), buttons=buttons)


async def answer_courtesy(talk: Talk, courtesy: Courtesy) -> None:
    """A greeting or thanks is answered in kind; nothing is recorded."""
    if courtesy == "thanks":
        await talk.say(_("Good. Ask again at any moment."), choices=keyboards.menu())
    else:
        await talk.say(
            _("Write your question in your own words."), title=_("Hello!"), choices=keyboards.menu()
        )


async def pick(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    question_id = pressed.whole(0)
    answer = await questions.pick(talk.uow, talk.actor, question_id=question_id, faq_id=pressed.arg(1))
    await talk.say(answers.faq(answer), title=answer.title, buttons=keyboards.answered(question_id))


async def judge(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    """`faq:<id>:yes|no|send`."""
    question_id = pressed.whole(0)
    match pressed.arg(1):
        case "yes":
            await questions.judge(talk.uow, talk.actor, question_id=question_id, answered=True)
            await talk.say(_("Good. Ask again at any moment."), choices=keyboards.menu())
        case "no":
            await questions.judge(talk.uow, talk.actor, question_id=question_id, answered=False)
            await talk.say(
                _("Please ask it in other words, or send it to an official: a person will answer."),
                buttons=keyboards.file_question(question_id, _("Send to an official")),
            )
        case "send":
            text = await questions.question_text(talk.uow, talk.actor, question_id)
            await filing.begin(talk, Unsent(parts={f"question {question_id}": text}, warned=True))
        case _other:
            await talk.say(_("This button does not work any more. Nothing was changed."))


async def ask_forwarded(message: Message, talk: Talk) -> None:
    """Another person wrote it: what to do with it is for the sender to say."""
    await talk.keep(forwarded=message.text)
    await talk.say(
        _("This message was written by somebody else. What shall I do with it?"),
        buttons=keyboards.forwarded(),
    )


async def use_forwarded(query: CallbackQuery, pressed: Pressed, talk: Talk) -> None:
    text = await talk.value("forwarded")
    await talk.keep(forwarded=None)
    if text is None or pressed.arg(0) == "cancel":
        await talk.say(_("Nothing was done with the forwarded message."), choices=keyboards.menu())
    elif pressed.arg(0) == "ask":
        await take_question(talk, text)
    else:
        await filing.begin(talk, Unsent(parts={"forwarded": text}))
