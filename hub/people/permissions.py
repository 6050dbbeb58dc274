"""Who may see and do what with an appeal: pure functions of the actor and the facts of that appeal.

The same rules stand as one table in docs/permissions.md, and a test compares the two. Use-cases ask here
each time they act, so a right that is taken away is gone at once. What is absent and what is foreign look the
same: whoever has no sight of an appeal gets HubError("not_found").
"""

from dataclasses import dataclass
from enum import IntEnum

from hub.foundation.vocabulary import Role
from hub.people.actors import Actor, CitizenActor, HolderActor, OfficialActor, Post, SystemActor

WORKING_ROLES = (Role.OFFICIAL, Role.HEAD)


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """What decides over rights. `held_before`: agencies that forwarded the appeal away and do not hold it."""

    appeal_id: int
    agency_id: int
    agency_path: str
    citizen_id: int
    open: bool
    confidential: bool = False
    held_before: frozenset[int] = frozenset()
    entered_by_id: int | None = None
    assignee_id: int | None = None
    about_agency_path: str | None = None


class Sight(IntEnum):
    """How much of an appeal an official sees; each step includes the ones before it."""

    NOTHING = 0
    #: Number, dates and the acts of one's own agency: it forwarded the appeal away.
    OWN_ACTS = 1
    #: Number, dates, agencies, clocks, outcome and the audit trail, but no texts and no identity.
    METADATA = 2
    FULL = 3


def is_author(actor: Actor, facts: AppealFacts) -> bool:
    """The citizen whose appeal it is, or whoever holds its tracking code."""
    if isinstance(actor, CitizenActor):
        return actor.id == facts.citizen_id
    return isinstance(actor, HolderActor) and actor.appeal_id == facts.appeal_id


def sight(actor: Actor, facts: AppealFacts) -> Sight:
    """An author's own view is `is_author`; this is the officials' side."""
    if isinstance(actor, SystemActor):
        return Sight.FULL
    if not isinstance(actor, OfficialActor):
        return Sight.NOTHING
    return max((_sight_of_post(actor, post, facts) for post in actor.posts), default=Sight.NOTHING)


def _sight_of_post(actor: OfficialActor, post: Post, facts: AppealFacts) -> Sight:
    if _is_complained_about(post.agency_path, facts):
        return Sight.NOTHING
    match post.role:
        case Role.OFFICIAL | Role.HEAD:
            if post.agency_id == facts.agency_id:
                return Sight.FULL
            return Sight.OWN_ACTS if post.agency_id in facts.held_before else Sight.NOTHING
        case Role.SUPERVISOR:
            return Sight.FULL if facts.agency_path.startswith(post.agency_path or "") else Sight.NOTHING
        case Role.REGISTRAR:
            return Sight.FULL if facts.entered_by_id == actor.id else Sight.NOTHING
        case Role.AUDITOR:
            in_scope = facts.agency_path.startswith(post.agency_path or "")
            return Sight.METADATA if in_scope else Sight.NOTHING
        case Role.EDITOR | Role.ADMIN:
            return Sight.NOTHING


def _is_complained_about(agency_path: str | None, facts: AppealFacts) -> bool:
    """Neither the body complained about nor one under it reads the complaint (law art. 25)."""
    return bool(facts.about_agency_path and agency_path and agency_path.startswith(facts.about_agency_path))


def works(actor: Actor, facts: AppealFacts) -> bool:
    """Official or head of the agency that holds the appeal now."""
    return bool(_working_posts(actor, facts))


def may_open(actor: Actor, facts: AppealFacts) -> bool:
    """Whether the case page exists for this actor at all."""
    return sight(actor, facts) > Sight.NOTHING


def may_read_texts(actor: Actor, facts: AppealFacts) -> bool:
    """Text, messages, attachments and notes of the whole appeal."""
    return sight(actor, facts) is Sight.FULL


def may_see_identity(actor: Actor, facts: AppealFacts) -> bool:
    """Name, residence and contacts; of a confidential appeal only the clerk who entered it knows them."""
    if isinstance(actor, SystemActor):
        return True
    if sight(actor, facts) is not Sight.FULL or not isinstance(actor, OfficialActor):
        return False
    return not facts.confidential or (actor.has(Role.REGISTRAR) and facts.entered_by_id == actor.id)


