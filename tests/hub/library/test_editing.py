"""Editors write entries: drafts, publication, retirement, history, undo; nobody overwrites anybody."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.i18n import speaking
from hub.foundation.sentences import sentence
from hub.foundation.vocabulary import Role
from hub.library import agencies, catalogue, editing
from hub.library.catalogue import EntryFilter
from hub.library.entry_views import EntryContent, EntryView, LanguageText
from hub.library.library import Library
from hub.people.actors import OfficialActor
from tests.hub.appeals.conftest import official
from tests.hub.library.conftest import VACCINE, Editors

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("small_country")]


async def created(database: Database, actor: OfficialActor, code: str = "tick-vaccine") -> EntryView:
    async with database.unit_of_work() as uow:
        return await editing.create_entry(uow, actor, code=code, content=VACCINE, note="asked often")


async def opened(database: Database, actor: OfficialActor, code: str) -> EntryView:
    async with database.reading() as uow:
        return await catalogue.open_entry(uow, actor, code)


async def test_an_entry_from_first_draft_to_undo(database: Database, editors: Editors) -> None:
    draft = await created(database, editors.dilnoza)
    assert (draft.state, draft.version, draft.live, draft.draft_waits) == ("draft", 1, None, True)
    assert draft.agency is not None
    assert draft.agency.code == "health"
    async with database.unit_of_work() as uow:
        public = await editing.publish(uow, editors.dilnoza, code="tick-vaccine", version=1)
    assert (public.state, public.version, public.draft_waits) == ("published", 2, False)
    text = replace(VACCINE.texts[0], answer="Платно, 120 000 сумов.")
    async with database.unit_of_work() as uow:
        changed = await editing.save_draft(
            uow, editors.dilnoza, code="tick-vaccine", content=replace(VACCINE, texts=(text,)), version=2
        )
    assert changed.live == VACCINE, "the public still sees what was published"
    assert changed.content.in_language("ru").answer == "Платно, 120 000 сумов."
    async with database.unit_of_work() as uow:
        await editing.publish(uow, editors.dilnoza, code="tick-vaccine", version=3, note="new price")
    async with database.unit_of_work() as uow:
        undone = await editing.publish_again(
            uow, editors.dilnoza, code="tick-vaccine", number=2, version=4, note="the price was wrong"
        )
    assert undone.live == VACCINE
    assert [(line.number, line.act, line.live) for line in undone.history] == [
        (5, "restored", True),
        (4, "published", False),
        (3, "drafted", False),
        (2, "published", False),
        (1, "drafted", False),
    ]
    assert undone.history[0].by == "Dilnoza"
    async with database.reading() as uow:
        (change,) = await catalogue.compare(uow, editors.dilnoza, "tick-vaccine", older=2, newer=4)
    assert (change.field, change.language) == ("answer", "ru")
    assert change.after == "Платно, 120 000 сумов."
    async with database.unit_of_work() as uow:
        retired = await editing.retire(uow, editors.dilnoza, code="tick-vaccine", version=5)
    assert (retired.state, retired.live) == ("retired", None)


async def test_two_editors_cannot_overwrite_each_other(database: Database, editors: Editors) -> None:
    await created(database, editors.dilnoza)

    async def save(actor: OfficialActor, answer: str) -> None:
        text = replace(VACCINE.texts[0], answer=answer)
        async with database.unit_of_work() as uow:
            await editing.save_draft(
                uow, actor, code="tick-vaccine", content=replace(VACCINE, texts=(text,)), version=1
            )

    results = await asyncio.gather(
        save(editors.dilnoza, "Бесплатно."), save(editors.malika, "Платно."), return_exceptions=True
    )
    (refused,) = [one for one in results if one is not None]
    assert isinstance(refused, HubError)
    assert refused.code == "version_conflict"
    assert (await opened(database, editors.malika, "tick-vaccine")).version == 2


async def test_two_first_changes_of_an_entry_of_the_pack(database: Database, editors: Editors) -> None:
    shipped = await opened(database, editors.malika, "appeal-kinds")
    assert (shipped.origin, shipped.state, shipped.version) == ("pack", "published", 0)

    async def retire() -> None:
        async with database.unit_of_work() as uow:
            await editing.retire(uow, editors.malika, code="appeal-kinds", version=0)

    results = await asyncio.gather(retire(), retire(), return_exceptions=True)
    assert [getattr(one, "code", None) for one in results if one] == ["version_conflict"]
    view = await opened(database, editors.malika, "appeal-kinds")
    assert (view.origin, view.state) == ("both", "retired")
    assert [line.act for line in view.history] == ["retired", "shipped"]
    async with database.unit_of_work() as uow:
        back = await editing.publish_again(uow, editors.malika, code="appeal-kinds", number=1, version=2)
    assert back.live == shipped.live


async def test_a_draft_of_a_pack_entry_leaves_the_pack_s_text_to_the_public(
    database: Database, editors: Editors
) -> None:
    shipped = await opened(database, editors.malika, "appeal-kinds")
    changed = replace(shipped.content, source="Law ZRU-445, art. 5, read again")
    async with database.unit_of_work() as uow:
        view = await editing.save_draft(uow, editors.malika, code="appeal-kinds", content=changed, version=0)
    assert (view.state, view.version, view.draft_waits) == ("published", 2, True)
    assert view.live == shipped.content
    assert [(line.act, line.live) for line in view.history] == [("drafted", False), ("shipped", True)]


async def test_each_editor_edits_what_their_agency_owns(database: Database, editors: Editors) -> None:
    await created(database, editors.dilnoza)
    for actor, code in ((editors.bobur, "not_found"), (editors.doctor, "not_allowed")):
        with pytest.raises(HubError) as refused:
            async with database.unit_of_work() as uow:
                await editing.save_draft(uow, actor, code="tick-vaccine", content=VACCINE, version=1)
        assert refused.value.code == code
    with pytest.raises(HubError, match="not_found"):
        await opened(database, editors.bobur, "tick-vaccine")
    async with database.unit_of_work() as uow:
        await editing.publish(uow, editors.dilnoza, code="tick-vaccine", version=1)
    seen = await opened(database, editors.bobur, "tick-vaccine")
    assert (seen.editable, seen.history, seen.live) == (False, (), VACCINE)
    with pytest.raises(HubError, match="not_allowed"):
        async with database.unit_of_work() as uow:
            await editing.retire(uow, editors.bobur, code="tick-vaccine", version=2)
    given = replace(VACCINE, agency="justice")
    with pytest.raises(HubError, match="not_allowed"):
        async with database.unit_of_work() as uow:
            await editing.save_draft(uow, editors.dilnoza, code="tick-vaccine", content=given, version=2)
    admin = await opened(database, editors.admin, "tick-vaccine")
    assert (admin.editable, len(admin.history)) == (False, 2)
    with pytest.raises(HubError, match="not_allowed"):
        async with database.unit_of_work() as uow:
            await editing.retire(uow, editors.admin, code="tick-vaccine", version=2)
    with pytest.raises(HubError, match="not_allowed"):
        async with database.reading() as uow:
            await catalogue.list_entries(uow, editors.doctor, EntryFilter())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topic": "astrology"}, "unknown_topic"),
        ({"agency": "no-such-body"}, "unknown_agency"),
        ({"valid_from": date(2026, 5, 2), "valid_to": date(2026, 5, 1)}, "bad_validity"),
        ({"texts": ()}, "entry_title_missing"),
        ({"texts": (LanguageText("tlh", "nuqneH"),)}, "bad_language"),
        ({"texts": (LanguageText("ru", "я" * 301),)}, "entry_text_too_long"),
        ({"texts": (LanguageText("ru", "я", "", tuple(map(str, range(301)))),)}, "too_many_phrasings"),
        ({"kind": "agency"}, "entry_kind_fixed"),
    ],
)
async def test_content_that_no_entry_may_have(
    sqlite_database: Database, change: dict[str, object], code: str
) -> None:
    malika = await _malika(sqlite_database)
    content = replace(VACCINE, **change)  # type: ignore[arg-type]
    with pytest.raises(HubError) as refused:
        async with sqlite_database.unit_of_work() as uow:
            await editing.create_entry(uow, malika, code="tick-vaccine", content=content)
    assert refused.value.code == code
    with speaking("en"):
        assert "%(" not in sentence(refused.value)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"texts": (LanguageText("ru", "Где?"),)}, "entry_answer_missing"),
        (
            {"texts": (LanguageText("ru", "Где?", "Тут."), LanguageText("en", "", "Here."))},
            "entry_title_missing",
        ),
        ({"source": " "}, "entry_source_missing"),
        ({"checked_on": None}, "entry_checked_missing"),
    ],
)
async def test_a_draft_may_be_unfinished_but_not_public(
    sqlite_database: Database, change: dict[str, object], code: str
) -> None:
    malika = await _malika(sqlite_database)
    content = replace(VACCINE, **change)  # type: ignore[arg-type]
    async with sqlite_database.unit_of_work() as uow:
        await editing.create_entry(uow, malika, code="tick-vaccine", content=content)
    with pytest.raises(HubError) as refused:
        async with sqlite_database.unit_of_work() as uow:
            await editing.publish(uow, malika, code="tick-vaccine", version=1)
    assert refused.value.code == code


@pytest.mark.parametrize(("code", "refusal"), [("health", "entry_taken"), ("appeal-kinds", "entry_taken"),
    ("hokimiyat_region", "entry_taken"), ("Ab c", "bad_entry_code"), ("", "bad_entry_code")])  # fmt: skip
async def test_a_new_code_is_its_own(sqlite_database: Database, code: str, refusal: str) -> None:
    malika = await _malika(sqlite_database)
    with pytest.raises(HubError, match=refusal):
        async with sqlite_database.unit_of_work() as uow:
            await editing.create_entry(uow, malika, code=code, content=VACCINE)


async def _malika(database: Database) -> OfficialActor:
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
    return await official(database, "malika", Role.EDITOR, "reception")


async def test_the_list_is_pack_and_stored_together(database: Database, editors: Editors) -> None:
    await created(database, editors.dilnoza)
    library = database.resources.of(Library)
    codes: list[str] = []
    cursor = None
    while True:
        async with database.reading() as uow:
            page = await catalogue.list_entries(uow, editors.malika, EntryFilter(), cursor, limit=20)
        codes += [line.code for line in page.items]
        if (cursor := page.next) is None:
            break
    assert codes == sorted(set(codes))
    assert {"tick-vaccine", "health", "hokimiyat_district", *library.pack.faq_by_id} <= set(codes)

    async def listed(actor: OfficialActor, wanted: EntryFilter) -> list[str]:
        async with database.reading() as uow:
            return [line.code for line in (await catalogue.list_entries(uow, actor, wanted)).items]

    assert "tick-vaccine" not in await listed(editors.bobur, EntryFilter(q="прививк"))
    assert await listed(editors.dilnoza, EntryFilter(q="ПРИВИВКУ от клещ")) == ["tick-vaccine"]
    assert await listed(editors.dilnoza, EntryFilter(state="draft")) == ["tick-vaccine"]
    assert await listed(editors.dilnoza, EntryFilter(kind="agency", mine=True)) == ["health"]
    assert "who-notary" in await listed(editors.bobur, EntryFilter(mine=True))
    assert await listed(editors.bobur, EntryFilter(draft_waits=True)) == []


async def test_the_words_of_a_body_are_edited_and_nothing_else_of_it(
    database: Database, editors: Editors
) -> None:
    health = await opened(database, editors.dilnoza, "health")
    assert health.content.kind == "agency"
    words = (LanguageText("ru", "забыть", "это", ("поликлиника", "  аптека ", "аптека", "!")),)
    async with database.unit_of_work() as uow:
        view = await editing.save_draft(
            uow, editors.dilnoza, code="health", content=replace(health.content, texts=words), version=0
        )
    assert view.content.texts == (LanguageText("ru", "", "", ("поликлиника", "аптека")),)
    nothing: EntryContent = replace(health.content, texts=())
    async with database.unit_of_work() as uow:
        await editing.save_draft(uow, editors.dilnoza, code="health", content=nothing, version=2)
    with pytest.raises(HubError, match="entry_words_missing"):
        async with database.unit_of_work() as uow:
            await editing.publish(uow, editors.dilnoza, code="health", version=3)
