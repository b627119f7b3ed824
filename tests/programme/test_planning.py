"""The programme against every set of projects, tried one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aport.errors import AportError
from aport.programme.conflicts import ConflictingDemands
from aport.programme.data import Demand, Effort, Goal
from aport.programme.planning import answer
from tests.programme.invented import (
    QUICK,
    at_cost,
    best_by_hand,
    candidate,
    every_set,
    goal,
    question,
    score_by_hand,
    world,
)

UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(UNHURRIED, max_examples=25)


@st.composite
def demand_lists(draw, names):
    demands = []
    for number in range(draw(st.integers(0, 3))):
        one, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        values = {"rule": f"r{number}", "project": one, "other": other}
        kind = draw(st.sampled_from(["excludes", "requires", "must", "forbid"]))
        if kind == "excludes" and one != other:
            demands.append(Demand(key=kind, values=values, terms=((one, 1.0), (other, 1.0)), upper=1.0))
        if kind == "requires" and one != other:
            demands.append(Demand(key=kind, values=values, terms=((one, 1.0), (other, -1.0)), upper=0.0))
        if kind == "must":
            demands.append(Demand(key=kind, values=values, terms=((one, 1.0),), lower=1.0))
        if kind == "forbid":
            demands.append(Demand(key=kind, values=values, terms=((one, 1.0),), upper=0.0))
    return demands


@st.composite
def questions(draw, *, synergies=False, bound=False):
    """Draw up to seven projects, three tasks in two topics, and everything that may bind them."""
    names = [f"p{i}" for i in range(draw(st.integers(1, 7)))]
    goals = []
    for i in range(draw(st.integers(1, 3))):
        comparator = draw(st.sampled_from(["le", "ge", "eq"]))
        reference = {"le": st.floats(0, 90), "ge": st.floats(110, 300), "eq": st.sampled_from([40.0, 60.0, 160.0])}
        topic = draw(st.sampled_from(["a", "b"]))
        goals.append(goal(f"t{i}", topic=topic, reference=draw(reference[comparator]), comparator=comparator))
    task, name = st.sampled_from([g.task for g in goals]), st.sampled_from(names)
    relative = draw(st.lists(st.tuples(name, task, st.floats(-0.6, 0.6)), max_size=8, unique_by=lambda e: e[:2]))
    amounts = draw(st.lists(st.tuples(name, task, st.floats(-60, 60)), max_size=8, unique_by=lambda e: e[:2]))
    pairs = st.lists(st.tuples(name, name, task, st.floats(-40, 40)), max_size=4, unique_by=lambda e: e[:3])
    candidates = []
    for each in names:
        first = draw(st.integers(2026, 2029))
        years = tuple(range(first, first + draw(st.integers(1, 3))))
        candidates.append(candidate(each, cost=draw(st.integers(1, 50)) * 1e9, years=years))
    total = sum(c.cost for c in candidates)
    asked = question(
        candidates,
        goals,
        budget=draw(st.integers(0, 100)) / 100 * total,
        budget_by_year={2027: draw(st.integers(0, 100)) / 100 * total} if draw(st.booleans()) else {},
        demands=draw(demand_lists(names)) if bound else [],
        weights={"a": draw(st.floats(0.1, 5))} if draw(st.booleans()) else {},
    )
    return asked, world(goals, relative=relative, amounts=amounts, pairs=draw(pairs) if synergies else [])


@pytest.mark.parametrize("tabulate", [14, 0])
@given(drawn=questions(bound=True))
@UNHURRIED
def test_the_programme_is_the_best_of_all_sets(tabulate, drawn):
    asked, evaluate = drawn
    best = best_by_hand(asked, evaluate)
    if best is None:
        with pytest.raises(ConflictingDemands):
            answer(asked, evaluate, effort=QUICK)
        return
    result = answer(asked, evaluate, effort=replace(QUICK, tabulate=tabulate), touches=evaluate.touches())
    chosen = frozenset(result.chosen)
    assert all(demand.kept(chosen) for demand in asked.demands)
    assert result.programme.score == pytest.approx(score_by_hand(asked, evaluate, chosen), abs=1e-9)
    assert result.programme.score <= best + 1e-9
    if result.bound_holds == "proved":
        assert result.programme.score == pytest.approx(best, abs=1e-6)
        assert result.programme.bound == pytest.approx(best, abs=1e-6)
        assert result.programme.optimality_gap == pytest.approx(0, abs=1e-4)


@given(drawn=questions(synergies=True))
@UNHURRIED
def test_projects_that_help_one_another_are_planned_exactly_too(drawn):
    asked, evaluate = drawn
    result = answer(asked, evaluate, effort=QUICK, touches=evaluate.touches())
    best = best_by_hand(asked, evaluate)
    assert result.bound_holds == "proved"
    assert result.consistent
    assert result.programme.score == pytest.approx(best, abs=1e-6)
    assert result.programme.bound == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("told", [True, False])
@given(drawn=questions(synergies=True))
@FEWER
def test_a_bound_that_is_called_proved_holds(told, drawn):
    """With tables switched off, only cuts that hold for any model may prove a bound."""
    asked, evaluate = drawn
    touches = evaluate.touches() if told else None
    result = answer(asked, evaluate, effort=replace(QUICK, tabulate=0), touches=touches)
    best = best_by_hand(asked, evaluate)
    assert result.programme.score <= best + 1e-9
    if result.bound_holds == "proved":
        assert result.programme.score == pytest.approx(best, abs=1e-6)
    else:
        assert result.unproved


def test_projects_that_help_one_another_are_told_where_they_are_many():
    goals = [goal("t")]
    names = [f"p{i}" for i in range(4)]
    evaluate = world(goals, pairs=[(one, other, "t", -9.0) for one in names for other in names if one < other])
    asked = question([candidate(name) for name in names], goals, budget=30)
    result = answer(asked, evaluate, effort=replace(QUICK, tabulate=1), touches=evaluate.touches())
    assert result.synergies == ("t",)
    assert result.bound_holds == "proved"
    assert result.programme.score == pytest.approx(0.27)
    assert len(result.chosen) == 3


@given(drawn=questions(bound=True))
@FEWER
def test_the_curve_never_falls_and_meets_the_best_at_each_budget(drawn):
    asked, evaluate = drawn
    try:
        result = answer(asked, evaluate, effort=Effort(points=5, prices=0, curve_gap=0.0), touches=evaluate.touches())
    except ConflictingDemands:
        return
    scores = [point.score for point in result.curve if point.score is not None]
    assert scores == sorted(scores)
    for point in result.curve:
        demands = tuple(
            replace(demand, upper=point.budget) if demand.key == "budget" else demand for demand in asked.demands
        )
        best = best_by_hand(replace(asked, demands=demands), evaluate)
        assert point.score == (None if best is None else pytest.approx(best, abs=1e-6))
        if best is not None:
            assert all(demand.kept(frozenset(point.projects)) for demand in demands)
            assert point.bound >= best - 1e-6


@given(drawn=questions())
@FEWER
def test_a_project_enters_below_its_entry_price_and_not_above(drawn):
    asked, evaluate = drawn
    result = answer(asked, evaluate, effort=Effort(points=0, prices=9), touches=evaluate.touches())
    for decision in result.decisions:
        if decision.decision != "not-chosen" or not decision.alone:
            continue
        price = decision.entry_price
        if price is None:
            free = at_cost(asked, decision.project, 1.0)  # less than a tenge is below the rounding of a budget
            with_it = (s for s in every_set(free) if decision.project in s and all(d.kept(s) for d in free.demands))
            best = max((score_by_hand(free, evaluate, s) for s in with_it), default=-9.0)
            assert best <= result.programme.score + 2e-6
            continue
        assert 0 < price <= decision.candidate.cost
        below = answer(at_cost(asked, decision.project, price * (1 - 1e-6)), evaluate, effort=QUICK)
        assert decision.project in below.chosen
        if price < decision.candidate.cost:
            above = answer(at_cost(asked, decision.project, price * (1 + 1e-6)), evaluate, effort=QUICK)
            assert above.programme.score <= result.programme.score + 2e-6


def test_the_entry_price_of_a_known_case():
    """Ten thousand buy a and b; c closes as much as a and b together and enters when it costs what both do, or less."""
    goals = [goal("t")]
    evaluate = world(goals, amounts=[("a", "t", -20), ("b", "t", -15), ("c", "t", -30)])
    asked = question([candidate("a", 6), candidate("b", 4), candidate("c", 9)], goals, budget=10)
    result = answer(asked, evaluate, effort=Effort(points=0, prices=9), touches=evaluate.touches())
    assert result.chosen == ("a", "b")
    prices = {each.project: each.entry_price for each in result.decisions}
    assert prices == {"a": None, "b": None, "c": pytest.approx(6)}


def test_a_set_that_costs_exactly_the_budget_fits_and_a_hair_more_does_not():
    goals = [goal("t")]
    costs = [0.1e12, 0.2e12, 0.3e12]
    evaluate = world(goals, amounts=[(f"p{i}", "t", -10) for i in range(3)])
    for budget, count in ((0.6e12, 3), (0.6e12 - 1, 2)):
        asked = question([candidate(f"p{i}", cost) for i, cost in enumerate(costs)], goals, budget=budget)
        assert len(answer(asked, evaluate, effort=QUICK).chosen) == count


KNAPSACK = (
    (382745, 825594), (799601, 1677009), (909247, 1676628), (729069, 1523970), (467902, 943972), (44328, 97426),
    (34610, 69666), (698150, 1296457), (823460, 1679693), (903959, 1902996), (853665, 1844992), (551830, 1049289),
    (610856, 1252836), (670702, 1319836), (488960, 953277), (951111, 2067538), (323046, 675367), (446298, 853655),
    (931161, 1826027), (31385, 65731), (496951, 901489), (264724, 577243), (224916, 466257), (169684, 369261),
)  # fmt: skip
"""Weights and profits of the instance P08 of J. Burkardt's data sets for the knapsack problem; capacity 6,404,180."""


