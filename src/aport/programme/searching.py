"""The search: true linear bounds on the score, tightened at every set that HiGHS proposes.

The score is a weighted sum of shares, one for each task, and each share is a function of the set of projects that only
the models know. The program holds a column for each share and true bounds on it; HiGHS maximises the weighted sum. The
set that it proposes is evaluated: its score is a value that can be had, the maximum is a bound that nothing can pass.
Where they differ, bounds that are tight at this set are added, and HiGHS is asked again. A set is proposed once at
most, so value and bound meet.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aport.programme.cuts import Envelope, integer_cut, submodular_cut, synergy_seen, violated
from aport.programme.program import IN, SEED, Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aport.programme.cuts import Cut
    from aport.programme.data import Demand, Effort
    from aport.programme.scoring import Scorer

CLOSED = 1e-7
"""Distance of value and bound, in the score, at which they count as met."""

SLACK = 1e-7
"""Share by which a proposed share must pass a bound for the bound to be added."""

MARGIN = 1e-6
"""Score by which a programme must be better to count as better, where an entry price is sought."""

SAMPLES = 64
"""Random pairs of projects looked at for each task of many projects."""

RELAXED_ROUNDS = 50
"""Rounds of bounds before the first whole programme is sought."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """The best set found, and what no set can pass."""

    chosen: frozenset[str]
    score: float
    bound: float = math.inf
    rounds: int = 0


class Search:
    """One program, asked again and again: what is learnt for one question holds for all.

    Parameters
    ----------
    scorer
        The score; its projects are those that may be chosen.
    demands
        Bounds on the projects, budgets included; at least one set keeps to them.
    effort
        Limits of the search.

    Attributes
    ----------
    synergies
        Numbers of the tasks of many projects where some were seen to help one another.
    """

    def __init__(self, scorer: Scorer, demands: Sequence[Demand], effort: Effort) -> None:
        self.scorer, self.effort, self.demands = scorer, effort, tuple(demands)
        self.program = Program(scorer.projects, len(scorer.goals), nodes=effort.nodes)
        self.scales = [self._demand_row(demand) for demand in self.demands]
        weighted = [(self.program.first_share + i, weight) for i, weight in enumerate(scorer.weights)]
        self.score_row = self.program.row(-math.inf, math.inf, weighted)
        self.score_aim = dict(weighted)
        self.envelopes: dict[int, Envelope] = {}
        self.synergies: set[int] = set()
        self.cuts: dict[int, list[tuple[int, Cut]]] = {}
        for index, support in enumerate(scorer.supports):
            if len(support) <= max(1, effort.tabulate):
                self.envelopes[index] = Envelope(scorer.table(index))
            elif synergy_seen(scorer, index, samples=SAMPLES, seed=SEED):
                self.synergies.add(index)
            for corner in (frozenset[str](), frozenset(support)):
                self._tighten(index, corner)

    @property
    def unproved(self) -> set[int]:
        """Tasks whose bounds rest on projects nowhere helping one another."""
        everyone = set(range(len(self.scorer.goals)))
        return everyone - self.envelopes.keys() - self.synergies if self.scorer.told else everyone

    def _demand_row(self, demand: Demand) -> float:
        """Add the row of a demand, its weights scaled to 1 at most; give the scale."""
        mine = [(self.program.column[p], weight) for p, weight in demand.terms if p in self.program.column]
        scale = max((abs(weight) for _, weight in mine), default=1.0)
        terms = [(column, weight / scale) for column, weight in mine]
        self.program.row(demand.lower / scale, demand.upper / scale, terms)
        return scale

    # Bounds on shares

    def _add(self, index: int, cut: Cut) -> None:
        slopes, level = cut
        column = self.program.column
        terms = [(column[p], -slope) for p, slope in zip(self.scorer.supports[index], slopes, strict=True)]
        row = self.program.row(-math.inf, level, [(self.program.first_share + index, 1.0), *terms])
        if index not in self.envelopes and index not in self.synergies:
            self.cuts.setdefault(index, []).append((row, cut))
            self._distrust(index)

    def _distrust(self, index: int) -> None:
        """Hold the bounds of a task against all shares that are known; give them up where one is broken."""
        support, seen = self.scorer.supports[index], self.scorer.seen(index)
        if any(violated(cut, support, seen, slack=SLACK) for _, cut in self.cuts[index]):
            self.synergies.add(index)
            for row, _ in self.cuts.pop(index):
                self.program.limit(row)

    def _tighten(self, index: int, chosen: frozenset[str]) -> None:
        """Add the bound on a task that is tight at a set."""
        import numpy as np

        support = self.scorer.supports[index]
        mine = chosen & frozenset(support)
        if index in self.envelopes:
            self._add(index, self.envelopes[index].cut(np.array([float(p in mine) for p in support])))
            return
        if index not in self.synergies:
            self._add(index, submodular_cut(self.scorer, index, mine))
        if index in self.synergies:
            self._add(index, integer_cut(self.scorer, index, mine))

    def _tighten_between(self, index: int, values: NDArray[np.float64]) -> bool:
        """Add a bound on a task that a programme with fractions of projects breaks; say whether there was one."""
        support = self.scorer.supports[index]
        mine = values[[self.program.column[p] for p in support]]
        if index in self.envelopes:
            cut = self.envelopes[index].cut(mine)
        elif index not in self.synergies:
            rounded = frozenset(p for p, value in zip(support, mine, strict=True) if value > IN)
            cut = submodular_cut(self.scorer, index, rounded)
        else:
            return False
        if values[self.program.first_share + index] <= cut[1] + float(mine @ cut[0]) + SLACK:
            return False
        self._add(index, cut)
        return True

    def _tighten_relaxed(self) -> None:
        """Solve with fractions of projects and add bounds until none is broken."""
        for _ in range(RELAXED_ROUNDS):
            answer = self.program.solve(whole=False)
            if answer is None or answer.values is None:
                return
            found = [self._tighten_between(i, answer.values) for i in range(len(self.scorer.goals))]
            if not any(found):
                return

    def _tighten_at(self, chosen: frozenset[str], values: NDArray[np.float64]) -> bool:
        """Add the bounds that a set breaks; say whether there was one."""
        first = self.program.first_share
        broken = [
            index
            for index in range(len(self.scorer.goals))
            if values[first + index] > self.scorer.share(index, chosen) + SLACK
        ]
        for index in broken:
            self._tighten(index, chosen)
        return bool(broken)

    # Questions

    @contextmanager
    def _budget(self, budget: float | None) -> Iterator[list[Demand]]:
        """Put another total budget in place for a while."""
        mine = [replace(d, upper=budget) if budget is not None and d.key == "budget" else d for d in self.demands]
        for row, (demand, scale) in enumerate(zip(mine, self.scales, strict=True)):
            self.program.limit(row, lower=demand.lower / scale, upper=demand.upper / scale)
        try:
            yield mine
        finally:
            for row, (demand, scale) in enumerate(zip(self.demands, self.scales, strict=True)):
                self.program.limit(row, lower=demand.lower / scale, upper=demand.upper / scale)

    @contextmanager
    def _passing(self) -> Iterator[list[int]]:
        """Collect rows that hold for one question only."""
        rows: list[int] = []
        try:
            yield rows
        finally:
            for row in rows:
                self.program.limit(row)

    def maximise(self, *, budget: float | None = None, gap: float = 0.0, start: Solved | None = None) -> Solved | None:
        """Find the set with the highest score that keeps to the demands.

        Parameters
        ----------
        budget
            Total budget in place of the one among the demands.
        gap
            Optimality gap at which to stop.
        start
            A set that keeps to the demands, to begin with.

        Returns
        -------
        The best set and the bound; None where no set keeps to the demands.
        """
        self.program.aim(self.score_aim)
        best, bound, rounds, trusted = start, math.inf, 0, -1
        proposed: set[frozenset[str]] = set()
        with self._budget(budget) as demands, self._passing() as passing:
            while rounds < self.effort.rounds:
                if len(self.synergies) != trusted:  # bounds that were used are gone, and what they gave with them
                    self._tighten_relaxed()
                    bound, trusted = math.inf, len(self.synergies)
                rounds += 1
                answer = self.program.solve(gap=gap / 2)
                if answer is None:  # nothing is left that could be better
                    bound = min(bound, best.score) if best else bound
                    break
                bound = min(bound, answer.bound)
                if answer.values is None:
                    break
                chosen = self.program.chosen(answer.values)
                broken = [demand for demand in demands if not demand.kept(chosen)]
                if broken:
                    passing += [self._too_much(chosen, demand) for demand in broken]
                    continue
                score = self.scorer.score(chosen)
                if best is None or score > best.score:
                    best = Solved(chosen=chosen, score=score)
                again = chosen in proposed  # it passes its own bounds by less than the solver sees
                proposed.add(chosen)
                added = not again and self._tighten_at(chosen, answer.values)
                closed = bound - best.score <= max(CLOSED, gap * abs(bound))
                if len(self.synergies) == trusted and (closed or not added):
                    break
        return replace(best, bound=max(bound, best.score), rounds=rounds) if best else None

    def _too_much(self, chosen: frozenset[str], demand: Demand) -> int:
        """Forbid what passes a limit by less than the solver sees, and all that holds it."""
        among = [p for p, _ in demand.terms if p in self.program.column]
        return self.program.exclude(chosen & frozenset(among), among=among, supersets=demand.of_money)

    def entry_price(self, project: str, *, floor: float) -> float | None:
        """Find the cost just below which a project enters the best programme.

        Parameters
        ----------
        project
            A project outside the best programme, with a cost above zero.
        floor
            Score of the best programme.

        Returns
        -------
        The highest cost at which some programme with the project keeps to the demands and scores more; None where it
        would not enter at any cost, or the search came to its limit.

        Notes
        -----
        The program minimises the part of the cost that is waived, with the project in and the score above the floor.
        """
        column, waived = self.program.column[project], self.program.waived
        money = [
            (row, dict(demand.terms)[project] / self.scales[row])
            for row, demand in enumerate(self.demands)
            if demand.of_money and project in dict(demand.terms)
        ]
        self.program.aim({waived: -1.0})
        self.program.hold(column, 1.0, 1.0)
        self.program.hold(waived, 0.0, 1.0)
        self.program.limit(self.score_row, lower=floor + MARGIN)
        for row, weight in money:
            self.program.weigh(row, waived, -weight)
        try:
            with self._passing() as passing:
                return self._cheapest(project, floor, passing)
        finally:
            for row, _ in money:
                self.program.weigh(row, waived, 0.0)
            self.program.limit(self.score_row)
            self.program.hold(waived, 0.0, 0.0)
            self.program.hold(column, 0.0, 1.0)

    def _cheapest(self, project: str, floor: float, passing: list[int]) -> float | None:
        self._tighten_relaxed()
        for _ in range(self.effort.rounds):
            answer = self.program.solve()
            if answer is None or answer.values is None or not answer.complete:
                return None
            chosen = self.program.chosen(answer.values)
            known = len(self.synergies)
            if self.scorer.score(chosen) > floor + MARGIN / 2:
                return self._price_within(project, chosen)
            if not self._tighten_at(chosen, answer.values) and len(self.synergies) == known:
                passing.append(self.program.exclude(chosen, among=self.scorer.projects, supersets=False))
        return None

    def _price_within(self, project: str, chosen: frozenset[str]) -> float | None:
        """Give the cost of a project at which a set that holds it spends the whole of a limit."""
        left = []
        for demand in self.demands:
            weights = dict(demand.terms)
            if demand.of_money and project in weights:
                spent = math.fsum(weights[p] for p in chosen - {project} if p in weights)
                left.append((demand.upper - spent) / weights[project])
        cost = next(dict(d.terms)[project] for d in self.demands if d.key == "budget")
        price = cost * min([1.0, *left])
        return price if price > 0 else None
