"""Indicators, observations and targets of the packed Almaty, out of the sheet of facts.

The sheet has one fact in a row and no identifiers: indicator, territory, date and value together name a row. The
hand-written tables in `tables/` say what a row is: an observation of an indicator, a target, or neither. The reading
of a value is written down by hand and checked against the sheet here, because the sheet writes "m" for millions and
for metres and hides "more than" in the unit. Every row of the sheet ends in one of the tables or is left out with
the reason.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from aport.city import schema
from aport.errors import BadData, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = dict[str, str]
    Key = tuple[str, str, str, str]

FACTS = Path("data") / "almaty-facts.csv"
TABLES = Path(__file__).with_name("tables")
TASKS = Path(__file__).with_name("task-ids.csv")

KEY = ("indicator", "territory", "date", "value")
SEED = "Seed document"
CHECKED = frozenset({"confirmed", "corrected"})
NOT_CHECKED = {
    "unchecked": "Unchecked against its source",
    "not_found": "The text of its source could not be read",
}
NO_SOURCE = "Source not citable"
_MEND = "Correct it or take the row out"

_SCALES = {"thousand": 1_000, "m": 1_000_000, "bn": 1_000_000_000, "trn": 1_000_000_000_000}
# First that is found decides: "no more than" holds "more than".
_QUALIFIERS = (
    ("no more than", "le"),
    ("up to", "le"),
    ("more than", "gt"),
    ("at least", "ge"),
    ("nearly", "about"),
    ("about", "about"),
)


@dataclass(frozen=True)
class _Mapped:
    """A row of a hand-written table with the fact that it reads."""

    file: str
    number: int
    row: Row
    fact: Row

    def fault(self, column: str, message: str, repair: str = _MEND) -> Fault:
        return Fault(self.file, self.number, column, message, repair)


def compile_facts(
    shared: Path, source_id: Callable[[str, str], str | None], *, tables: Path = TABLES
) -> dict[str, list[Row]]:
    """Compile the tables that come out of the sheet of facts.

    Parameters
    ----------
    shared
        Folder of the shared material; the sheet is `data/almaty-facts.csv` in it.
    source_id
        Gives the identifier of a source by its title and address, or None where the source was left out; the facts
        of such a source are left out too.
    tables
        Folder of the hand-written tables.

    Returns
    -------
    dict of list of dict
        Rows of `indicators`, `observations`, `targets` and `task_indicators` with the columns of the schema, and of
        `left_out` without its running number. Every cell is a string.

    Raises
    ------
    aport.errors.BadData
        If a hand-written row names no fact of the sheet or one that was not checked, reads its value or qualifier
        otherwise than the sheet writes it, or names an indicator or unit that does not exist; or if a fact is
        neither read nor left out by a rule. All faults are collected and name the file and the row.
    """
    facts = _facts(shared)
    indicators = {row["indicator"]: row for _, row in _read(tables / "indicators.csv", _columns("indicators"))}
    faults = list(_indicator_faults(indicators))
    observed = _mapped(tables / "observations.csv", _OBSERVATION_COLUMNS, facts, faults)
    aimed = _mapped(tables / "targets.csv", _TARGET_COLUMNS, facts, faults)
    for mapped in observed:
        faults += _observation_faults(mapped, indicators)
    for mapped in aimed:
        faults += _target_faults(mapped, indicators)
    task_indicators = _task_indicators(tables, indicators, faults)
    left_out = _left_out(tables, facts, {_key(m.fact) for m in (*observed, *aimed)}, source_id, faults)
    if faults:
        raise BadData(faults)
    return {
        "indicators": [_cells("indicators", row) for row in indicators.values()],
        "observations": _observations(observed, indicators, source_id),
        "targets": _targets(aimed, indicators, source_id),
        "task_indicators": task_indicators,
        "left_out": left_out,
    }


def period_slug(start: dt.date, end: dt.date) -> str:
    """Name a period inside an identifier: as short as it can be said.

    >>> period_slug(dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    '2019'
    >>> period_slug(dt.date(2019, 1, 1), dt.date(2019, 9, 30))
    '2019-01-to-2019-09'
    """
    if start == end:
        return start.isoformat()
    last_day = calendar.monthrange(end.year, end.month)[1]
    length = len("2019-10-29")
    if start.day == 1 and end.day == last_day:
        length = len("2019-10")
        if start.month == 1 and end.month == len(calendar.month_name) - 1:
            length = len("2019")
    first, last = start.isoformat()[:length], end.isoformat()[:length]
    return first if first == last else f"{first}-to-{last}"


def scale_of(unit: str, dimension: str) -> int:
    """Give by how much a value of the sheet is to be multiplied, by the words of its unit.

    The sheet writes "m" for metres too, so only the dimension of the indicator tells what it means.

    >>> scale_of("bn tenge", "money"), scale_of("m a year", "count"), scale_of("m", "length"), scale_of("m2", "area")
    (1000000000, 1000000, 1, 1)
    """
    word = unit.split(" ", maxsplit=1)[0].rstrip(",")
    return 1 if word == "m" and dimension == "length" else _SCALES.get(word, 1)


def comparator_of(unit: str) -> str:
    """Give the comparator that the words of a unit of the sheet ask for.

    >>> comparator_of("thousand (more than)"), comparator_of("t")
    ('gt', 'eq')
    """
    return next((comparator for words, comparator in _QUALIFIERS if words in unit), "eq")


_FACT_KEY_COLUMNS = tuple(f"fact_{name}" for name in KEY)
_OBSERVATION_COLUMNS = (
    *_FACT_KEY_COLUMNS,
    "value_in",
    "indicator",
    "place",
    "start",
    "end",
    "comparator",
    "value",
    "price_year",
    "basis",
    "derived",
    "document",
    "note",
)
_TARGET_COLUMNS = (
    "target",
    *_FACT_KEY_COLUMNS,
    "value_in",
    "indicator",
    "place",
    "comparator",
    "value",
    "due",
    "set_by_kk",
    "set_by_ru",
    "set_by_en",
    "set_on",
    "document",
    "note",
)
_RULE_COLUMNS = ("topic", "indicator", "date", "value", "reason")
_SCALED_BY_HAND = "Multiply the value of the sheet by thousand, million or billion as its unit says"


def _columns(table: str) -> tuple[str, ...]:
    return tuple(schema.table(table).names)


def _cells(table: str, row: Mapping[str, str]) -> Row:
    return {name: row.get(name, "") for name in schema.table(table).names}


def _read(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Give the rows of a table with their numbers; the header is row 1."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if list(reader.fieldnames or ()) != list(columns):
            repair = f"Write the header as {','.join(columns)}"
            raise BadData([Fault(path.name, 1, None, "the columns are not those that are wanted", repair)])
        for number, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise BadData([Fault(path.name, number, None, "too many or too few cells", "Quote commas")])
            yield number, row


def _facts(shared: Path) -> dict[Key, Row]:
    path = shared / FACTS
    facts: dict[Key, Row] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, strict=True), 2):
            if _key(row) in facts:
                message = f"'{_short(row)}' stands twice"
                raise BadData([Fault(path.name, number, None, message, "Keep one of the rows")])
            facts[_key(row)] = row
    return facts


def _key(fact: Mapping[str, str]) -> Key:
    return fact["indicator"], fact["territory"], fact["date"], fact["value"]


def _short(fact: Mapping[str, str]) -> str:
    return f"{fact['indicator']}, {fact['territory']}, {fact['date']}: {fact['value']} {fact['unit']}".rstrip()


def _mapped(path: Path, columns: Sequence[str], facts: Mapping[Key, Row], faults: list[Fault]) -> list[_Mapped]:
    """Join the rows of a hand-written table with their facts; a fact is read once in a table."""
    found: dict[Key, _Mapped] = {}
    for number, row in _read(path, columns):
        wanted = _key({name: row[f"fact_{name}"] for name in KEY})
        fact = facts.get(wanted)
        if fact is None:
            message = f"no fact '{', '.join(wanted)}'"
            faults.append(Fault(path.name, number, "fact_indicator", message, "Copy the four cells from the sheet"))
        elif fact["checked"] not in CHECKED:
            message = f"'{_short(fact)}' is {fact['checked']}"
            faults.append(Fault(path.name, number, "fact_indicator", message, _MEND))
        elif wanted in found:
            message = f"'{_short(fact)}' is read in row {found[wanted].number} already"
            faults.append(Fault(path.name, number, "fact_indicator", message, "Keep one of the rows"))
        else:
            found[wanted] = _Mapped(path.name, number, row, fact)
    return list(found.values())


def _indicator_faults(indicators: Mapping[str, Row]) -> Iterator[Fault]:
    for number, row in enumerate(indicators.values(), 2):
        if row["unit"] not in schema.units():
            message = f"the unit '{row['unit']}' is not in the schema"
            yield Fault("indicators.csv", number, "unit", message, "Take a unit of schema/units.csv")
        if row["previous"] and row["previous"] not in indicators:
            message = f"no indicator '{row['previous']}'"
            yield Fault("indicators.csv", number, "previous", message, _MEND)
        if len({bool(row[f"standard_{part}"]) for part in ("value", "name", "source")}) > 1:
            message = "a standard needs its value, its name and its source"
            yield Fault("indicators.csv", number, "standard_value", message, "Fill all three or none")


def _number(mapped: _Mapped) -> Decimal | None:
    try:
        value = Decimal(mapped.row["value"])
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _value_faults(mapped: _Mapped, indicator: Mapping[str, str]) -> Iterator[Fault]:
    """Hold the value that was read by hand against the sheet."""
    value = _number(mapped)
    if value is None:
        yield mapped.fault("value", f"'{mapped.row['value']}' is no number", "Write plain digits with a point")
        return
    if mapped.row["value_in"] not in ("value", "text"):
        yield mapped.fault("value_in", f"'{mapped.row['value_in']}'", "Write value or text: where the sheet has it")
    if mapped.row["value_in"] == "text":
        return
    try:
        told = Decimal(mapped.fact["value"]) * scale_of(mapped.fact["unit"], _dimension(indicator))
    except InvalidOperation:
        yield mapped.fault("fact_value", f"'{mapped.fact['value']}' is no number and cannot be read as one")
        return
    if value != told:
        message = f"{value} is not the {mapped.fact['value']} {mapped.fact['unit']} of the sheet, which is {told:f}"
        yield mapped.fault("value", message, _SCALED_BY_HAND)


def _observation_faults(mapped: _Mapped, indicators: Mapping[str, Row]) -> Iterator[Fault]:
    row, unit = mapped.row, mapped.fact["unit"]
    indicator = indicators.get(row["indicator"])
    if indicator is None:
        yield mapped.fault("indicator", f"no indicator '{row['indicator']}'")
        return
    yield from _value_faults(mapped, indicator)
    told = comparator_of(unit) if row["value_in"] == "value" else "eq"
    if told not in ("eq", row["comparator"]):
        yield mapped.fault("comparator", f"'{row['comparator']}' where the sheet says '{unit}'", f"Write {told}")
    if "(computed" in unit and row["derived"] != "true":
        yield mapped.fault("derived", f"'{row['derived']}' where the sheet says '{unit}'", "Write true")
    if mapped.fact["source_title"].startswith(SEED) != bool(row["document"]):
        yield mapped.fault("document", "only facts of the document itself name it", "Name it or empty the cell")
    try:
        start, end = _period(row)
    except ValueError:
        yield mapped.fault("start", f"'{row['start']}' to '{row['end']}' is no period", "Write days as 2019-10-29")
        return
    if start > end:
        yield mapped.fault("end", "the period ends before it begins", "Exchange the days")
    priced = str(end.year) if _is_money(indicator) else ""
    if row["price_year"] != priced:
        yield mapped.fault("price_year", f"'{row['price_year']}'", f"Write '{priced}': current prices of the period")


def _is_money(indicator: Mapping[str, str]) -> bool:
    unit = schema.units().get(indicator["unit"])
    return unit is not None and unit.money


def _dimension(indicator: Mapping[str, str]) -> str:
    unit = schema.units().get(indicator["unit"])
    return unit.dimension if unit else ""


def _period(row: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])


def _target_faults(mapped: _Mapped, indicators: Mapping[str, Row]) -> Iterator[Fault]:
    indicator = indicators.get(mapped.row["indicator"])
    if indicator is None:
        yield mapped.fault("indicator", f"no indicator '{mapped.row['indicator']}'")
        return
    yield from _value_faults(mapped, indicator)


def _observations(
    observed: Iterable[_Mapped], indicators: Mapping[str, Row], source_id: Callable[[str, str], str | None]
) -> list[Row]:
    rows: list[Row] = []
    taken: dict[str, int] = {}
    for mapped in observed:
        source = _source(mapped.fact, source_id)
        if source is None:
            continue
        row = mapped.row
        name = f"{row['indicator']}.{row['place']}.{period_slug(*_period(row))}"
        taken[name] = taken.get(name, 0) + 1
        name = name if taken[name] == 1 else f"{name}.{taken[name]}"
        more = {"observation": name, "source": source, "unit": indicators[row["indicator"]]["unit"]}
        rows.append(_cells("observations", row | more))
    return rows


def _targets(
    aimed: Iterable[_Mapped], indicators: Mapping[str, Row], source_id: Callable[[str, str], str | None]
) -> list[Row]:
    return [
        _cells("targets", mapped.row | {"source": source, "unit": indicators[mapped.row["indicator"]]["unit"]})
        for mapped in aimed
        if (source := _source(mapped.fact, source_id)) is not None
    ]


def _source(fact: Mapping[str, str], source_id: Callable[[str, str], str | None]) -> str | None:
    return source_id(fact["source_title"], fact["source_url"])


def _task_indicators(tables: Path, indicators: Mapping[str, Row], faults: list[Fault]) -> list[Row]:
    """Read which indicators speak for which task; at most one of a task decides, and never for a one-off act."""
    with TASKS.open(encoding="utf-8", newline="") as file:
        measured_by = {row["task"]: row["measured_by"] for row in csv.DictReader(file)}
    rows: list[Row] = []
    decided: set[str] = set()
    name = "task_indicators.csv"
    for number, row in _read(tables / name, _columns("task_indicators")):
        task = row["task"]
        if task not in measured_by:
            faults.append(Fault(name, number, "task", f"no task '{task}'", _MEND))
        if row["indicator"] not in indicators:
            faults.append(Fault(name, number, "indicator", f"no indicator '{row['indicator']}'", _MEND))
        if row["primary"] == "true" and (task in decided or measured_by.get(task) == "records"):
            message = f"'{row['indicator']}' cannot decide for '{task}'"
            repair = "One indicator decides, and none where records do"
            faults.append(Fault(name, number, "primary", message, repair))
        if row["primary"] == "true":
            decided.add(task)
        rows.append(row)
    return rows


def _left_out(
    tables: Path,
    facts: Mapping[Key, Row],
    read: set[Key],
    source_id: Callable[[str, str], str | None],
    faults: list[Fault],
) -> list[Row]:
    """Say of every fact that did not become data why not; the first rule that fits gives the reason."""
    name = "facts_left_out.csv"
    rules = [row for _, row in _read(tables / name, _RULE_COLUMNS)]
    rows: list[Row] = []
    for key, fact in facts.items():
        if fact["checked"] not in CHECKED:
            reason = NOT_CHECKED.get(fact["checked"], f"Not confirmed: {fact['checked']}")
        elif key in read:
            reason = "" if _source(fact, source_id) else NO_SOURCE
        else:
            reason = next((rule["reason"] for rule in rules if _fits(rule, fact)), "")
            if not reason:
                message = f"no rule says why '{_short(fact)}' is left out"
                faults.append(Fault(name, None, "reason", message, "Add a rule, or read it as an observation"))
        if reason:
            rows.append({"material": FACTS.name, "row": f"{fact['topic']}: {_short(fact)}", "reason": reason})
    return rows


def _fits(rule: Mapping[str, str], fact: Mapping[str, str]) -> bool:
    return all(re.search(rule[column], fact[column]) for column in _RULE_COLUMNS[:-1])
