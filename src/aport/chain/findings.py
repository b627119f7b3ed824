"""What a run of the chain found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aport.indicators.measure import STATES

if TYPE_CHECKING:
    import datetime as dt

    from aport.chain.planning import Planned
    from aport.chain.readings import DocumentReading
    from aport.city import City
    from aport.delivery import Followed
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
    planned
        Effects of the projects and the programme; None for a city without projects.
    followed
        How tasks and projects stand by the records, and what does not fit together.
    """

    city: City
    today: dt.date
    readings: list[DocumentReading]
    shortfalls: list[Shortfall]
    statements: list[CheckedStatement]
    planned: Planned | None
    followed: Followed

    @property
    def states(self) -> dict[str, int]:
        """How many tasks are in each state, by records and data."""
        final = self.state_of.values()
        return {state: sum(each == state for each in final) for state in STATES}

    @property
    def state_of(self) -> dict[str, str]:
        """State of each task by records and data: what was measured, and for acts what the records tell."""
        return {each.subject: each.status for each in self.followed.statuses if each.kind == "task"}
