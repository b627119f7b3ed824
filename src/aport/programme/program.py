"""A mixed-integer program in HiGHS: one column for each project, one for each share, and one for a waived cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from highspy._core import _Highs
    from numpy.typing import NDArray

SEED = 2019
"""Seed of HiGHS and of the samples that look for projects that help one another."""

IN = 0.5
"""Value of a column above which its project is in."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What HiGHS found.

    Attributes
    ----------
    values
        Value of each column; None where no solution was found.
    bound
        No solution can have a better objective.
    complete
        False where the search ended at its limit of nodes.
    """

    values: NDArray[np.float64] | None
    bound: float
    complete: bool


_SETTINGS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": SEED,
    # What two answers may differ by must be far below what counts as a difference of scores.
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}


def quiet_solver() -> _Highs:
    """Open HiGHS so that it says nothing and the same question has the same answer anywhere."""
    # The public class prints a banner on standard output when it is made, and that belongs to our own results.
    from highspy._core import _Highs

    solver = _Highs()
    for name, value in _SETTINGS.items():
        solver.setOptionValue(name, value)
    return solver


class Program:
    """The program: columns are made once, rows are added as they are learnt.

    Parameters
    ----------
    projects
        Projects that may be chosen: a column of 0 or 1 each.
    shares
        Number of tasks: a column of at most 1 each.
    nodes
        Limit of a search.

    Notes
    -----
    One thread and a fixed seed, and limits by nodes and not by time: the same question has the same answer anywhere.
    """

    def __init__(self, projects: Sequence[str], shares: int, *, nodes: int) -> None:
        import highspy

        self.column = {project: number for number, project in enumerate(projects)}
        self.first_share = len(self.column)
        self.waived = self.first_share + shares
        self.highs = quiet_solver()
        self.highs.setOptionValue("mip_max_nodes", nodes)
        for number in self.column.values():
            self.highs.addVar(0.0, 1.0)
            self.highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        for _ in range(shares):
            self.highs.addVar(-math.inf, 1.0)
        self.highs.addVar(0.0, 0.0)

    def row(self, lower: float, upper: float, terms: Iterable[tuple[int, float]]) -> int:
        """Add a row and give its number."""
        import numpy as np

        listed = list(terms)
        columns = np.array([column for column, _ in listed], dtype=np.int32)
        weights = np.array([weight for _, weight in listed], dtype=np.float64)
        self.highs.addRow(lower, upper, len(listed), columns, weights)
        return int(self.highs.getNumRow()) - 1

    def limit(self, row: int, *, lower: float = -math.inf, upper: float = math.inf) -> None:
        """Change the limits of a row; without limits it no longer counts."""
        self.highs.changeRowBounds(row, lower, upper)

    def weigh(self, row: int, column: int, weight: float) -> None:
        """Change one weight of a row."""
        self.highs.changeCoeff(row, column, weight)

    def hold(self, column: int, lower: float, upper: float) -> None:
        """Change the limits of a column."""
        self.highs.changeColBounds(column, lower, upper)

    def aim(self, objective: Mapping[int, float]) -> None:
        """Maximise a weighted sum of columns from now on."""
        import highspy

        for column in range(self.waived + 1):
            self.highs.changeColCost(column, objective.get(column, 0.0))
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def solve(self, *, whole: bool = True, gap: float = 0.0) -> Answer | None:
        """Solve with whole projects or with fractions of them; None where there is no solution.

        Parameters
        ----------
        gap
            Relative distance of the objective to its bound at which to stop.
        """
        import highspy
        import numpy as np

        self.highs.setOptionValue("solve_relaxation", not whole)
        self.highs.setOptionValue("mip_rel_gap", gap)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        info = self.highs.getInfo()
        found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
        complete = status == highspy.HighsModelStatus.kOptimal
        return Answer(
            values=np.array(self.highs.getSolution().col_value) if found else None,
            bound=float(info.mip_dual_bound if whole else info.objective_function_value),
            complete=complete,
        )

    def chosen(self, values: NDArray[np.float64]) -> frozenset[str]:
        """Give the projects that are in."""
        return frozenset(project for project, number in self.column.items() if values[number] > IN)

    def exclude(self, chosen: frozenset[str], *, among: Iterable[str], supersets: bool) -> int:
        """Forbid a set, and where asked all that hold it, by a row whose number is given."""
        held = [(self.column[project], 1.0) for project in sorted(chosen)]
        others = [] if supersets else [(self.column[p], -1.0) for p in sorted(set(among) - chosen)]
        return self.row(-math.inf, len(held) - 1.0, [*held, *others])
