"""What editors publish reaches every process; what does not fit leaves the running library alone."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from hub.app import create_resources
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.live import Bell
from hub.foundation.settings import Settings
from hub.library import catalogue, editing, stored
from hub.library.entry_views import EntryContent
from hub.library.library import Library
from hub.library.models import LibraryEntry, LibraryVersion
from hub.library.shelf import Shelf
from hub.people.actors import OfficialActor
from tests.conftest import SettableClock
from tests.hub.library.conftest import VACCINE, Editors, small_library

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("small_country")]

QUESTION = "прививка от клеща"


async def published(
    database: Database, actor: OfficialActor, content: EntryContent = VACCINE, code: str = "tick-vaccine"
) -> int:
    """Publishes the content as a new entry; its version."""
    async with database.unit_of_work() as uow:
        draft = await editing.create_entry(uow, actor, code=code, content=content)
        return (await editing.publish(uow, actor, code=code, version=draft.version)).version


def library(database: Database) -> Library:
    return database.resources.of(Library)


async def test_another_process_notices_and_readers_keep_what_they_hold(
    database: Database, editors: Editors, settings: Settings, clock: SettableClock
) -> None:
    before = library(database)
    resources = create_resources(settings)
    resources.provide(Library, small_library)
    web = Database(database.url, resources, clock, pool_size=2)
    try:
        shelf = Shelf(web)
        await shelf.open()
        held = library(web)
        assert held.answer("tick-vaccine", "ru") is None
        await published(database, editors.dilnoza)
        assert await shelf.look()
        answer = library(web).answer("tick-vaccine", "kaa")
        assert answer is not None
        assert (answer.language, answer.translated) == ("ru", False)
        assert library(web).decide(QUESTION).ranking[0].id == "tick-vaccine"
        assert held.answer("tick-vaccine", "ru") is None, "whoever holds the old one is not disturbed"
        assert not await shelf.look(), "nothing new, nothing built"
    finally:
        await web.dispose()
    assert library(database) is before, "this process has not looked yet"
    assert await Shelf(database).look()
    assert library(database).answer("tick-vaccine", "ru") is not None


async def test_a_running_process_keeps_itself_current(database: Database, editors: Editors) -> None:
    library(database)
    stop = asyncio.Event()
    keeping = asyncio.create_task(Shelf(database).keep_current(stop))
    await published(database, editors.dilnoza)
    async with asyncio.timeout(60):
        while library(database).answer("tick-vaccine", "ru") is None:  # noqa: ASYNC110 -- what is asked
            await asyncio.sleep(0.02)
    stop.set()
    database.resources.of(Bell).ring(stored.BELL)
    await keeping


async def test_the_first_library_of_a_process_has_the_stored_entries(
    database: Database, editors: Editors, settings: Settings, clock: SettableClock
) -> None:
    await published(database, editors.dilnoza)
    started = Database(database.url, create_resources(settings), clock, pool_size=2)
    try:
        await Shelf(started).open()
        assert library(started).edition == 1
        assert library(started).answer("tick-vaccine", "ru") is not None
    finally:
        await started.dispose()


async def test_retired_and_replaced_entries_of_the_pack(database: Database, editors: Editors) -> None:
    shipped = library(database).answer("appeal-kinds", "ru")
    assert shipped is not None
    async with database.reading() as uow:
        content = (await catalogue.open_entry(uow, editors.malika, "appeal-kinds")).content
    texts = tuple(replace(text, answer=f"{text.answer} +") for text in content.texts)
    async with database.unit_of_work() as uow:
        await editing.save_draft(
            uow, editors.malika, code="appeal-kinds", content=replace(content, texts=texts), version=0
        )
        await editing.publish(uow, editors.malika, code="appeal-kinds", version=2)
    await Shelf(database).look()
    replaced = library(database).answer("appeal-kinds", "ru")
    assert replaced is not None
    assert replaced.text == f"{shipped.text} +"
    async with database.unit_of_work() as uow:
        await editing.retire(uow, editors.malika, code="appeal-kinds", version=3)
    await Shelf(database).look()
    assert library(database).answer("appeal-kinds", "ru") is None
    assert all(m.id != "appeal-kinds" for m in library(database).router.rank(shipped.title))


async def test_words_of_a_body_send_messages_to_it(database: Database, editors: Editors) -> None:
    async with database.reading() as uow:
        health = await catalogue.open_entry(uow, editors.dilnoza, "health")
    texts = (replace(health.content.in_language("ru"), phrasings=("жвачка прилипла к подошве",)),)
    async with database.unit_of_work() as uow:
        await editing.save_draft(
            uow, editors.dilnoza, code="health", content=replace(health.content, texts=texts), version=0
        )
        await editing.publish(uow, editors.dilnoza, code="health", version=2)
    await Shelf(database).look()
    ranked = library(database).router.rank_kind("жвачка прилипла к подошве", "agency")
    assert ranked[0].id == "health"


async def test_dates_take_effect_without_a_restart(
    database: Database, editors: Editors, clock: SettableClock
) -> None:
    """Tashkent's Tuesday begins at 19:00 of Monday in UTC."""
    old = replace(VACCINE, source="Order 12")
    await published(database, editors.dilnoza, old)
    tomorrow = date(2026, 3, 3)
    new = replace(VACCINE, source="Order 13", valid_from=tomorrow, valid_to=tomorrow)
    async with database.unit_of_work() as uow:
        await editing.save_draft(uow, editors.dilnoza, code="tick-vaccine", content=new, version=2)
        await editing.publish(uow, editors.dilnoza, code="tick-vaccine", version=3)
    shelf = Shelf(database)

    def source() -> str | None:
        answer = library(database).answer("tick-vaccine", "ru")
        return answer.source if answer else None

    assert await shelf.look()
    assert source() == "Order 12", "until the day comes, what was published before stands"
    clock.advance(hours=13)
    assert not await shelf.look()
    clock.advance(hours=2)
    assert await shelf.look()
    assert source() == "Order 13"
    clock.advance(days=1)
    assert await shelf.look()
    assert source() is None, "its last day is over"
    clock.advance(days=1)
    assert not await shelf.look()


