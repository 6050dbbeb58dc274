"""Forms are guarded, and nothing typed is ever lost: conflicts, double presses, files, foreign forms."""

import pytest
from sqlalchemy import func, select

from hub.appeals import official_acts
from hub.appeals.models import Appeal, AppealEvent, Attachment, Message
from hub.foundation.db import Database
from hub.foundation.vocabulary import Outcome
from tests.hub.appeals.conftest import People, Registering
from tests.hub.web.office.conftest import SitDown

pytestmark = pytest.mark.anyio

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TYPED = "Hurmatli Aziza, ertaga soat 10 da keling."


@pytest.fixture
async def database(sqlite_database: Database) -> Database:
    return sqlite_database


async def events(database: Database) -> int:
    async with database.reading() as uow:
        return await uow.session.scalar(select(func.count()).select_from(AppealEvent)) or 0


async def test_of_two_who_answer_one_keeps_the_text(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    minister = await sit_down("minister")
    version = await minister.version_of(number)
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Javob", final=True, outcome=Outcome.EXPLAINED
        )
    lost = await minister.reply(number, TYPED, version=version, word="final", outcome="refused")
    assert lost.status_code == 409
    assert "A final answer to this appeal has already been sent" in lost.text
    assert TYPED in lost.text
    async with database.reading() as uow:
        finals = select(func.count()).select_from(Message).where(Message.final)
        assert await uow.session.scalar(finals) == 1


async def test_a_claimed_appeal_is_answered_by_its_holder_only(
    database: Database, people: People, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    minister = await sit_down("minister")
    version = await minister.version_of(number)
    async with database.unit_of_work() as uow:
        await official_acts.claim(uow, people.doctor, number)
    late = await minister.reply(number, TYPED, version=version)
    assert late.status_code == 409
    assert "Doctor is working on this appeal" in late.text
    assert TYPED in late.text
    for act in ("transfers", "closure"):
        refused = await minister.post(f"/appeals/{number}/{act}", FORMS[act])
        assert refused.status_code == 409
        assert TYPED in refused.text
    async with database.unit_of_work() as uow:
        await official_acts.release(uow, people.doctor, number)
    stale = await minister.reply(number, TYPED, version=version)
    assert stale.status_code == 409
    assert "Somebody changed this meanwhile" in stale.text
    assert TYPED in stale.text
    assert (await minister.reply(number, TYPED)).status_code == 303, "looked again, sent again"
    shown = (await (await sit_down("doctor")).get(f"/appeals/{number}")).text
    assert "Minister is working on this appeal" in shown
    assert f'action="/appeals/{number}/replies"' not in shown


async def test_pressing_send_twice_sends_once(
    database: Database, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    for word in ("message", "final"):
        version = await doctor.version_of(number)
        fields = {"word": word, "outcome": "explained", "version": version}
        for _press in range(2):
            answer = await doctor.reply(number, f"{TYPED} {word}", **fields)
            assert answer.status_code == 303, answer.text
    async with database.reading() as uow:
        said = (await uow.session.scalars(select(Message.body).order_by(Message.id))).all()
    assert said == [f"{TYPED} message", f"{TYPED} final"]


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("replies", {"text": "", "word": "message"}, "at least one sentence"),
        ("replies", {"text": TYPED, "word": "final"}, "needs an outcome"),
        ("replies", {"text": TYPED, "word": "final", "outcome": "king"}, "utcome"),
        ("replies", {"text": "x" * 20_001, "word": "message"}, "too long"),
        ("replies", {"text": TYPED, "version": "many"}, "Somebody changed this"),
        ("notes", {"note": " "}, "at least one sentence"),
        ("transfers", {"to": "health", "reason": TYPED}, "with this agency already"),
        ("transfers", {"to": "construction_housing", "reason": ""}, "give a reason"),
        ("transfers", {"to": "nobody knows", "reason": TYPED}, "no such agency"),
        ("extensions", {"until": "tomorrow", "extension_reason": TYPED}, ""),
        ("extensions", {"until": "2027-01-01", "extension_reason": TYPED}, "does not allow"),
        ("closure", {"ending": "", "conclusion": TYPED}, "ground"),
        ("closure", {"ending": "terminated:withdrawn", "conclusion": ""}, "written conclusion"),
        ("closure", {"ending": "satisfied:withdrawn", "conclusion": TYPED}, "utcome"),
    ],
)
async def test_a_refused_form_comes_back_as_it_was_typed(
    database: Database, register: Registering, sit_down: SitDown, act: str, fields: dict[str, str], words: str
) -> None:
    number = (await register()).number
    minister = await sit_down("minister")
    version = {"version": await minister.version_of(number)} if act == "replies" else {}
    before = await events(database)
    answer = await minister.post(f"/appeals/{number}/{act}", {**version, **fields})
    assert answer.status_code in (409, 422), answer.status_code
    assert words in answer.text
    for typed in fields.values():
        assert typed in answer.text or typed in ("message", "satisfied:withdrawn", "king", "many")
    assert await events(database) == before


