"""How long a plan takes: 200 projects, 60 tasks, budgets of 10 years, all of it seeded.

Run `python bench/programme.py`. The plan is timed whole: asking the evidence model, the programme with its proof, the
curve of 20 budgets, entry prices, reasons. Where effects only add up and close no shortfall, the plan is a knapsack:
one such is also solved by two independent programs, SciPy's milp and the CP-SAT solver of OR-Tools, in the same run.
Where they are not installed, `--install` fetches them into the environment.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import random
import resource
import subprocess
import sys
import time

import numpy as np

from aport.city import City, geo, schema, tabular
from aport.models import Draws, Evidence
from aport.programme import Call, Effort, Goal, plan

SEED = 2019
PROJECTS, TASKS, TOPICS = 200, 60, 15
FIRST_YEAR, LAST_YEAR = 2026, 2035
TODAY = dt.date(2026, 1, 1)
GOAL_SECONDS = 60
OFFICIAL, RELATIVE, STATED = 0.3, 0.5, 0.67
"""Shares of projects on the officials' list, of relative effects, of effects with a stated interval."""
LANGUAGES = ("kk", "ru", "en")


def named(name: str) -> dict[str, str]:
    """Give one name in every language."""
    return {f"name_{language}": name for language in LANGUAGES}


def invented_city(source: random.Random) -> City:
    """Make a city of projects whose effects overlap: half relative, half amounts, two thirds with an interval."""
    rows: dict[str, list[dict[str, object]]] = {
        "topics": [{"topic": f"topic-{i}", "order": i + 1, **named(f"Topic {i}")} for i in range(TOPICS)],
        "places": [{"place": "town", "kind": "city", **named("Town")}],
        "sources": [{"source": "made", "publisher": "-", "title": "Made", "kind": "research", "licence": "facts"}],
        "indicators": [],
        "observations": [],
        "projects": [],
        "effects_published": [],
    }
    for i in range(TASKS):
        texts = {f"{what}_{language}": "-" for what in ("definition", "formula") for language in LANGUAGES}
        rows["indicators"].append(
            {
                "indicator": f"task-{i}",
                "topic": f"topic-{i % TOPICS}",
                "unit": "count",
                "form": "stock",
                "direction": "down",
                **named(f"Task {i}"),
                **texts,
            }
        )
        day = "2025-12-31"
        rows["observations"].append(
            {
                "observation": f"task-{i}.town",
                "indicator": f"task-{i}",
                "place": "town",
                "start": day,
                "end": day,
                "comparator": "eq",
                "value": 1000,
                "unit": "count",
                "basis": "statistics",
                "derived": "false",
                "source": "made",
            }
        )
    for i in range(PROJECTS):
        start = source.randint(FIRST_YEAR, LAST_YEAR - 3)
        rows["projects"].append(
            {
                "project": f"project-{i}",
                **named(f"Project {i}"),
                "state": "planned",
                "official": source.random() < OFFICIAL,
                "payer": "city",
                "start": start,
                "end": source.randint(start, start + 3),
                "cost_basis": "stated",
                "cost": round(source.lognormvariate(23, 1)),
                "price_year": 2024,
                "source": "made",
            }
        )
        for task in source.sample(range(TASKS), source.randint(1, 4)):
            relative = source.random() < RELATIVE
            value = -source.uniform(0.02, 0.3) if relative else -source.uniform(10, 150)
            interval = {"low": value * 1.4, "high": value * 0.7} if source.random() < STATED else {}
            rows["effects_published"].append(
                {
                    "effect": f"project-{i}.task-{task}",
                    "project": f"project-{i}",
                    "indicator": f"task-{task}",
                    "place": "town",
                    "form": "relative" if relative else "amount",
                    "value": value,
                    **interval,
                    "grade": "B",
                    "lag": source.randint(0, 2),
                    "source": "made",
                }
            )
    return City(
        name="town",
        tables={table.name: tabular.from_rows(rows.get(table.name, []), table) for table in schema.written()},
        layers={layer.name: _no_layer() for layer in schema.layers()},
        texts={},
        meta={"name": "town"},
    )


def _no_layer() -> object:
    import pandas as pd

    return pd.DataFrame(columns=list(geo.FRAME))


def goals_of(source: random.Random) -> list[Goal]:
    """Ask for a cut of a tenth to all of each value."""
    return [
        Goal(
            task=f"task-{i}",
            topic=f"topic-{i % TOPICS}",
            indicator=f"task-{i}",
            place="town",
            latest=1000.0,
            reference=source.uniform(0, 700),
            comparator="le",
        )
        for i in range(TASKS)
    ]


