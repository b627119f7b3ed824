"""What every programme must keep to: rules of the register, and the demands of the call, as bounds on projects."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from aport.programme.data import Checked, Demand, Preference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aport.city.coverage import Places
    from aport.programme.data import Candidate

MAJORITY = 50.0
"""Share of answers in per cent above which a poll is against a project that it gives no other answer for."""


def budget_demands(candidates: Sequence[Candidate], budget: float, budget_by_year: Mapping[int, float]) -> list[Demand]:
    """Limit what is spent in total and by year; the cost of a project spreads evenly over its years of building."""
    costed = [each for each in candidates if each.choosable and each.cost is not None]
    demands = [
        Demand(
            key="budget",
            values={"amount": budget},
            terms=tuple((each.project, each.cost) for each in costed if each.cost),
            upper=budget,
        )
    ]
    for year, limit in sorted(budget_by_year.items()):
        terms = tuple((each.project, each.cost_in(year)) for each in costed if each.cost_in(year))
        values = {"year": year, "amount": limit}
        demands.append(Demand(key="budget-year", values=values, terms=terms, upper=limit))
    return demands


def call_demands(require: Iterable[str], forbid: Iterable[str], baseline: frozenset[str]) -> list[Demand]:
    """Require or forbid single projects; what is under way needs no requiring."""
    wanted = [_one(project, "require", {}, wanted=True) for project in sorted(set(require) - baseline)]
    return wanted + [_one(project, "forbid", {}, wanted=False) for project in sorted(set(forbid))]


def standing_demands(candidates: Sequence[Candidate]) -> list[Demand]:
    """Leave out what is banned by its own state, and what nobody knows the cost of: unknown is never free."""
    open_to_choice = [each for each in candidates if each.choosable]
    banned = [_one(c.project, "state-banned", {}, wanted=False) for c in open_to_choice if c.state == "banned"]
    unknown = [_one(c.project, "not-costed", {}, wanted=False) for c in open_to_choice if c.cost is None]
    return banned + unknown


def rule_demands(
    rules: Sequence[Mapping[str, Any]],
    candidates: Sequence[Candidate],
    places: Places,
    conditions: Sequence[Checked],
) -> list[Demand]:
    """Turn the rules of the city into demands, in the order of the rules."""
    baseline = frozenset(each.project for each in candidates if not each.choosable)
    demands: list[Demand] = []
    for rule in rules:
        names = {"rule": rule["rule"], "task": rule["task"] or ""}
        match rule["kind"]:
            case "ban":
                demands += _ban(rule, names, candidates, places)
            case "condition":
                demands += [
                    _one(each.subject, "condition", {**names, "evidence": each.evidence}, wanted=False)
                    for each in conditions
                    if each.rule == rule["rule"] and each.state == "not-met"
                ]
            case "must":
                demands += [_one(rule["project"], "must", names, wanted=True)] * (rule["project"] not in baseline)
            case "excludes" | "requires":
                demands += _pair(rule, names, baseline)
            case "not-only":
                demands += _not_only(preference_of(rule, candidates, places), names)
    return demands


def _ban(
    rule: Mapping[str, Any], names: Mapping[str, str], candidates: Sequence[Candidate], places: Places
) -> list[Demand]:
    found = [(each.project, places.banned(each, rule)) for each in candidates if each.choosable]
    return [_one(project, "ban", {**names, "place": place}, wanted=False) for project, place in found if place]


def _one(project: str, key: str, values: Mapping[str, Any], *, wanted: bool) -> Demand:
    bounds = {"lower": 1.0} if wanted else {"upper": 0.0}
    return Demand(key=key, values={**values, "project": project}, terms=((project, 1.0),), **bounds)


def _pair(rule: Mapping[str, Any], names: Mapping[str, str], baseline: frozenset[str]) -> list[Demand]:
    """Bind two projects; one that is under way counts as chosen."""
    project, other = rule["project"], rule["other"]
    values = {**names, "project": project, "other": other}
    if rule["kind"] == "excludes":
        terms = tuple((each, 1.0) for each in (project, other) if each not in baseline)
        room = 1.0 - (2 - len(terms))
        return [Demand(key="excludes", values=values, terms=terms, upper=max(room, 0.0))] if terms else []
    if project in baseline or other in baseline:
        return []
    return [Demand(key="requires", values=values, terms=((project, 1.0), (other, -1.0)), upper=0.0)]


def preference_of(rule: Mapping[str, Any], candidates: Sequence[Candidate], places: Places) -> Preference:
    """Name the projects that a not-only rule speaks of, and those that must stand beside them.

    A project that serves both purposes stands beside itself.
    """
    ones, others = frozenset(rule["purposes"].split()), frozenset(rule["other_purposes"].split())
    mine = [c for c in candidates if c.choosable and places.concerned(c, rule)]
    return Preference(
        rule=rule["rule"],
        task=rule["task"] or "",
        projects=frozenset(c.project for c in mine if c.purposes & ones and not c.purposes & others),
        others=frozenset(c.project for c in candidates if c.choosable and c.purposes & others),
    )


def _not_only(preference: Preference, names: Mapping[str, str]) -> list[Demand]:
    beside = tuple((other, -1.0) for other in sorted(preference.others))
    return [
        Demand(key="not-only", values={**names, "project": project}, terms=((project, 1.0), *beside), upper=0.0)
        for project in sorted(preference.projects)
    ]


def check_preferences(preferences: Sequence[Preference], portfolios: Mapping[str, frozenset[str]]) -> list[Checked]:
    """Hold each not-only rule against portfolios by name: met where none of its projects is there."""
    found = []
    for preference in preferences:
        for name, chosen in portfolios.items():
            beside = sorted(chosen & preference.others)
            lacking = chosen & preference.projects and not beside
            found.append(
                Checked(
                    rule=preference.rule,
                    kind="not-only",
                    task=preference.task,
                    subject=name,
                    state="not-met" if lacking else "met",
                    evidence=" ".join(sorted(chosen & preference.projects) if lacking else beside),
                )
            )
    return found


def check_conditions(
    rules: Sequence[Mapping[str, Any]],
    candidates: Sequence[Candidate],
    opinions: Sequence[Mapping[str, Any]],
    places: Places,
) -> list[Checked]:
    """Hold each condition against each project for choosing that it speaks of.

    A condition with other purposes asks that a project serves one of them too. Any other is held against what people
    were asked: it is not met where the latest poll about the project found more against it than in favour, and unknown
    where nobody was asked.
    """
    found = []
    for rule in rules:
        if rule["kind"] != "condition":
            continue
        purposes = frozenset(rule["purposes"].split())
        for each in candidates:
            if not each.choosable or not places.concerned(each, rule) or (purposes and not each.purposes & purposes):
                continue
            if others := frozenset(rule["other_purposes"].split()):
                state, evidence = ("met" if each.purposes & others else "not-met"), ""
            else:
                state, evidence = _opinion(each.project, opinions)
            found.append(
                Checked(
                    rule=rule["rule"],
                    kind="condition",
                    task=rule["task"] or "",
                    subject=each.project,
                    state=state,
                    evidence=evidence,
                )
            )
    return found


def _opinion(project: str, opinions: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    asked = [row for row in opinions if row["project"] == project]
    if not asked:
        return "unknown", ""
    last = max(asked, key=lambda row: (row["date"], row["opinion"]))
    against, in_favour = last["against"], last["in_favour"]
    if against is None and in_favour is None:
        return "unknown", last["opinion"]
    limit = MAJORITY if in_favour is None else in_favour
    lost = in_favour < MAJORITY if against is None else against > limit
    return "not-met" if lost else "met", last["opinion"]


def obstacles(demands: Iterable[Demand]) -> dict[str, Demand]:
    """Give for each project that no programme may hold the first demand that says so."""
    found: dict[str, Demand] = {}
    for demand in demands:
        if len(demand.terms) == 1 and demand.upper < demand.terms[0][1] and not demand.of_money:
            found.setdefault(demand.terms[0][0], demand)
    return found


def cost_of(projects: Iterable[str], costs: Mapping[str, float | None]) -> float:
    """Add the known costs of some projects."""
    return math.fsum(costs[project] or 0.0 for project in projects)
