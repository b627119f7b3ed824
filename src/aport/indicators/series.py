"""Observations of one indicator at one place, and which of them may be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aport.city.dates import months_between
from aport.city.quantity import BASES, Quantity

if TYPE_CHECKING:
    import datetime as dt

    from aport.city import City

YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One published value of an indicator.

    Attributes
    ----------
    value
        In `unit`.
    start, end
        First and last day of the period; for a stock they bound the moment.
    price_year
        Year of the prices where the unit is money, else None.
    """

    id: str
    indicator: str
    place: str
    start: dt.date
    end: dt.date
    comparator: str
    value: float
    low: float | None
    high: float | None
    unit: str
    price_year: int | None
    basis: str
    derived: bool
    source: str
    document: str
    form: str

    @property
    def span(self) -> tuple[int, int]:
        """What a period must share with another to be compared: its length in months, and where it begins in a year.

        The moments of a stock are all alike. A period of whole years may begin in any month.
        """
        if self.form == "stock":
            return 0, 0
        months = months_between(self.start, self.end)
        return months, 0 if months and months % YEAR == 0 else self.start.month

    @property
    def quantity(self) -> Quantity:
        """The value as a person gets to see it."""
        return Quantity(
            value=self.value,
            low=self.low,
            high=self.high,
            unit=self.unit,
            kind="measured",
            basis=self.basis,
            comparator=self.comparator,
            start=self.start,
            end=self.end,
            price_year=self.price_year,
            source=self.source,
            observation=self.id,
        )


def observations(city: City) -> dict[tuple[str, str], list[Observation]]:
    """Give the observations of a city by indicator and place, oldest first."""
    form = dict(zip(city["indicators"]["indicator"], city["indicators"]["form"], strict=True))
    found: dict[tuple[str, str], list[Observation]] = {}
    for row in city.rows("observations"):
        each = Observation(
            id=row["observation"],
            form=form[row["indicator"]],
            start=row["start"].date(),
            end=row["end"].date(),
            **{name: row[name] for name in _PLAIN},
        )
        found.setdefault((each.indicator, each.place), []).append(each)
    for series in found.values():
        series.sort(key=order)
    return found


_PLAIN = (
    "indicator",
    "place",
    "comparator",
    "value",
    "low",
    "high",
    "unit",
    "price_year",
    "basis",
    "derived",
    "source",
    "document",
)


def order(observation: Observation) -> tuple[Any, ...]:
    """Sort key: the later period first compares greater; for one period the weightier basis does."""
    return observation.end, observation.start, -BASES.index(observation.basis), observation.id


def why_not(one: Observation, other: Observation) -> str | None:
    """Say why two observations may not be compared: `unequal-periods`, `unequal-prices`, or None where they may."""
    if one.span != other.span:
        return "unequal-periods"
    if one.price_year != other.price_year:
        return "unequal-prices"
    return None
