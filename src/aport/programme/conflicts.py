"""When no programme keeps to every demand: which demands are in each other's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aport.errors import Infeasible
from aport.programme.program import Program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aport.programme.data import Demand

_SAID = {
    "budget": "the budget is {amount:.15g}",
    "budget-year": "the budget of {year} is {amount:.15g}",
    "require": "{project} is required",
    "forbid": "{project} is forbidden",
    "must": "{project} must be in (rule {rule})",
    "ban": "{project} is banned (rule {rule})",
    "condition": "{project} does not meet a condition (rule {rule})",
    "state-banned": "{project} is banned by its state",
    "not-costed": "nobody states the cost of {project}",
    "excludes": "{project} and {other} exclude each other (rule {rule})",
    "requires": "{project} requires {other} (rule {rule})",
    "not-only": "{project} must not stand alone (rule {rule})",
}
"""How each demand is said to somebody who asked too much."""


class ConflictingDemands(Infeasible):
    """No programme keeps to all demands.

    Attributes
    ----------
    demands
        A set of demands that cannot all be kept; without any one of them the rest can.
    """

    def __init__(self, demands: Sequence[Demand]) -> None:
        self.demands = tuple(demands)
        listed = "; ".join(said(demand) for demand in self.demands)
        super().__init__(f"no programme keeps to these demands at once: {listed}", repair="Give up or ease one of them")


def _firmness(demand: Demand) -> int:
    """Rank what is told last: a ban says more of a conflict than a condition, and a condition more than the money."""
    return 0 if demand.of_money else 1 if demand.key == "condition" else 2


def said(demand: Demand) -> str:
    """Say a demand in words."""
    return _SAID[demand.key].format(**demand.values)


def check_feasible(demands: Sequence[Demand]) -> None:
    """Refuse demands that no set of projects keeps to.

    Raises
    ------
    ConflictingDemands
        With a smallest set of them: none of its demands can be left out of the conflict.

    Notes
    -----
    Deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, 6.1.1): each demand in turn is left
    out for good where the rest still conflict. Budgets are tried first, then conditions and rules, then what was
    required, so that the requirement and the firmest reason against it stay in the conflict that is told.
    """
    projects = sorted({project for demand in demands for project, _ in demand.terms})
    program = Program(projects, 0, nodes=1_000_000)
    rows = []
    for demand in demands:
        scale = max((abs(weight) for _, weight in demand.terms), default=1.0)
        terms = [(program.column[project], weight / scale) for project, weight in demand.terms]
        rows.append((program.row(demand.lower / scale, demand.upper / scale, terms), demand, scale))
    if program.solve() is not None:
        return
    kept = []
    # A demand that wants something in is the cause of every conflict: the empty set keeps to all others.
    for row, demand, scale in sorted(rows, key=lambda each: (each[1].lower > 0, _firmness(each[1]))):
        program.limit(row)
        if program.solve() is not None:
            program.limit(row, lower=demand.lower / scale, upper=demand.upper / scale)
            kept.append(demand)
    raise ConflictingDemands(kept)
