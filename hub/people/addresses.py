"""Where a citizen is reached: chats and mailboxes, sealed, found again by a keyed token."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from hub.foundation.db import UnitOfWork
from hub.foundation.security import Vault
from hub.foundation.vocabulary import ChannelName
from hub.people.models import Address, Citizen


def address_token(vault: Vault, channel: str, account: str, external_id: str) -> str:
    """What `Address.token` holds for a chat id or an e-mail address (the latter in any case of letters)."""
    known_as = external_id.casefold() if channel == ChannelName.EMAIL else external_id
    return vault.token("address", f"{channel}\0{account}\0{known_as}")


async def find_address(uow: UnitOfWork, *, channel: str, account: str, external_id: str) -> Address | None:
    token = address_token(uow.of(Vault), channel, account, external_id)
    return await uow.session.scalar(
        select(Address).where(Address.channel == channel, Address.account == account, Address.token == token)
    )


async def tie(uow: UnitOfWork, citizen_id: int, *, channel: str, account: str, external_id: str) -> Address:
    """Adds the address to the citizen; one that is known already stays with whom it belongs to."""
    known = await find_address(uow, channel=channel, account=account, external_id=external_id)
    if known is not None:
        return known
    vault = uow.of(Vault)
    address = Address(
        citizen_id=citizen_id,
        channel=channel,
        account=account,
        token=address_token(vault, channel, account, external_id),
        sealed=vault.seal(external_id),
        created_at=uow.now,
    )
    try:
        async with uow.session.begin_nested():
            uow.session.add(address)
    except IntegrityError:
        # Another process wrote the same address between our look and our insert: theirs is the one.
        known = await find_address(uow, channel=channel, account=account, external_id=external_id)
        if known is None:
            raise
        return known
    return address


async def new_citizen(uow: UnitOfWork, *, language: str | None = None) -> int:
    """A citizen without an address, as at the public reception or the desk."""
    citizen = Citizen(language=language, created_at=uow.now)
    uow.session.add(citizen)
    await uow.session.flush()
    return citizen.id


async def addresses_of(uow: UnitOfWork, citizen_id: int) -> tuple[Address, ...]:
    rows = await uow.session.scalars(
        select(Address).where(Address.citizen_id == citizen_id).order_by(Address.id)
    )
    return tuple(rows)


async def block(uow: UnitOfWork, address_id: int) -> None:
    """The person has shut this channel; it opens again when they write."""
    await uow.session.execute(
        update(Address)
        .where(Address.id == address_id, Address.blocked_at.is_(None))
        .values(blocked_at=uow.now)
        .execution_options(synchronize_session="fetch")
    )


async def move(uow: UnitOfWork, address_id: int, external_id: str) -> None:
    """The network gave the chat another id: what is written to this address goes there from now on."""
    address = await uow.session.get_one(Address, address_id)
    known = await find_address(uow, channel=address.channel, account=address.account, external_id=external_id)
    address.sealed = uow.of(Vault).seal(external_id)
    if known is None:
        address.token = address_token(uow.of(Vault), address.channel, address.account, external_id)
    await uow.session.flush()
