"""The vocabulary on screen: one label for each kind, status, outcome, verdict and delivery state."""

from hub.foundation.i18n import N_, _
from hub.foundation.vocabulary import ClockKind, DeliveryState, Kind, Outcome, Role, Status, Verdict

KINDS = {
    Kind.APPLICATION: N_("Application"),
    Kind.COMPLAINT: N_("Complaint"),
    Kind.PROPOSAL: N_("Proposal"),
}
STATUSES = {
    Status.REGISTERED: N_("registered"),
    Status.ASSIGNED: N_("assigned to an official"),
    Status.IN_PROGRESS: N_("under consideration"),
    Status.AWAITING_CITIZEN: N_("waiting for the applicant"),
    Status.AWAITING_APPROVAL: N_("waiting for approval"),
    Status.ANSWERED: N_("answered"),
    Status.CLOSED: N_("closed"),
    Status.REOPENED: N_("reopened"),
    Status.FORWARDED: N_("forwarded to the responsible agency"),
    Status.JOINED: N_("joined to another appeal"),
}
OUTCOMES = {
    Outcome.SATISFIED: N_("granted"),
    Outcome.REFUSED: N_("refused"),
    Outcome.EXPLAINED: N_("explained"),
    Outcome.LEFT_WITHOUT_CONSIDERATION: N_("left without consideration"),
    Outcome.TERMINATED: N_("consideration terminated"),
    Outcome.FORWARDED: N_("forwarded to another agency"),
    Outcome.JOINED: N_("joined to another appeal"),
}
VERDICTS = {
    Verdict.SOLVED: N_("solved, says the applicant"),
    Verdict.PARTLY: N_("partly solved, says the applicant"),
    Verdict.NOT_SOLVED: N_("not solved, says the applicant"),
    Verdict.NONE: N_("the applicant has not said"),
}
DELIVERIES = {
    DeliveryState.WAITING: N_("waiting to be sent"),
    DeliveryState.SENDING: N_("being sent"),
    DeliveryState.SENT: N_("sent"),
    DeliveryState.UNCERTAIN: N_("sent, but receipt is not confirmed; it will be sent again"),
    DeliveryState.FAILED: N_("could not be delivered"),
    DeliveryState.BLOCKED: N_("the applicant has blocked the bot"),
    DeliveryState.READ: N_("read"),
}
ROLES = {
    Role.OFFICIAL: N_("official"),
    Role.HEAD: N_("head of the body"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.REGISTRAR: N_("registrar"),
    Role.EDITOR: N_("editor"),
    Role.AUDITOR: N_("auditor"),
    Role.ADMIN: N_("administrator"),
}
CLOCKS = {
    ClockKind.REGISTER: N_("registration"),
    ClockKind.ROUTE: N_("passing on to the responsible body"),
    ClockKind.FIRST_WORD: N_("first word of a person"),
    ClockKind.ANSWER_WAIT: N_("answer to the applicant's message"),
    ClockKind.FINAL: N_("final answer"),
    ClockKind.HOLDING: N_("time with one body"),
    ClockKind.TOTAL: N_("total time for the applicant"),
}
CHANNELS = {
    "telegram": N_("Telegram"),
    "web": N_("website"),
    "email": N_("e-mail"),
    "api": N_("another system"),
    "desk": N_("reception desk"),
}
#: Grounds to leave an appeal without consideration (law art. 29) or to terminate it (art. 30).
GROUNDS = {
    "anonymous": N_("anonymous appeal"),
    "no_authority": N_("representative without authority"),
    "requirements": N_("other requirements of the law are not met"),
    "repeat_without_new": N_("repeated without new arguments"),
    "withdrawn": N_("withdrawn by the applicant"),
    "unreachable": N_("the applicant's presence is needed and the applicant cannot be reached"),
    "no_show": N_("the applicant did not appear"),
    "death": N_("death of the applicant without succession"),
}
GROUNDS_OF = {
    Outcome.LEFT_WITHOUT_CONSIDERATION: ("anonymous", "no_authority", "requirements"),
    Outcome.TERMINATED: ("repeat_without_new", "withdrawn", "unreachable", "no_show", "death"),
}


def kind_word(kind: str) -> str:
    return _(KINDS[Kind(kind)])


def status_word(status: str) -> str:
    return _(STATUSES[Status(status)])


def outcome_word(outcome: str) -> str:
    return _(OUTCOMES[Outcome(outcome)])


def verdict_word(verdict: str) -> str:
    return _(VERDICTS[Verdict(verdict)])


def delivery_word(state: str) -> str:
    return _(DELIVERIES[DeliveryState(state)])


def role_word(role: str) -> str:
    return _(ROLES[Role(role)])


def clock_word(kind: str) -> str:
    return _(CLOCKS[ClockKind(kind)])


def channel_word(channel: str) -> str:
    return _(CHANNELS.get(channel, channel))


def ground_word(ground: str) -> str:
    return _(GROUNDS.get(ground, ground))
