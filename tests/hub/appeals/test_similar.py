"""More than one: Aziza writes twice, her neighbours write of the same, the official sees how many."""

import pytest
from sqlalchemy import func, select

from hub.appeals import citizen_acts, intake, official_acts, similar, similar_index, waves
from hub.appeals.inbox import InboxFilter, count_inbox, list_inbox
from hub.appeals.models import Appeal, AppealTerm, Link
from hub.appeals.similar import Around
from hub.appeals.views import Applicant, Draft
from hub.foundation.db import Database
from hub.foundation.errors import HubError
from hub.foundation.vocabulary import Kind, Outcome, Status
from hub.people.actors import OfficialActor, VisitorActor
from tests.conftest import SettableClock
from tests.hub.appeals.conftest import WATER, People, Registering, applicant

pytestmark = pytest.mark.anyio

WATER_AGAIN = "уйимизда 1 хафтадан бери ичимлик суви йўқ, водопровод ишламаяпти, илтимос ёрдам беринг"
NEIGHBOUR = "Mahallamizda ichimlik suvi kelmayapti, vodoprovod uch kundan beri quruq."
LIGHT = "Koʻchamizdagi chiroqlar uch oydan beri yonmaydi, kechqurun bolalar qoʻrqib yuradi."
CHILONZOR, YUNUSOBOD = "1726294", "1726266"
PHONE = "+998 90 123 45 67"
VISITOR = VisitorActor("en")


def visitor_draft(text: str = WATER, **changes: object) -> Draft:
    fields = {"applicant": applicant(), "kind": Kind.APPLICATION, "agency": "health", "consent": True}
    return Draft(text=text, **(fields | changes))  # type: ignore[arg-type]


async def around(database: Database, actor: OfficialActor, number: str) -> Around:
    async with database.reading() as uow:
        return await similar.around(uow, actor, number)


async def numbers(database: Database, actor: OfficialActor, chosen: InboxFilter) -> list[str]:
    async with database.reading() as uow:
        chosen = await similar.narrowed(uow, actor, chosen)
        listed = [line.number for line in (await list_inbox(uow, actor, chosen)).items]
        assert await count_inbox(uow, actor, chosen) == len(listed)
        return listed


async def answer(database: Database, people: People, number: str) -> None:
    async with database.unit_of_work() as uow:
        await official_acts.reply(
            uow, people.doctor, number, text="Tiklandi.", final=True, outcome=Outcome.SATISFIED
        )


async def test_the_same_written_again_is_told_before_it_is_sent(
    database: Database, people: People, register: Registering
) -> None:
    first = await register()
    draft = visitor_draft(WATER_AGAIN)
    async with database.reading() as uow:
        told = await intake.registered_already(uow, people.aziza, draft, key="draft-2")
        assert [(one.number, one.status, one.due_on) for one in told] == [
            (first.number, Status.REGISTERED, first.due_on)
        ]
        assert told[0].proven
        assert await intake.registered_already(uow, people.timur, draft) == (), "another person"
        other = visitor_draft(LIGHT)
        assert await intake.registered_already(uow, people.aziza, other) == (), "another matter"
    second = await register(text=WATER_AGAIN)
    assert second.number != first.number, "a separate appeal is never refused"
    assert second.similar == (first.number,)
    assert first.similar == ()
    found = await around(database, people.doctor, second.number)
    assert [(link.kind, link.number, link.earlier) for link in found.links] == [
        ("duplicate", first.number, True)
    ]
    assert [(one.number, one.same_person) for one in found.own] == [(first.number, True)]
    assert found.count == 0, "nobody else wrote"


async def test_a_draft_that_was_sent_already_is_not_its_own_earlier_one(
    database: Database, people: People, register: Registering
) -> None:
    await register(key="draft-1")
    async with database.reading() as uow:
        assert await intake.registered_already(uow, people.aziza, visitor_draft(), key="draft-1") == ()