async def test_a_build_that_fails_leaves_the_running_library_and_says_so(
    database: Database, editors: Editors
) -> None:
    await published(database, editors.dilnoza)
    await Shelf(database).look()
    running = library(database)
    async with database.unit_of_work() as uow:
        broken = LibraryEntry(
            code="health", kind="faq", state="published", version=1, live_version=1, titles={}, search="",
            updated_at=uow.now,
        )  # fmt: skip
        uow.session.add(broken)
        await uow.session.flush()
        uow.session.add(
            LibraryVersion(
                entry_id=broken.id, number=1, act="published", content={"kind": "faq"}, note="", at=uow.now
            )
        )
        await stored.raise_edition(uow)
    shelf = Shelf(database)
    assert not await shelf.look()
    assert library(database) is running
    async with database.reading() as uow:
        state = await catalogue.library_state(uow, editors.admin)
    assert (state.edition, state.serving) == (2, 1)
    assert "health" in state.failure
    assert state.failed_at is not None
    async with database.unit_of_work() as uow:
        await uow.session.delete(await uow.session.get_one(LibraryVersion, 3))
        await uow.session.delete(await uow.session.get_one(LibraryEntry, broken.id))
        await stored.raise_edition(uow)
    assert await shelf.look()
    async with database.reading() as uow:
        healed = await catalogue.library_state(uow, editors.admin)
        assert (healed.edition, healed.serving, healed.failure) == (3, 3, "")
        with pytest.raises(HubError, match="not_allowed"):
            await catalogue.library_state(uow, editors.doctor)


async def test_readers_never_wait_for_a_build(database: Database, editors: Editors) -> None:
    """While the new library is built, the loop goes on and the old one answers."""
    library(database)
    await published(database, editors.dilnoza)
    looking = asyncio.create_task(Shelf(database).look())
    answered = 0
    while not looking.done():
        library(database).decide("как подать жалобу")
        answered += 1
        await asyncio.sleep(0.005)
    assert await looking
    assert answered > 5


async def test_a_rebuilt_library_promises_what_the_operator_set(
    database: Database, editors: Editors, settings: Settings, clock: SettableClock
) -> None:
    strict = settings.model_copy(update={"answer_precision": 0.999})
    resources = create_resources(strict)
    resources.provide(Library, small_library)
    web = Database(database.url, resources, clock, pool_size=2)
    try:
        shelf = Shelf(web)
        await shelf.open()
        await published(database, editors.dilnoza)
        assert await shelf.look()
        assert await Shelf(database).look()
        usual, promised = (library(one).decide(f"{QUESTION} где") for one in (database, web))
        assert (usual.kind, promised.kind) == ("answer", "ask")
        assert usual.confidence == promised.confidence > 0.95
    finally:
        await web.dispose()
