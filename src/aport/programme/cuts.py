"""Linear bounds on the share of a task that a set of projects closes.

A cut is a pair (slopes, level): for every set, share <= level + sum of the slopes of its projects. Three kinds:

- `Envelope`, for tasks that few projects touch: the share of every set is known, and the cut is a facet of the concave
  envelope of these shares. It holds for any model, and all such cuts together describe the task exactly.
- `submodular_cut`, for tasks of many projects that nowhere help one another (Nemhauser and Wolsey 1981, Maximizing
  submodular set functions, Annals of Discrete Mathematics 11:279-301), in the form for functions that may fall.
- `integer_cut`, for any function with a known largest value (Laporte and Louveaux 1993, The integer L-shaped method,
  Operations Research Letters 13:133-142); weak, but always true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from aport.programme.program import quiet_solver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aport.programme.scoring import Scorer

ROUNDING = 1e-9
"""Difference of two shares that rounding may bring."""

Cut: TypeAlias = tuple[tuple[float, ...], float]
"""Slopes of the projects that touch a task, and the level."""


class Envelope:
    """The concave envelope of the shares of all sets of a few projects.

    Parameters
    ----------
    values
        Share of each set, shape (2**projects,); bit i of the place stands for project i.
    """

    def __init__(self, values: NDArray[np.float64]) -> None:
        import highspy
        import numpy as np

        self.count = len(values).bit_length() - 1
        self.values = values
        self.corners = ((np.arange(len(values))[:, None] >> np.arange(self.count)) & 1).astype(float)
        matrix = np.hstack([self.corners, np.ones((len(values), 1))])
        sparse_rows, sparse_columns = np.nonzero(matrix)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(values), self.count + 1
        lp.col_cost_, lp.col_lower_ = values, np.zeros(len(values))
        lp.col_upper_ = np.full(len(values), highspy.kHighsInf)
        lp.row_lower_ = lp.row_upper_ = np.append(np.zeros(self.count), 1.0)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.append(0, np.cumsum(np.bincount(sparse_rows, minlength=len(values)))).astype(np.int32)
        lp.a_matrix_.index_ = sparse_columns.astype(np.int32)
        lp.a_matrix_.value_ = np.ones(len(sparse_rows))
        self.solver = quiet_solver()
        self.solver.passModel(lp)

    def cut(self, point: NDArray[np.float64]) -> Cut:
        """Give the cut that is tightest at a point of the cube.

        The point is a mixture of sets in many ways; the best of them is the envelope, and its prices are the cut.
        """
        import numpy as np

        for row, value in enumerate(np.clip(point, 0.0, 1.0)):
            self.solver.changeRowBounds(row, float(value), float(value))
        self.solver.run()
        prices = np.array(self.solver.getSolution().row_dual)
        slopes, level = prices[: self.count], float(prices[self.count])
        # Lift the cut over what the solver's tolerance let slip, so that it holds for every set without fail.
        level += max(0.0, float(np.max(self.values - self.corners @ slopes - level)))
        return tuple(slopes.tolist()), level


def submodular_cut(scorer: Scorer, index: int, chosen: frozenset[str]) -> Cut:
    """Give the cut at a set, true where projects nowhere help one another on this task.

    A project outside the set adds at most what it adds to the set; one inside takes away at least what it would take
    from the set of all.
    """
    support = scorer.supports[index]
    full = frozenset(support)
    level = value = scorer.share(index, chosen)
    all_of_them = scorer.share(index, full)
    slopes = []
    for project in support:
        if project in chosen:
            slope = all_of_them - scorer.share(index, full - {project})
            level -= slope
        else:
            slope = scorer.share(index, chosen | {project}) - value
        slopes.append(slope)
    return tuple(slopes), level


def integer_cut(scorer: Scorer, index: int, chosen: frozenset[str]) -> Cut:
    """Give the cut at a set that is true for any model: no share is above 1."""
    value = scorer.share(index, chosen)
    room = 1.0 - value
    slopes = tuple(-room if project in chosen else room for project in scorer.supports[index])
    return slopes, value + room * sum(project in chosen for project in scorer.supports[index])


def violated(cut: Cut, support: Sequence[str], shares: Mapping[frozenset[str], float], *, slack: float) -> bool:
    """Tell whether a set whose share is known lies above a cut: then the cut is not true."""
    slopes, level = cut
    slope_of = dict(zip(support, slopes, strict=True))
    return any(share > level + sum(slope_of[p] for p in chosen) + slack for chosen, share in shares.items())


def synergy_seen(scorer: Scorer, index: int, *, samples: int, seed: int) -> bool:
    """Look for two projects that help one another on a task, in random sets of the projects that touch it."""
    import random

    support = scorer.supports[index]
    source = random.Random(f"{seed}:{scorer.goals[index].task}")  # noqa: S311 (a sample, no secret)
    for _ in range(samples):
        one, other = source.sample(support, 2)
        base = frozenset(p for p in support if p not in (one, other) and source.random() < source.random())
        together = scorer.share(index, base | {one, other}) - scorer.share(index, base | {other})
        apart = scorer.share(index, base | {one}) - scorer.share(index, base)
        if together > apart + ROUNDING:
            return True
    return False