async def test_after_an_answer_it_is_a_repeat_for_a_year(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    first = await register()
    await answer(database, people, first.number)
    clock.advance(days=300)
    async with database.reading() as uow:
        assert await intake.registered_already(uow, people.aziza, visitor_draft()) == (), "nothing to add to"
    repeat = await register()
    assert repeat.similar == (first.number,)
    found = await around(database, people.doctor, repeat.number)
    assert [(link.kind, link.number, link.earlier) for link in found.links] == [
        ("repeat", first.number, True)
    ]
    assert (await around(database, people.doctor, first.number)).links[0].earlier is False
    clock.advance(days=400)
    assert (await register()).similar == ()


async def test_a_telephone_number_ties_visits_but_proves_nothing(
    database: Database, people: People, register: Registering
) -> None:
    person = Applicant(name="Nodira Yusupova", address="Samarqand viloyati, Urgut tumani", phone=PHONE)
    first = await register(VISITOR, applicant=person)
    async with database.reading() as uow:
        told = await intake.registered_already(uow, VISITOR, visitor_draft(applicant=person))
        assert [(one.number, one.proven) for one in told] == [(first.number, False)]
        for changes in ({"text": WATER_AGAIN}, {"text": "Suv yoʻq"}, {"confidential": True}):
            draft = visitor_draft(**({"applicant": person} | changes))
            assert await intake.registered_already(uow, VISITOR, draft) == ()
        assert await intake.registered_already(uow, VISITOR, visitor_draft()) == (), "no number given"
    second = await register(VISITOR, applicant=person)
    assert (await around(database, people.doctor, second.number)).own[0].number == first.number


async def test_a_confidential_appeal_is_tied_to_nobody(
    database: Database, people: People, register: Registering
) -> None:
    open_one = await register()
    hidden = await register(confidential=True)
    for number, other in ((hidden.number, open_one.number), (open_one.number, hidden.number)):
        found = await around(database, people.doctor, number)
        assert (found.links, found.own) == ((), ())
        assert [one.number for one in found.others] == [other], "the text is alike; whose it is stays unsaid"
    async with database.reading() as uow:
        assert not (await uow.session.scalars(select(Link))).all()


async def test_of_the_neighbours_those_of_the_same_place_stand_first(
    database: Database, people: People, register: Registering
) -> None:
    mine = await register(district=CHILONZOR)
    far = await register(people.timur, text=WATER, district=YUNUSOBOD)
    near = await register(people.timur, text=NEIGHBOUR, district=CHILONZOR)
    await register(people.timur, text=LIGHT, district=CHILONZOR)
    closed = await register(people.timur, text=NEIGHBOUR + " Chora koʻring.", district=CHILONZOR)
    await answer(database, people, closed.number)
    found = await around(database, people.doctor, mine.number)
    assert [one.number for one in found.others] == [near.number, far.number]
    assert (found.count, found.counted, found.own) == (2, True, ())
    listed = await numbers(database, people.doctor, InboxFilter(similar=mine.number))
    assert set(listed) == {mine.number, near.number, far.number}
    every = await numbers(database, people.doctor, InboxFilter(similar=mine.number, view="all"))
    assert set(every) == {*listed, closed.number}


async def test_nobody_learns_of_appeals_they_may_not_read(
    database: Database, people: People, register: Registering
) -> None:
    ours = await register()
    theirs = await register(people.timur, agency="construction_housing")
    about = await register(people.timur, agency="construction_housing", about="health", kind=Kind.COMPLAINT)
    assert (await around(database, people.doctor, ours.number)).count == 0
    assert (await around(database, people.supervisor, ours.number)).count == 2
    assert (await around(database, people.builder, ours.number)) == Around()
    assert await numbers(database, people.doctor, InboxFilter(similar=ours.number)) == [ours.number]
    builder = await numbers(database, people.builder, InboxFilter(similar=theirs.number))
    assert set(builder) == {theirs.number, about.number}
    for actor, number in (
        (people.doctor, theirs.number),
        (people.auditor, ours.number),
        (people.doctor, "UZ26-0000-0000"),
        (people.doctor, "suv"),
    ):
        with pytest.raises(HubError, match="bad_filter"):
            await numbers(database, actor, InboxFilter(similar=number))


async def test_a_list_nobody_looked_up_is_empty_never_whole(
    database: Database, people: People, register: Registering
) -> None:
    number = (await register()).number
    async with database.reading() as uow:
        assert (await list_inbox(uow, people.doctor, InboxFilter(similar=number))).items == ()


async def test_words_added_later_do_not_change_what_an_appeal_is_about(
    database: Database, people: People, register: Registering
) -> None:
    first = await register()
    async with database.unit_of_work() as uow:
        await citizen_acts.add_message(uow, people.aziza, first.number, text=LIGHT * 5)
    second = await register(people.timur)
    assert (await around(database, people.doctor, second.number)).others[0].similarity == 1
    assert (await register(text=LIGHT)).similar == ()


async def test_five_of_one_place_are_a_wave(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    members = [
        (await register(people.timur, text=f"{WATER} {n}-uy", district=CHILONZOR)).number for n in range(4)
    ]
    await register(people.timur, district=YUNUSOBOD)
    await register(people.timur, text=LIGHT, district=CHILONZOR)
    elsewhere = await register(people.timur, district=CHILONZOR, agency="construction_housing")
    await look(database)
    async with database.reading() as uow:
        lines = (await list_inbox(uow, people.doctor, InboxFilter())).items
        marked = {line.number: line.wave for line in lines if line.wave}
        supervisors = (await list_inbox(uow, people.supervisor, InboxFilter())).items
    assert set(marked) == set(members), "those of another place or matter are not part of it"
    mark = marked[members[0]]
    assert mark is not None
    assert (mark.count, mark.place) == (4, CHILONZOR), "the fifth is with another agency: not this reader's"
    assert {line.wave.count for line in supervisors if line.wave} == {5}
    wave = InboxFilter(view="all", wave=mark.wave)
    assert set(await numbers(database, people.doctor, wave)) == set(members), "the number opens its list"
    assert await numbers(database, people.builder, wave) == [elsewhere.number]
    assert await numbers(database, people.auditor, wave) == []


async def test_four_within_three_days_are_none(
    database: Database, clock: SettableClock, people: People, register: Registering
) -> None:
    for _ in range(6):
        await register(people.timur, district=CHILONZOR)
        await look(database)
        clock.advance(days=1)
    async with database.reading() as uow:
        lines = (await list_inbox(uow, people.doctor, InboxFilter())).items
    assert not any(line.wave for line in lines)


async def look(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await waves.notice(uow, 100)
        assert await waves.notice(uow) == 0, "each appeal is looked at once"


async def test_appeals_from_before_the_index_are_entered_and_erased_ones_leave(
    database: Database, people: People, register: Registering
) -> None:
    old, new = await register(), await register(people.timur)
    async with database.unit_of_work() as uow:
        ids = list(await uow.session.scalars(select(Appeal.id)))
        await similar_index.forget(uow, ids)
    assert (await around(database, people.doctor, new.number)).count == 0
    await look(database)
    assert (await around(database, people.doctor, new.number)).others[0].number == old.number
    async with database.unit_of_work() as uow:
        await similar_index.forget(uow, ids)
        assert await uow.session.scalar(select(func.count()).select_from(AppealTerm)) == 0


async def test_a_text_without_a_telling_word_is_like_nothing(
    database: Database, people: People, register: Registering
) -> None:
    first = await register(text="7")
    second = await register(people.timur, text="...va 8")
    for receipt in (first, second):
        assert await around(database, people.doctor, receipt.number) == Around()
