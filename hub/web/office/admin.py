"""What the administrator looks up: officials, agencies, and how this installation is set up."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from hub.foundation.i18n import _
from hub.foundation.settings import Settings
from hub.library import agencies
from hub.people.directory import list_officials
from hub.web.doors import Official, database_of
from hub.web.office.appeal import EVERY_BODY
from hub.web.office.frame import show

router = APIRouter()


@router.get("/admin")
async def admin(request: Request, session: Official, cursor: str = "") -> Response:
    """Errors: not_found for everybody else."""
    async with database_of(request).reading() as uow:
        officials = await list_officials(uow, session.actor, cursor or None)
        bodies = await agencies.search(uow, "", session.actor.language, EVERY_BODY)
    return show(
        request,
        session,
        "office/admin.html",
        active="admin",
        officials=officials,
        names={body.code: body.name for body in bodies},
        bodies=bodies,
        set_up=_set_up(request),
        cursor=cursor,
    )


def _set_up(request: Request) -> list[tuple[str, str]]:
    """How it runs, without any secret."""
    settings: Settings = request.app.state.settings
    return [
        (_("Environment"), settings.environment),
        (_("Address for citizens"), settings.base_url),
        (_("Country pack"), settings.country_pack),
        (_("Database"), "SQLite" if database_of(request).is_sqlite else "PostgreSQL"),
        (_("Telegram"), settings.telegram_mode if settings.telegram_token else _("no bot token")),
        (_("E-mail"), settings.mail_from if settings.smtp_url else _("no mail server")),
    ]
