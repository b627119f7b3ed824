"""A small town with one task and records, made in memory for a test."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from aport.city import City, schema, tabular
from aport.delivery import Contradiction, Followed, follow
from tests.building import named, small_city

TODAY = dt.date(2024, 6, 30)


def record(date: str, event: str, **more: Any) -> dict[str, Any]:
    """Make a record of the task of the town by its owner, unless told otherwise; `project=...` makes it one of that."""
    subject = {} if "project" in more else {"task": "cut-rate"}
    name = ".".join(filter(None, (more.get("project", "cut-rate"), event, date)))
    texts = {f"text_{language}": "It happened." for language in ("kk", "ru", "en")}
    return {
        "record": name,
        "date": date,
        "event": event,
        "said_by": "owner",
        "source": "paper",
        **texts,
        **subject,
        **more,
    }


def project(name: str, *, state: str = "idea", **more: Any) -> dict[str, Any]:
    """Make a project for the task of the town, unless told otherwise."""
    row = {
        "project": name,
        "state": state,
        "official": "false",
        "payer": "city",
        "cost_basis": "none",
        "source": "paper",
    }
    return {**row, **named(name), "tasks": "cut-rate", **more}


def task(**more: Any) -> dict[str, Any]:
    """Make the task of the town: an act, told by records, unless told otherwise."""
    row = {
        "task": "cut-rate",
        "document": "minutes",
        "role": "task",
        "topic": "work",
        "kind": "order",
        "scope": "object",
        "measured_by": "records",
    }
    return {**row, **named("Cut the rate"), **more}


@functools.cache
def town() -> City:
    """Make the town once; tests exchange tables of it."""
    return small_city(tasks=[task()], task_indicators=[])


def followed(*records: dict[str, Any], state: str = "unknown", today: dt.date = TODAY, **tables: Any) -> Followed:
    """Follow the town as of 30 June 2024, with one task told by records unless `tasks` says otherwise."""
    frames = {
        name: tabular.from_rows(rows, schema.table(name)) for name, rows in {"records": list(records), **tables}.items()
    }
    return follow(town().with_tables(**frames), today=today, states={"cut-rate": state})


def found(rule: str, *records: dict[str, Any], **more: Any) -> list[Contradiction]:
    """Give what one rule finds in the town."""
    return [each for each in followed(*records, **more).contradictions if each.rule == rule]
