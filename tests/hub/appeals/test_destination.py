"""Where an appeal goes, and that it never goes to the body it complains about."""

import pytest

from hub.appeals import intake, routing, transfers
from hub.appeals.views import Draft
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind
from hub.library.library import Library
from hub.people.actors import VisitorActor
from tests.conftest import shared_library
from tests.hub.appeals.conftest import WATER, People, Registering, applicant

pytestmark = pytest.mark.anyio


def test_a_body_and_everything_under_it_is_blocked() -> None:
    pack = shared_library().pack
    district = next(a for a in pack.agencies if a.parent and a.code.startswith("hokimiyat:"))
    assert routing.is_blocked(pack, district.code, district.code)
    assert routing.is_blocked(pack, district.code, district.parent)
    assert not routing.is_blocked(pack, district.parent or "", district.code)
    assert routing.fallback(pack, district.code) == district.parent


def test_whatever_is_complained_about_somebody_else_gets_it() -> None:
    library = shared_library()
    for agency in library.pack.agencies:
        chosen = routing.route(library, WATER, "1726", agency.code)
        assert not routing.is_blocked(library.pack, chosen.code, agency.code)


async def test_the_chosen_agency_may_not_be_the_one_complained_about(
    database: Database, people: People, register: Registering
) -> None:
    with pytest.raises(HubError, match="agency_is_about"):
        await register(agency="health", about="health", kind=Kind.COMPLAINT)
    receipt = await register(agency="energy", about="Sogʻliqni saqlash vazirligi", kind=Kind.COMPLAINT)
    async with database.unit_of_work() as uow:
        uow.of(Library)
        with pytest.raises(HubError, match="not_found"):
            await transfers.transfer(uow, people.doctor, receipt.number, to="energy", reason="boshqa idora")


async def test_it_cannot_be_forwarded_to_the_body_complained_about(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register(agency="construction_housing", about="health", kind=Kind.COMPLAINT)).number
    async with database.unit_of_work() as uow:
        with pytest.raises(HubError, match="transfer_to_about"):
            await transfers.transfer(uow, people.builder, number, to="health", reason="bizga tegishli emas")


async def test_a_body_only_named_in_a_complaint_does_not_get_it_unasked(
    database: Database, people: People
) -> None:
    text = "Sogʻliqni saqlash vazirligi arizamga javob bermayapti, shifoxonada dori yoʻq"
    async with database.unit_of_work() as uow:
        receipt = await intake.register(
            uow,
            VisitorActor("uz-Latn"),
            Draft(text=text, kind=Kind.COMPLAINT, applicant=applicant(), consent=True),
        )
    assert receipt.agency.code == "reception"


async def test_an_undecided_appeal_goes_to_the_triage_desk(database: Database, people: People) -> None:
    async with database.unit_of_work() as uow:
        receipt = await intake.register(
            uow, VisitorActor("en"), Draft(text="Qwrtz plmnb xcvbn", applicant=applicant(), consent=True)
        )
    assert receipt.agency.code == "reception"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " \u200b "}, "text_missing"),
        ({"text": "a" * 20_001}, "text_too_long"),
        ({"consent": False}, "consent_missing"),
        ({"agency": "no_such"}, "unknown_agency"),
        ({"district": "999"}, "unknown_district"),
        ({"attachments": ("deadbeef",)}, "unknown_attachment"),
        ({"applicant": applicant("123")}, "name_missing"),
    ],
)
async def test_refused_drafts_leave_no_appeal(
    database: Database, people: People, changes: dict[str, object], code: str
) -> None:
    fields = {"text": WATER, "applicant": applicant(), "consent": True, **changes}
    with pytest.raises(HubError, match=code):
        async with database.unit_of_work() as uow:
            await intake.register(uow, VisitorActor("en"), Draft(**fields))  # type: ignore[arg-type]
