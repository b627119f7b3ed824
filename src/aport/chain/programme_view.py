"""Projects, effects and the programme arranged for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.city.defaults import planning_of
from aport.city.schema import units
from aport.models import card_texts
from aport.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aport.chain.findings import Findings
    from aport.chain.planning import Planned
    from aport.chain.register import Register
    from aport.programme import Decision, Portfolio, Programme


def project_views(found: Findings, register: Register) -> list[dict[str, Any]]:
    """Arrange every project with its cost, effects, decision, status and records."""
    planned = found.planned
    decisions = {each.project: each for each in planned.programme.decisions} if planned and planned.programme else {}
    statuses = {each.subject: each for each in found.followed.statuses if each.kind == "project"}
    effects = register.grouped("effects_published", "project")
    records = register.grouped("records", "project")
    changes = register.grouped("changes", "project")
    silent: Mapping[str, str] = planned.state.silent if planned else {}
    views = []
    for row in found.city.rows("projects"):
        project = row["project"]
        status = statuses[project]
        views.append(
            {
                "project": project,
                "name": register.names(row),
                **{key: row[key] for key in ("state", "official", "payer", "start", "end", "source", "note")},
                "places": [register.places[place] for place in row["places"].split()],
                "tasks": row["tasks"].split(),
                "cost": _cost(row),
                "changes": [{"kind": each["kind"]} for each in changes.get(project, [])],
                "effects": [_effect(each, register, silent) for each in effects.get(project, [])],
                "decision": _decision(decisions[project]) if project in decisions else None,
                "status": {
                    "status": status.status,
                    "since": status.since or None,
                    "reason_key": status.reason,
                    "data": status.data,
                    "due": status.due or None,
                },
                "records": [each["record"] for each in records.get(project, [])],
            }
        )
    return views


def _cost(row: Mapping[str, Any]) -> dict[str, Any]:
    original = None
    if row["original_cost"] is not None:
        original = {
            "value": row["original_cost"],
            "unit": row["original_unit"],
            "symbol": units()[row["original_unit"]].symbol,
            "year": row["original_year"],
        }
    return {
        "basis": row["cost_basis"],
        "low": row["cost_low"],
        "value": row["cost"],
        "high": row["cost_high"],
        "price_year": row["price_year"],
        "original": original,
        "note": row["cost_note"],
    }


def _effect(row: Mapping[str, Any], register: Register, silent: Mapping[str, str]) -> dict[str, Any]:
    """Arrange one published effect; `counts` is false where a better grade answers in its stead."""
    indicator = register.indicators[row["indicator"]]
    return {
        "indicator": row["indicator"],
        "name": register.names(indicator),
        "place_name": register.places[row["place"]],
        "symbol": units()[indicator["unit"]].symbol,
        "unit": indicator["unit"],
        **{key: row[key] for key in ("form", "low", "value", "high", "grade", "study", "source", "note")},
        "assumed": row["low"] is None or row["high"] is None,
        "counts": silent.get(row["effect"]) != "lower-grade",
    }


def _decision(each: Decision) -> dict[str, Any]:
    return {
        "decision": each.decision,
        "chosen": None if each.decision == "baseline" else each.decision == "chosen",
        "reason_key": each.reason,
        "reason_values": dict(each.values),
        "ban_task": each.values.get("task") or None if each.reason == "banned" else None,
        "entry_price": each.entry_price,
        "gain": each.gain,
        "alone": each.alone,
    }


def programme_view(found: Findings, register: Register) -> dict[str, Any] | None:
    """Arrange the programme with what stands beside it; None where nothing was chosen."""
    planned = found.planned
    if planned is None or planned.programme is None:
        return None
    result = planned.programme
    rules = {row["rule"]: row for row in found.city.rows("rules")}
    return {
        "budget": result.programme.budget,
        "budget_assumed": planned.budget_assumed,
        "development_budget": _beside(found, register),
        "years": dict(result.budget_by_year),
        "horizon": planned.horizon,
        "cost": result.programme.cost,
        "score": result.programme.score,
        "bound": result.programme.bound,
        "optimality_gap": result.programme.optimality_gap,
        "bound_holds": result.bound_holds,
        **{
            key: [each.project for each in result.decisions if each.decision == decision]
            for key, decision in (("chosen", "chosen"), ("not_chosen", "not-chosen"), ("baseline", "baseline"))
        },
        "curve": [
            {"budget": each.budget, "cost": each.cost, "score": each.score, "projects": len(each.projects)}
            for each in result.curve
        ],
        "do_nothing": {"score": result.do_nothing.score},
        "officials": _officials(result.officials),
        "topics": _topic_scores(result, register),
        "tasks": [
            {"task": each.goal.task, **{key: getattr(each, key) for key in ("weight", "share", "before", "after")}}
            for each in result.shares
            if each.weight
        ],
        "unscored": [{"task": each.goal.task, "reason_key": each.unscored} for each in result.shares if each.unscored],
        "preferences": [_checked(each, rules, register) for each in result.preferences],
        "conditions": [_checked(each, rules, register) for each in result.conditions if each.state != "unknown"],
        "conditions_unknown": sum(each.state == "unknown" for each in result.conditions),
        "near_misses": [dict(vars(each)) for each in result.near_misses],
        "seed": planned.state.draws.seed,
        "card": card_view(planned),
    }


def _beside(found: Findings, register: Register) -> dict[str, Any] | None:
    """Give the city's own development budget, newest first, to stand beside the assumption."""
    planning = planning_of(found.city)
    known = register.series.get((planning.beside, found.city.name), []) if planning else []
    return register.plain(known[-1].quantity) if known else None


def _officials(each: Portfolio) -> dict[str, Any]:
    return {
        "projects": list(each.projects),
        "not_costed": list(each.not_costed),
        "cost": each.cost,
        "score": each.score,
        "fits": each.fits,
        "broken": [demand.key for demand in each.broken],
    }


def _topic_scores(result: Programme, register: Register) -> list[dict[str, Any]]:
    """Give the score of each topic that has a scored task: the mean of its tasks."""
    shares: dict[str, list[float]] = {}
    for each in result.shares:
        if each.weight and each.share is not None:
            shares.setdefault(each.goal.topic, []).append(each.share)
    return [
        {"topic": topic, "score": sum(shares[topic]) / len(shares[topic])}
        for topic in register.topics
        if topic in shares
    ]


def _checked(each: Any, rules: Mapping[str, dict[str, Any]], register: Register) -> dict[str, Any]:
    return {
        "rule": each.rule,
        "name": register.names(rules[each.rule]),
        "kind": each.kind,
        "task": each.task or None,
        "subject": each.subject,
        "state": each.state,
        "held": each.state == "met",
        "evidence": each.evidence,
    }


def card_view(planned: Planned) -> dict[str, Any]:
    """Arrange the model card in every language."""
    card = planned.model.card
    texts: dict[str, dict[str, Any]] = {language: card_texts(card, language=language) for language in LANGUAGES}
    return {
        "name": card.name,
        "sources": list(card.sources),
        **{key: {language: text[key] for language, text in texts.items()} for key in ("method", "benchmark")},
        "limits": [
            {language: texts[language]["limits"][number] for language in texts} for number in range(len(card.limits))
        ],
    }
