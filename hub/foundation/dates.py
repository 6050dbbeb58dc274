"""Dates and spans in words, in the language in force."""

from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_datetime

from hub.foundation.i18n import _, babel_locale, current_language, ngettext

#: CLDR writes Karakalpak dates in Cyrillic; these are the Latin names (2016 orthography).
KAA_MONTHS = (
    "yanvar", "fevral", "mart", "aprel", "may", "iyun",
    "iyul", "avgust", "sentyabr", "oktyabr", "noyabr", "dekabr",
)  # fmt: skip


def write_date(day: date) -> str:
    """`21-noyabr, 2026`, `21 ноября 2026 г.`, `21 November 2026`."""
    language = current_language()
    if language == "kaa":
        return f"{day.day}-{KAA_MONTHS[day.month - 1]}, {day.year}"
    if language == "en":
        return format_date(day, "d MMMM y", locale="en")
    return format_date(day, "long", locale=babel_locale(language))


def write_instant(instant: datetime, zone: tzinfo) -> str:
    """Date and time of day in `zone`."""
    local = instant.astimezone(zone)
    if current_language() == "kaa":
        return f"{write_date(local.date())} {local:%H:%M}"
    return f"{write_date(local.date())}, {format_datetime(local, 'HH:mm', locale='en')}"


def write_days_left(days: int) -> str:
    """How far off a due date is, in calendar days; negative means it has passed."""
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(num)s day left", "%(num)s days left", days)
    return ngettext("overdue by %(num)s day", "overdue by %(num)s days", -days)
