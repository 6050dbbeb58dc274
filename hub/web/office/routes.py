"""Every address of the officials' pages."""

from fastapi import APIRouter

from hub.web.office import acts, admin, appeal, files, inbox, sign_in, stream, supervision
from hub.web.office.library import routes as library

router = APIRouter(include_in_schema=False)
for part in (sign_in, inbox, stream, appeal, files, acts, supervision, library, admin):
    router.include_router(part.router)