async def test_files_survive_a_refusal_and_are_sent_once(
    database: Database, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    version = await doctor.version_of(number)
    fields = {"csrf_token": doctor.csrf, "text": TYPED, "word": "final", "version": version}
    files = [("files", ("javob <b>.pdf", PDF, "text/html"))]
    refused = await doctor.client.post(f"/appeals/{number}/replies", data=fields, files=files)
    assert refused.status_code == 422
    assert TYPED in refused.text
    async with database.reading() as uow:
        (kept,) = (await uow.session.scalars(select(Attachment))).all()
    assert f'value="{kept.id}|javob _b_.pdf"' in refused.text
    sent = await doctor.reply(number, TYPED, word="final", outcome="satisfied", kept=f"{kept.id}|javob.pdf")
    assert sent.status_code == 303, sent.text
    link = f"/appeals/{number}/files/{kept.id}"
    assert link in (await doctor.get(f"/appeals/{number}")).text
    got = await doctor.get(link)
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-type"] == "application/pdf", "what the bytes are, not what was claimed"
    builder = await sit_down("builder")
    for stranger in (builder, await sit_down("auditor"), await sit_down("admin")):
        denied = await stranger.get(link)
        missing = await stranger.get(f"/appeals/{number}/files/{'0' * 32}")
        assert (denied.status_code, denied.text) == (404, missing.text)


@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>", b"MZ\x90\x00" * 99])
async def test_a_file_that_is_not_accepted_costs_a_sentence(
    register: Registering, sit_down: SitDown, content: bytes
) -> None:
    number = (await register()).number
    doctor = await sit_down("doctor")
    fields = {"csrf_token": doctor.csrf, "text": TYPED, "word": "message"}
    fields["version"] = await doctor.version_of(number)
    answer = await doctor.client.post(
        f"/appeals/{number}/replies", data=fields, files=[("files", ("a.html", content, "text/html"))]
    )
    assert answer.status_code == 422
    assert "Everything else is kept" in answer.text
    assert TYPED in answer.text


FORMS = {
    "claim": {}, "release": {}, "notes": {"note": TYPED}, "replies": {"text": TYPED, "word": "message"},
    "transfers": {"to": "construction_housing", "reason": TYPED},
    "extensions": {"until": "2026-04-10", "extension_reason": TYPED},
    "closure": {"ending": "terminated:withdrawn", "conclusion": TYPED},
}  # fmt: skip


@pytest.mark.parametrize("act", FORMS)
async def test_only_our_own_forms_do_anything(
    database: Database, register: Registering, sit_down: SitDown, act: str
) -> None:
    number = (await register()).number
    minister, doctor = await sit_down("minister"), await sit_down("doctor")
    before = await events(database)
    path, fields = f"/appeals/{number}/{act}", {**FORMS[act], "version": "1"}
    tokens: tuple[dict[str, str], ...] = (
        {},
        {"csrf_token": ""},
        {"csrf_token": doctor.csrf},
        {"csrf_token": minister.csrf[:-1]},
    )
    for token in tokens:
        assert (await minister.client.post(path, data={**fields, **token})).status_code == 403
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert (await minister.post(path, fields, headers=headers)).status_code == 403
    assert (await minister.client.post(path, json=fields)).status_code in (400, 403)
    looked = await minister.get(path, params={**fields, "csrf_token": minister.csrf})
    assert looked.status_code == 303, "reading an address changes nothing"
    minister.client.cookies.clear()
    stranger = await minister.post(path, fields)
    assert stranger.headers["location"].startswith("/sign-in")
    assert await events(database) == before


async def test_fields_that_no_form_has_are_ignored(
    database: Database, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    async with database.reading() as uow:
        before = (await uow.session.scalars(select(Appeal))).one()
    doctor = await sit_down("doctor")
    extra = {
        column.name: "1" for column in Appeal.__table__.columns if column.name not in ("text", "version")
    }
    extra |= {
        "author": "citizen",
        "author_id": "1",
        "is_admin": "true",
        "created_at": "2020-01-01",
        "final": "true",
    }
    await doctor.reply(number, TYPED, **extra)
    await doctor.post(f"/appeals/{number}/notes", {"note": TYPED, **extra})
    async with database.reading() as uow:
        after = (await uow.session.scalars(select(Appeal))).one()
        said = (await uow.session.scalars(select(Message))).all()
    for name in (
        "agency_id",
        "citizen_id",
        "due_on",
        "registered_on",
        "received_at",
        "number",
        "urgent",
        "text",
    ):
        assert getattr(after, name) == getattr(before, name)
    assert (after.open, after.outcome, after.cycle) == (True, None, 1)
    assert all((m.author, m.final, m.outcome) == ("official", False, None) for m in said)


async def test_what_is_foreign_looks_like_what_is_absent(
    database: Database, register: Registering, sit_down: SitDown
) -> None:
    number = (await register()).number
    builder = await sit_down("builder")
    before = await events(database)
    for path in ("/appeals/{}", "/appeals/{}?done=claimed"):
        foreign, absent = (
            await builder.get(path.format(number)),
            await builder.get(path.format("UZ26-0000-0000")),
        )
        assert (foreign.status_code, foreign.text) == (404, absent.text)
    for act, fields in FORMS.items():
        foreign = await builder.post(f"/appeals/{number}/{act}", {**fields, "version": "1"})
        absent = await builder.post(f"/appeals/UZ26-0000-0000/{act}", {**fields, "version": "1"})
        assert (foreign.status_code, foreign.text) == (404, absent.text), act
    assert await events(database) == before


async def test_junk_in_addresses_is_explained(register: Registering, sit_down: SitDown) -> None:
    await register()
    supervisor = await sit_down("supervisor")
    for query in (
        "view=everything", "status=x", "kind=%01x", "since=yesterday", "until=9999-12-31", "written=xx",
        "verdict=1", "cursor=abc", "cursor=WyJ4IiwgMV0", "cursor=%00", "view=forwarded&q=suv",
        "answered_since=0001-01-01",
    ):  # fmt: skip
        answer = await supervisor.get(f"/inbox?{query}")
        assert answer.status_code == 400, query
        assert "<h1>Inbox</h1>" in answer.text
    for query in (
        "q=%00",
        "q=%25",
        "q=" + "x" * 5000,
        "agency=%00",
        "agency=nobody",
        "done=%3Cscript%3E",
        "after=x",
    ):
        assert (await supervisor.get(f"/inbox?{query}")).status_code in (200, 400), query
    for query in (
        "period=custom",
        "period=x",
        "period=custom&since=2026-05-01&until=2026-01-01",
        "period=%00",
    ):
        answer = await supervisor.get(f"/supervision?{query}")
        assert answer.status_code == 422, query
        assert "<h1>Supervision</h1>" in answer.text
    for number in ("%00", "..%2f..", "a" * 3000, "UZ26", "'--", "%F0%9F%92%A9"):
        assert (await supervisor.get(f"/appeals/{number}")).status_code == 404
