"""Every step of a count as a sentence, in one table: the English text is the catalogue's id.

Parameters whose names stand in DATES are ISO dates; `render` lets the caller write them its own way.
"""

from collections.abc import Callable, Mapping
from datetime import date

from hub.foundation.i18n import N_

DATES = frozenset(
    {"received", "start", "registered", "on", "due", "was", "target", "until", "limit", "route", "day"}
)

STARTS = {
    "start_receipt": N_("Received on %(start)s; that day is day zero of the count."),
    "start_registration": N_("Counted from the registration day, %(start)s; that day is day zero."),
    "register": N_("Registered on the day it was received, %(registered)s."),
    "register_next": N_(
        "Received on %(received)s outside working time, so registered on the next working day,"
        " %(registered)s."
    ),
}

TERMS = {
    "term_calendar_day": N_("The answer is due %(amount)s calendar days after %(start)s: on %(due)s."),
    "term_working_day": N_("The answer is due %(amount)s working days after %(start)s: on %(due)s."),
    "term_month": N_("The answer is due one month after %(start)s: on %(due)s."),
    "term_months": N_("The answer is due %(amount)s months after %(start)s: on %(due)s."),
    "term_month_clipped": N_(
        "The answer is due a month after %(start)s; that month is shorter, so on its last day, %(due)s."
    ),
    "rolled": N_("The last day, %(was)s, is a day off, so the answer is due on %(due)s."),
    "target_same": N_("%(due)s is a working day, so officials are measured by the same day."),
    "target_earlier": N_(
        "%(due)s is a day off: the term stays, and officials are to answer by the last working day before it,"
        " %(target)s."
    ),
    "target_earlier_estimated": N_(
        "%(due)s is a day off, or follows one, that the calendar only estimates: the term stays, and"
        " officials are to answer by the last working day before it, %(target)s."
    ),
}

MOVES = {
    "study": N_(
        "Further study was decided on %(on)s: the longer term, counted from the same start, %(start)s,"
        " ends on %(due)s."
    ),
    "study_noted": N_(
        "Further study was decided on %(on)s: the due date stays %(due)s, and the author is told within"
        " %(days)s days."
    ),
    "extended": N_("On %(on)s the head of the body moved the due date from %(was)s to %(due)s."),
    "forwarded": N_(
        "On %(on)s it reached the body that must decide: the count starts anew, and the answer is due on"
        " %(due)s instead of %(was)s."
    ),
    "forwarded_late": N_(
        "On %(on)s it reached the body that must decide, later than %(route)s, the last day to pass it on;"
        " that is kept as a breach. The count starts anew, and the answer is due on %(due)s instead of"
        " %(was)s."
    ),
    "interim": N_("An interim answer was given on %(on)s; it does not stop the clock, due on %(due)s."),
    "reopened": N_("Reopened on %(on)s: a new cycle starts, and the answer is due on %(due)s."),
    "calendar_off": N_(
        "On %(on)s %(day)s became a day off: officials are to answer by %(target)s; the answer is due on"
        " %(due)s."
    ),
    "calendar_worked": N_(
        "On %(on)s %(day)s became a working day: officials are to answer by %(target)s; the answer is due on"
        " %(due)s."
    ),
    "calendar_excusable": N_(
        "On %(on)s the calendar changed on %(day)s, after the term had ended on %(due)s: the breach stays and"
        " may be excused."
    ),
}

ENDS = {
    "answered": N_("The final answer was given on %(on)s, within the term that ends on %(due)s."),
    "answered_late": N_(
        "The final answer was given on %(on)s, after the term had ended on %(due)s; that is kept as a breach."
    ),
    "closed": N_("Closed on %(on)s, within the term that ends on %(due)s."),
    "closed_late": N_("Closed on %(on)s, after the term had ended on %(due)s; that is kept as a breach."),
    "cancelled": N_("The count ended on %(on)s without an answer; it was due on %(due)s."),
    "missed": N_("No final answer was given by %(due)s; that is kept as a breach."),
    "excused": N_("On %(on)s the breach was excused; it stays on record with its due date, %(due)s."),
}

REFUSALS = {
    "early_refused": N_("Refused: it is dated %(on)s, before the appeal was received; nothing changes."),
    "study_late_refused": N_(
        "Further study was refused: it was decided on %(on)s, after the term had ended on %(due)s."
    ),
    "study_again_refused": N_("Further study was refused on %(on)s: it had been decided already."),
    "extend_kind_refused": N_(
        "The extension asked on %(on)s was refused: appeals of this kind cannot be extended. Due on %(due)s."
    ),
    "extend_again_refused": N_(
        "The extension asked on %(on)s was refused: the term has been extended already. Due on %(due)s."
    ),
    "extend_late_refused": N_(
        "The extension was refused: it was asked on %(on)s, after the term had ended on %(due)s."
    ),
    "extend_short_refused": N_(
        "The extension asked on %(on)s was refused: %(until)s is not later than the due date, %(due)s."
    ),
    "extend_long_refused": N_(
        "The extension asked on %(on)s was refused: %(until)s is later than the last day allowed, %(limit)s."
    ),
    "pause_refused": N_(
        "The pause asked on %(on)s was refused: the law has no pause. The clock keeps running, due on"
        " %(due)s."
    ),
    "resume_refused": N_("Nothing was paused on %(on)s; the clock keeps running, due on %(due)s."),
    "reopen_refused": N_("Reopening was refused on %(on)s: there is no final answer yet. Due on %(due)s."),
    "after_answer_refused": N_(
        "Refused on %(on)s: the final answer has been given, and only reopening is possible after it."
    ),
}

# Said by the policy itself, in its own sentence: it has no such part.
ABSENCES = {
    "study_absent_refused": "%(on)s: %(why)s",
    "extend_absent_refused": "%(on)s: %(why)s",
    "pause_absent_refused": "%(on)s: %(why)s",
}

SERVICE = {
    "route_due": N_("Another body's matter is passed on by %(route)s; an official takes it up by %(until)s."),
    "first_word_due": N_(
        "The citizen hears from a person within %(amount)s working days of %(start)s: by %(until)s."
    ),
    "answer_wait_due": N_(
        "The citizen wrote on %(start)s and is answered within %(amount)s working days: by %(until)s."
    ),
    "total_runs": N_("Counted from the first receipt, %(start)s; forwarding neither stops nor restarts it."),
}

SENTENCES: Mapping[str, str] = {**STARTS, **TERMS, **MOVES, **ENDS, **REFUSALS, **ABSENCES, **SERVICE}

Params = Mapping[str, str | int]


def english(rule: str, params: Params) -> str:
    """The step's sentence with ISO dates."""
    return SENTENCES[rule] % params


def render(
    rule: str, params: Params, *, translate: Callable[[str], str], write_date: Callable[[date], str]
) -> str:
    """The step's sentence in another language, its dates written by `write_date`."""
    shown = {
        name: write_date(date.fromisoformat(value)) if name in DATES and isinstance(value, str) else value
        for name, value in params.items()
    }
    return translate(SENTENCES[rule]) % shown
