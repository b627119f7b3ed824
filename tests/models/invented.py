"""A small town with projects and effects, for models."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aport.models import Draws, Evidence
from tests.building import indicator, named, small_city, year

TODAY = dt.date(2026, 6, 1)
YEARS = (2027, 2028, 2029, 2030, 2031)
ASSUMED = (2027, 2029)


def project(name: str, **more: Any) -> dict[str, Any]:
    """Make a planned project that is built in 2027, unless told otherwise."""
    row = {
        "project": name,
        **named(name),
        "state": "planned",
        "official": "false",
        "payer": "city",
        "tasks": "cut-rate",
        "start": 2027,
        "end": 2027,
        "cost_basis": "stated",
        "cost": 100,
        "price_year": 2024,
        "source": "paper",
    }
    return {**row, **more}


def effect(project_name: str, value: float, **more: Any) -> dict[str, Any]:
    """Make an amount of grade B on the rate of the town, unless told otherwise."""
    row = {
        "project": project_name,
        "indicator": "rate",
        "place": "town",
        "form": "amount",
        "value": value,
        "low": value - abs(value) / 4,
        "high": value + abs(value) / 4,
        "grade": "B",
        "lag": 0,
        "source": "paper",
    }
    row |= more
    return {"effect": f"{project_name}.{row['indicator']}.{row['place']}.{row['grade']}".lower(), **row}


def town(*effects: dict[str, Any], baseline: float = 100.0, projects: list[dict[str, Any]] | None = None, **more: Any):
    """Make a town whose rate was observed for 2025; each project that an effect names is planned."""
    names = dict.fromkeys(row["project"] for row in effects)
    return small_city(
        indicators=[indicator("rate"), indicator("other")],
        observations=[year(baseline, 2025)],
        projects=projects or [project(name) for name in names],
        effects_published=list(effects),
        **more,
    )


def asked(city, *, draws: Draws | None = None, years=YEARS, today=TODAY, **more: Any):
    """Give the model and its state for a city."""
    model = Evidence.of(city, assumed_years=ASSUMED)
    return model, model.baseline(city, today=today, years=years, draws=draws or Draws(count=200), **more)


def change(city, projects, *, when: int = 2030) -> float:
    """Give the joint change of the rate."""
    model, state = asked(city)
    return model.apply(state, projects).change("rate", "town", when)
