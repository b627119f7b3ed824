"""Records, statuses and contradictions arranged for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.city import Quantity

if TYPE_CHECKING:
    from aport.chain.findings import Findings
    from aport.chain.register import Register
    from aport.delivery import Contradiction

COUNTED_BY = {"statistics": "statistics", "owner": "press", "official": "press", "press": "press", "court": "register"}
"""Basis of a value that a record states, by who says so."""


def record_views(found: Findings, register: Register) -> dict[str, dict[str, Any]]:
    """Arrange the records by identifier, oldest first."""
    rows = sorted(found.city.rows("records"), key=lambda row: (row["date"], row["record"]))
    return {row["record"]: _record(row, register) for row in rows}


def _record(row: dict[str, Any], register: Register) -> dict[str, Any]:
    value = None
    if row["value"] is not None and row["unit"]:
        claimed = row["event"] in {"claimed", "promised", "planned"}
        quantity = Quantity(
            value=row["value"],
            unit=row["unit"],
            kind="claimed" if claimed else "measured",
            basis=None if claimed else COUNTED_BY.get(row["said_by"], "study"),
            source=row["source"],
        )
        value = register.plain(quantity)
    return {
        **{key: row[key] for key in ("record", "date", "event", "said_by", "source")},
        "due": row["due"] or None,
        "value": value,
        "text": register.names(row, "text"),
        "task": row["task"] or None,
        "project": row["project"] or None,
    }


def task_statuses(found: Findings) -> dict[str, dict[str, Any]]:
    """Arrange how each task stands by records and data."""
    return {
        each.subject: {
            "status": each.status,
            "output": each.output,
            "outcome": each.outcome,
            "since": each.since or None,
            "data": each.data,
            "due": each.due or None,
            "reason_key": each.reason,
            "values": dict(each.values),
        }
        for each in found.followed.statuses
        if each.kind == "task"
    }


def contradiction_json(each: Contradiction) -> dict[str, Any]:
    """Give a contradiction as an object of plain values."""
    return {
        "id": each.id,
        "rule": each.rule,
        "reason": each.reason,
        "task": each.task or None,
        "project": each.project or None,
        "since": each.since,
        "evidence": list(each.evidence),
        "values": dict(each.values),
    }


def contradiction_views(found: Findings) -> list[dict[str, Any]]:
    """Arrange what does not fit together."""
    return [{"contradiction": each.id, **contradiction_json(each)} for each in found.followed.contradictions]


def evidence_observations(found: Findings, register: Register) -> dict[str, dict[str, Any]]:
    """Give the observations that contradictions name, by identifier."""
    named = {name for each in found.followed.contradictions for name in each.evidence}
    return {
        each.id: {
            **register.plain(each.quantity),
            "indicator_name": register.names(register.indicators[each.indicator]),
            "place_name": register.places[each.place],
        }
        for series in register.series.values()
        for each in series
        if each.id in named
    }
