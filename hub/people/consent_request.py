"""What a citizen is asked to agree to, the same on every door.

It names who processes the data, for what, which data, who sees it and how long it is kept (order of the
Ministry of Justice, reg. 3478). Raise `profiles.CONSENT_VERSION` when the meaning changes.
"""

from hub.foundation.i18n import _
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import ChannelName


def consent_request(settings: Settings, channel: ChannelName) -> str:
    """In the language in force."""
    request = _(
        "To register an appeal, we need your consent to process your personal data: your name, place of"
        " residence, contacts, the text and the files. They are used only to consider your appeal and to"
        " answer you, are shown to the agency that answers, and are kept as long as the law on appeals"
        " requires."
    )
    lines = [request]
    if settings.operator:
        lines.append(_("The data are processed by: %(operator)s.", operator=settings.operator))
    if channel is ChannelName.TELEGRAM:
        lines.append(_("Messages in this chat pass through Telegram's servers, which are abroad."))
        lines.append(_("/mydata shows what is stored about you."))
    return "\n".join(lines)
