"""The words of a message that may be kept as a lesson: folded, without what points at a person."""

from hub.library.masking import depersonalised
from routing.normalize import cap
from routing.reading import Reading

#: Characters of a lesson; a router needs no more to tell whose matter it is.
LONGEST = 600
_LONG_NUMBER = 5
_NAME_WORDS = 3
_WORDS = 200


def lesson_text(text: str) -> str:
    """Folded words joined by spaces; empty when nothing is left.

    Left out: e-mails, links, user names, numbers of five and more digits, words after "my name is" and its
    like, patronymics with the capitalised words before them.
    """
    reading = Reading(depersonalised(cap(text)))
    hidden = _names(reading) | _numbers(reading)
    words: list[str] = []
    length = 0
    for place, word in enumerate(reading.folded[:_WORDS]):
        if place in hidden:
            continue
        if length + len(word) > LONGEST:
            break
        words.append(word)
        length += len(word) + 1
    return " ".join(words)


def _names(reading: Reading) -> set[int]:
    found: set[int] = set()
    for place in range(len(reading.words)):
        marker = reading.at("name_after", place)
        if marker:
            found |= _name_from(reading, place + marker.length)
        if reading.ends("patronymics", place) or reading.folded[place] in ("ogli", "kizi"):
            found.add(place)
            for near in (place - 1, place - 2):
                if near >= 0 and reading.words[near].raw[:1].isupper():
                    found.add(near)
    return found


def _name_from(reading: Reading, start: int) -> set[int]:
    """Up to three capitalised words; without capitals the two that follow in the clause."""
    named: set[int] = set()
    for place in range(start, min(start + _NAME_WORDS, len(reading.words))):
        if not reading.words[place].raw[:1].isupper():
            break
        named.add(place)
    if named or start >= len(reading.words):
        return named
    return set(range(start, min(start + 2, reading.clause_stop(start))))


def _numbers(reading: Reading) -> set[int]:
    """Digits that together may be a telephone, a document or an account."""
    found: set[int] = set()
    run: list[int] = []
    for place, word in enumerate((*reading.folded, "")):
        if word.isdigit():
            run.append(place)
            continue
        if sum(len(reading.folded[one]) for one in run) >= _LONG_NUMBER:
            found.update(run)
        run = []
        if sum(character.isdigit() for character in word) >= _LONG_NUMBER:
            found.add(place)
    return found
