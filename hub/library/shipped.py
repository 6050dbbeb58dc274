"""The entries that came with the country pack, as editors see them."""

from collections.abc import Iterator

from hub.foundation.i18n import _
from hub.library import content as contents
from hub.library.agencies import AgencyView
from hub.library.entry_views import EntryContent
from hub.library.library import Library, in_language
from knowledge.schema import Pack


def shipped_content(pack: Pack, code: str) -> EntryContent | None:
    """None when the pack has no such entry."""
    faq = pack.faq_by_id.get(code)
    return contents.of_answer(faq) if faq is not None else contents.of_words(pack, code)


def shipped_codes(pack: Pack) -> Iterator[str]:
    """Of every answer, every body with routing words of its own, and the local bodies of each level."""
    yield from (faq.id for faq in pack.faq)
    yield from (agency.code for agency in pack.agencies if contents.has_words(agency))
    yield from (code for code, level in contents.LEVELS.items() if level in pack.local)


def owner_view(library: Library, code: str | None, language: str) -> AgencyView | None:
    """A body that the pack no longer has goes by its code."""
    if code is None:
        return None
    known = code in library.pack.agency_by_code
    return AgencyView(code, library.agency_name(code, language) if known else code)


def entry_title(library: Library, code: str, content_titles: dict[str, str], language: str) -> str:
    """A question in the reader's language, or the name of the body whose words they are."""
    if code in contents.LEVELS:
        return _local_title(code)
    if code in library.pack.agency_by_code:
        return library.agency_name(code, language)
    return content_titles[in_language(content_titles, language)] if content_titles else code


def _local_title(code: str) -> str:
    if contents.LEVELS[code] == "region":
        return _("Hokimiyats of regions: the words they share")
    return _("Hokimiyats of districts and cities: the words they share")
