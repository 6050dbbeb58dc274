"""What a citizen reads when something did not work: what happened, that nothing was lost, what to do."""

from hub.foundation.errors import HubError
from hub.foundation.i18n import _
from hub.foundation.sentences import sentence

#: Refusals that mean "this is not yours or not there": one gentle sentence for a chat.
GONE = frozenset({"not_found"})


def words(error: HubError) -> str:
    """The refusal in the language in force."""
    if error.code in GONE:
        return _("I cannot find that among your appeals and questions. Nothing was changed.")
    return sentence(error)


def apology() -> str:
    """For an update that could not be handled after several tries."""
    return _(
        "Something went wrong on our side with your last message. It is not lost: it is kept, and a person "
        "will look "
        "at it. You may go on writing meanwhile."
    )
