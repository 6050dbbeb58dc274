"""The library's own words, in the reader's language."""

from hub.foundation.i18n import N_, _

STATES = {"draft": N_("Draft"), "published": N_("Published"), "retired": N_("Retired")}
ACTS = {
    "shipped": N_("Came with the country pack"),
    "drafted": N_("Draft saved"),
    "published": N_("Published"),
    "retired": N_("Retired"),
    "restored": N_("Earlier version published again"),
    "imported": N_("Imported"),
    "proposed": N_("Proposed from an answered appeal"),
}
FIELDS = {
    "topic": N_("Topic"),
    "agency": N_("Owner"),
    "source": N_("Source"),
    "checked_on": N_("Checked on"),
    "review_on": N_("Check again on"),
    "valid_from": N_("In force from"),
    "valid_to": N_("In force until"),
    "title": N_("Question"),
    "answer": N_("Answer"),
    "phrasings": N_("Other ways people ask"),
}


def state_word(state: str) -> str:
    return _(STATES[state]) if state in STATES else state


def state_options() -> list[tuple[str, str]]:
    return [(state, _(word)) for state, word in STATES.items()]


def act_word(act: str) -> str:
    return _(ACTS[act]) if act in ACTS else act


def field_word(field: str) -> str:
    return _(FIELDS[field]) if field in FIELDS else field
