"""The schema: which tables a city has, which columns, types, keys, references and limits.

The CSV files in the folder `schema/` are the only truth. Loading, checking, the JSON Schema, the data package and
the tables in the manual are all made from them; a column is added there or nowhere.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aport.errors import UsageError

FOLDER = Path(__file__).with_name("schema")

SLUG = r"[a-z0-9]+([._-]+[a-z0-9]+)*"
PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
"""A year, a month or a day: level 0 of the Extended Date/Time Format."""

REPAIRS = {
    "string": "Write text",
    "slug": "Use small Latin letters and digits joined by single hyphens or points, like dams-aksai-ayusai",
    "integer": "Write a whole number without spaces, like 120",
    "number": "Write a plain number with a decimal point and no spaces, like 18.6",
    "boolean": "Write true or false",
    "date": "Write the day as YEAR-MONTH-DAY, like 2019-10-29",
    "partial_date": "Write a year, a month or a day, like 2019, 2019-10 or 2019-10-29",
    "list": "Separate the entries by single spaces",
    "url": "Write a full address that begins with https:// or http://",
    "unit": "Use one of the units in schema/units.csv",
}
"""What to write in a cell of each type."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its type, its limits and what it means."""

    table: str
    name: str
    type: str
    unit: str
    required: bool
    references: str
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    description: str
    standard: str


@dataclass(frozen=True)
class Table:
    """One table or layer of a city: where it lies, its key and its columns."""

    name: str
    group: str
    """`written` by people, a `layer`, or `computed` by Aport into the results folder."""
    form: str
    file: str
    """File name, or a pattern where the parts of a layer lie in files of their own licence."""
    key: tuple[str, ...]
    optional: bool
    description: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns in their order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Give a column by its name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Unit:
    """A unit of measurement with the words that people read."""

    code: str
    dimension: str
    money: bool
    symbol: dict[str, str]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _limit(text: str) -> float | None:
    return float(text) if text else None


@functools.cache
def version() -> str:
    """Version of the schema; its first number changes when older folders can no longer be read."""
    return (FOLDER / "VERSION").read_text(encoding="utf-8").strip()


@functools.cache
def tables() -> dict[str, Table]:
    """Every table and layer of the schema by name, in the order in which they are kept."""
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns.csv"):
        columns.setdefault(row["table"], []).append(
            Column(
                table=row["table"],
                name=row["column"],
                type=row["type"],
                unit=row["unit"],
                required=row["required"] == "true",
                references=row["references"],
                allowed=tuple(row["allowed"].split()),
                minimum=_limit(row["minimum"]),
                maximum=_limit(row["maximum"]),
                description=row["description"],
                standard=row["standard"],
            )
        )
    return {
        row["table"]: Table(
            name=row["table"],
            group=row["group"],
            form=row["form"],
            file=row["file"],
            key=tuple(row["key"].split()),
            optional=row["optional"] == "true",
            description=row["description"],
            columns=tuple(columns[row["table"]]),
        )
        for row in _rows("tables.csv")
    }


def table(name: str) -> Table:
    """Give a table of the schema by its name.

    Raises
    ------
    UsageError
        When the schema has no such table.
    """
    found = tables().get(name)
    if found is None:
        raise UsageError(f"there is no table {name!r}", repair=f"Tables are: {', '.join(tables())}")
    return found


def written() -> list[Table]:
    """Give the tables that people write, in the order in which they are kept."""
    return [each for each in tables().values() if each.group == "written"]


def layers() -> list[Table]:
    """Give the layers of a city."""
    return [each for each in tables().values() if each.group == "layer"]


@functools.cache
def units() -> dict[str, Unit]:
    """Every unit that a number may have, by its code."""
    return {
        row["unit"]: Unit(
            code=row["unit"],
            dimension=row["dimension"],
            money=row["money"] == "true",
            symbol={language: row[f"symbol_{language}"] for language in ("kk", "ru", "en")},
        )
        for row in _rows("units.csv")
    }


_JSON_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "slug": {"type": "string", "pattern": f"^{SLUG}$"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "partial_date": {"type": "string", "pattern": f"^{PARTIAL_DATE}$"},
    "list": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "unit": {"type": "string"},
}


def json_schema(name: str) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of one row of a table."""
    described = table(name)
    properties: dict[str, Any] = {}
    for column in described.columns:
        entry = dict(_JSON_TYPES[column.type], description=column.description)
        if column.allowed and column.type != "list":
            entry["enum"] = list(column.allowed)
        if column.type == "unit":
            entry["enum"] = list(units())
        if column.minimum is not None:
            entry["minimum"] = column.minimum
        if column.maximum is not None:
            entry["maximum"] = column.maximum
        properties[column.name] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "description": described.description,
        "type": "object",
        "properties": properties,
        "required": [column.name for column in described.columns if column.required],
        "additionalProperties": False,
    }
