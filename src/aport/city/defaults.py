"""What a city assumes for planning where a user says nothing: kept in `datapackage.json` under "planning"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aport.city.container import City

FILE = "datapackage.json"
_REPAIR = 'Write "planning": {"budget": 300e9, "beside": INDICATOR, "horizon": 2030, "years": [2027, 2029]}'


@dataclass(frozen=True, kw_only=True)
class Planning:
    """Assumptions of a city for planning.

    Attributes
    ----------
    budget
        Budget in KZT; an assumption, always shown as such.
    beside
        Indicator of the city's own development budget, shown beside the assumption; "" where there is none.
    horizon
        Year in which effects are looked at.
    years
        First and last year of building of a project that states none.
    """

    budget: float
    beside: str
    horizon: int
    years: tuple[int, int]


def planning_of(city: City) -> Planning | None:
    """Give what the city assumes for planning, or None where it assumes nothing."""
    return _read(city.meta.get("planning"))


def _read(stated: Any) -> Planning | None:
    match stated:
        case {
            "budget": int() | float() as budget,
            "horizon": int() as horizon,
            "years": [int() as first, int() as last],
        }:
            return Planning(
                budget=float(budget), beside=str(stated.get("beside", "")), horizon=horizon, years=(first, last)
            )
        case _:
            return None


def planning_defaults_can_be_meant(city: City) -> Iterable[Fault]:
    """Assumptions for planning are whole: a budget, a horizon, years that run forward, a known indicator beside."""
    stated: Mapping[str, Any] | None = city.meta.get("planning")
    if stated is None:
        return
    planning = _read(stated)
    if planning is None:
        yield Fault(FILE, None, "planning", "the assumptions for planning cannot be read", _REPAIR)
    elif planning.budget < 0 or not planning.years[0] <= planning.years[1] <= planning.horizon:
        message = "the budget is below zero, or the years do not run forward to the horizon"
        yield Fault(FILE, None, "planning", message, _REPAIR)
    elif planning.beside and planning.beside not in set(city["indicators"]["indicator"]):
        message = f"indicators has no {planning.beside!r}"
        yield Fault(FILE, None, "planning", message, "Name an indicator of the city, or leave it out")
