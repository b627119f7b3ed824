"""Periods and dates that are known to the year, the month or the day."""

from __future__ import annotations

import calendar
import datetime as dt

_DAYS_IN_A_MONTH = 365.2425 / 12


def span_of(partial: str) -> tuple[dt.date, dt.date]:
    """Give the first and last day that a partial date may mean.

    >>> span_of("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    numbers = [int(part) for part in partial.split("-")]
    match numbers:
        case [year]:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        case [year, month]:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        case [year, month, day]:
            return dt.date(year, month, day), dt.date(year, month, day)
        case _:
            raise ValueError(partial)


def months_between(start: dt.date, end: dt.date) -> int:
    """Length of a period in whole months: 0 for a day, 3 for a quarter, 12 for a year.

    >>> months_between(dt.date(2019, 1, 1), dt.date(2019, 9, 30))
    9
    """
    return round(((end - start).days + 1) / _DAYS_IN_A_MONTH)


def days_apart(day: dt.date, start: dt.date, end: dt.date) -> int:
    """Days from a day to the nearest day of a period; 0 where the period holds it."""
    if start <= day <= end:
        return 0
    return (start - day).days if day < start else (day - end).days


def add_months(day: dt.date, months: int) -> dt.date:
    """Move a day by whole months, staying within the month it falls in.

    >>> add_months(dt.date(2019, 10, 31), -8)
    datetime.date(2019, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
