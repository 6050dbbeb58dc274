"""Words that act when they are typed or pressed as quick replies, in whatever language they were written.

A keyboard stays under the chat after the language changed, so every language's label is always understood.
"""

from functools import cache

from aiogram.filters import BaseFilter
from aiogram.types import Message

from hub.foundation.i18n import LANGUAGES, N_, _, speaking

#: What each word does: an action of `Said`, or a value for the step that waits for it.
WORDS = {
    "ask": N_("Ask a question"),
    "appeal": N_("File an appeal"),
    "my": N_("My appeals"),
    "agencies": N_("Agencies and contacts"),
    "language": N_("Language"),
    "cancel": N_("Cancel"),
    "back": N_("Back"),
    "skip": N_("Skip"),
    "agree": N_("I agree"),
    "send": N_("Confirm and send"),
    "change": N_("Change agency"),
    "unsure": N_("I do not know"),
    "application": N_("Application"),
    "complaint": N_("Complaint"),
    "proposal": N_("Proposal"),
}


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            known.update({_plain(_(word)): action for action, word in WORDS.items()})
    known.update({_plain(word): action for action, word in WORDS.items()})
    return known


def said(text: str | None) -> str | None:
    """The action that a text names, with or without an emoji before it; None for any other text."""
    return _known().get(_plain(text)) if text and len(text) <= 60 else None


def _plain(text: str) -> str:
    # Karakalpak writes ı; in capitals it is I, which comes back as i.
    words = text.casefold().replace("ı", "i").split()
    while words and not any(character.isalnum() for character in words[0]):
        words.pop(0)
    return " ".join(words)


class Said(BaseFilter):
    """Passes when the message is one of these words."""

    def __init__(self, *actions: str) -> None:
        self.actions = actions

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        action = said(message.text)
        return {"action": action} if action is not None and action in self.actions else False
