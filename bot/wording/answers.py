"""What is said to a question."""

from hub.foundation.dates import write_date
from hub.foundation.i18n import LANGUAGE_NAMES, _
from hub.library.dangers import Emergency
from hub.library.library import FaqAnswer


def faq(answer: FaqAnswer) -> str:
    """The answer with its source and the day it was checked; another language than asked for is admitted."""
    lines = [answer.text, ""]
    if not answer.translated:
        lines.insert(
            0,
            _(
                "There is no translation yet; this is the text in: %(language)s",
                language=_name(answer.language),
            ),
        )
    lines.append(_("Source: %(source)s", source=answer.source))
    lines.append(_("Checked on %(date)s", date=write_date(answer.checked_on)))
    return "\n".join(lines)


def danger(emergency: Emergency) -> str:
    """The numbers to call, before anything else."""
    lines = [emergency.reply, ""]
    lines += [f"☎ {number} {name}".rstrip() for number, name in emergency.numbers]
    return "\n".join(lines).strip()


def _name(language: str) -> str:
    return LANGUAGE_NAMES.get(language, language)
