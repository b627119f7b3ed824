"""Why each project is in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.programme.data import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aport.programme.data import Candidate, Demand
    from aport.programme.scoring import Scorer

NOTHING = 1e-9
"""Difference of scores that counts as none."""


def decide(
    candidates: Sequence[Candidate],
    chosen: frozenset[str],
    *,
    scorer: Scorer,
    demands: Sequence[Demand],
    barred: Mapping[str, Demand],
) -> list[Decision]:
    """Give the decision on each project with its reason; entry prices are not among it.

    Parameters
    ----------
    chosen
        The programme.
    barred
        Projects that no programme may hold, with the demand that says so.
    """
    touching = {project for support in scorer.supports for project in support}
    score, nothing = scorer.score(chosen), scorer.score(frozenset())
    needs = _needs(demands)
    found = []
    for candidate in candidates:
        project = candidate.project
        if not candidate.choosable:
            found.append(Decision(candidate=candidate, decision="baseline", reason=candidate.state))
            continue
        if project in barred:
            demand = barred[project]
            found.append(
                Decision(
                    candidate=candidate, decision="not-chosen", reason=_bar(demand), values=_values(demand, project)
                )
            )
            continue
        alone = scorer.score(frozenset({project})) - nothing
        if project in chosen:
            gain = score - scorer.score(chosen - {project})
            reason, values = _why_in(project, chosen, gain, demands)
            found.append(_decision(candidate, "chosen", reason, values, alone, gain))
            continue
        wanted = _closure(project, needs) - chosen
        gain = scorer.score(chosen | wanted) - score
        reason, values = _why_out(project, chosen, wanted, gain, demands, barred)
        if project not in touching and reason == "adds-nothing":
            reason = "no-effect-on-a-scored-task"
        found.append(_decision(candidate, "not-chosen", reason, values, alone, gain))
    return found


def _decision(
    candidate: Candidate, decision: str, reason: str, values: Mapping[str, Any], alone: float, gain: float
) -> Decision:
    return Decision(
        candidate=candidate, decision=decision, reason=reason, values=values, alone=_plain(alone), gain=_plain(gain)
    )


def _plain(difference: float) -> float:
    """Give a difference of scores without the dust of rounding."""
    return 0.0 if abs(difference) < NOTHING else difference


def _bar(demand: Demand) -> str:
    """Name the reason for which a project can be in no programme."""
    return {
        "ban": "banned",
        "state-banned": "banned",
        "forbid": "forbidden",
        "excludes": "excluded-by",
    }.get(demand.key, demand.key)


def _values(demand: Demand, project: str) -> dict[str, Any]:
    """Give what the sentence about a demand names, seen from one of its projects."""
    values = {key: value for key, value in demand.values.items() if key != "project" and value != ""}
    if demand.key in {"excludes", "requires"}:
        pair = (demand.values["project"], demand.values["other"])
        values["other"] = pair[1] if project == pair[0] else pair[0]
    return values


def _needs(demands: Sequence[Demand]) -> dict[str, set[str]]:
    needs: dict[str, set[str]] = {}
    for demand in demands:
        if demand.key == "requires":
            needs.setdefault(demand.values["project"], set()).add(demand.values["other"])
    return needs


def _closure(project: str, needs: Mapping[str, set[str]]) -> frozenset[str]:
    """Give a project with all that it requires."""
    found, open_ones = set(), [project]
    while open_ones:
        each = open_ones.pop()
        if each not in found:
            found.add(each)
            open_ones += needs.get(each, ())
    return frozenset(found)


def _why_in(project: str, chosen: frozenset[str], gain: float, demands: Sequence[Demand]) -> tuple[str, dict[str, Any]]:
    """Say why a project is chosen: because it was wanted, because another needs it, or for what it closes."""
    for demand in demands:
        if demand.key in {"must", "require"} and demand.values["project"] == project:
            return {"must": "must", "require": "required"}[demand.key], _values(demand, project)
    if gain < NOTHING:
        broken = [demand for demand in demands if not demand.kept(chosen - {project})]
        if broken:
            values = _values(broken[0], project)
            return "needed-by", {**values, "other": broken[0].values["project"]}
    return "chosen", {}


def _why_out(
    project: str,
    chosen: frozenset[str],
    wanted: frozenset[str],
    gain: float,
    demands: Sequence[Demand],
    barred: Mapping[str, Demand],
) -> tuple[str, dict[str, Any]]:
    """Say why a project that could be in some programme is not in this one."""
    missing = sorted(wanted & barred.keys())
    if missing:
        return "missing-requirement", {"other": missing[0], "because": _bar(barred[missing[0]])}
    broken = [demand for demand in demands if not demand.kept(chosen | wanted)]
    for demand in broken:
        if demand.key == "excludes":
            return "excluded-by", _values(demand, project)
    alone = [demand for demand in broken if demand.key == "not-only"]
    if alone and not any(weight < 0 and other not in barred for other, weight in alone[0].terms):
        return "not-only", _values(alone[0], project)
    if gain < -NOTHING:
        return "lowers-the-score", {}
    if gain < NOTHING:
        return "adds-nothing", {}
    money = [demand for demand in broken if demand.of_money]
    if money:
        return "does-not-fit-the-budget", _values(money[0], project)
    return ("not-only", _values(alone[0], project)) if alone else ("undecided", {})
