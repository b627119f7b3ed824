"""Projects of the packed Almaty: what could be done, what it costs, what somebody found or claims that it does.

The rows of `tables/projects.csv` are written by hand, their money is not: `tables/project_costs.csv` holds every cost
as the source states it, with unit cost, quantity, currency and year, tied to a fact of the sheet where the sheet has
it. The prices of the common year are computed here, with the price index and the exchange rates of the material; a
cost of a later year is left as it is, since no index reaches it.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from aport.city import schema
from aport.errors import BadData, Fault
from tools.almaty import facts
from tools.almaty.sources import load_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = dict[str, str]
    Numbered = tuple[int, Row]
    Key = tuple[str, str, str, str]

TABLES = Path(__file__).with_name("tables")
DEFLATOR = Path("data") / "deflator.csv"
EXCHANGE = Path("data") / "exchange.csv"
WANTED = ("projects", "changes", "change_parameters", "effects_published", "rules", "opinions")

PRICE_YEAR = 2024
"""The common price year: the last one that the price index reaches."""
STEP = 1_000_000
"""Costs are rounded to a million tenge: no source states them closer."""

COMPUTED = (
    "cost_low",
    "cost",
    "cost_high",
    "price_year",
    "original_cost",
    "original_unit",
    "original_year",
)
_BOUNDS = ("low", "value", "high")
_FACT = tuple(f"fact_{name}" for name in facts.KEY)
_COST_COLUMNS = ("project", "bound", "what", "unit_cost", "quantity", "unit", "year", *_FACT, "source")
_COSTS = "project_costs.csv"
_MEND = "Correct it or take the row out"
_COPY = "Copy the four cells from the sheet, or name a source instead"


@dataclass(frozen=True)
class Prices:
    """The price index and the tenge for a US dollar, by year, as the material prints them."""

    index: Mapping[int, str]
    rate: Mapping[int, str]

    def in_tenge(self, amount: Fraction, *, unit: str, year: int) -> Fraction:
        """Bring an amount into tenge of the common price year; a later year is left as it is.

        >>> prices = Prices({2012: "114.1", 2024: "313.5"}, {2012: "149.1"})
        >>> round(prices.in_tenge(Fraction(112), unit="KZT", year=2012), 1)
        Fraction(3077, 10)
        >>> prices.in_tenge(Fraction(112), unit="KZT", year=2025)
        Fraction(112, 1)
        """
        tenge = amount * Fraction(self.rate[year]) if unit == "USD" else amount
        if year > PRICE_YEAR:
            return tenge
        return tenge * Fraction(self.index[PRICE_YEAR]) / Fraction(self.index[year])


@dataclass(frozen=True)
class _Part:
    """One part of a cost: so many units at so much, in a currency and the prices of a year."""

    number: int
    project: str
    bound: str
    amount: Fraction
    unit: str
    year: int


def compile_projects(
    shared: Path, source_id: Callable[[str, str], str | None], *, tables: Path = TABLES
) -> dict[str, list[Row]]:
    """Compile the projects and what belongs to them.

    Parameters
    ----------
    shared
        Folder of the shared material; costs are held against `data/almaty-facts.csv` and brought into the prices of
        2024 by `data/deflator.csv` and `data/exchange.csv` in it.
    source_id
        Gives the identifier of a source by its title and address, or None where the source was left out; a cost may
        not rest on a fact of such a source.
    tables
        Folder of the hand-written tables.

    Returns
    -------
    dict of list of dict
        Rows of `projects`, `changes`, `change_parameters`, `effects_published`, `rules` and `opinions` with the
        columns of the schema. Costs are in KZT. Every cell is a string.

    Raises
    ------
    aport.errors.BadData
        If a row refers to a project, task, source, indicator, change or fact that does not exist, a cost differs from
        the fact that it names or cannot be brought into prices of 2024, bounds are out of order, a change has a
        parameter that its kind does not know, or an effect moves an indicator that nobody observed at the place. All
        faults are collected and name the file and the row.
    """
    read = {name: list(_read(tables / f"{name}.csv", _hand_columns(name))) for name in WANTED}
    faults: list[Fault] = []
    parts = list(_parts(shared, source_id, tables, faults))
    known = {row["project"] for _, row in read["projects"]}
    faults += _project_faults(read["projects"])
    faults += _reference_faults(read, known, {row["source"] for row in load_sources(tables)})
    faults += _change_faults(read["changes"], read["change_parameters"])
    faults += _effect_faults(read["effects_published"], tables)
    faults += _rule_faults(read["rules"])
    costs = _costs(parts, _prices(shared), known, faults)
    faults += _basis_faults(read["projects"], costs)
    if faults:
        raise BadData(sorted(faults, key=lambda fault: (fault.file, fault.row or 0)))
    compiled = {name: [_cells(name, row) for _, row in rows] for name, rows in read.items()}
    for row in compiled["projects"]:
        cost = costs.get(row["project"], {})
        row |= {**cost, "cost_note": f"{row['cost_note']} {cost.get('cost_note', '')}".strip()}
    return compiled


def _hand_columns(name: str) -> list[str]:
    """Give the columns of a hand-written table: those of the schema without the computed ones."""
    names = [column for column in schema.table(name).names if column not in COMPUTED]
    return ["row", *names] if name == "projects" else names


def _cells(name: str, row: Mapping[str, str]) -> Row:
    return {column: row.get(column, "") for column in schema.table(name).names}


def _read(path: Path, columns: Sequence[str]) -> Iterator[Numbered]:
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


def _prices(shared: Path) -> Prices:
    return Prices(_by_year(shared / DEFLATOR, "index_2010"), _by_year(shared / EXCHANGE, "kzt_per_usd"))


def _by_year(path: Path, column: str) -> dict[int, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): row[column] for row in csv.DictReader(file, strict=True) if row[column]}


# Costs


def _parts(
    shared: Path, source_id: Callable[[str, str], str | None], tables: Path, faults: list[Fault]
) -> Iterator[_Part]:
    """Read the parts of the costs and hold each against the fact that it names."""
    with (shared / facts.FACTS).open(encoding="utf-8", newline="") as file:
        sheet: dict[Key, Row] = {_key(row, facts.KEY): row for row in csv.DictReader(file, strict=True)}
    sources = {row["source"] for row in load_sources(tables)}
    for number, row in _read(tables / _COSTS, _COST_COLUMNS):
        try:
            unit_cost, quantity, year = Fraction(row["unit_cost"]), Fraction(row["quantity"]), int(row["year"])
        except (ValueError, ZeroDivisionError):
            message = f"'{row['unit_cost']}' times '{row['quantity']}' in '{row['year']}' cannot be computed"
            faults.append(Fault(_COSTS, number, "unit_cost", message, "Write plain numbers; a quantity may be 33/56"))
            continue
        if row["bound"] not in _BOUNDS:
            faults.append(Fault(_COSTS, number, "bound", f"'{row['bound']}'", "Write low, value or high"))
        if any(row[name] for name in _FACT):
            faults += _fact_faults(number, row, unit_cost, sheet.get(_key(row, _FACT)), source_id)
        elif row["source"] not in sources:
            message = f"no source '{row['source']}'"
            faults.append(Fault(_COSTS, number, "source", message, "Add it to sources.csv or name a fact"))
        yield _Part(number, row["project"], row["bound"], unit_cost * quantity, row["unit"], year)


def _key(row: Mapping[str, str], names: Sequence[str]) -> Key:
    indicator, territory, date, value = (row[name] for name in names)
    return indicator, territory, date, value


def _fact_faults(
    number: int,
    row: Mapping[str, str],
    unit_cost: Fraction,
    fact: Mapping[str, str] | None,
    source_id: Callable[[str, str], str | None],
) -> Iterator[Fault]:
    wanted = ", ".join(_key(row, _FACT))
    if fact is None:
        yield Fault(_COSTS, number, "fact_indicator", f"no fact '{wanted}'", _COPY)
        return
    if fact["checked"] not in facts.CHECKED:
        yield Fault(_COSTS, number, "fact_indicator", f"'{wanted}' is {fact['checked']}", _MEND)
    if source_id(fact["source_title"], fact["source_url"]) is None:
        yield Fault(_COSTS, number, "fact_indicator", f"the source of '{wanted}' cannot be cited", _MEND)
    told = [Fraction(end) * facts.scale_of(fact["unit"], "money") for end in fact["value"].split("-")]
    if unit_cost not in (*told, sum(told) / len(told)):
        message = f"{row['unit_cost']} is not the {fact['value']} {fact['unit']} of the sheet"
        yield Fault(_COSTS, number, "unit_cost", message, "Multiply the value of the sheet as its unit says")


def _costs(parts: Iterable[_Part], prices: Prices, known: set[str], faults: list[Fault]) -> dict[str, Row]:
    """Add up the parts of each project in tenge of the common price year."""
    costs: dict[str, Row] = {}
    for project, group in groupby(sorted(parts, key=lambda part: (part.project, part.number)), lambda p: p.project):
        mine = list(group)
        bad = list(_part_faults(mine, prices, known))
        if bad:
            faults += bad
            continue
        totals = _totals(mine, prices)
        ordered = list(totals.values())
        if len(totals) not in (1, len(_BOUNDS)) or "value" not in totals or sorted(ordered) != ordered:
            said = ", ".join(f"{bound} {total}" for bound, total in totals.items())
            message = f"the bounds of '{project}' are no interval: {said}"
            faults.append(Fault(_COSTS, mine[0].number, "bound", message, "Give a value, or low <= value <= high"))
            continue
        costs[project] = _cost_cells(totals, [part for part in mine if part.bound == "value"], mine, prices)
    return costs


def _totals(parts: Sequence[_Part], prices: Prices) -> dict[str, int]:
    """Add up the parts of each bound that has any, to the step of rounding."""
    totals: dict[str, int] = {}
    for bound in _BOUNDS:
        amounts = [
            prices.in_tenge(part.amount, unit=part.unit, year=part.year) for part in parts if part.bound == bound
        ]
        if amounts:
            totals[bound] = round(sum(amounts) / STEP) * STEP
    return totals


def _part_faults(parts: Sequence[_Part], prices: Prices, known: set[str]) -> Iterator[Fault]:
    for part in parts:
        if part.project not in known:
            yield Fault(_COSTS, part.number, "project", f"no project '{part.project}'", _MEND)
        if part.unit not in ("KZT", "USD"):
            yield Fault(_COSTS, part.number, "unit", f"'{part.unit}' is no known currency", "Write KZT or USD")
        elif part.unit == "USD" and part.year not in prices.rate:
            message = f"there is no exchange rate of {part.year}"
            yield Fault(_COSTS, part.number, "year", message, f"Give the cost in KZT, or extend {EXCHANGE.name}")
        if part.year <= PRICE_YEAR and part.year not in prices.index:
            message = f"there is no price index of {part.year}"
            yield Fault(_COSTS, part.number, "year", message, f"Take a year of {DEFLATOR.name}")
        if part.amount < 0:
            yield Fault(_COSTS, part.number, "unit_cost", "the cost is below zero", _MEND)


def _cost_cells(totals: Mapping[str, int], value: Sequence[_Part], parts: Sequence[_Part], prices: Prices) -> Row:
    years = {part.year for part in value}
    terms = {(part.unit, part.year) for part in value}
    original = {"original_cost": "", "original_unit": "", "original_year": ""}
    if len(terms) == 1:
        (unit, year) = terms.pop()
        original = {
            "original_cost": str(round(sum(part.amount for part in value))),
            "original_unit": unit,
            "original_year": str(year),
        }
    return {
        "cost_low": str(totals.get("low", "")),
        "cost": str(totals["value"]),
        "cost_high": str(totals.get("high", "")),
        "price_year": str(max(years) if min(years) > PRICE_YEAR else PRICE_YEAR),
        **original,
        "cost_note": _price_note(parts, prices),
    }


def _price_note(parts: Sequence[_Part], prices: Prices) -> str:
    """Say which rows of the index and of the exchange rates the numbers rest on."""
    years = sorted({part.year for part in parts})
    said = [
        f"Tenge for a US dollar in {year}: {prices.rate[year]}."
        for year in sorted({part.year for part in parts if part.unit == "USD"})
    ]
    if indexed := [year for year in years if year < PRICE_YEAR]:
        rows = ", ".join(f"{prices.index[year]} in {year}" for year in (*indexed, PRICE_YEAR))
        said.append(f"Prices of {PRICE_YEAR} by the consumer price index (2010 = 100): {rows}.")
    if later := [str(year) for year in years if year > PRICE_YEAR]:
        said.append(f"Prices of {' and '.join(later)} stand as they are: the index does not reach them.")
    return " ".join(said)


def _basis_faults(projects: Iterable[Numbered], costs: Mapping[str, Row]) -> Iterator[Fault]:
    for number, row in projects:
        costed = row["project"] in costs
        if (row["cost_basis"] == "none" and costed) or (row["cost_basis"] in ("stated", "derived") and not costed):
            message = f"'{row['cost_basis']}', and {_COSTS} has {'a' if costed else 'no'} cost of '{row['project']}'"
            yield Fault("projects.csv", number, "cost_basis", message, "Write none where there is no cost")


# What belongs together


def _project_faults(projects: Iterable[Numbered]) -> Iterator[Fault]:
    with facts.TASKS.open(encoding="utf-8", newline="") as file:
        tasks = {row["task"] for row in csv.DictReader(file)}
    for number, row in projects:
        unknown = sorted(set(row["tasks"].split()) - tasks)
        if unknown or not row["tasks"]:
            message = f"no task '{' '.join(unknown)}'" if unknown else f"'{row['project']}' serves no task"
            yield Fault("projects.csv", number, "tasks", message, "Name tasks of task-ids.csv")
        if not row["cost_note"]:
            message = "nothing says how the cost was found"
            yield Fault("projects.csv", number, "cost_note", message, "Say it, or say what was looked for")


def _reference_faults(read: Mapping[str, list[Numbered]], projects: set[str], sources: set[str]) -> Iterator[Fault]:
    """Find keys that stand twice, and projects and sources that do not exist."""
    known = {"projects": projects, "sources": sources}
    for name, rows in read.items():
        table = schema.table(name)
        keys = Counter(tuple(row[column] for column in table.key) for _, row in rows)
        references = [column for column in table.columns if column.references in known]
        for number, row in rows:
            if keys[tuple(row[column] for column in table.key)] > 1:
                message = f"'{' '.join(row[column] for column in table.key)}' stands twice"
                yield Fault(f"{name}.csv", number, table.key[0], message, "Keep one of the rows")
            for column in references:
                if row[column.name] and row[column.name] not in known[column.references]:
                    message = f"no entry '{row[column.name]}' in {column.references}.csv"
                    yield Fault(f"{name}.csv", number, column.name, message, _MEND)


def _kinds() -> dict[str, dict[str, Row]]:
    """Read the kinds of change with their parameters."""
    kinds: dict[str, dict[str, Row]] = {}
    with (schema.FOLDER / "change_kinds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            kinds.setdefault(row["kind"], {})[row["parameter"]] = row
    return kinds


def _change_faults(changes: Iterable[Numbered], parameters: Iterable[Numbered]) -> Iterator[Fault]:
    kinds = _kinds()
    kind_of = {(row["project"], row["number"]): row["kind"] for _, row in changes}
    given: dict[tuple[str, str], set[str]] = {}
    for number, row in parameters:
        change = (row["project"], row["number"])
        given.setdefault(change, set()).add(row["parameter"])
        described = kinds.get(kind_of.get(change, ""), {}).get(row["parameter"])
        if described is None:
            message = f"change {' '.join(change)} has no parameter '{row['parameter']}'"
            yield Fault("change_parameters.csv", number, "parameter", message, "Take one of change_kinds.csv")
        elif not _within(row["value"], described):
            message = f"'{row['value']}' for {row['parameter']}"
            repair = f"Give a number from {described['minimum']} to {described['maximum'] or 'any'}"
            yield Fault("change_parameters.csv", number, "value", message, repair)
    for number, row in changes:
        if row["kind"] not in kinds:
            message = f"no kind of change '{row['kind']}'"
            yield Fault("changes.csv", number, "kind", message, f"Kinds are: {', '.join(kinds)}")
            continue
        needed = {name for name, described in kinds[row["kind"]].items() if described["required"] == "true"}
        missing = sorted(needed - given.get((row["project"], row["number"]), set()))
        if missing:
            message = f"{row['kind']} needs {', '.join(missing)}"
            yield Fault("changes.csv", number, "kind", message, "Give it in change_parameters.csv")


def _within(text: str, described: Mapping[str, str]) -> bool:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    low, high = described["minimum"], described["maximum"]
    return (not low or value >= Fraction(low)) and (not high or value <= Fraction(high))


def _effect_faults(effects: Iterable[Numbered], tables: Path) -> Iterator[Fault]:
    """Hold effects against what is observed: where nobody measured, nothing can be moved."""
    with (tables / "observations.csv").open(encoding="utf-8", newline="") as file:
        observed = {(row["indicator"], row["place"]) for row in csv.DictReader(file, strict=True)}
    name = "effects_published.csv"
    for number, row in effects:
        if (row["indicator"], row["place"]) not in observed:
            message = f"nobody observed '{row['indicator']}' at '{row['place']}'"
            yield Fault(name, number, "indicator", message, "Take an indicator that has a value there")
        bounds = [row[bound] for bound in _BOUNDS]
        try:
            numbers = [Fraction(bound) for bound in bounds if bound]
        except ValueError:
            yield Fault(name, number, "value", f"'{' '.join(bounds)}' are no numbers", "Write plain numbers")
            continue
        if not row["value"] or bool(row["low"]) != bool(row["high"]) or sorted(numbers) != numbers:
            message = f"{', '.join(bounds)} is no interval"
            yield Fault(name, number, "low", message, "Give low <= value <= high, or leave both bounds empty")
        if row["form"] == "relative" and any(abs(bound) > 1 for bound in numbers):
            message = f"{', '.join(bounds)} as a share"
            yield Fault(name, number, "value", message, "Write a fall of 14 percent as -0.14")


def _rule_faults(rules: Iterable[Numbered]) -> Iterator[Fault]:
    """Find rules that lack what their kind speaks of."""
    needs = {
        "ban": ("purposes", "places"),
        "condition": ("task",),
        "not-only": ("purposes", "other_purposes"),
        "excludes": ("project", "other"),
        "requires": ("project", "other"),
        "must": ("project",),
    }
    for number, row in rules:
        missing = [column for column in needs.get(row["kind"], ()) if not row[column]]
        if missing:
            message = f"a rule of the kind '{row['kind']}' needs {' and '.join(missing)}"
            yield Fault("rules.csv", number, missing[0], message, "Fill it in")
