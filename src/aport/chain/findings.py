"""What a run of the chain found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aport.indicators.measure import STATES

if TYPE_CHECKING:
    import datetime as dt

    from aport.chain.readings import DocumentReading
    from aport.city import City
    from aport.indicators import CheckedStatement, Shortfall


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything that a run of the chain found out: data only.

    Attributes
    ----------
    today
        The day on which was measured.
    readings
        Documents of the city, then new ones.
    shortfalls
        One for each task, in the order of the register.
    statements
        One for each statement, in the order of the table.
    """

    city: City
    today: dt.date
    readings: list[DocumentReading]
    shortfalls: list[Shortfall]
    statements: list[CheckedStatement]

    @property
    def states(self) -> dict[str, int]:
        """How many tasks are in each state."""
        return {state: sum(each.state == state for each in self.shortfalls) for state in STATES}
