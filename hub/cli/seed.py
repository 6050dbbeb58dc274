"""Demo people: officials of several bodies, a head, a supervisor, a clerk, an editor, an administrator."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from hub.foundation.db import Database, UnitOfWork
from hub.foundation.settings import Settings
from hub.foundation.vocabulary import Role
from hub.library import agencies
from hub.people import officials
from hub.people.roster import find_official


@dataclass(frozen=True, slots=True)
class DemoPerson:
    login: str
    name: str
    role: Role
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """`post` says in words what the person is."""

    login: str
    password: str
    name: str
    post: str


PEOPLE = (
    DemoPerson("health", "Nodira Yusupova", Role.OFFICIAL, "health"),
    DemoPerson("health-head", "Rustam Karimov", Role.HEAD, "health"),
    DemoPerson("construction", "Jasur Tursunov", Role.OFFICIAL, "construction_housing"),
    DemoPerson("energy", "Gulnora Rahimova", Role.OFFICIAL, "energy"),
    DemoPerson("transport", "Bekzod Aliyev", Role.OFFICIAL, "transport"),
    DemoPerson("interior", "Sherzod Nazarov", Role.OFFICIAL, "interior"),
    DemoPerson("school", "Malika Ergasheva", Role.OFFICIAL, "school_education"),
    DemoPerson("social", "Zuhra Qodirova", Role.OFFICIAL, "social_protection"),
    DemoPerson("tashkent", "Otabek Mirzayev", Role.OFFICIAL, "hokimiyat:1726"),
    DemoPerson("reception", "Lola Saidova", Role.OFFICIAL, "reception"),
    DemoPerson("clerk", "Feruza Hamidova", Role.REGISTRAR, "reception"),
    DemoPerson("editor", "Kamola Rashidova", Role.EDITOR, "reception"),
    DemoPerson("supervisor", "Anvar Ismoilov", Role.SUPERVISOR),
    DemoPerson("admin", "Dilshod Umarov", Role.ADMIN),
)


async def seed_demo(database: Database) -> tuple[SignIn, ...]:
    """Agencies of the pack and the demo people; safe to repeat.

    Passwords are made once and kept in a file that only its owner may read; an account without a kept
    password gets a new one.
    """
    path = sign_ins_path(database.resources.of(Settings))
    kept = _read(path)
    async with database.unit_of_work() as uow:
        await agencies.sync(uow)
        sign_ins = tuple([await _person(uow, person, kept) for person in PEOPLE])
    _write(path, sign_ins)
    return sign_ins


def sign_ins_path(settings: Settings) -> Path:
    return settings.data_dir / "demo-sign-ins.json"


async def _person(uow: UnitOfWork, person: DemoPerson, kept: dict[str, SignIn]) -> SignIn:
    exists = await find_official(uow, person.login) is not None
    if exists and person.login in kept:
        return kept[person.login]
    issued = (
        await officials.reset(uow, person.login)
        if exists
        else await officials.add(
            uow, login=person.login, role=person.role, agency=person.agency, name=person.name
        )
    )
    post = f"{person.role.value}, {person.agency or 'every agency'}"
    return SignIn(person.login, issued.password, person.name, post)


def _read(path: Path) -> dict[str, SignIn]:
    if not path.exists():
        return {}
    return {line["login"]: SignIn(**line) for line in json.loads(path.read_text(encoding="utf-8"))}


def _write(path: Path, sign_ins: tuple[SignIn, ...]) -> None:
    text = json.dumps([asdict(one) for one in sign_ins], ensure_ascii=False, indent=1)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as target:
        target.write(text)
