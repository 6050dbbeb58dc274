"""Every route of the officials' pages, taken from the app, x every role x how the appeal stands to them."""

from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from hub.appeals import transfers
from hub.foundation.db import Database
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

ROLES = ("doctor", "minister", "builder", "supervisor", "registrar", "auditor", "admin", "editor", "writer")
WORKING = {"doctor": "open", "minister": "open"}
SEEING = {**WORKING, "supervisor": "open", "auditor": "open", "registrar": "absent", "builder": "absent"}
#: Role -> what it gets of an appeal of the Ministry of Health: open (it may), denied (it sees the appeal, but
#: may not do this), absent (like no appeal at all). `registrar` did not enter it; `builder` is elsewhere.
ACT = {**dict.fromkeys(ROLES, "absent"), **WORKING, "supervisor": "denied", "auditor": "denied"}
HEADS_ACT = {**ACT, "doctor": "absent", "supervisor": "absent", "auditor": "absent"}
PAGE = {**dict.fromkeys(ROLES, "absent"), **SEEING, "admin": "absent"}
NOBODY = dict.fromkeys(ROLES, "absent")
ANYBODY = dict.fromkeys(ROLES, "open")
#: `editor` keeps the whole library, `writer` what the Ministry of Health owns; the administrator reads it.
READING = {**NOBODY, "editor": "open", "writer": "open", "admin": "open"}
WRITING = {**NOBODY, "editor": "open", "writer": "open"}
ITS_OWNER = {**NOBODY, "editor": "open"}
MATRIX: dict[tuple[str, str], dict[str, str]] = {
    ("GET", "/sign-in"): dict.fromkeys(ROLES, "away"),
    ("POST", "/sign-in"): dict.fromkeys(ROLES, "refused"),
    ("GET", "/inbox"): {**ANYBODY, "admin": "away", "editor": "away", "writer": "away"},
    ("GET", "/inbox/rows"): {**ANYBODY, "admin": "absent", "editor": "absent", "writer": "absent"},
    ("GET", "/appeals/{number}"): PAGE,
    ("GET", "/appeals/{number}/{act}"): dict.fromkeys(ROLES, "away"),
    ("GET", "/appeals/{number}/files/{attachment_id}"): dict.fromkeys(ROLES, "absent"),
    ("POST", "/appeals/{number}/claim"): ACT,
    ("POST", "/appeals/{number}/release"): ACT,
    ("POST", "/appeals/{number}/notes"): ACT,
    ("POST", "/appeals/{number}/replies"): ACT,
    ("POST", "/appeals/{number}/transfers"): ACT,
    ("POST", "/appeals/{number}/extensions"): HEADS_ACT,
    ("POST", "/appeals/{number}/closure"): ACT,
    # No second appeal is named and nothing is joined: `test_similar.py` joins two and takes them apart.
    ("POST", "/appeals/{number}/join"): dict.fromkeys(ROLES, "absent"),
    ("POST", "/appeals/{number}/separation"): {**ACT, "doctor": "too early", "minister": "too early"},
    # Nothing is answered yet: `test_proposing.py` proposes an answer.
    ("POST", "/appeals/{number}/proposal"): {**ACT, "doctor": "too early", "minister": "too early"},
    ("GET", "/supervision"): {
        **dict.fromkeys(ROLES, "absent"), "minister": "open", "supervisor": "open", "auditor": "open"
    },
    ("GET", "/library"): READING,
    ("GET", "/library/new"): WRITING,
    ("POST", "/library/new"): WRITING,
    ("POST", "/library/new/preview"): WRITING,
    ("GET", "/library/new/{act}"): ANYBODY,
    ("GET", "/library/checks"): READING,
    ("GET", "/library/exchange"): READING,
    ("GET", "/library/exchange/{name}"): READING,
    ("POST", "/library/exchange/look"): {**NOBODY, "editor": "refused", "writer": "refused"},
    ("POST", "/library/exchange/import"): {**NOBODY, "editor": "refused", "writer": "refused"},
    ("GET", "/library/{code}"): READING,
    ("GET", "/library/{part}/{code}"): READING,
    ("GET", "/library/{part}/{code}/history"): READING,
    ("GET", "/library/{part}/{code}/{act}"): ANYBODY,
    ("GET", "/library/{part}/{code}/restoration"): ANYBODY,
    ("POST", "/library/{part}/{code}/preview"): READING,
    ("POST", "/library/{part}/{code}/trial"): ITS_OWNER,
    ("POST", "/library/{part}/{code}/sentence"): ITS_OWNER,
    ("POST", "/library/{part}/{code}/draft"): ITS_OWNER,
    ("POST", "/library/{part}/{code}/publication"): ITS_OWNER,
    ("POST", "/library/{part}/{code}/restoration"): ITS_OWNER,
    ("POST", "/library/{part}/{code}/retirement"): ITS_OWNER,
    ("GET", "/admin"): {**dict.fromkeys(ROLES, "absent"), "admin": "open"},
    ("POST", "/sign-out"): dict.fromkeys(ROLES, "away"),
}  # fmt: skip
#: Endless; `test_live.py` plays it for every role that matters.
ELSEWHERE = {("GET", "/inbox/stream")}
ENTRY = {
    "topic": "justice",
    "agency": "justice",
    "source": "lex.uz",
    "checked_on": "2026-03-01",
    "title-uz-Latn": "Notarius qayerda?",
    "answer-uz-Latn": "Har bir tumanda.",
}
FIELDS = {
    "/appeals/{number}/notes": {"note": "Eslatma"},
    "/appeals/{number}/replies": {"text": "Javob", "word": "message"},
    "/appeals/{number}/transfers": {"to": "construction_housing", "reason": "Ularning ishi"},
    "/appeals/{number}/extensions": {"until": "2026-04-10", "extension_reason": "Tekshiruv kerak"},
    "/appeals/{number}/closure": {"ending": "terminated:withdrawn", "conclusion": "Qaytarib olindi"},
    "/library/new": {**ENTRY, "agency": "health"},
    "/library/new/preview": ENTRY,
    "/library/{part}/{code}/preview": ENTRY,
    "/library/{part}/{code}/trial": ENTRY,
    "/library/{part}/{code}/sentence": {**ENTRY, "sentence": "notarius qayerda"},
    "/library/{part}/{code}/draft": {**ENTRY, "version": "0"},
    "/library/{part}/{code}/publication": {**ENTRY, "source": "gov.uz", "version": "2"},
    "/library/{part}/{code}/restoration": {"number": "1", "version": "4"},
    "/library/{part}/{code}/retirement": {"version": "5"},
}
#: What else stands in an address; the entry belongs to the Ministry of Justice.
PLACES = {
    "act": "claim",
    "attachment_id": "0" * 32,
    "part": "entries",
    "code": "who-notary",
    "name": "library.csv",
}
LIBRARY_PLACES = {**PLACES, "act": "preview"}
STATUSES = {
    "open": {200, 303}, "away": {303}, "absent": {404}, "denied": {404}, "too early": {409},
    "refused": {401, 422, 429},
}  # fmt: skip


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Every route of the application, also of routers included in routers."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from routes_of(included.routes)
        elif isinstance(route, APIRoute):
            yield route


