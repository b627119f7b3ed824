"""A city of a few rows, made in memory for a test."""

from __future__ import annotations

from typing import Any

from aport.city import City, city_from_rows
from aport.city.container import sha256

TEXT = "The mayor must cut the rate.\n"
QUOTE = "The mayor must cut the rate"


def named(name: str) -> dict[str, str]:
    return {f"name_{language}": name for language in ("kk", "ru", "en")}


def small_city(**more: list[dict[str, Any]]) -> City:
    """Make a city with one topic, one document of 1 July 2020, one task and one indicator.

    `more` adds or replaces the rows of tables.
    """
    rows: dict[str, list[dict[str, Any]]] = {
        "topics": [{"topic": "work", "order": 1, **named("Work")}],
        "places": [{"place": "town", "kind": "city", **named("Town")}],
        "sources": [
            {"source": "office", "publisher": "Office", "title": "Yearbook", "kind": "statistics", "licence": "facts"},
            {"source": "paper", "publisher": "Paper", "title": "Report", "kind": "press", "licence": "facts"},
        ],
        "documents": [
            {
                "document": "minutes",
                **{f"title_{language}": "Minutes" for language in ("kk", "ru", "en")},
                "date": "2020-07-01",
                "authority": "Mayor",
                "languages": "en",
                "original_language": "en",
                "restated": "false",
                "source": "paper",
            }
        ],
        "tasks": [
            {
                "task": "cut-rate",
                "document": "minutes",
                "role": "task",
                "topic": "work",
                "kind": "order",
                "scope": "object",
                "measured_by": "indicator",
                **named("Cut the rate"),
            }
        ],
        "sentences": [{"document": "minutes", "language": "en", "number": 1, "start": 0, "end": len(TEXT) - 1}],
        "quotes": [
            {
                "task": "cut-rate",
                "document": "minutes",
                "language": "en",
                "number": 1,
                "start": 0,
                "end": len(QUOTE),
                "quote": QUOTE,
                "sha256": sha256(TEXT),
            }
        ],
        "decisions": [{"task": "cut-rate", "number": 1, "decision": "accept", "by": "clerk", "date": "2020-07"}],
        "indicators": [indicator("rate")],
        "task_indicators": [
            {"task": "cut-rate", "indicator": "rate", "place": "town", "primary": "true", "tolerance": 0.1}
        ],
    }
    rows |= more
    return city_from_rows("town", rows, texts={("minutes", "en"): TEXT})


def indicator(name: str, **more: Any) -> dict[str, Any]:
    """Make an indicator: a mean in percent that is better when lower, unless told otherwise."""
    texts = {f"{what}_{language}": name for what in ("definition", "formula") for language in ("kk", "ru", "en")}
    row = {"indicator": name, "topic": "work", "unit": "percent", "form": "mean", "direction": "down"}
    return {**row, **named(name), **texts, **more}


def observed(value: float, start: str, end: str, **more: Any) -> dict[str, Any]:
    """Make an observation of the rate by the statistics office, unless told otherwise."""
    row = {
        "observation": f"rate.{start}.{end}",
        "indicator": "rate",
        "place": "town",
        "start": start,
        "end": end,
        "comparator": "eq",
        "value": value,
        "unit": "percent",
        "basis": "statistics",
        "derived": "false",
        "source": "office",
    }
    return {**row, **more}


def year(value: float, number: int, **more: Any) -> dict[str, Any]:
    """Make an observation for a whole year."""
    return observed(value, f"{number}-01-01", f"{number}-12-31", **more)


def target(value: float, **more: Any) -> dict[str, Any]:
    """Make a target for the rate: at most this value."""
    row = {
        "target": f"rate-{value:g}",
        "indicator": "rate",
        "place": "town",
        "comparator": "le",
        "value": value,
        "unit": "percent",
        "set_on": "2020-08",
        "source": "paper",
    }
    return {**row, **{f"set_by_{language}": "Mayor" for language in ("kk", "ru", "en")}, **more}
