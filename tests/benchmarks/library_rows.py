"""Libraries of any size: phrasings as people write them, from the country pack and five languages' words."""

from functools import lru_cache
from random import Random

from knowledge.entries import agency_entries, faq_entries
from knowledge.load import load_pack
from routing import Entry
from routing.languages import all_languages

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def entries(count: int, seed: int = 445) -> list[Entry]:
    """So many questions, each an id of its own: the beginning of one phrasing, the end of another, words."""
    random = Random(seed)
    return [Entry(f"q{number}", phrasing(random)) for number in range(count)]


def phrasings_of_few(count: int, each: int, seed: int = 446) -> list[Entry]:
    """So many phrasings of a tenth or so as many ids: what the classifier learns from."""
    random = Random(seed)
    own = [rare_words(random, 4) for _ in range(count // each)]
    return [
        Entry(f"q{n // each}", f"{phrasing(random)} {random.choice(own[n // each])}") for n in range(count)
    ]


def phrasing(random: Random) -> str:
    first, second = random.choice(_sentences()), random.choice(_sentences())
    words = [*first[: random.randint(2, 6)], *rare_words(random, 2), *second[-random.randint(1, 4) :]]
    return " ".join(words)


def rare_words(random: Random, count: int) -> list[str]:
    """Known roots and endings put together: a language has many more words than a list of it."""
    roots, endings = _roots(), _endings()
    return [random.choice(roots) + random.choice(endings) for _ in range(count)]


def misspelt(text: str, random: Random, share: float = 0.2) -> str:
    """One keyboard error in each word of three letters and more, with this probability."""
    return " ".join(_damage(w, random) if len(w) > 2 and random.random() < share else w for w in text.split())


def _damage(word: str, random: Random) -> str:
    at, letter = random.randrange(len(word) - 1), random.choice(LETTERS)
    return random.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


@lru_cache(maxsize=1)
def _sentences() -> list[list[str]]:
    pack = load_pack("uz")
    texts = [entry.text.split() for entry in (*faq_entries(pack), *agency_entries(pack))]
    return [text for text in texts if 3 <= len(text) <= 30]


@lru_cache(maxsize=1)
def _roots() -> list[str]:
    return sorted({word for language in all_languages() for word in language.words if len(word) > 3})


@lru_cache(maxsize=1)
def _endings() -> list[str]:
    return sorted({"", *(suffix for language in all_languages() for suffix in language.suffixes)})
