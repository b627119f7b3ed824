"""The chain from projects to contradictions on the invented city, against the answers that its README knows."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

import aport
from aport.city import open_city
from aport.programme import Call
from tests.conftest import TENGRI

TODAY = dt.date(2026, 6, 1)
README = (TENGRI / "README.md").read_text(encoding="utf-8")


def run(**demands):
    city = open_city(TENGRI)
    return aport.run(city, today=TODAY, call=Call(**demands) if demands else None)


def chosen(**demands) -> set[str]:
    result = run(**demands)
    assert result.planned is not None
    assert result.planned.programme is not None
    return set(result.planned.programme.chosen)


@pytest.mark.parametrize(
    ("budget", "best"),
    [
        (199, set()),
        (200, {"sorting-yards"}),
        (399, {"sorting-yards"}),
        (600, {"sorting-yards", "pipe-renewal"}),
        (1100, {"sorting-yards-large", "pipe-renewal"}),
    ],
)
def test_the_best_programme_is_the_one_that_is_known(budget, best):
    assert chosen(budget=budget * 1e6) == best


def test_without_a_budget_nothing_is_chosen_and_the_rest_goes_on():
    result = run()
    assert result.planned is not None
    assert result.planned.programme is None
    assert result.as_json()["programme"] is None
    assert result.followed.contradictions


def test_statuses_and_contradictions_are_those_that_are_known():
    result = run()
    part = README.split("## What happened")[1]
    known = dict(re.findall(r"^\| `([\w-]+)` \| (\w+)", part.split("Projects:")[0], flags=re.MULTILINE))
    assert {each.subject: each.status for each in result.followed.statuses if each.kind == "task"} == known
    found = sorted((each.rule, each.project or each.task) for each in result.followed.contradictions)
    rows = re.findall(r"^\| `([\w-]+)`[^|]*\| `([\w-]+)` \|", part.split("Contradiction")[1], flags=re.MULTILINE)
    assert found == sorted(rows)


def test_json_holds_programme_and_contradictions():
    content = run(budget=600e6).as_json()
    wanted = {"projects", "cost", "budget", "optimality_gap", "score", "do_nothing", "officials"}
    assert wanted <= set(content["programme"])
    assert all({"rule", "task", "evidence", "since"} <= set(each) for each in content["contradictions"])
    json.dumps(content)


def test_the_seed_stands_in_the_manifest_and_moves_only_intervals():
    city = open_city(TENGRI)
    one = aport.run(city, today=TODAY, call=Call(budget=600e6), seed=1)
    two = aport.run(city, today=TODAY, call=Call(budget=600e6), seed=2)
    assert json.loads(one.files()["manifest.json"])["seed"] == 1
    assert one.files()["scores.csv"] == two.files()["scores.csv"]
    assert one.tables()["effects"]["value"].equals(two.tables()["effects"]["value"])
    assert not one.tables()["effects"]["low"].equals(two.tables()["effects"]["low"])


def test_a_run_repeats_bit_for_bit():
    assert run(budget=600e6).files() == run(budget=600e6).files()
