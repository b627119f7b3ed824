"""The score of a set of projects, and the share of it that each task brings.

Every scored topic weighs the same unless weights are given; a topic is the mean of its scored tasks; a task is the
share of its shortfall that closes. The score of doing nothing is 0 unless work under way closes something.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from aport.errors import AportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aport.programme.data import Evaluate, Goal, Outcome, Touches

SAME = 1e-12
"""Difference of two shares that counts as none."""


def task_weights(goals: Sequence[Goal], topics: Mapping[str, float]) -> dict[str, float]:
    """Give the weight of each scored task in the score; they add to 1.

    Parameters
    ----------
    goals
        All tasks; those that cannot be scored get no weight.
    topics
        Weights of topics; a topic that is absent weighs 1.
    """
    counts = Counter(goal.topic for goal in goals if not goal.unscored)
    total = math.fsum(topics.get(topic, 1.0) for topic in counts)
    if not total:
        return {}
    return {goal.task: topics.get(goal.topic, 1.0) / total / counts[goal.topic] for goal in goals if not goal.unscored}


def share_closed(goal: Goal, values: Mapping[Outcome, float]) -> float:
    """Give the share of a shortfall that closes under new values: 1 when reached, negative where it grows."""
    latest = goal.latest or 0.0
    value = values.get((goal.indicator, goal.place), latest)
    if not math.isfinite(value):
        raise AportError(
            f"a model gave {value} for {goal.indicator} at {goal.place}", repair="Correct the effects that it reads"
        )
    return 1 - goal.gap(value) / goal.gap(latest)


class Scorer:
    """Scores of sets of projects, with a memory.

    The share of a task is asked for the projects that touch it only: the set is cut down to these, so that few
    different sets are evaluated.

    Parameters
    ----------
    goals
        The scored tasks.
    weights
        Weight of each of them.
    evaluate
        Asks the models.
    projects
        Projects that may be chosen.
    touches
        Outcomes that each project may touch, as the models say. Where they do not, a project touches a task that it
        moves alone or from the set of all: true where projects nowhere help one another.

    Attributes
    ----------
    supports
        For each goal the projects that touch it.
    """

    def __init__(
        self,
        goals: Sequence[Goal],
        weights: Mapping[str, float],
        evaluate: Evaluate,
        projects: Iterable[str],
        touches: Touches | None = None,
    ) -> None:
        self.goals = tuple(goals)
        self.weights = tuple(weights[goal.task] for goal in goals)
        self.evaluate = evaluate
        self.projects = tuple(projects)
        self._shares: list[dict[frozenset[str], float]] = [{} for _ in goals]
        self.told = touches is not None
        self.supports = self._find_supports() if touches is None else self._told_supports(touches)
        self._members = [frozenset(support) for support in self.supports]

    def _told_supports(self, touches: Touches) -> list[tuple[str, ...]]:
        return [
            tuple(p for p in self.projects if (goal.indicator, goal.place) in touches.get(p, ())) for goal in self.goals
        ]

    def _find_supports(self) -> list[tuple[str, ...]]:
        everything = frozenset(self.projects)
        nothing, full = self._all_shares(frozenset()), self._all_shares(everything)
        touching: list[list[str]] = [[] for _ in self.goals]
        for project in self.projects:
            alone, without = self._all_shares(frozenset({project})), self._all_shares(everything - {project})
            for index in range(len(self.goals)):
                moves = abs(alone[index] - nothing[index]) > SAME or abs(full[index] - without[index]) > SAME
                if moves:
                    touching[index].append(project)
        return [tuple(each) for each in touching]

    def _all_shares(self, chosen: frozenset[str]) -> list[float]:
        values = self.evaluate(chosen)
        return [share_closed(goal, values) for goal in self.goals]

    def share(self, index: int, chosen: frozenset[str]) -> float:
        """Give the share of one task's shortfall that a set closes."""
        mine = chosen & self._members[index]
        known = self._shares[index]
        if mine not in known:
            known[mine] = share_closed(self.goals[index], self.evaluate(mine))
        return known[mine]

    def shares(self, chosen: frozenset[str]) -> list[float]:
        """Give the share of each task's shortfall that a set closes."""
        return [self.share(index, chosen) for index in range(len(self.goals))]

    def score(self, chosen: frozenset[str]) -> float:
        """Give the score of a set."""
        return math.fsum(weight * share for weight, share in zip(self.weights, self.shares(chosen), strict=True))

    def true_score(self, chosen: frozenset[str]) -> float:
        """Give the score of a set from one answer of the models for the whole of it."""
        return math.fsum(weight * share for weight, share in zip(self.weights, self._all_shares(chosen), strict=True))

    def seen(self, index: int) -> Mapping[frozenset[str], float]:
        """Give the shares of a task that are known so far, by set."""
        return self._shares[index]

    def table(self, index: int) -> NDArray[np.float64]:
        """Give the share of a task for every set of the projects that touch it; bit i of a place is project i."""
        import numpy as np

        support = self.supports[index]
        goal = self.goals[index]
        return np.array(
            [
                share_closed(goal, self.evaluate(frozenset(p for i, p in enumerate(support) if mask >> i & 1)))
                for mask in range(1 << len(support))
            ]
        )
