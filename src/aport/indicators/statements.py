"""Numbers that a document states, held against what others published."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.city.dates import months_between
from aport.indicators.series import Observation, observations, order

if TYPE_CHECKING:
    import datetime as dt

    from aport.city import City

RESULTS = ("confirmed", "differs", "unknown")

STOCK_DAYS = 92
"""How far from the moment of a statement a stock may have been counted, in days."""


@dataclass(frozen=True, kw_only=True)
class CheckedStatement:
    """What the data say of one statement.

    Attributes
    ----------
    result
        `confirmed`, `differs` or `unknown`.
    reason
        Key of the sentence that says why.
    observation
        What it was held against, where there is something.
    difference
        Stated value less observed value, in the unit of the statement.
    """

    statement: str
    result: str
    reason: str
    observation: Observation | None = None
    difference: float | None = None


def check_statements(city: City) -> list[CheckedStatement]:
    """Hold every statement of a city's documents against its observations.

    An observation taken from the same document, or from the source of that document, never confirms it.
    """
    source = dict(zip(city["documents"]["document"], city["documents"]["source"], strict=True))
    series = observations(city)
    return [_checked(row, series, source[row["document"]]) for row in city.rows("statements")]


def _checked(
    row: dict[str, Any], series: dict[tuple[str, str], list[Observation]], own_source: str
) -> CheckedStatement:
    def unknown(reason: str) -> CheckedStatement:
        return CheckedStatement(statement=row["statement"], result="unknown", reason=reason)

    if row["kind"] != "measured":
        return unknown("not-a-report")
    if not row["indicator"]:
        return unknown("no-indicator")
    if row["start"] is None:
        return unknown("no-period")
    everything = series.get((row["indicator"], row["place"]), [])
    independent = [o for o in everything if o.document != row["document"] and o.source != own_source]
    if not independent:
        return unknown("same-document-only" if everything else "no-observation")
    period = row["start"].date(), row["end"].date()
    same_time = [o for o in independent if _same_time(o, *period)]
    if not same_time:
        return unknown("unequal-periods")
    same_prices = [o for o in same_time if o.price_year == row["price_year"]]
    if not same_prices:
        return unknown("unequal-prices")
    nearest = min(_distance(o, *period) for o in same_prices)
    held = max((o for o in same_prices if _distance(o, *period) == nearest), key=order)
    agrees = _agrees(row["comparator"], row["value"], held.value)
    return CheckedStatement(
        statement=row["statement"],
        result="confirmed" if agrees else "differs",
        reason="matches" if agrees else "differs",
        observation=held,
        difference=row["value"] - held.value,
    )


def _same_time(observation: Observation, start: dt.date, end: dt.date) -> bool:
    """Tell whether an observation speaks of the time that a statement speaks of."""
    if observation.form == "stock":
        return _distance(observation, start, end) <= STOCK_DAYS
    same_length = months_between(observation.start, observation.end) == months_between(start, end)
    return same_length and abs((observation.start - start).days) <= 1


def _distance(observation: Observation, start: dt.date, end: dt.date) -> int:
    """Days between two periods; 0 where they overlap."""
    return max(0, (observation.start - end).days, (start - observation.end).days)


def _agrees(comparator: str, stated: float, observed: float) -> bool:
    """Tell whether a number agrees with a statement, to half a unit in the last figure that the statement gives."""
    slack = half_unit(stated)
    match comparator:
        case "gt" | "ge":
            return observed >= stated - slack
        case "lt" | "le":
            return observed <= stated + slack
        case "about":
            return abs(observed - stated) <= max(2 * slack, 0.05 * abs(stated))
        case _:
            return abs(observed - stated) <= slack


def half_unit(value: float) -> float:
    """Half a unit of the last figure in which a number is written.

    >>> half_unit(156e9), half_unit(18.6), half_unit(33.0)
    (500000000.0, 0.05, 0.5)
    """
    if value == 0 or not math.isfinite(value):
        return 0.0
    digits = f"{abs(value):.12g}"
    mantissa, _, exponent = digits.partition("e")
    whole, _, fraction = mantissa.partition(".")
    power = -len(fraction) if fraction else len(whole) - len(whole.rstrip("0"))
    return 0.5 * 10.0 ** (power + int(exponent or 0))
