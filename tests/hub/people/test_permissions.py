"""docs/permissions.md is the law of the house: every row of it is asked of the code, in every state."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from hub.foundation.vocabulary import Role
from hub.people import permissions
from hub.people.actors import (
    Actor,
    CitizenActor,
    HolderActor,
    OfficialActor,
    Post,
    SystemActor,
    VisitorActor,
)
from hub.people.permissions import AppealFacts, Sight

DOCUMENT = Path(__file__).parents[3] / "docs" / "permissions.md"
CLERK = 7
#: Citizen 1 complains of the tax office; Chilanzar district held the appeal before the city did.
APPEAL = AppealFacts(
    appeal_id=10,
    agency_id=100,
    agency_path="/tashkent/city/",
    citizen_id=1,
    open=True,
    held_before=frozenset({101}),
    entered_by_id=CLERK,
    about_agency_path="/tax/yunusabad/",
)


def official(role: Role, agency_id: int | None, path: str | None, *, official_id: int = 1) -> Actor:
    return OfficialActor(official_id, "login", "Name", "ru", (Post(role, agency_id, None, path, True),))


ACTORS: dict[str, Actor] = {
    "its author": CitizenActor(1, "uz-Latn"),
    "another citizen": CitizenActor(2, "uz-Latn"),
    "holder of its tracking code": HolderActor(10, "ru"),
    "holder of another code": HolderActor(1, "ru"),
    "visitor": VisitorActor("ru"),
    "official of the agency that holds it": official(Role.OFFICIAL, 100, "/tashkent/city/"),
    "head of the agency that holds it": official(Role.HEAD, 100, "/tashkent/city/"),
    "official of an agency that forwarded it": official(Role.OFFICIAL, 101, "/tashkent/city/chilanzar/"),
    "official of another agency": official(Role.OFFICIAL, 102, "/tashkent/city2/"),
    "official of the superior agency": official(Role.HEAD, 103, "/tashkent/"),
    "official of the body complained about": official(Role.OFFICIAL, 100, "/tax/yunusabad/"),
    "supervisor of the agency or one above it": official(Role.SUPERVISOR, 103, "/tashkent/"),
    "supervisor of all agencies": official(Role.SUPERVISOR, None, None),
    "supervisor of another tree": official(Role.SUPERVISOR, 104, "/tashkent/city/chilanzar/"),
    "supervisor of the body complained about": official(Role.SUPERVISOR, 105, "/tax/yunusabad/unit/"),
    "registrar who entered it": official(Role.REGISTRAR, 100, "/tashkent/city/", official_id=CLERK),
    "registrar who did not": official(Role.REGISTRAR, 100, "/tashkent/city/", official_id=8),
    "auditor": official(Role.AUDITOR, None, None),
    "editor": official(Role.EDITOR, 100, "/tashkent/city/"),
    "administrator": official(Role.ADMIN, None, None),
}
ACTS: dict[str, tuple[Callable[[Actor, AppealFacts], bool], ...]] = {
    "identity": (permissions.may_see_identity,),
    "claim": (permissions.may_claim,),
    "reply": (permissions.may_reply,),
    "sign, close": (permissions.may_sign, permissions.may_close),
    "note": (permissions.may_note,),
    "transfer": (permissions.may_transfer,),
    "extend": (permissions.may_extend,),
    "add, withdraw": (permissions.may_add, permissions.may_withdraw),
    "judge": (permissions.may_judge,),
    "propose as entry": (permissions.may_propose,),
}
SIGHTS = {"full": Sight.FULL, "metadata": Sight.METADATA, "own acts": Sight.OWN_ACTS, "-": Sight.NOTHING}


def tables() -> list[list[dict[str, str]]]:
    """Each table of the document as rows by column title."""
    found: list[list[dict[str, str]]] = []
    titles: list[str] = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            titles = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not titles:
            titles = cells
            found.append([])
        elif not set(line) <= set("|-"):
            found[-1].append(dict(zip(titles, cells, strict=True)))
    return found


MATRIX, GENERAL, LIBRARY = tables()


def test_every_relation_has_its_row() -> None:
    assert [row["who"] for row in MATRIX] == list(ACTORS)


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: str(row["who"]))
def test_row_of_the_matrix(row: dict[str, str]) -> None:
    for is_open, confidential, signs in product((True, False), repeat=3):
        facts = replace(APPEAL, open=is_open, confidential=confidential)
        actor = _signing(ACTORS[row["who"]], signs)
        allowed = {
            "yes": True,
            "-": False,
            "open": is_open,
            "sign": is_open and signs,
            "plain": not confidential,
            "answered": not is_open and not confidential,
        }
        assert permissions.sight(actor, facts) is SIGHTS[row["sight"]]
        assert permissions.may_open(actor, facts) is (row["sight"] != "-")
        assert permissions.may_read_texts(actor, facts) is (row["sight"] == "full")
        for act, functions in ACTS.items():
            for function in functions:
                assert function(actor, facts) is allowed[row[act]], (act, facts)


def _signing(actor: Actor, signs: bool) -> Actor:
    if not isinstance(actor, OfficialActor):
        return actor
    return replace(actor, posts=tuple(replace(post, may_sign=signs) for post in actor.posts))


@pytest.mark.parametrize("row", GENERAL, ids=lambda row: str(row["who"]))
def test_row_outside_single_appeals(row: dict[str, str]) -> None:
    actor = official(Role(row["who"]), 100, "/tashkent/city/")
    asked = {
        "inbox": permissions.may_list,
        "enter for others": permissions.may_enter,
        "supervision page": permissions.may_supervise,
        "administration": permissions.may_administer,
        "read the library": permissions.may_read_library,
        "edit the library": permissions.may_edit_library,
    }
    assert {title: function(actor) for title, function in asked.items()} == {
        title: row[title] == "yes" for title in asked
    }


@pytest.mark.parametrize("row", LIBRARY, ids=lambda row: str(row["who"]))
def test_row_of_the_library(row: dict[str, str]) -> None:
    actor = {
        "editor of an agency": posted(Role.EDITOR, "health"),
        "editor of the whole hub": posted(Role.EDITOR, "reception"),
        "official": posted(Role.OFFICIAL, "health"),
        "admin": posted(Role.ADMIN, None),
    }[row["who"]]
    owners = {"edit own": "health", "edit another agency's": "justice", "edit the hub's": None}
    for title, owner in owners.items():
        assert permissions.may_edit_entry(actor, owner, "reception") is (row[title] == "yes"), title


def posted(role: Role, agency: str | None) -> Actor:
    return OfficialActor(1, "login", "Name", "ru", (Post(role, 100 if agency else None, agency),))


def test_every_role_stands_in_the_second_table() -> None:
    assert sorted(row["who"] for row in GENERAL) == sorted(Role)


def test_an_official_with_two_posts_has_the_rights_of_both() -> None:
    both = OfficialActor(
        1,
        "login",
        "Name",
        "ru",
        (Post(Role.SUPERVISOR, 103, None, "/tashkent/"), Post(Role.OFFICIAL, 100, None, "/tashkent/city/")),
    )
    assert permissions.works(both, APPEAL)
    assert permissions.sight(both, APPEAL) is Sight.FULL
    assert not permissions.may_sign(both, APPEAL)


def test_the_right_to_sign_counts_only_in_the_agency_that_gave_it() -> None:
    signs_elsewhere = OfficialActor(
        1,
        "login",
        "Name",
        "ru",
        (
            Post(Role.HEAD, 102, None, "/other/", may_sign=True),
            Post(Role.OFFICIAL, 100, None, "/tashkent/city/"),
        ),
    )
    assert permissions.may_reply(signs_elsewhere, APPEAL)
    assert not permissions.may_sign(signs_elsewhere, APPEAL)
    assert not permissions.may_extend(signs_elsewhere, APPEAL)


def test_the_hub_itself_reads_all_and_answers_nothing() -> None:
    assert permissions.may_see_identity(SystemActor(), APPEAL)
    assert not permissions.may_reply(SystemActor(), APPEAL)
