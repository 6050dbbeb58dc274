"""An answered appeal becomes the draft of an entry, which an editor finishes."""

from hub.foundation.db import UnitOfWork
from hub.people.actors import OfficialActor


async def propose_entry(uow: UnitOfWork, actor: OfficialActor, number: str) -> str:
    """The code of the draft; the same one when this answer was proposed before.

    Title: what was asked; answer: the reply; owner: the agency; names, numbers and contacts masked.
    Errors: not_found, not_allowed, nothing_to_propose.
    """
    raise NotImplementedError