def may_claim(actor: Actor, facts: AppealFacts) -> bool:
    """Also to release; that a colleague holds the claim is a conflict, not a missing right."""
    return works(actor, facts) and facts.open


def may_reply(actor: Actor, facts: AppealFacts) -> bool:
    """An interim word or a question to the citizen; a final answer also needs `may_sign`."""
    return works(actor, facts) and facts.open


def may_sign(actor: Actor, facts: AppealFacts) -> bool:
    """Sign the final answer or close on a legal ground (law art. 27, 29, 30)."""
    return facts.open and any(post.may_sign for post in _working_posts(actor, facts))


def may_note(actor: Actor, facts: AppealFacts) -> bool:
    """An internal note, also after the answer."""
    return works(actor, facts)


def may_transfer(actor: Actor, facts: AppealFacts) -> bool:
    return works(actor, facts) and facts.open


def may_extend(actor: Actor, facts: AppealFacts) -> bool:
    """Only the head extends the term (law art. 28)."""
    return facts.open and any(post.role is Role.HEAD for post in _working_posts(actor, facts))


def may_close(actor: Actor, facts: AppealFacts) -> bool:
    return may_sign(actor, facts)


def may_add(actor: Actor, facts: AppealFacts) -> bool:
    """The author adds to an appeal that is still considered (law art. 32)."""
    return is_author(actor, facts) and facts.open


def may_withdraw(actor: Actor, facts: AppealFacts) -> bool:
    return is_author(actor, facts) and facts.open


def may_judge(actor: Actor, facts: AppealFacts) -> bool:
    """Read, solved, not solved, rating; the use-case knows whether there is an answer to judge."""
    return is_author(actor, facts)


def may_enter(actor: Actor) -> bool:
    """Enter appeals of visitors and callers, with the day they came."""
    return isinstance(actor, OfficialActor) and actor.has(Role.REGISTRAR)


def may_list(actor: Actor) -> bool:
    """Has an inbox at all."""
    listing = (Role.OFFICIAL, Role.HEAD, Role.SUPERVISOR, Role.REGISTRAR, Role.AUDITOR)
    return isinstance(actor, OfficialActor) and actor.has(*listing)


def may_supervise(actor: Actor) -> bool:
    """Open the supervision page, over the own subtree."""
    return isinstance(actor, OfficialActor) and actor.has(Role.SUPERVISOR, Role.HEAD, Role.AUDITOR)


def may_propose(actor: Actor, facts: AppealFacts) -> bool:
    """Propose the answer as an entry of the library, for an editor to finish; never of a confidential one."""
    return works(actor, facts) and not facts.open and not facts.confidential


def may_read_library(actor: Actor) -> bool:
    """The editors' pages: entries and what people ask (masked); drafts only to who may edit them."""
    return isinstance(actor, SystemActor) or (
        isinstance(actor, OfficialActor) and actor.has(Role.EDITOR, Role.ADMIN)
    )


def may_edit_library(actor: Actor) -> bool:
    """Edits some entries; which ones says `may_edit_entry`."""
    return isinstance(actor, SystemActor) or (isinstance(actor, OfficialActor) and actor.has(Role.EDITOR))


def may_edit_entry(actor: Actor, owner: str | None, triage: str) -> bool:
    """An agency's editor edits what that agency owns; an editor of the triage body, which is the hub's own,
    edits everything. `owner` is the agency's code, None what belongs to the hub."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(actor, OfficialActor) and any(
        post.role is Role.EDITOR and post.agency_code in (None, triage, owner) for post in actor.posts
    )


def may_administer(actor: Actor) -> bool:
    return isinstance(actor, OfficialActor) and actor.has(Role.ADMIN)


def _working_posts(actor: Actor, facts: AppealFacts) -> tuple[Post, ...]:
    if not isinstance(actor, OfficialActor):
        return ()
    return tuple(
        post
        for post in actor.posts
        if post.role in WORKING_ROLES
        and post.agency_id == facts.agency_id
        and not _is_complained_about(post.agency_path, facts)
    )
