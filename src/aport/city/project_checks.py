"""Rules about projects, their changes and effects, and the rules that programmes keep to.

Each rule has the shape of those in `checks`: a function of a city that gives the faults it finds.
"""

from __future__ import annotations

import csv
import difflib
import functools
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.city import schema
from aport.city.tabular import FIRST_ROW
from aport.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aport.city.container import City

KINDS_FILE = "change_kinds.csv"
"""File of the schema that lists the kinds of change with their parameters."""

FARTHEST = 2.0
"""Degrees from the districts beyond which a place of a project is taken for a slip in its coordinates."""

NEEDED = {
    "ban": ("places",),
    "condition": ("task",),
    "not-only": ("purposes", "other_purposes"),
    "excludes": ("project", "other"),
    "requires": ("project", "other"),
    "must": ("project",),
}
"""Columns that each kind of rule needs."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a kind of change."""

    kind: str
    name: str
    unit: str
    required: bool
    minimum: float
    maximum: float
    description: str


@functools.cache
def change_kinds() -> dict[str, dict[str, Parameter]]:
    """Give the kinds of change that the schema knows, each with its parameters by name."""
    kinds: dict[str, dict[str, Parameter]] = {}
    with (schema.FOLDER / KINDS_FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds.setdefault(row["kind"], {})[row["parameter"]] = Parameter(
                kind=row["kind"],
                name=row["parameter"],
                unit=row["unit"],
                required=row["required"] == "true",
                minimum=float(row["minimum"] or -math.inf),
                maximum=float(row["maximum"] or math.inf),
                description=row["description"],
            )
    return kinds


def _rows(city: City, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the rows of a table with the numbers that a spreadsheet shows."""
    yield from enumerate(city.rows(table), FIRST_ROW)


def projects_have_tasks(city: City) -> Iterable[Fault]:
    """A project serves a task, unless it is banned."""
    for number, row in _rows(city, "projects"):
        if not row["tasks"] and row["state"] != "banned":
            yield Fault(
                "projects.csv", number, "tasks", f"{row['project']} serves no task", "Name a task or take it out"
            )


def tasks_of_projects_are_tasks(city: City) -> Iterable[Fault]:
    """A project serves tasks, not criteria or context."""
    role = dict(zip(city["tasks"]["task"], city["tasks"]["role"], strict=True))
    for number, row in _rows(city, "projects"):
        for task in row["tasks"].split():
            if role[task] != "task":
                message = f"{row['project']} serves {task}, which is a {role[task]}"
                yield Fault("projects.csv", number, "tasks", message, "Name a task of the register")


def costs_are_whole(city: City) -> Iterable[Fault]:
    """A cost has low, value and high in that order and a price year; one that nobody knows is empty."""
    for number, row in _rows(city, "projects"):

        def fault(column: str, message: str, repair: str, number: int = number) -> Fault:
            return Fault("projects.csv", number, column, message, repair)

        low, cost, high = row["cost_low"], row["cost"], row["cost_high"]
        if cost is None and row["cost_basis"] != "none":
            yield fault("cost", f"the cost is empty and its basis is {row['cost_basis']}", "Write it, or basis none")
        if row["cost_basis"] == "none":
            for column in ("cost_low", "cost", "cost_high"):
                if row[column] is not None:
                    yield fault(column, "a cost without a basis", "Say whether it is stated, derived or partial")
        yield from _order("projects.csv", number, {"cost_low": low, "cost": cost, "cost_high": high})
        if cost is not None and row["price_year"] is None:
            yield fault("price_year", "money needs a price year", "Write the year")


def original_costs_are_whole(city: City) -> Iterable[Fault]:
    """An original cost has a currency and a price year, or is not there."""
    money = {code for code, unit in schema.units().items() if unit.money}
    columns = ("original_cost", "original_unit", "original_year")
    for number, row in _rows(city, "projects"):
        there = [row[column] not in (None, "") for column in columns]
        if any(there) and not all(there):
            lacking = columns[there.index(False)]
            yield Fault("projects.csv", number, lacking, "the original cost is not whole", "Fill it in or empty all")
        if row["original_unit"] and row["original_unit"] not in money:
            repair = f"Write one of {', '.join(sorted(money))}"
            message = f"{row['original_unit']} is not a currency"
            yield Fault("projects.csv", number, "original_unit", message, repair)


def building_runs_forward(city: City) -> Iterable[Fault]:
    """Building ends in or after the year in which it starts."""
    for number, row in _rows(city, "projects"):
        if row["start"] is not None and row["end"] is not None and row["end"] < row["start"]:
            yield Fault("projects.csv", number, "end", "building ends before it starts", "Exchange the years")


def projects_lie_on_the_map(city: City) -> Iterable[Fault]:
    """A place of a project whose outline is known lies near the districts of the city."""
    districts = list(city["districts"]["geometry"])
    if not districts:
        return
    import shapely

    reach = shapely.union_all(districts).envelope.buffer(FARTHEST)
    layer = city["places_geometry"]
    far = {
        place for place, outline in zip(layer["place"], layer["geometry"], strict=True) if not reach.intersects(outline)
    }
    for table in ("projects", "changes"):
        column = {"projects": "places", "changes": "place"}[table]
        for number, row in _rows(city, table):
            for place in far & set(row[column].split()):
                message = f"{place} lies more than {FARTHEST:g} degrees from the city"
                yield Fault(
                    f"{table}.csv", number, column, message, "Correct the coordinates of the place or name another"
                )


def changes_are_known(city: City) -> Iterable[Fault]:
    """The kind of a change is in the schema."""
    kinds = change_kinds()
    for number, row in _rows(city, "changes"):
        if row["kind"] not in kinds:
            near = difflib.get_close_matches(row["kind"], kinds, n=1)
            repair = f"Did you mean {near[0]}?" if near else f"Write one of: {', '.join(kinds)}"
            yield Fault("changes.csv", number, "kind", f"there is no kind of change {row['kind']!r}", repair)


def changes_have_their_numbers(city: City) -> Iterable[Fault]:
    """A change has the parameters that its kind requires."""
    given = {(row["project"], row["number"], row["parameter"]) for row in city.rows("change_parameters")}
    kinds = change_kinds()
    for number, row in _rows(city, "changes"):
        for parameter in kinds.get(row["kind"], {}).values():
            if parameter.required and (row["project"], row["number"], parameter.name) not in given:
                message = f"the change needs the parameter {parameter.name} ({parameter.unit})"
                yield Fault("changes.csv", number, "kind", message, "Add it to change_parameters.csv")


def parameters_fit_their_kind(city: City) -> Iterable[Fault]:
    """A parameter belongs to a change, its kind knows it, and its value is within bounds."""
    kind_of = {(row["project"], row["number"]): row["kind"] for row in city.rows("changes")}
    kinds = change_kinds()
    for number, row in _rows(city, "change_parameters"):
        kind = kind_of.get((row["project"], row["number"]))
        if kind is None:
            message = f"{row['project']} has no change {row['number']}"
            yield Fault("change_parameters.csv", number, "number", message, "Add it to changes.csv")
        elif kind in kinds:
            yield from _parameter(number, row, kinds[kind], kind)


def _parameter(number: int, row: Mapping[str, Any], known: Mapping[str, Parameter], kind: str) -> Iterable[Fault]:
    parameter = known.get(row["parameter"])
    if parameter is None:
        message = f"{kind} has no parameter {row['parameter']!r}"
        yield Fault("change_parameters.csv", number, "parameter", message, f"Write one of: {', '.join(known)}")
    elif not parameter.minimum <= row["value"] <= parameter.maximum:
        message = f"{row['value']:g} is outside {parameter.minimum:g} to {parameter.maximum:g} {parameter.unit}"
        yield Fault("change_parameters.csv", number, "value", message, "Correct it")


def effects_are_whole(city: City) -> Iterable[Fault]:
    """An effect has low, value and high in that order, and takes away no more than the whole."""
    for number, row in _rows(city, "effects_published"):
        yield from _order("effects_published.csv", number, {name: row[name] for name in ("low", "value", "high")})
        if row["form"] == "relative" and row["value"] < -1:
            message = f"a relative effect of {row['value']:g} takes away more than the whole"
            yield Fault(
                "effects_published.csv", number, "value", message, "Write a share, like -0.14 for 14 percent less"
            )


def one_effect_of_a_grade(city: City) -> Iterable[Fault]:
    """For a project, an indicator and a place there is one effect of a grade."""
    first: dict[tuple[str, ...], int] = {}
    for number, row in _rows(city, "effects_published"):
        key = tuple(str(row[name]) for name in ("project", "indicator", "place", "grade"))
        if key in first:
            message = f"row {first[key]} says the same in another way"
            yield Fault("effects_published.csv", number, "effect", message, "Keep the better one or join them into one")
        first.setdefault(key, number)


def _order(file: str, number: int, named: Mapping[str, float | None]) -> Iterable[Fault]:
    """Low, value and high, where they are there, stand in that order."""
    there = [(column, value) for column, value in named.items() if value is not None]
    for (below, low), (above, high) in itertools.pairwise(there):
        if low > high:
            yield Fault(
                file, number, below, f"{below} {low:.15g} is above {above} {high:.15g}", "Exchange or correct them"
            )


def rules_are_whole(city: City) -> Iterable[Fault]:
    """A rule has what its kind needs, and does not bind a project to itself."""
    for number, row in _rows(city, "rules"):
        for column in NEEDED[row["kind"]]:
            if not row[column]:
                what = {"ban": "a ban without a place", "condition": "a condition without its task"}
                message = what.get(row["kind"], f"a rule of kind {row['kind']} without {column}")
                yield Fault("rules.csv", number, column, message, "Fill it in")
        if row["project"] and row["project"] == row["other"]:
            yield Fault("rules.csv", number, "other", "the rule binds a project to itself", "Name another project")


def requirements_run_in_no_circle(city: City) -> Iterable[Fault]:
    """No project requires itself, directly or through others."""
    needs: dict[str, list[tuple[str, int]]] = {}
    for number, row in _rows(city, "rules"):
        if row["kind"] == "requires" and row["project"] and row["other"]:
            needs.setdefault(row["project"], []).append((row["other"], number))
    told: set[frozenset[str]] = set()
    for start in needs:
        circle = _circle(start, needs)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            number = next(n for other, n in needs[circle[-1]] if other == start)
            message = f"projects require each other in a circle: {' -> '.join([*circle, start])}"
            yield Fault("rules.csv", number, "other", message, "Take out one of these rules")


def _circle(start: str, needs: Mapping[str, list[tuple[str, int]]]) -> list[str]:
    """Give the shortest way of requirements from a project back to itself; empty where there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        for other, _ in needs.get(way[-1], ()):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def must_have_is_not_banned(city: City) -> Iterable[Fault]:
    """A project that every programme must hold is not banned by its own state."""
    state = dict(zip(city["projects"]["project"], city["projects"]["state"], strict=True))
    for number, row in _rows(city, "rules"):
        if row["kind"] == "must" and state.get(row["project"]) == "banned":
            message = f"{row['project']} must be in every programme and is banned"
            yield Fault("rules.csv", number, "project", message, "Take out the rule or correct the state")


def shares_of_answers_add_up(city: City) -> Iterable[Fault]:
    """Answers against and in favour are no more than all answers."""
    for number, row in _rows(city, "opinions"):
        total = (row["against"] or 0.0) + (row["in_favour"] or 0.0)
        if total > 100:  # noqa: PLR2004 (per cent)
            yield Fault("opinions.csv", number, "in_favour", f"the shares add to {total:g} percent", "Correct them")


RULES: tuple[Callable[[City], Iterable[Fault]], ...] = (
    projects_have_tasks,
    tasks_of_projects_are_tasks,
    costs_are_whole,
    original_costs_are_whole,
    building_runs_forward,
    projects_lie_on_the_map,
    changes_are_known,
    changes_have_their_numbers,
    parameters_fit_their_kind,
    effects_are_whole,
    one_effect_of_a_grade,
    rules_are_whole,
    requirements_run_in_no_circle,
    must_have_is_not_banned,
    shares_of_answers_add_up,
)
"""Every rule about projects, in the order in which they are tried."""
