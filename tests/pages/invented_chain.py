"""The invented city with all that follows the measures: projects, a programme, records, contradictions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aport.city.schema import units
from tests.pages.invented import HOSTILE, invented, names, quantity

TOBYLGY = names("Тобылғы", "Тобылгы", "Tobylgy")
TENGE = units()["KZT"].symbol


def cost(
    basis: str, low: float | None = None, value: float | None = None, high: float | None = None, **more: Any
) -> Any:
    """Write the cost of a project."""
    made = {"basis": basis, "low": low, "value": value, "high": high, "price_year": None, "original": None, "note": ""}
    return {**made, **({"price_year": 2024} if value or low else {}), **more}


def effect(indicator: str, unit: str, value: float, grade: str, **more: Any) -> dict[str, Any]:
    """Write an effect of a project on an indicator."""
    made = {
        "indicator": indicator,
        "name": names(f"{indicator} көрсеткіші", f"Показатель {indicator}", f"Indicator {indicator}"),
        "place_name": TOBYLGY,
        "symbol": units()[unit].symbol,
        "form": "amount",
        "low": None,
        "value": value,
        "high": None,
        "grade": grade,
        "assumed": False,
        "counts": True,
        "study": "A study of seven cities",
        "source": "air-study",
        "note": "",
    }
    return {**made, **more}


def decision(reason: str, *, chosen: bool | None = False, **more: Any) -> dict[str, Any]:
    """Write what became of a project."""
    made = {"chosen": chosen, "reason_key": reason, "reason_values": {}, "ban_task": None, "entry_price": None}
    return {**made, "gain": None, **more}


def project(slug: str, name: dict[str, str], **more: Any) -> dict[str, Any]:
    """Write a project; it is an idea that nobody has costed where nothing more is given."""
    made: dict[str, Any] = {
        "project": slug,
        "name": name,
        "state": "idea",
        "official": False,
        "payer": "unknown",
        "places": [],
        "start": None,
        "end": None,
        "tasks": [],
        "cost": cost("none"),
        "source": "plan-2020",
        "note": "",
        "effects": [],
        "changes": [],
        "decision": None,
        "status": None,
        "records": [],
    }
    return {**made, **more}


def _projects() -> list[dict[str, Any]]:
    return [
        project(
            "two-schools",
            names("Екі мектеп", "Две школы", "Two schools"),
            payer="city",
            places=[TOBYLGY],
            start=2026,
            end=2028,
            tasks=["school-places", "public-safety"],
            cost=cost("derived", 9.5e9, 12.25e9, 15e9, note="Two times 600 places at the cost of a place."),
            effects=[
                effect("missing-school-places", "place", -1200, "B", low=-1200, high=-1200),
                effect("missing-school-places", "place", -3000, "C", counts=False, note=HOSTILE),
                effect("crime-rate", "per_1000", -0.14, "B", form="relative", low=-0.2, high=-0.08),
            ],
            decision=decision("chosen", chosen=True, gain=0.21),
            status={"status": "idea", "since": None, "reason_key": "register"},
        ),
        project(
            "hill-resort",
            names("Қызыл төбедегі курорт", "Курорт на Красном холме", "Resort on the Red Hill"),
            state="planned",
            official=True,
            payer="mixed",
            places=[names("Қызыл төбе", "Красный холм", "Red Hill")],
            start=2027,
            tasks=["investment"],
            cost=cost(
                "partial", 48e9, original={"value": 120e6, "unit": "USD", "symbol": units()["USD"].symbol, "year": 2021}
            ),
            effects=[effect("fixed-investment", "KZT", 48e9, "C", assumed=True)],
            decision=decision("banned", reason_values={"rule": "hill-rule", "task": "hill-ban"}, ban_task="hill-ban"),
            status={"status": "in-work", "since": "2025-06", "reason_key": "in-work"},
            records=["resort-planned", "resort-started"],
        ),
        project(
            "tram",
            names("Трамвай", "Трамвай", "Tram"),
            state="stopped",
            official=True,
            payer="private",
            end=2030,
            tasks=["clean-air"],
            cost=cost(
                "stated", None, 388e9, None, original={"value": 301e9, "unit": "KZT", "symbol": TENGE, "year": None}
            ),
            effects=[effect("pm25", "ug/m3", -2.5, "A", low=-4, high=-1.2), effect("tram-share", "percent", 7.3, "C")],
            decision=decision("does-not-fit-the-budget", reason_values={"amount": 20e9}, entry_price=7.75e9),
            status={"status": "stopped", "since": "2024-04-11", "reason_key": "stopped"},
            records=["tram-ended"],
        ),
        project(
            "survey",
            names("Жерасты суларын бақылау", "Наблюдение за водами", "Watch on the groundwater"),
            tasks=["groundwater"],
            decision=decision("not-costed"),
            note="Nobody has asked for an estimate.",
        ),
        project(
            "wide-road",
            names("Кең жол", "Широкая дорога", "Wide road"),
            cost=cost("stated", 1e9, 2e9, 2e9),
            decision=decision("excluded-by", reason_values={"other": "tram", "rule": "hill-rule"}),
        ),
        project(
            "lamps",
            names("Шамдар", "Фонари", "Lamps"),
            state="done",
            payer="state",
            start=2020,
            end=2020,
            tasks=["street-lighting"],
            cost=cost("stated", 750e6, 800e6, 800e6),
            effects=[effect("lit-streets", "percent", 28.7, "C", low=20, high=29)],
            decision=decision("done", chosen=None),
            status={"status": "completed", "since": dt.date(2021, 5, 14), "reason_key": "completed"},
            records=["lamps-done"],
        ),
    ]


def _records() -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"record": "ban-told", "date": "2019-10-29", "event": "banned", "said_by": "official", "task": "hill-ban"},
        {
            "record": "resort-planned",
            "date": "2024",
            "event": "planned",
            "said_by": "owner",
            "task": "hill-ban",
            "project": "hill-resort",
            "due": "2027-12",
            "value": quantity(
                300, "person", "2024", kind="claimed", basis=None, start=None, end=None, source="press-1"
            ),
        },
        {
            "record": "resort-started",
            "date": "2025-06",
            "event": "started",
            "said_by": "press",
            "project": "hill-resort",
        },
        {
            "record": "tram-ended",
            "date": "2024-04-11",
            "event": "contract-ended",
            "said_by": "court",
            "project": "tram",
        },
        {
            "record": "lamps-done",
            "date": dt.date(2021, 5, 14),
            "event": "completed",
            "said_by": "statistics",
            "task": "street-lighting",
            "project": "lamps",
        },
        {"record": "city-award", "date": "2022", "event": "audited", "said_by": "research"},
    ]
    empty = {"task": None, "project": None, "due": None, "value": None, "source": "press-1"}
    texts = {
        row["record"]: names(f"{row['record']} болды.", f"Произошло {row['record']}.", f"It was {row['record']}.")
        for row in rows
    }
    texts["ban-told"] = dict.fromkeys(("kk", "ru", "en"), HOSTILE)
    return {row["record"]: {**empty, "text": texts[row["record"]], **row} for row in rows}


def _contradictions() -> list[dict[str, Any]]:
    return [
        {
            "contradiction": "banned-but-planned.hill-resort",
            "rule": "banned-but-planned",
            "reason": "built",
            "task": "hill-ban",
            "project": "hill-resort",
            "since": "2024",
            "values": {"banned": "2019-10-29", "since": "2024"},
            "evidence": ["ban-told", "resort-planned", "resort-started"],
        },
        {
            "contradiction": "contract-ended.tram",
            "rule": "contract-ended",
            "reason": "",
            "task": None,
            "project": "tram",
            "since": "2024-04-11",
            "values": {"since": "2024-04-11", "until": "2025-06"},
            "evidence": ["tram-ended"],
        },
        {
            "contradiction": "done-but-data-disagree.gas",
            "rule": "done-but-data-disagree",
            "reason": "observed",
            "task": "gas",
            "project": None,
            "since": "2023-12-31",
            "values": {
                "claimed": {"value": 98, "unit": "percent"},
                "said": "2023-12",
                "observed": {"value": 91.5, "unit": "percent"},
                "since": "2023-12-31",
            },
            "evidence": ["gas-counted", "obs-nobody-shows"],
            "observations": [],
        },
    ]


def _programme() -> dict[str, Any]:
    budgets = [(0.0, 0.0, 0.02, 0), (10e9, 0.0, 0.02, 0), (20e9, 12.25e9, 0.23, 1), (450e9, 400.25e9, 0.61, 2)]
    return {
        "budget": 20e9,
        "budget_assumed": True,
        "development_budget": quantity(65e9, "KZT", "2025", basis="press", price_year=2025, source="press-1"),
        "years": {2026: 8e9, 2027: 12e9},
        "horizon": 2030,
        "cost": 12.25e9,
        "score": 0.2304,
        "bound": 0.2351,
        "optimality_gap": 0.02,
        "bound_holds": "if-submodular",
        "chosen": ["two-schools"],
        "not_chosen": ["hill-resort", "tram", "survey", "wide-road"],
        "baseline": ["lamps"],
        "curve": [dict(zip(("budget", "cost", "score", "projects"), row, strict=True)) for row in budgets],
        "do_nothing": {"score": 0.02},
        "officials": {"projects": ["tram"], "not_costed": ["hill-resort"], "cost": 388e9, "score": 0.4, "fits": False},
        "topics": [{"topic": "schools", "score": 0.293}, {"topic": "air", "score": -0.05}],
        "tasks": [
            {"task": "school-places", "share": 0.2927, "before": 4100.0, "after": 2900.0, "weight": 0.5},
            {"task": "clean-air", "share": 0.0, "before": 48.6, "after": 48.6, "weight": 0.5},
        ],
        "unscored": [
            {"task": "groundwater", "reason_key": "no-indicator"},
            {"task": "hill-ban", "reason_key": "needs-records"},
            {"task": "investment", "reason_key": "no-reference"},
            {"task": "public-safety", "reason_key": "no-reference"},
        ],
        "preferences": [
            {
                "rule": "not-only-roads",
                "name": names("Жол ғана емес", "Не только дороги", "Not only roads"),
                "task": "clean-air",
                "subject": subject,
                "state": state,
                "held": state == "met",
            }
            for subject, state in (("programme", "met"), ("officials", "not-met"))
        ],
        "conditions": [
            {
                "rule": "opinion",
                "name": names("Қоғамдық пікір", "Мнение жителей", "Public opinion"),
                "task": "public-safety",
                "subject": "hill-resort",
                "state": "not-met",
                "held": False,
            }
        ],
        "conditions_unknown": 3,
        "near_misses": [
            {
                "project": "tram",
                "rule": "hill-rule",
                "task": "hill-ban",
                "place": "red-hill",
                "why": "outline",
                "distance": 41.7,
            }
        ],
        "seed": 2019,
        "card": {
            "name": "evidence",
            "method": names("Көшіру әдісі", "Метод переноса", "Carried over"),
            "sources": ["Wallis 2014", "air-study"],
            "benchmark": "Tested on known answers.",
            "limits": [names("Шегі бар", "Есть предел", "There is a limit")],
        },
    }


def chained() -> dict[str, Any]:
    """Build the results of the invented city afresh with everything that follows the measures."""
    results = invented()
    projects, records, contradictions = _projects(), _records(), _contradictions()
    results |= {
        "projects": projects,
        "records": records,
        "contradictions": contradictions,
        "programme": _programme(),
        "followed_until": "2025-06",
        "evidence_observations": {
            "gas-counted": {
                **quantity(91.5, "percent", "2023"),
                "indicator_name": names("Газы бар үйлер", "Дома с газом", "Houses with gas"),
                "place_name": TOBYLGY,
            }
        },
    }
    decided = {
        "hill-ban": {"status": "further", "output": "none", "outcome": "unknown", "reason_key": "ban-built"},
        "street-lighting": {"status": "met", "output": "done", "outcome": "met", "reason_key": "measured"},
    }
    for task in results["tasks"]:
        slug = task["task"]
        status = {
            "status": task.get("state"),
            "output": "none",
            "outcome": task.get("state"),
            "reason_key": "not-measured",
        }
        task["status"] = {"since": "2025-06", "data": "owner", "values": {"since": "2025-06"}} | decided.get(
            slug, status
        )
        task["projects"] = [each["project"] for each in projects if slug in each["tasks"]]
        task["records"] = [each["record"] for each in records.values() if each["task"] == slug]
        task["contradictions"] = [each["contradiction"] for each in contradictions if each["task"] == slug]
    return results
