"""Every address of the library's pages; the fixed ones before those that name an entry."""

from fastapi import APIRouter

from hub.web.office.library import acts, checks, entry, exchange, history, listing, new

router = APIRouter()
for part in (listing, new, checks, exchange, history, acts, entry):
    router.include_router(part.router)
