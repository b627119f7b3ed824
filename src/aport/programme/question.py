"""From the tables of a city and the demands of a user to a question for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.city.coverage import LANGUAGES, Places
from aport.city.project_years import building_years
from aport.programme.bans import near_misses
from aport.programme.call import check_call
from aport.programme.data import Candidate, Question
from aport.programme.demands import (
    budget_demands,
    call_demands,
    check_conditions,
    preference_of,
    rule_demands,
    standing_demands,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from aport.city import City
    from aport.programme.call import Call
    from aport.programme.data import Goal


def candidates_of(city: City, *, this_year: int, default_years: tuple[int, int]) -> tuple[Candidate, ...]:
    """Read the projects of a city, in the order of the table.

    Parameters
    ----------
    this_year
        The first year in which money can be spent.
    default_years
        First and last year of building of a project that states none.
    """
    return tuple(_candidate(row, this_year, default_years) for row in city.rows("projects"))


def _candidate(row: Mapping[str, Any], this_year: int, default_years: tuple[int, int]) -> Candidate:
    built = building_years(row, this_year=this_year, default=default_years)
    costed = row["cost"] is not None and row["cost_basis"] != "none"
    return Candidate(
        project=row["project"],
        names=(row["project"], *(row[f"name_{language}"] for language in LANGUAGES)),
        state=row["state"],
        official=bool(row["official"]),
        purposes=frozenset(row["purposes"].split()),
        places=tuple(row["places"].split()),
        cost=float(row["cost"]) if costed else None,
        cost_low=row["cost_low"],
        cost_high=row["cost_high"],
        cost_basis=row["cost_basis"],
        years=built.years,
        years_assumed=built.assumed,
    )


def question_of(
    city: City, goals: Sequence[Goal], *, call: Call, today: dt.date, default_years: tuple[int, int]
) -> Question:
    """Put a question together.

    Raises
    ------
    UsageError
        When the call cannot be meant.
    """
    candidates = candidates_of(city, this_year=today.year, default_years=default_years)
    check_call(call, candidates, set(city["topics"]["topic"]))
    rules, opinions, places = city.rows("rules"), city.rows("opinions"), Places(city)
    conditions = check_conditions(rules, candidates, opinions, places)
    baseline = frozenset(c.project for c in candidates if not c.choosable)
    demands = [
        *rule_demands(rules, candidates, places, conditions),
        *standing_demands(candidates),
        *call_demands(call.require, call.forbid, baseline),
        *budget_demands(candidates, call.budget, call.budget_by_year),
    ]
    assumed = sorted(c.project for c in candidates if c.choosable and c.years_assumed)
    return Question(
        candidates=candidates,
        goals=tuple(goals),
        demands=tuple(demands),
        budget=call.budget,
        budget_by_year=dict(call.budget_by_year),
        weights=dict(call.weights),
        near_misses=tuple(near_misses(rules, candidates, places)),
        conditions=tuple(conditions),
        preferences=tuple(preference_of(rule, candidates, places) for rule in rules if rule["kind"] == "not-only"),
        assumptions={
            "years": {"first_year": default_years[0], "last_year": default_years[1], "projects": assumed},
            "payer": {},
            "spread": {},
            "partial": {"projects": [c.project for c in candidates if c.choosable and c.cost_basis == "partial"]},
        },
    )
