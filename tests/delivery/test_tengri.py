"""The invented city: every rule finds the one thing that was put there for it, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

import aport
from aport.delivery import RULES, follow

TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def followed(tengri):
    city = aport.open(tengri)
    return follow(city, today=TODAY, states={each.task: each.state for each in aport.measure(city, today=TODAY)})


def test_every_rule_finds_what_was_put_there_for_it(followed):
    assert [(each.rule, each.reason, each.project or each.task, each.since) for each in followed.contradictions] == [
        ("banned-but-planned", "", "shore-hotel", "2024-09"),
        ("abolished-but-restored", "", "library-hours", "2025-03"),
        ("contract-ended", "", "sorting-yards", "2024-02"),
        ("done-but-data-disagree", "observed", "piped-water", "2023-01-01"),
        ("done-but-data-disagree", "unchanged", "bus-waiting", "2025-02"),
        ("promise-passed", "", "sorting-yards", "2024-01-01"),
        ("promise-passed", "", "water-losses", "2026-01-01"),
        ("due-but-silent", "", "bus-depot", "2024"),
        ("sources-differ", "promised", "water-losses", "2023-06"),
        ("claim-shrank", "", "library-places", "2025-01"),
    ]
    assert {each.rule for each in followed.contradictions} == set(RULES)


def test_the_ban_and_the_plan_are_the_evidence(followed):
    assert followed.contradictions[0].evidence == ("shore-ban", "hotel-plan")


def test_how_tasks_stand(followed):
    told = {each.subject: (each.status, each.output) for each in followed.statuses if each.kind == "task"}
    assert told == {
        "piped-water": ("met", "done"),
        "waste-sorting": ("nearer", "stopped"),
        "bus-waiting": ("unchanged", "done"),
        "shore-hotel-ban": ("further", "reversed"),
        "shore-litter": ("unknown", "planned"),
        "public-hearings": ("unknown", "under-way"),
        "steppe-fires": ("further", "none"),
        "water-losses": ("nearer", "planned"),
        "pipe-repair-spending": ("unknown", "none"),
        "low-floor-buses": ("nearer", "none"),
        "library-places": ("unknown", "none"),
        "library-hours": ("unknown", "reversed"),
    }


def test_how_projects_stand(followed):
    told = {e.subject: (e.status, e.since) for e in followed.statuses if e.kind == "project" and e.reason != "register"}
    assert told == {
        "sorting-yards": ("stopped", "2024-02"),
        "shore-hotel": ("planned", "2024-09"),
        "shore-lamps": ("planned", "2024-10"),
        "fire-plane": ("cancelled", "2024-11"),
        "bus-depot": ("planned", "2023-05"),
        "water-tower": ("completed", "2022-08"),
    }
    assert followed.until == "2025-03"


def test_before_anything_had_happened_nothing_is_found(tengri):
    early = follow(aport.open(tengri), today=dt.date(2021, 5, 13), states={})
    assert (early.contradictions, early.until) == ((), "")
