"""Small questions made in memory, and their answers by trying every set."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

from aport.programme.data import Candidate, Effort, Goal, Question
from aport.programme.demands import budget_demands

QUICK = Effort(points=0, prices=0)


@dataclass(frozen=True)
class World:
    """A model of one line: relative effects multiply, amounts add and stop at 0, pairs may help one another."""

    baselines: dict
    relative: dict
    amounts: dict
    pairs: dict

    def __call__(self, chosen):
        values = {}
        for outcome, baseline in self.baselines.items():
            factor = math.prod(1 + e for (p, o), e in self.relative.items() if o == outcome and p in chosen)
            amount = sum(a for (p, o), a in self.amounts.items() if o == outcome and p in chosen)
            amount += sum(a for (p, q, o), a in self.pairs.items() if o == outcome and p in chosen and q in chosen)
            values[outcome] = max(0.0, baseline * factor + amount)
        return values

    def touches(self):
        found = {}
        for *projects, outcome in (*self.relative, *self.amounts, *self.pairs):
            for project in projects:
                found.setdefault(project, set()).add(outcome)
        return found


def goal(name, *, topic="work", latest=100.0, reference=0.0, comparator="le"):
    return Goal(
        task=name, topic=topic, indicator=name, place="town", latest=latest, reference=reference, comparator=comparator
    )


def world(goals, *, relative=(), amounts=(), pairs=()):
    """Make a model from (project, task, effect) and (project, project, task, effect)."""
    return World(
        {(g.indicator, g.place): g.latest for g in goals if g.latest is not None},
        {(p, (t, "town")): e for p, t, e in relative},
        {(p, (t, "town")): e for p, t, e in amounts},
        {(p, q, (t, "town")): e for p, q, t, e in pairs},
    )


def candidate(name, cost=10.0, years=(2027,), **more):
    return Candidate(project=name, names=(name,), cost=cost, years=years, **more)


def question(candidates, goals, *, budget, budget_by_year=None, demands=(), **more):
    return Question(
        candidates=tuple(candidates),
        goals=tuple(goals),
        demands=(*demands, *budget_demands(candidates, budget, budget_by_year or {})),
        budget=budget,
        budget_by_year=budget_by_year or {},
        **more,
    )


def at_cost(asked, project, cost):
    """Ask the same with another cost of one project."""
    candidates = [replace(c, cost=cost) if c.project == project else c for c in asked.candidates]
    others = [demand for demand in asked.demands if not demand.of_money]
    return replace(
        asked,
        candidates=tuple(candidates),
        demands=(*others, *budget_demands(candidates, asked.budget, asked.budget_by_year)),
    )


def score_by_hand(asked, evaluate, chosen):
    """Score a set as the definition says, by other code than ours."""
    values = evaluate(frozenset(chosen))
    topics = {}
    for g in asked.goals:
        if g.latest is None or g.reference is None:
            continue

        def distance(value, g=g):
            apart = value - g.reference
            return abs(apart) if g.comparator == "eq" else max(0.0, apart if g.comparator == "le" else -apart)

        if distance(g.latest):
            share = (distance(g.latest) - distance(values[g.indicator, g.place])) / distance(g.latest)
            topics.setdefault(g.topic, []).append(share)
    weights = {topic: asked.weights.get(topic, 1.0) for topic in topics}
    if not sum(weights.values()):
        return 0.0
    return sum(weights[t] * sum(s) / len(s) for t, s in topics.items()) / sum(weights.values())


def every_set(asked):
    names = [c.project for c in asked.candidates if c.choosable]
    for size in range(len(names) + 1):
        yield from map(frozenset, itertools.combinations(names, size))


def best_by_hand(asked, evaluate):
    """Give the best score of all sets that keep to the demands; None where none does."""
    kept = [s for s in every_set(asked) if all(demand.kept(s) for demand in asked.demands)]
    return max((score_by_hand(asked, evaluate, s) for s in kept), default=None)