def test_every_route_has_a_row(application: FastAPI) -> None:
    office = [
        (method, route.path)
        for route in routes_of(application.routes)
        if route.endpoint.__module__.startswith("hub.web.office")
        for method in route.methods or ()
    ]
    assert sorted(office) == sorted({*MATRIX, *ELSEWHERE})


@pytest.mark.parametrize("role", ROLES)
async def test_the_matrix(
    database: Database, people: People, register: Registering, sit_down: SitDown, role: str
) -> None:
    desk = await sit_down(role)
    wrong = []
    for (method, path), row in MATRIX.items():
        number = (await register()).number if "{number}" in path else ""
        address = path.format(number=number, **(LIBRARY_PLACES if path.startswith("/library") else PLACES))
        if method == "GET":
            answer = await desk.get(address)
        else:
            fields = dict(FIELDS.get(path, {}))
            if path.endswith("replies"):
                fields["version"] = await desk.version_of(number) or "1"
            answer = await desk.post(address, fields)
        if answer.status_code not in STATUSES[row[role]]:
            wrong.append((method, path, answer.status_code, row[role]))
        if row[role] == "absent" and "{number}" in path:
            nothing = await (desk.get if method == "GET" else desk.post)(
                path.format(number="UZ26-0000-0000", **PLACES)
            )
            if path == "/appeals/{number}" or method == "POST":
                assert answer.text == nothing.text, (path, "what is foreign differs from what is absent")
    assert wrong == []


@pytest.mark.parametrize("relation", ["forwarded away", "returned", "complained about", "confidential"])
async def test_how_the_appeal_stands_to_the_doctor(
    database: Database, people: People, register: Registering, sit_down: SitDown, relation: str
) -> None:
    changes: dict[str, object] = {}
    if relation == "complained about":
        changes = {"agency": "reception", "about": "health"}
    number = (await register(confidential=relation == "confidential", **changes)).number
    if relation in ("forwarded away", "returned"):
        async with database.unit_of_work() as uow:
            await transfers.transfer(uow, people.doctor, number, to="construction_housing", reason="Sizniki")
    if relation == "returned":
        async with database.unit_of_work() as uow:
            await transfers.transfer(uow, people.builder, number, to="health", reason="Sizniki ekan")
    doctor = await sit_down("doctor")
    page = await doctor.get(f"/appeals/{number}")
    said = await doctor.post(f"/appeals/{number}/notes", {"note": "Eslatma"})
    listed = number in (await doctor.get("/inbox?view=all")).text
    names = "Aziza" in page.text
    expected = {
        "forwarded away": (200, 404, False, False),
        "returned": (200, 303, True, True),
        "complained about": (404, 404, False, False),
        "confidential": (200, 303, True, False),
    }
    assert (page.status_code, said.status_code, listed, names) == expected[relation]
    assert ("ichimlik suvi" in page.text) == (relation in ("returned", "confidential"))
