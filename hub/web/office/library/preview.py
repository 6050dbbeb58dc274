"""How a citizen will see an answer, before anybody publishes it: as the bot's message and as the web card."""

from dataclasses import dataclass
from functools import cache

from hub.foundation.dates import write_date
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, _, speaking
from hub.library.courtesy import Manners
from hub.library.entry_views import EntryContent
from hub.library.library import in_language
from knowledge.schema import Pack


@dataclass(frozen=True, slots=True)
class Preview:
    """In the language of the citizen, `reader`; the text itself may only exist in another, `language`.

    `message` is the bot's, whole. Of the web card: title, `text`, `note` (empty when translated), `foot`.
    """

    reader: str
    language: str
    title: str
    text: str
    message: str
    note: str
    foot: str


def preview(content: EntryContent, pack: Pack, reader: str) -> Preview | None:
    """None while there is no answer in any language."""
    answers = {text.language: text for text in content.texts if text.answer}
    if not answers or reader not in LANGUAGES:
        return None
    language = in_language(answers, reader)
    shown = answers[language]
    source = _manners(pack).source(content.source, language) if content.source else ""
    with speaking(reader):
        day = write_date(content.checked_on) if content.checked_on else "…"
        lines = [shown.answer, ""]
        if language != reader:
            told = _(
                "There is no translation yet; this is the text in: %(language)s",
                language=LANGUAGE_NAMES[language],
            )
            lines.insert(0, told)
        lines += [_("Source: %(source)s", source=source), _("Checked on %(date)s", date=day)]
        return Preview(
            reader=reader,
            language=language,
            title=shown.title,
            text=shown.answer,
            message="\n".join(lines),
            note="" if language == reader else _("This answer is not translated into your language yet."),
            foot=_("Source: %(source)s. Checked on %(date)s.", source=source, date=day),
        )


@cache
def _manners(pack: Pack) -> Manners:
    return Manners(pack)
