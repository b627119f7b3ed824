"""The verb of the room: which projects to fund, and why these."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from aport.programme.conflicts import check_feasible
from aport.programme.data import Effort, Portfolio, Programme, TaskShare
from aport.programme.demands import check_preferences, cost_of, obstacles
from aport.programme.question import question_of
from aport.programme.reasons import NOTHING, decide
from aport.programme.scoring import Scorer, share_closed, task_weights
from aport.programme.searching import Search, Solved

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from aport.city import City
    from aport.programme.call import Call
    from aport.programme.data import Decision, Demand, Evaluate, Goal, Question, Touches

CONSISTENT = 1e-6
"""Difference of two scores of one set above which they do not agree."""

WORTH_A_PRICE = frozenset({"does-not-fit-the-budget", "adds-nothing", "excluded-by", "undecided"})
"""Reasons for staying out that a lower cost could overcome."""


def _silent(_: str) -> None:
    """Say nothing: progress is for the command line."""


def plan(  # noqa: PLR0913 (everything but the city and the goals is named)
    city: City,
    goals: Sequence[Goal],
    *,
    call: Call,
    evaluate: Evaluate,
    today: dt.date,
    default_years: tuple[int, int],
    touches: Touches | None = None,
    effort: Effort | None = None,
    progress: Callable[[str], None] = _silent,
) -> Programme:
    """Choose the projects of a city that close most of its shortfalls under a budget.

    Parameters
    ----------
    city
        The city: projects, rules, opinions and places; it is not changed.
    goals
        Its tasks with their shortfalls.
    call
        Budget and demands of the user.
    evaluate
        Asks the models for the values that a set of projects brings, work under way included.
    today
        Money can be spent from this year on.
    default_years
        First and last year of building of a project that states none.
    touches
        Outcomes that each project may touch; without it the bound holds only where projects nowhere help one another.

    Raises
    ------
    UsageError
        When the call cannot be meant.
    ConflictingDemands
        When no programme keeps to all demands; with a smallest set of those that conflict.
    """
    question = question_of(city, goals, call=call, today=today, default_years=default_years)
    return answer(question, evaluate, touches=touches, effort=effort or Effort(), progress=progress)


def answer(
    question: Question,
    evaluate: Evaluate,
    *,
    effort: Effort,
    touches: Touches | None = None,
    progress: Callable[[str], None] = _silent,
) -> Programme:
    """Answer a question that was put together already.

    Raises
    ------
    ConflictingDemands
        When no programme keeps to all demands.
    """
    check_feasible(question.demands)
    barred = obstacles(question.demands)
    free = [c.project for c in question.candidates if c.choosable and c.project not in barred]
    weights = task_weights(question.goals, question.weights)
    scored = [goal for goal in question.goals if weights.get(goal.task)]
    progress(f"Asking the models about {len(free)} projects for {len(scored)} tasks")
    scorer = Scorer(scored, weights, evaluate, free, touches)
    search = Search(scorer, question.demands, effort)
    while True:
        trusted = len(search.synergies)
        progress("Searching the programme")
        solved = search.maximise()
        if solved is None:  # the demands can be kept, as was checked
            raise AssertionError
        solved = replace(solved, chosen=_without_idlers(solved.chosen, scorer, question.demands))
        progress(f"Searching the curve at {effort.points} budgets")
        curve = _curve(question, search, solved, free, effort)
        progress("Searching entry prices")
        decisions = decide(question.candidates, solved.chosen, scorer=scorer, demands=question.demands, barred=barred)
        decisions = _priced(decisions, search, solved, effort.prices)
        if len(search.synergies) == trusted:  # else a bound that was used did not hold
            return _programme(question, search, solved, curve, decisions)


def _without_idlers(chosen: frozenset[str], scorer: Scorer, demands: Sequence[Demand]) -> frozenset[str]:
    """Take out what adds nothing and nobody asked for."""
    score = scorer.score(chosen)
    for project in sorted(chosen):
        less = chosen - {project}
        if scorer.score(less) >= score - NOTHING / 1000 and all(demand.kept(less) for demand in demands):
            chosen = less
    return chosen


def _curve(
    question: Question, search: Search, solved: Solved, free: Sequence[str], effort: Effort
) -> tuple[Portfolio, ...]:
    """Give the best programme for budgets from 0 to the cost of everything, under the other demands of the question."""
    costs = {c.project: c.cost for c in question.candidates}
    everything, own_cost = cost_of(free, costs), cost_of(solved.chosen, costs)
    others = [demand for demand in question.demands if demand.key != "budget"]
    budgets = [everything * point / max(1, effort.points - 1) for point in range(effort.points)]
    results: list[Solved | None] = []
    above: Solved | None = None
    for budget in reversed(budgets):
        if above and cost_of(above.chosen, costs) <= budget:  # what is best with more money is best with this much
            results.insert(0, above)
            continue
        start = Solved(chosen=solved.chosen, score=solved.score) if own_cost <= budget else None
        above = search.maximise(budget=budget, gap=effort.curve_gap, start=start)
        if above:
            above = replace(above, chosen=_without_idlers(above.chosen, search.scorer, others))
        results.insert(0, above)
    found = []
    best: Solved | None = None
    for point, (budget, result) in enumerate(zip(budgets, results, strict=True)):
        if result and (best is None or result.score > best.score):
            best = result
        elif result and best:  # found with less money, so it is there with more
            best = replace(best, bound=max(best.score, result.bound))
        chosen = best.chosen if best else frozenset[str]()
        found.append(
            Portfolio(
                portfolio=f"curve-{point + 1:02d}",
                kind="curve",
                projects=tuple(sorted(chosen)),
                cost=cost_of(chosen, costs),
                score=best.score if best else None,
                budget=budget,
                bound=best.bound if best else None,
                fits=best is not None,
            )
        )
    return tuple(found)


def _priced(decisions: Sequence[Decision], search: Search, solved: Solved, count: int) -> list[Decision]:
    """Give entry prices to the projects that stayed out and would add most for their cost."""

    def worth(decision: Decision) -> tuple[float, float, str]:
        cost = decision.candidate.cost or 0.0
        return -(decision.gain or 0.0) / cost, -(decision.alone or 0.0) / cost, decision.project

    open_ones = [d for d in decisions if d.reason in WORTH_A_PRICE and d.candidate.cost and (d.alone or d.gain)]
    prices = {
        each.project: search.entry_price(each.project, floor=solved.score)
        for each in sorted(open_ones, key=worth)[:count]
    }
    return [replace(each, entry_price=prices.get(each.project)) for each in decisions]


def _programme(
    question: Question,
    search: Search,
    solved: Solved,
    curve: tuple[Portfolio, ...],
    decisions: Sequence[Decision],
) -> Programme:
    """Put the answer together."""
    scorer = search.scorer
    costs = {c.project: c.cost for c in question.candidates}
    score = scorer.true_score(solved.chosen)
    programme = Portfolio(
        portfolio="programme",
        kind="programme",
        projects=tuple(c.project for c in question.candidates if c.project in solved.chosen),
        cost=cost_of(solved.chosen, costs),
        score=score,
        budget=question.budget,
        bound=max(solved.bound, score),
    )
    nothing = Portfolio(
        portfolio="do-nothing", kind="do-nothing", projects=(), cost=0.0, score=scorer.true_score(frozenset())
    )
    officials = _officials(question, scorer)
    portfolios = {each.portfolio: frozenset(each.projects) for each in (programme, officials)}
    years = sorted({year for c in question.candidates if c.project in solved.chosen for year in c.years})
    return Programme(
        programme=programme,
        do_nothing=nothing,
        officials=officials,
        curve=curve,
        decisions=tuple(decisions),
        shares=_shares(question, scorer, solved.chosen),
        spending={
            year: math.fsum(c.cost_in(year) for c in question.candidates if c.project in solved.chosen)
            for year in years
        },
        near_misses=question.near_misses,
        conditions=question.conditions,
        preferences=tuple(check_preferences(question.preferences, portfolios)),
        assumptions=question.assumptions,
        budget_by_year=question.budget_by_year,
        weights=question.weights,
        rounds=solved.rounds,
        bound_holds="if-submodular" if search.unproved else "proved",
        unproved=tuple(scorer.goals[index].task for index in sorted(search.unproved)),
        synergies=tuple(scorer.goals[index].task for index in sorted(search.synergies)),
        consistent=abs(score - solved.score) <= CONSISTENT,
    )


def _officials(question: Question, scorer: Scorer) -> Portfolio:
    """Give the officials' own list: what they call planned with money and no rule forbids.

    What nobody knows the cost of is named and left out of score and cost. Demands of the user do not touch this list.
    """
    of_rules = [demand for demand in question.demands if demand.key not in {"require", "forbid"}]
    forbidden = obstacles(demand for demand in of_rules if demand.key != "not-costed")
    listed = [c for c in question.candidates if c.official and c.choosable and c.project not in forbidden]
    costed = [c.project for c in listed if c.cost is not None]
    chosen = frozenset(costed)
    broken = tuple(demand for demand in of_rules if not demand.kept(chosen))
    return Portfolio(
        portfolio="officials",
        kind="officials",
        projects=tuple(costed),
        cost=cost_of(costed, {c.project: c.cost for c in listed}),
        score=scorer.true_score(chosen),
        budget=question.budget,
        fits=not any(demand.of_money for demand in broken),
        broken=broken,
        not_costed=tuple(c.project for c in listed if c.cost is None),
    )


def _shares(question: Question, scorer: Scorer, chosen: frozenset[str]) -> tuple[TaskShare, ...]:
    """Give what the programme does for each task, scored or not."""
    weights = dict(zip((goal.task for goal in scorer.goals), scorer.weights, strict=True))
    before, after = scorer.evaluate(frozenset()), scorer.evaluate(chosen)
    found = []
    for goal in question.goals:
        outcome = (goal.indicator, goal.place)
        known = goal.latest is not None
        found.append(
            TaskShare(
                goal=goal,
                weight=weights.get(goal.task, 0.0),
                unscored=goal.unscored or ("" if goal.task in weights else "no-weight"),
                before=before.get(outcome, goal.latest) if known else None,
                after=after.get(outcome, goal.latest) if known else None,
                share=None if goal.unscored else share_closed(goal, after),
            )
        )
    return tuple(found)
