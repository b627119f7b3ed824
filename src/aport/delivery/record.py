"""One thing that happened to a task or a project, when, and who says so; and what must hold of such records."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.city.dates import span_of
from aport.city.tabular import FIRST_ROW
from aport.errors import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aport.city import City

FILE = "records.csv"

OWNER = "owner"
"""Who says so: the one who was to deliver. Everybody else is independent of the outcome."""

PLANS = frozenset({"planned", "funded", "contracted", "promised"})
WORK = frozenset({"started", "progress"})
ENDS = frozenset({"stopped", "contract-ended"})
REFUSALS = frozenset({"cancelled", "banned", "abolished"})


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record.

    Attributes
    ----------
    date, due
        Known to the year, the month or the day; `due` is "" where no date was promised.
    task, project
        What it is of: one of them, or both.
    event
        What happened.
    value
        In `unit`; None where no number was stated.
    position
        Place in the table, which settles the order of records of one date.
    """

    id: str
    date: str
    task: str
    project: str
    event: str
    said_by: str
    due: str
    indicator: str
    place: str
    value: float | None
    unit: str
    source: str
    position: int

    @functools.cached_property
    def span(self) -> tuple[dt.date, dt.date]:
        """First and last day that the date may mean."""
        return span_of(self.date)

    @functools.cached_property
    def due_span(self) -> tuple[dt.date, dt.date]:
        """First and last day that the promised date may mean; only where there is one."""
        return span_of(self.due)

    @property
    def subject(self) -> tuple[str, str]:
        """What it is of in the first place: `("project", id)`, or `("task", id)` where it names no project."""
        return ("project", self.project) if self.project else ("task", self.task)

    @property
    def independent(self) -> bool:
        """Tell whether somebody else than the owner says so."""
        return self.said_by != OWNER

    def after(self, other: Record) -> bool:
        """Tell whether it surely happened after another: dates that overlap do not tell."""
        return self.span[0] > other.span[1]


def records_of(city: City, *, today: dt.date) -> list[Record]:
    """Give the records of a city up to a day, oldest first.

    Records of one first day stand in the order in which they were added.
    """
    rows = (_record(row, position) for position, row in enumerate(city.rows("records")))
    return sorted((each for each in rows if each.span[0] <= today), key=lambda each: (each.span[0], each.position))


def _record(row: Mapping[str, Any], position: int) -> Record:
    plain = {name: row[name] or "" for name in _TEXTS}
    return Record(id=row["record"], value=row["value"], position=position, **plain)


_TEXTS = ("date", "task", "project", "event", "said_by", "due", "indicator", "place", "unit", "source")


def record_faults(
    rows: Sequence[Mapping[str, Any]], *, today: dt.date, units: Mapping[str, str] | None = None
) -> list[Fault]:
    """Give what is wrong with records that fit the schema, each with row, column and repair.

    Parameters
    ----------
    rows
        Rows of the table `records` in their order.
    today
        The day after which nothing can have happened yet.
    units
        Unit of each indicator; where it is given, a value must have the unit of its indicator.
    """
    started = _first_starts(rows)
    return [
        Fault(FILE, number, column, message, repair)
        for number, row in enumerate(rows, FIRST_ROW)
        for column, message, repair in _row_faults(row, today, units or {}, started)
    ]


def _first_starts(rows: Iterable[Mapping[str, Any]]) -> dict[str, dt.date]:
    """First day on which each project may have been started."""
    first: dict[str, dt.date] = {}
    for row in rows:
        if row["event"] == "started" and row["project"]:
            day = span_of(row["date"])[0]
            first[row["project"]] = min(day, first.get(row["project"], day))
    return first


def _row_faults(
    row: Mapping[str, Any], today: dt.date, units: Mapping[str, str], started: Mapping[str, dt.date]
) -> Iterator[tuple[str, str, str]]:
    first, last = span_of(row["date"])
    if not row["task"] and not row["project"]:
        yield "task", "the record is of no task and no project", "Name one of them"
    if first > today:
        yield "date", f"{row['date']} lies in the future", "Write when it was said; a promised date goes into due"
    if row["due"] and span_of(row["due"])[1] < first:
        yield "due", f"{row['due']} lies before the record of {row['date']}", "Correct one of the two dates"
    if (row["value"] is None) != (not row["unit"]):
        yield "unit", "a value and its unit stand together", "Fill in both or empty both"
    wanted = units.get(row["indicator"] or "")
    if wanted and row["unit"] and row["unit"] != wanted:
        message = f"the unit is {row['unit']} and {row['indicator']} has {wanted}"
        yield "unit", message, "Convert the value or correct the unit"
    if row["event"] == "completed" and last < started.get(row["project"], last):
        message = f"{row['project']} is completed before it is started: the records are out of order"
        yield "date", message, "Correct the date of one of the two"
