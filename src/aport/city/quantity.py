"""A number that reaches a person: never bare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aport.city.schema import Unit, units

if TYPE_CHECKING:
    import datetime as dt

KINDS = ("measured", "modelled", "claimed", "target")
BASES = ("statistics", "register", "sensor", "study", "press")
"""Who counted, the weightiest first; the last is the word of the one who is to deliver."""

COMPARATORS = {"eq": "", "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "about": "≈"}
"""How a source means its number, with the sign that shows it."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A value with its unit, bounds, kind, period and source.

    Attributes
    ----------
    value
        The best single figure, in `unit`.
    low, high
        Bounds at 90 % where the source states them, else None: shown as "not stated".
    kind
        `measured`, `modelled`, `claimed` or `target`.
    basis
        Who counted, for measured values: `statistics`, `register`, `sensor`, `press` or `study`.
    """

    value: float
    unit: str
    kind: str
    source: str
    low: float | None = None
    high: float | None = None
    comparator: str = "eq"
    basis: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    price_year: int | None = None
    observation: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind!r} is none of {', '.join(KINDS)}")
        if self.unit not in units():
            raise ValueError(f"unit {self.unit!r} is not in the schema")
        for bound, wrong in ((self.low, "above"), (self.high, "below")):
            if bound is not None and (bound > self.value if wrong == "above" else bound < self.value):
                raise ValueError(f"bound {bound} lies {wrong} the value {self.value}")

    @property
    def described_unit(self) -> Unit:
        """The unit with the words that people read."""
        return units()[self.unit]