def test_a_published_knapsack_has_its_published_optimum():
    total = float(sum(profit for _, profit in KNAPSACK))
    goals = [goal("t", latest=0.0, reference=total, comparator="ge")]
    evaluate = world(goals, amounts=[(f"p{i:02d}", "t", profit) for i, (_, profit) in enumerate(KNAPSACK)])
    candidates = [candidate(f"p{i:02d}", float(weight)) for i, (weight, _) in enumerate(KNAPSACK)]
    result = answer(question(candidates, goals, budget=6404180), evaluate, effort=replace(QUICK, tabulate=0))
    assert result.programme.score * total == pytest.approx(13549094, abs=1)
    assert result.programme.cost == 6402560


def test_money_is_limited_year_by_year():
    goals = [goal("t")]
    evaluate = world(goals, amounts=[("a", "t", -20), ("b", "t", -19)])
    candidates = [candidate("a", 30, (2027, 2028, 2029)), candidate("b", 10, (2030,))]
    asked = question(candidates, goals, budget=99, budget_by_year={2028: 9.0})
    result = answer(asked, evaluate, effort=Effort(points=0, prices=9))
    assert result.chosen == ("b",)
    assert result.spending == {2030: 10}
    left = next(each for each in result.decisions if each.project == "a")
    assert (left.reason, left.values["year"]) == ("does-not-fit-the-budget", 2028)
    assert left.entry_price == pytest.approx(27)


