"""A programme as rows of the computed tables, and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aport.programme.data import Decision, Demand, Portfolio, Programme


def programme_rows(result: Programme) -> list[dict[str, Any]]:
    """Give what becomes of each project as rows of the table `programme`."""
    return [
        {
            "project": each.project,
            "decision": each.decision,
            "reason": each.reason,
            **{
                name: each.values.get(name)
                for name in ("rule", "task", "place", "other", "because", "evidence", "year")
            },
            "cost": each.candidate.cost,
            "cost_low": each.candidate.cost_low,
            "cost_high": each.candidate.cost_high,
            "cost_basis": each.candidate.cost_basis,
            "first_year": each.candidate.years[0] if each.candidate.years else None,
            "last_year": each.candidate.years[-1] if each.candidate.years else None,
            "years_assumed": each.candidate.years_assumed,
            "alone": each.alone,
            "gain": each.gain,
            "entry_price": each.entry_price,
        }
        for each in result.decisions
    ]


def portfolio_rows(result: Programme) -> list[dict[str, Any]]:
    """Give the programme, doing nothing, the officials' list and the curve as rows of the table `portfolios`."""
    return [
        {
            "portfolio": each.portfolio,
            "kind": each.kind,
            "budget": each.budget,
            "cost": each.cost,
            "score": each.score,
            "bound": each.bound,
            "optimality_gap": each.optimality_gap,
            "fits": each.fits,
            "broken": " ".join(dict.fromkeys(demand.key for demand in each.broken)),
            "projects": " ".join(each.projects),
            "not_costed": " ".join(each.not_costed),
        }
        for each in (result.programme, result.do_nothing, result.officials, *result.curve)
    ]


def score_rows(result: Programme) -> list[dict[str, Any]]:
    """Give what the programme does for each task as rows of the table `scores`."""
    return [
        {
            "task": each.goal.task,
            "topic": each.goal.topic,
            "weight": each.weight,
            "unscored": each.unscored,
            "indicator": each.goal.indicator,
            "place": each.goal.place,
            "reference": each.goal.reference,
            "before": each.before,
            "after": each.after,
            "share": each.share,
        }
        for each in result.shares
    ]


def as_json(result: Programme) -> dict[str, Any]:
    """Give a programme as one object of plain values."""
    programme = result.programme
    return {
        "projects": list(programme.projects),
        "cost": programme.cost,
        "budget": programme.budget,
        "budget_by_year": {str(year): limit for year, limit in result.budget_by_year.items()},
        "spending": {str(year): spent for year, spent in result.spending.items()},
        "score": programme.score,
        "bound": programme.bound,
        "bound_holds": result.bound_holds,
        "optimality_gap": programme.optimality_gap,
        "do_nothing": _portfolio_json(result.do_nothing),
        "officials": _portfolio_json(result.officials),
        "curve": [_portfolio_json(each) for each in result.curve],
        "decisions": [_decision_json(each) for each in result.decisions],
        "tasks": score_rows(result),
        "weights": dict(result.weights),
        "near_misses": [dict(vars(each)) for each in result.near_misses],
        "conditions": [dict(vars(each)) for each in result.conditions],
        "preferences": [dict(vars(each)) for each in result.preferences],
        "assumptions": {key: dict(values) for key, values in result.assumptions.items()},
        "unproved": list(result.unproved),
        "synergies": list(result.synergies),
        "consistent": result.consistent,
        "rounds": result.rounds,
    }


def _portfolio_json(each: Portfolio) -> dict[str, Any]:
    return {
        "id": each.portfolio,
        "projects": list(each.projects),
        "not_costed": list(each.not_costed),
        "cost": each.cost,
        "budget": each.budget,
        "score": each.score,
        "bound": each.bound,
        "optimality_gap": each.optimality_gap,
        "fits": each.fits,
        "broken": [_demand_json(demand) for demand in each.broken],
    }


def _demand_json(each: Demand) -> dict[str, Any]:
    return {"key": each.key, **each.values}


def _decision_json(each: Decision) -> dict[str, Any]:
    return {
        "project": each.project,
        "decision": each.decision,
        "reason": each.reason,
        "values": dict(each.values),
        "cost": each.candidate.cost,
        "cost_basis": each.candidate.cost_basis,
        "alone": each.alone,
        "gain": each.gain,
        "entry_price": each.entry_price,
    }
