"""Which of our languages a caller asks for."""

from hub.foundation.i18n import LANGUAGES

_BY_TAG = {code.lower(): code for code in LANGUAGES} | {"uz": "uz-Latn"}


def read_language(tag: str) -> str | None:
    """Ours for a BCP 47 tag: `RU-ru` is `ru`, `uz-Cyrl-UZ` `uz-Cyrl`, `uz` `uz-Latn`; None for others."""
    parts = tag.strip().lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        found = _BY_TAG.get("-".join(parts[:length]))
        if found is not None:
            return found
    return None


def accepted_language(header: str | None) -> str | None:
    """The most wanted of ours in an Accept-Language header (RFC 9110, 12.5.4); None when there is none."""
    wanted: list[tuple[float, str]] = []
    for item in (header or "")[:500].split(","):
        tag, _, parameters = item.partition(";")
        language = read_language(tag)
        quality = _quality(parameters)
        if language is not None and quality > 0:
            wanted.append((-quality, language))
    return min(wanted, key=lambda entry: entry[0])[1] if wanted else None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
