"""Tables as CSV: text on the disk, typed pandas columns in memory, every fault named by row and column."""

from __future__ import annotations

import csv
import difflib
import io
import re
import textwrap
from typing import TYPE_CHECKING, Any

from aport.city.schema import PARTIAL_DATE, REPAIRS, SLUG, Column, Table, units
from aport.errors import BadData, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

FIRST_ROW = 2
"""Number of the first row of data, as a spreadsheet counts: the header is row 1."""

SHOWN_FAULTS = 20
"""Faults of one kind in one column that are listed one by one; the rest is counted."""

_PATTERNS = {
    "slug": re.compile(SLUG),
    "partial_date": re.compile(PARTIAL_DATE),
    "url": re.compile(r"https?://[^\s]+\.[^\s]+"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "boolean": re.compile(r"true|false"),
    "list": re.compile(r"\S+( \S+)*"),
}
_KINDS = {
    "slug": "an identifier",
    "partial_date": "a date",
    "url": "an address",
    "date": "a date",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "list": "a list",
}


def decode(content: bytes, file: str) -> tuple[str, list[Fault]]:
    """Decode UTF-8, with or without a byte order mark; say where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return "", [
            Fault(
                file,
                row,
                None,
                f"byte {error.start} is not UTF-8 text",
                "Save the file as UTF-8 (CSV UTF-8 in a spreadsheet)",
            )
        ]
    if "\0" in text:
        return "", [Fault(file, None, None, "this is not a text file", "Put the CSV file of the table in its place")]
    return text, []


def read_table(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """Read a table and check each cell against the schema.

    Parameters
    ----------
    path
        The CSV file.
    table
        What the schema says of it.

    Returns
    -------
    The rows as typed columns (text columns hold "" where a cell is empty) and the faults found. Where the header is
    wrong or the file cannot be read, the frame is empty.
    """
    file = path.name
    if not path.is_file():
        if table.optional:
            return empty(table), []
        repair = f"Put it back; an empty table has one line: {','.join(table.names)}"
        return empty(table), [Fault(file, None, None, "the file is missing", repair)]
    text, faults = decode(path.read_bytes(), file)
    if faults:
        return empty(table), faults
    try:
        records = [record for record in csv.reader(io.StringIO(text, newline=""), strict=True) if record]
    except csv.Error as error:
        return empty(table), [Fault(file, None, None, f"not a CSV file: {error}", "Check its quotation marks")]
    if not records:
        repair = f"Write the header: {','.join(table.names)}"
        return empty(table), [Fault(file, 1, None, "the file is empty", repair)]
    header, rows = records[0], records[1:]
    faults = _header_faults(header, table, file) or _length_faults(header, rows, file)
    if faults:
        return empty(table), faults
    return _typed({name: [row[i] for row in rows] for i, name in enumerate(header)}, table, file)


def _header_faults(header: list[str], table: Table, file: str) -> list[Fault]:
    missing = [name for name in table.names if name not in header]
    extra = [name for name in header if name not in table.names]
    faults = []
    for name in extra:
        near = difflib.get_close_matches(name, missing, n=1)
        repair = f"Rename it {near[0]}" if near else f"Take it out; columns are {', '.join(table.names)}"
        faults.append(Fault(file, 1, name, "the schema has no such column", repair))
    faults += [
        Fault(file, 1, name, "the column is missing", "Add it; its cells may be empty where it is not required")
        for name in missing
    ]
    faults += [
        Fault(file, 1, name, "the column stands twice", "Keep one of them")
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    return faults


def _length_faults(header: list[str], rows: list[list[str]], file: str) -> list[Fault]:
    return _capped(
        [
            Fault(
                file,
                FIRST_ROW + i,
                None,
                f"the row has {len(row)} cells and the header {len(header)}",
                "Give it as many; put quotation marks round text that holds a comma",
            )
            for i, row in enumerate(rows)
            if len(row) != len(header)
        ]
    )


def _typed(cells: dict[str, list[str]], table: Table, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    import pandas as pd

    faults: list[Fault] = []
    columns: dict[str, Any] = {}
    for column in table.columns:
        raw = pd.Series(cells[column.name], dtype="str")
        columns[column.name], found = _column(raw, column, file)
        faults += found
    frame = pd.DataFrame(columns)
    return frame, faults + _key_faults(frame, table, file)


def _column(raw: pd.Series[str], column: Column, file: str) -> tuple[Any, list[Fault]]:
    """Turn the text of one column into its type and list what does not fit."""
    faults: list[Fault] = []

    def report(bad: pd.Series[bool], message: str, repair: str) -> None:
        rows = bad.to_numpy().nonzero()[0]
        found = [
            Fault(file, FIRST_ROW + int(i), column.name, message.format(cell=_short(str(raw.iloc[int(i)]))), repair)
            for i in rows[:SHOWN_FAULTS]
        ]
        if len(rows) > SHOWN_FAULTS:
            found.append(
                Fault(
                    file,
                    None,
                    column.name,
                    f"{len(rows) - SHOWN_FAULTS} more rows have the same fault",
                    repair,
                )
            )
        faults.extend(found)

    empty_cell = raw == ""
    if column.required:
        report(empty_cell, "the cell is empty and the column is required", REPAIRS[column.type])
    bad = empty_cell & False
    pattern = _PATTERNS.get(column.type)
    if pattern is not None:
        bad = ~empty_cell & ~raw.str.fullmatch(pattern)
        report(bad, "{cell} is not " + _KINDS[column.type], REPAIRS[column.type])
    allowed = tuple(units()) if column.type == "unit" else column.allowed
    if allowed:
        unknown = ~empty_cell & ~bad & ~_members(raw, allowed, column)
        report(unknown, "{cell} is not allowed here", f"Write one of: {', '.join(allowed)}")
    values, wrong = _converted(raw.mask(bad, ""), column)
    report(wrong, "{cell} is not a day of the calendar", REPAIRS[column.type])
    if column.minimum is not None:
        report(
            (values < column.minimum).fillna(False).astype(bool),
            f"{{cell}} is below {column.minimum:g}",
            "Correct it",
        )
    if column.maximum is not None:
        report(
            (values > column.maximum).fillna(False).astype(bool),
            f"{{cell}} is above {column.maximum:g}",
            "Correct it",
        )
    return values, faults


def _members(raw: pd.Series[str], allowed: tuple[str, ...], column: Column) -> pd.Series[bool]:
    if column.type != "list":
        return raw.isin(allowed)
    return raw.map(lambda cell: all(entry in allowed for entry in cell.split(" "))).astype(bool)


def _converted(raw: pd.Series[str], column: Column) -> tuple[Any, pd.Series[bool]]:
    """Convert clean text; the second value marks dates that are on no calendar."""
    import pandas as pd

    nothing = raw == ""
    wrong = nothing & False
    match column.type:
        case "integer":
            return pd.to_numeric(raw.where(~nothing, None), errors="coerce").astype("Int64"), wrong
        case "number":
            return pd.to_numeric(raw.where(~nothing, None), errors="coerce").astype("float64"), wrong
        case "boolean":
            return raw == "true", wrong
        case "date":
            values = pd.to_datetime(raw.where(~nothing, None), format="%Y-%m-%d", errors="coerce")
            return values, values.isna() & ~nothing
        case _:
            return raw, wrong


def _key_faults(frame: pd.DataFrame, table: Table, file: str) -> list[Fault]:
    """List the rows whose key another row has already."""
    key = list(table.key)
    twice = frame.duplicated(key, keep="first").to_numpy().nonzero()[0]
    if not len(twice):
        return []
    first = frame.reset_index().groupby(key, dropna=False)["index"].min()
    faults = []
    for i in twice:
        values = tuple(frame.loc[int(i), key])
        row = FIRST_ROW + int(first[values if len(key) > 1 else values[0]])
        said = " ".join(str(value) for value in values)
        faults.append(
            Fault(
                file,
                FIRST_ROW + int(i),
                key[-1],
                f"{said} stands in row {row} already",
                "Give each row a key of its own",
            )
        )
    return _capped(faults)


def _capped(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= SHOWN_FAULTS:
        return faults
    rest = faults[SHOWN_FAULTS]
    return [
        *faults[:SHOWN_FAULTS],
        Fault(
            rest.file,
            None,
            rest.column,
            f"{len(faults) - SHOWN_FAULTS} more rows have the same fault",
            rest.repair,
        ),
    ]


def _short(cell: str) -> str:
    return repr(textwrap.shorten(cell, 40, placeholder="..."))


def empty(table: Table) -> pd.DataFrame:
    """Give a table without rows, its columns typed."""
    return _typed({name: [] for name in table.names}, table, table.file)[0]


def from_rows(rows: Iterable[dict[str, Any]], table: Table) -> pd.DataFrame:
    """Make a typed table from rows of cells; cells that a row lacks are empty.

    Raises
    ------
    BadData
        When a row does not fit the schema.
    """
    cells: dict[str, list[str]] = {name: [] for name in table.names}
    for row in rows:
        unknown = set(row) - set(cells)
        if unknown:
            message = "the schema has no such column"
            raise BadData([Fault(table.file, None, column, message, "Take it out") for column in sorted(unknown)])
        for name, column in cells.items():
            column.append(cell_text(row.get(name)))
    frame, faults = _typed(cells, table, table.file)
    if faults:
        raise BadData(faults)
    return frame


def cell_text(value: Any) -> str:
    """Write one value as the text of a cell: the shortest that reads back the same."""
    import pandas as pd

    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return "" if value != value else _number_text(value)  # noqa: PLR0124 (only NaN differs from itself)
    if value is pd.NA or value is pd.NaT:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return cell_text(value.item())


def _number_text(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def table_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """Write a table as CSV: UTF-8, one newline a row, columns in the order of the schema."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.names)
    columns = [[cell_text(value) for value in frame[name].tolist()] for name in table.names]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode()
