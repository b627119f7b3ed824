"""Records of the packed Almaty: what happened to tasks and projects, out of the sheet of facts.

`tables/records.csv` is written by hand and only ever grows at its end. A row names the fact of the sheet that it tells
of, by indicator, territory, date and value; its source is then the source of that fact. A row without a fact names a
page of `tables/sources.csv` alone. What is written by hand is held against the sheet here: a fact that was not checked
is refused, and so is a number that the sheet does not give.
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from aport.city import schema
from aport.errors import BadData, Fault
from tools.almaty import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Row = dict[str, str]

TABLES = Path(__file__).with_name("tables")
FILE = "records.csv"

_RECORD = (
    "date",
    "task",
    "project",
    "event",
    "said_by",
    "due",
    "indicator",
    "place",
    "value",
    "unit",
    "text_kk",
    "text_ru",
    "text_en",
    "source",
    "note",
)
"""Columns of the schema table `records` without the identifier, which is made here."""

COLUMNS = (*(f"fact_{name}" for name in facts.KEY), "value_in", *_RECORD)
"""`value_in` is `value` where the number is that of the fact, and `text` where it stands in the words of the source."""

_MEND = "Correct it or take the row out"


def load_records(tables: Path = TABLES) -> list[Row]:
    """Read the records, each with its identifier.

    An identifier is made of what the record is of, the event and the date, and a number where several are alike. The
    table only grows at its end, so an identifier never changes.

    Parameters
    ----------
    tables
        Folder with `records.csv`.

    Returns
    -------
    list of dict
        Rows with the columns of the schema table `records`, in the order of the file; every cell is a string.

    Raises
    ------
    aport.errors.BadData
        If the columns are not those wanted or a row is of nothing.
    """
    rows: list[Row] = []
    taken: dict[str, int] = {}
    faults: list[Fault] = []
    for number, row in _read(tables / FILE):
        subject = row["project"] or row["task"]
        if not subject:
            faults.append(Fault(FILE, number, "task", "the record is of no task and no project", "Name one"))
        name = f"{subject}.{row['event']}.{row['date']}"
        taken[name] = taken.get(name, 0) + 1
        name = name if taken[name] == 1 else f"{name}.{taken[name]}"
        rows.append({"record": name, **{column: row[column] for column in _RECORD}})
    if faults:
        raise BadData(faults)
    return rows


def compile_records(
    shared: Path, source_id: Callable[[str, str], str | None], *, tables: Path = TABLES
) -> dict[str, list[Row]]:
    """Compile the table `records` and hold it against the sheet of facts.

    Parameters
    ----------
    shared
        Folder of the shared material; the sheet is `data/almaty-facts.csv` in it.
    source_id
        Gives the identifier of a source by its title and address, or None where the source was left out.
    tables
        Folder with `records.csv`.

    Returns
    -------
    dict of list of dict
        Rows of `records` with the columns of the schema. Every cell is a string.

    Raises
    ------
    aport.errors.BadData
        If a row names no fact of the sheet or one that was not checked, another source than that of its fact, or a
        number that is not that of its fact. All faults are collected and name the row.
    """
    sheet = _sheet(shared)
    faults = [
        fault
        for number, row in _read(tables / FILE)
        if any(row[f"fact_{name}"] for name in facts.KEY)
        for fact in [sheet.get(tuple(row[f"fact_{name}"] for name in facts.KEY))]
        for fault in _faults(number, row, fact, source_id)
    ]
    if faults:
        raise BadData(faults)
    return {"records": load_records(tables)}


def _sheet(shared: Path) -> dict[tuple[str, ...], Row]:
    with (shared / facts.FACTS).open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in facts.KEY): row for row in csv.DictReader(file, strict=True)}


def _faults(
    number: int, row: Row, fact: Mapping[str, str] | None, source_id: Callable[[str, str], str | None]
) -> Iterator[Fault]:
    if fact is None:
        message = f"no fact '{row['fact_indicator']}, {row['fact_territory']}, {row['fact_date']}'"
        yield Fault(FILE, number, "fact_indicator", message, "Copy the four cells from the sheet")
        return
    if fact["checked"] not in facts.CHECKED:
        yield Fault(FILE, number, "fact_indicator", f"'{row['fact_indicator']}' is {fact['checked']}", _MEND)
    source = source_id(fact["source_title"], fact["source_url"])
    if source is None or source != row["source"]:
        message = f"'{row['source']}' is not the source of the fact, which is '{source or 'left out'}'"
        yield Fault(FILE, number, "source", message, "Name the source of the fact")
    if row["value_in"] not in (("value", "text") if row["value"] else ("",)):
        repair = "Write value or text: where the sheet has the number"
        yield Fault(FILE, number, "value_in", f"'{row['value_in']}'", repair)
    elif row["value_in"] == "value":
        yield from _value_faults(number, row, fact)


def _value_faults(number: int, row: Row, fact: Mapping[str, str]) -> Iterator[Fault]:
    unit = schema.units().get(row["unit"])
    try:
        told = Decimal(fact["value"]) * facts.scale_of(fact["unit"], unit.dimension if unit else "")
        if Decimal(row["value"]) == told:
            return
    except InvalidOperation:
        message = f"'{row['value']}' and '{fact['value']}' cannot be held against each other"
    else:
        message = f"{row['value']} is not the {fact['value']} {fact['unit']} of the sheet, which is {told:f}"
    yield Fault(FILE, number, "value", message, "Multiply the value of the sheet as its unit says")


def _read(path: Path) -> Iterator[tuple[int, Row]]:
    """Give the rows with their numbers; the header is row 1."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            repair = f"Write the header as {','.join(COLUMNS)}"
            raise BadData([Fault(path.name, 1, None, "the columns are not those that are wanted", repair)])
        for number, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise BadData([Fault(path.name, number, None, "too many or too few cells", "Quote commas")])
            yield number, row
