"""The words every part of Qabul shares: one enum each, in code, API, database and on screen."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of appeal (law ZRU-445, art. 3 and 5)."""

    APPLICATION = "application"
    COMPLAINT = "complaint"
    PROPOSAL = "proposal"


class Status(StrEnum):
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    AWAITING_CITIZEN = "awaiting_citizen"
    AWAITING_APPROVAL = "awaiting_approval"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    FORWARDED = "forwarded"
    JOINED = "joined"


#: An appeal in one of these still owes the citizen an answer.
OPEN_STATUSES = frozenset(
    {
        Status.REGISTERED,
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.AWAITING_CITIZEN,
        Status.AWAITING_APPROVAL,
        Status.REOPENED,
        Status.FORWARDED,
    }
)


class Outcome(StrEnum):
    """How the body disposed of the appeal (law art. 25, 27, 29, 30, 35)."""

    SATISFIED = "satisfied"
    REFUSED = "refused"
    EXPLAINED = "explained"
    LEFT_WITHOUT_CONSIDERATION = "left_without_consideration"
    TERMINATED = "terminated"
    FORWARDED = "forwarded"
    JOINED = "joined"


#: Outcomes that answer the appeal on its merits; the others end it on a formal ground.
ANSWER_OUTCOMES = frozenset({Outcome.SATISFIED, Outcome.REFUSED, Outcome.EXPLAINED})


class Verdict(StrEnum):
    """What the citizen says of the answer; never derived from the outcome."""

    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    NONE = "none"


class ClockKind(StrEnum):
    REGISTER = "register"
    ROUTE = "route"
    FIRST_WORD = "first_word"
    ANSWER_WAIT = "answer_wait"
    FINAL = "final"
    HOLDING = "holding"
    TOTAL = "total"


class ClockStatus(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    BLOCKED = "blocked"
    READ = "read"


class Role(StrEnum):
    OFFICIAL = "official"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    REGISTRAR = "registrar"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMIN = "admin"


class ChannelName(StrEnum):
    """The doors an appeal may come through and an answer may leave by."""

    TELEGRAM = "telegram"
    WEB = "web"
    EMAIL = "email"
    API = "api"
    DESK = "desk"
