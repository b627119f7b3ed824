"""Models and programme brought together: the planner asks the models through a function that it is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.city.defaults import Planning, planning_of
from aport.errors import UsageError
from aport.indicators.series import Observation, observations
from aport.models import Baseline, Draws, Evidence, EvidenceState, effect_rows
from aport.programme import Call, Goal, Programme, plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from aport.city import City
    from aport.indicators import Shortfall

YEARS_AHEAD = 10
"""Years for which effects are computed, from the year of today on."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """Effects of the projects and the programme that follows from them.

    Attributes
    ----------
    effects
        What each project alone would do, as rows of the table `effects`.
    programme
        None where there is no budget to plan under.
    budget_assumed
        True where the budget is the city's assumption and not the user's word.
    horizon
        Year in which the programme is judged.
    """

    model: Evidence
    state: EvidenceState
    effects: list[dict[str, Any]]
    programme: Programme | None
    budget_assumed: bool
    horizon: int


def default_planning(today: dt.date) -> Planning:
    """Give what is assumed for a city that assumes nothing: no budget, building in the next three years."""
    return Planning(budget=float("nan"), beside="", horizon=today.year + 4, years=(today.year + 1, today.year + 3))


def plan_city(
    city: City,
    shortfalls: Sequence[Shortfall],
    *,
    today: dt.date,
    call: Call | None,
    draws: Draws,
    progress: Callable[[str], None],
) -> Planned | None:
    """Model every project of a city and choose a programme.

    Parameters
    ----------
    shortfalls
        What `measure` gave for this day.
    call
        Budget and demands of the user; None takes the city's assumption, and without one nothing is chosen.

    Returns
    -------
    None for a city without projects.
    """
    if not len(city["projects"]):
        return None
    planning = planning_of(city) or default_planning(today)
    model = Evidence.of(city, assumed_years=planning.years)
    progress(f"Modelling {len(city['projects'])} projects")
    years = range(today.year, max(today.year + YEARS_AHEAD, planning.horizon + 1))
    values = newest(city, shortfalls, today=today)
    baselines = {
        (o.indicator, o.place): Baseline(value=o.value, unit=o.unit, year=o.end.year, observation=o.id)
        for o in values.values()
    }
    state = model.baseline(city, today=today, years=years, draws=draws, baselines=baselines)
    effects = effect_rows(model, state, sorted(city["projects"]["project"]))
    assumed = call is None or (planning_of(city) is not None and call.budget == planning.budget)
    if call is None and planning_of(city) is not None:
        call = Call(budget=planning.budget)
    programme = None
    if call is not None:
        programme = plan(
            city,
            goals_of(city, shortfalls, values),
            call=call,
            evaluate=lambda projects: model.values(state, projects, year=planning.horizon),
            today=today,
            default_years=planning.years,
            progress=progress,
        )
    return Planned(
        model=model,
        state=state,
        effects=effects,
        programme=programme,
        budget_assumed=assumed,
        horizon=planning.horizon,
    )


def call_of(city: City, *, budget: float | None = None, **demands: Any) -> Call:
    """Make the call of a user who may have named no budget.

    Raises
    ------
    UsageError
        When neither the user nor the city names a budget.
    """
    planning = planning_of(city)
    if budget is None and planning is None:
        raise UsageError("there is no budget", where="--budget", repair="Name one in tenge, like --budget 300e9")
    if budget is None and planning is not None:
        budget = planning.budget
    return Call(budget=budget or 0.0, **demands)


def newest(city: City, shortfalls: Sequence[Shortfall], *, today: dt.date) -> dict[str, Observation]:
    """Give the value from which each task has to go on: the one it was measured with, else the newest there is."""
    series = observations(city)
    found = {}
    for each in shortfalls:
        known = [o for o in series.get((each.indicator, each.place), []) if o.end <= today]
        if each.latest is not None:
            found[each.task] = each.latest
        elif known:
            found[each.task] = known[-1]
    return found


def goals_of(city: City, shortfalls: Sequence[Shortfall], values: Mapping[str, Observation]) -> list[Goal]:
    """Give the tasks of a city as goals: the value to go on from and its reference."""
    topics: Mapping[str, str] = dict(zip(city["tasks"]["task"], city["tasks"]["topic"], strict=True))
    return [
        Goal(
            task=each.task,
            topic=topics[each.task],
            indicator=each.indicator,
            place=each.place,
            latest=values[each.task].value if each.task in values else None,
            reference=each.reference.value if each.reference else None,
            comparator=each.reference.comparator if each.reference else "ge",
            reason="" if each.indicator else each.reason,
        )
        for each in shortfalls
    ]
