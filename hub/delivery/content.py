"""What a message says, before any channel gives it shape. Plain text: no markup to break or to inject."""

from pydantic import BaseModel, ConfigDict


class Button(BaseModel):
    """`action` is at most 60 bytes of `verb:id`; e-mail shows none, Telegram makes it an inline button."""

    model_config = ConfigDict(frozen=True)

    label: str
    action: str


class Outgoing(BaseModel):
    """One message. `title` is emphasised where the channel can.

    `choices` are rows of quick replies that stay under the chat (Telegram's reply keyboard; an empty tuple
    leaves it as it is, `remove_choices` takes it away). `attachment_id` sends a stored file, with `text` as
    its caption. `replace` is the provider's id of an earlier message to be rewritten instead of a new one.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    title: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    remove_choices: bool = False
    request_contact: str = ""
    attachment_id: str | None = None
    attachment_kind: str | None = None
    subject: str = ""
    replace: str | None = None
