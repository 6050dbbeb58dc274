"""Rendering: one Jinja environment for every page, in the reader's language, escaped always."""

from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2_fragments import render_block
from starlette.responses import HTMLResponse

from hub.appeals import words
from hub.foundation import dates
from hub.foundation.i18n import LANGUAGE_NAMES, LANGUAGES, _, current_language, ngettext
from hub.web import library_words
from hub.web.bundle import asset, icon


@cache
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("hub.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Or a filter on a constant is worked out once, in the language of whoever came first.
        optimized=False,
        auto_reload=False,
    )
    env.globals.update(_=_, ngettext=ngettext, asset=asset, icon=icon)
    env.filters.update(
        written=dates.write_date,
        days_left=dates.write_days_left,
        kind=words.kind_word,
        status=words.status_word,
        outcome=words.outcome_word,
        verdict=words.verdict_word,
        delivery=words.delivery_word,
        role=words.role_word,
        clock=words.clock_word,
        channel=words.channel_word,
        ground=words.ground_word,
        entry_state=library_words.state_word,
        entry_act=library_words.act_word,
        entry_field=library_words.field_word,
        instant=_instant,
        instant_in=_instant_in,
        local_day=_local_day,
        day_before=_day_before,
    )
    return env


@pass_context
def _instant(context: Context, moment: Any) -> str:
    """An instant in the country's own time; pages get `zone` from `page`."""
    return dates.write_instant(moment, context["zone"]) if moment is not None else ""


def _instant_in(moment: datetime | None, zone: tzinfo) -> str:
    """`instant` for macros, which see no context."""
    return dates.write_instant(moment, zone) if moment is not None else ""


def _local_day(moment: datetime, zone: tzinfo) -> str:
    return dates.write_date(moment.astimezone(zone).date())


def _day_before(moment: datetime, zone: tzinfo) -> str:
    """The last day of a span that ends before `moment`."""
    return dates.write_date(moment.astimezone(zone).date() - timedelta(days=1))


def page(template: str, *, status: int = 200, block: str | None = None, **context: Any) -> HTMLResponse:
    """The page, or one block of it for HTMX. Templates that show times need `zone` in the context."""
    shown = {
        "lang": current_language(),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "flashes": [],
        **context,
    }
    env = environment()
    html = render_block(env, template, block, shown) if block else env.get_template(template).render(shown)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
