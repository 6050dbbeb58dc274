"""How much lessons teach a router that knows little: `python -m tests.knowledge.learning_figures`.

A pack that has only the names of its bodies (local ones: no words at all) is given lessons as they would come
from confirmed appeals: a phrase of a body's competence in a citizen's sentence, bodies and phrases drawn with
a fixed seed. Measured on all messages of agencies.jsonl, which no lesson is made of.
"""

import random
import sys
from collections.abc import Sequence

from hub.library.lesson_text import lesson_text
from hub.library.library import Library
from knowledge.entries import agency_entries
from knowledge.load import load_pack
from knowledge.schema import LocalTemplate, Pack
from routing import Entry
from tests.knowledge.agency_figures import MESSAGES, Message, measure, messages

PARTS = ("dev", "frozen", "dev-hard", "frozen-hard")
COUNTS = (0, 20, 100, 500)
SENTENCES = {
    "uz-Latn": "Assalomu alaykum, bizda {}, yordam bering",
    "uz-Cyrl": "Ассалому алайкум, бизда {}, ёрдам беринг",
    "ru": "Здравствуйте, у нас {}, помогите",
    "kaa": "Assalawma áleykum, bizde {}, járdem beriń",
    "en": "Hello, we have a problem: {}, please help",
}

Curve = dict[int, float]


def simulated_lessons(pack: Pack, count: int, seed: int = 7) -> list[Entry]:
    """The first `count` of one fixed order, so that more lessons always include the fewer."""
    phrases = [e for e in agency_entries(pack) if e.lang in SENTENCES]
    random.Random(seed).shuffle(phrases)
    return [
        Entry(e.id, lesson_text(SENTENCES[e.lang or ""].format(e.text)), "agency", e.lang)
        for e in phrases[:count]
    ]


def without_words(pack: Pack) -> Pack:
    """The bodies under their names only; a local body keeps one word, or nothing could be taught to it."""
    agencies = tuple(a.model_copy(update={"keywords": {}}) for a in pack.agencies)
    local = {level: _bare(template) for level, template in pack.local.items()}
    return pack.model_copy(update={"agencies": agencies, "local": local})


def _bare(template: LocalTemplate) -> LocalTemplate:
    return template.model_copy(
        update={"keywords": {lang: words[:1] for lang, words in template.keywords.items()}}
    )


def learning_curve(pack: Pack, counts: Sequence[int]) -> Curve:
    """Share of messages whose right body comes first, by the number of lessons."""
    judged: list[Message] = [message for part in PARTS for message in messages(part)]
    bare = without_words(pack)
    return {
        count: measure(Library(bare, more=simulated_lessons(pack, count)), judged).top1 for count in counts
    }


def main() -> None:
    for count, share in learning_curve(load_pack("uz"), COUNTS).items():
        sys.stdout.write(f"{count:4} lessons: top-1 {share:6.1%} ({MESSAGES.name})\n")


if __name__ == "__main__":
    main()