def time_plan(share: float) -> float:
    """Plan under a share of the cost of everything, print what came out, give the seconds."""
    source = random.Random(SEED)  # noqa: S311 (an invented instance, no secret)
    city, goals = invented_city(source), goals_of(source)
    total = float(city["projects"]["cost"].sum())
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    call = Call(budget=share * total, budget_by_year=dict.fromkeys(years, 1.3 * share * total / len(years)))
    began = time.perf_counter()
    model = Evidence.of(city, assumed_years=(FIRST_YEAR, LAST_YEAR))
    state = model.baseline(city, today=TODAY, years=years, draws=Draws(seed=SEED))
    for project in sorted(state.projects):
        model.apply(state, {project})
    modelled = time.perf_counter()
    result = plan(
        city,
        goals,
        call=call,
        evaluate=lambda projects: model.values(state, projects, year=LAST_YEAR + 3),
        touches=model.touches(state),
        today=TODAY,
        default_years=(FIRST_YEAR, LAST_YEAR),
    )
    joint = model.apply(state, result.chosen)
    seconds = time.perf_counter() - began
    prices = sum(each.entry_price is not None for each in result.decisions)
    own = result.programme
    print(
        f"{share:>7.0%} {seconds:>8.1f} {modelled - began:>8.1f} {len(result.chosen):>7} {own.score:>8.4f} "
        f"{own.optimality_gap:>9.1e} {max(c.optimality_gap or 0 for c in result.curve):>9.1e} "
        f"{prices:>6} {result.bound_holds:>14} {len(joint.by_key):>7}"
    )
    return seconds


def knapsack() -> tuple[np.ndarray, np.ndarray, float]:
    """Make a plain knapsack: values, costs and a budget."""
    source = np.random.default_rng(SEED)
    costs = np.round(source.lognormal(23, 1, PROJECTS))
    return source.uniform(0.5, 1.5, PROJECTS) * costs**0.7 / 1e7, costs, float(costs.sum() * 0.3)


def ours(values: np.ndarray, costs: np.ndarray, budget: float) -> float:
    """Solve the knapsack as a plan: one task that the projects never close."""
    from aport.programme.data import Candidate, Question
    from aport.programme.demands import budget_demands
    from aport.programme.planning import answer

    candidates = tuple(Candidate(project=f"p{i:03d}", cost=float(cost)) for i, cost in enumerate(costs))
    worth = {c.project: float(value) for c, value in zip(candidates, values, strict=True)}
    reference = float(values.sum())
    goal = Goal(task="t", topic="t", indicator="t", place="town", latest=0.0, reference=reference, comparator="ge")
    asked = Question(
        candidates=candidates, goals=(goal,), demands=tuple(budget_demands(candidates, budget, {})), budget=budget
    )
    result = answer(
        asked,
        lambda chosen: {("t", "town"): sum(worth[p] for p in chosen)},
        effort=Effort(points=0, prices=0),
        touches={p: [("t", "town")] for p in worth},
    )
    return (result.programme.score or 0.0) * reference


def by_scipy(values: np.ndarray, costs: np.ndarray, budget: float) -> float:
    """Solve the knapsack with scipy.optimize.milp."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    result = milp(
        -values,
        constraints=LinearConstraint(costs[None, :] / budget, ub=1.0),
        integrality=np.ones(len(values)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return float(-result.fun)


def by_ortools(values: np.ndarray, costs: np.ndarray, budget: float) -> float:
    """Solve the knapsack with CP-SAT, values rounded to whole numbers of a millionth of the largest."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"x{i}") for i in range(len(values))]
    model.add(sum(int(cost) * x for cost, x in zip(costs, chosen, strict=True)) <= int(budget))
    scale = 1e6 / values.max()
    model.maximize(sum(round(value * scale) * x for value, x in zip(values, chosen, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.solve(model)
    return float(sum(value for value, x in zip(values, chosen, strict=True) if solver.value(x)))


SOLVERS = (("aport", "aport", ours), ("scipy milp", "scipy", by_scipy), ("or-tools cp-sat", "ortools", by_ortools))
"""Name, package and function of each program; ours is the first."""


def compare() -> None:
    """Hold our answer to the knapsack against independent programs."""
    values, costs, budget = knapsack()
    print(f"\n{'knapsack of 200 projects':<26} {'seconds':>8} {'value':>14} {'to ours':>9}")
    reference = None
    for name, package, solve in SOLVERS:
        if importlib.util.find_spec(package) is None:
            print(f"{name:<26} not installed; run with --install")
            continue
        began = time.perf_counter()
        value = solve(values, costs, budget)
        reference = reference or value
        print(f"{name:<26} {time.perf_counter() - began:>8.2f} {value:>14.8g} {value / reference:>9.7f}")


def main() -> None:
    """Time plans and print a table; exit code 1 where one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install the programs to compare with")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.1, 0.3], help="budgets as shares of all costs")
    arguments = parser.parse_args()
    if arguments.install:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "scipy", "ortools"], check=True)
    print(f"seed {SEED}; {PROJECTS} projects, {TASKS} tasks, budgets of {LAST_YEAR - FIRST_YEAR + 1} years")
    print(
        f"{'budget':>7} {'seconds':>8} {'model s':>8} {'chosen':>7} {'score':>8} {'gap':>9} {'curve gap':>9} "
        f"{'prices':>6} {'bound':>14} {'effects':>7}"
    )
    slowest = max(time_plan(share) for share in arguments.shares)
    compare()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak of memory {peak:.0f} MB; goal: a plan under {GOAL_SECONDS} s, slowest {slowest:.1f} s")
    if slowest > GOAL_SECONDS:
        sys.exit(1)


if __name__ == "__main__":
    main()
