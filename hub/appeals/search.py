"""The one normalised column that lists are searched by, the same on both databases."""

from routing.normalize import fold

MAX_SEARCH = 8_000


def search_text(*parts: str) -> str:
    """Folded words of the parts, each preceded by a space so that a prefix search is `% word%`."""
    return f" {' '.join(fold(part) for part in parts)} "[:MAX_SEARCH]


def like_pattern(word: str) -> str:
    """A LIKE pattern (escape `\\`) for words that begin with `word` once folded."""
    escaped = word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"% {escaped}%"