def test_a_topic_weighs_as_much_as_another_and_a_task_as_its_neighbours():
    goals = [goal("t1", topic="a"), goal("t2", topic="a"), goal("t3", topic="b")]
    evaluate = world(goals, amounts=[("x", "t1", -100), ("y", "t3", -60)])
    asked = question([candidate("x"), candidate("y")], goals, budget=10)
    result = answer(asked, evaluate, effort=QUICK)
    assert result.chosen == ("y",)
    assert result.programme.score == pytest.approx(0.3)
    assert [share.weight for share in result.shares] == pytest.approx([0.25, 0.25, 0.5])
    weighed = answer(replace(asked, weights={"b": 0.5}), evaluate, effort=QUICK)
    assert weighed.chosen == ("x",)
    assert weighed.programme.score == pytest.approx(1 / 3)


def test_tasks_that_cannot_be_scored_are_listed():
    goals = [
        goal("scored"),
        Goal(task="bare", topic="work", reason="needs-records"),
        Goal(task="aimless", topic="work", indicator="aimless", place="town", latest=3.0),
        Goal(task="unseen", topic="work", indicator="unseen", place="town", reference=3.0),
        goal("reached", latest=50.0, reference=60.0),
        goal("weightless", topic="none"),
    ]
    evaluate = world(goals, amounts=[("a", "scored", -50)])
    asked = question([candidate("a")], goals, budget=10, weights={"none": 0.0})
    result = answer(asked, evaluate, effort=QUICK)
    assert {share.goal.task: share.unscored for share in result.shares} == {
        "scored": "",
        "bare": "needs-records",
        "aimless": "no-reference",
        "unseen": "no-latest",
        "reached": "met",
        "weightless": "no-weight",
    }
    assert result.programme.score == pytest.approx(0.5)


def test_without_a_scored_task_nothing_is_chosen():
    goals = [Goal(task="bare", topic="work")]
    result = answer(question([candidate("a")], goals, budget=10), world(goals), effort=Effort(points=3, prices=3))
    assert result.chosen == ()
    assert result.programme.score == 0
    assert result.decisions[0].reason == "no-effect-on-a-scored-task"


def test_doing_nothing_counts_what_work_under_way_closes():
    goals = [goal("t")]
    base = world(goals, amounts=[("under-way", "t", -30), ("a", "t", -20)])
    asked = question([candidate("under-way", state="in-work"), candidate("a")], goals, budget=10)
    result = answer(asked, lambda chosen: base(chosen | {"under-way"}), effort=QUICK)
    assert result.do_nothing.score == pytest.approx(0.3)
    assert result.programme.score == pytest.approx(0.5)
    assert result.decisions[0].decision == "baseline"
    assert result.decisions[0].reason == "in-work"


def test_a_model_that_gives_no_number_is_named():
    goals = [goal("t")]
    asked = question([candidate("a")], goals, budget=10)
    with pytest.raises(AportError, match="a model gave nan for t at town"):
        answer(asked, lambda _: {("t", "town"): float("nan")}, effort=QUICK)


def test_the_same_question_has_the_same_answer():
    goals = [goal("t"), goal("u", topic="b")]
    effects = [(f"p{i}", "t" if i % 3 else "u", -7.0 - i % 4) for i in range(20)]
    evaluate = world(goals, amounts=effects)
    asked = question([candidate(f"p{i}", 10 + i * 7 % 13) for i in range(20)], goals, budget=90)
    first, second = (answer(asked, evaluate, effort=Effort(points=4, prices=4)) for _ in range(2))
    assert first == second
