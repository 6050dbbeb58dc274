"""Calendar months of a legal term."""

from calendar import monthrange
from datetime import date


def add_months(start: date, count: int) -> date:
    """The same day number `count` months later, clipped to the month's last day: 31 January -> 28 February.

    Always counted from the original start: two single steps are not one double step.
    Raises OverflowError past the year 9999.
    """
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    if year > 9999:
        raise OverflowError("date out of range")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
