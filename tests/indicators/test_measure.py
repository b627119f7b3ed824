"""The state of a task follows from its baseline, its reference and what may be compared."""

from __future__ import annotations

import datetime as dt

import pytest

from aport.indicators import Shortfall, measure, worst
from tests.building import indicator, observed, small_city, target, year

TODAY = dt.date(2026, 1, 1)


def shortfall(**tables) -> Shortfall:
    [found] = measure(small_city(**tables), today=TODAY)
    return found


@pytest.mark.parametrize(
    ("latest", "state"), [(4.0, "nearer"), (5.0, "unchanged"), (5.1, "unchanged"), (4.85, "nearer"), (6.0, "further")]
)
def test_without_a_reference_the_better_direction_decides(latest, state):
    found = shortfall(observations=[year(5.0, 2020), year(latest, 2022)])
    assert (found.state, found.reason, found.reference) == (state, "compared", None)


def test_the_other_direction_turns_the_judgement_round():
    found = shortfall(indicators=[indicator("rate", direction="up")], observations=[year(5.0, 2020), year(6.0, 2022)])
    assert found.state == "nearer"


def test_a_reached_target_is_met_and_the_gap_is_closed():
    found = shortfall(observations=[year(5.0, 2020), year(3.0, 2022)], targets=[target(4.0)])
    assert (found.state, found.reason, found.gap, found.closed) == ("met", "reached", 0.0, 1.0)


def test_half_the_way_to_a_target_closes_half_the_gap():
    found = shortfall(observations=[year(6.0, 2020), year(5.0, 2022)], targets=[target(4.0)])
    assert (found.state, found.gap, found.closed) == ("nearer", 1.0, 0.5)


def test_the_word_of_the_owner_is_not_enough_for_met():
    found = shortfall(observations=[year(5.0, 2020), year(3.0, 2022, basis="press")], targets=[target(4.0)])
    assert (found.state, found.reason) == ("nearer", "reached-owner-only")


def test_without_a_reference_nothing_is_met():
    found = shortfall(observations=[year(5.0, 2020), year(0.0, 2022)])
    assert found.state == "nearer"


def test_a_named_standard_stands_in_for_a_missing_target():
    standard = {"standard_value": 3.0, "standard_name": "Standard", "standard_source": "office"}
    found = shortfall(indicators=[indicator("rate", **standard)], observations=[year(5.0, 2020), year(2.0, 2022)])
    assert found.state == "met"
    assert found.reference is not None
    assert found.reference.kind == "standard"


def test_a_target_goes_before_a_standard_and_a_later_target_before_an_earlier():
    standard = {"standard_value": 1.0, "standard_name": "Standard", "standard_source": "office"}
    targets = [target(4.0), target(3.0, set_on="2021-05")]
    found = shortfall(
        indicators=[indicator("rate", **standard)], observations=[year(5.0, 2020), year(4.5, 2022)], targets=targets
    )
    assert found.reference is not None
    assert (found.reference.kind, found.reference.value) == ("target", 3.0)


@pytest.mark.parametrize("out_of_force", [{"due": "2019", "set_on": "2015"}, {"set_on": "2030"}])
def test_a_target_due_before_the_document_or_set_after_today_does_not_count(out_of_force):
    found = shortfall(observations=[year(5.0, 2020), year(4.0, 2022)], targets=[target(4.0, **out_of_force)])
    assert found.reference is None


def test_the_baseline_lies_within_eighteen_months():
    near = observed(5.0, "2019-01-01", "2019-01-31")
    far = observed(5.0, "2018-12-01", "2018-12-31")
    assert shortfall(observations=[near, observed(4.0, "2023-01-01", "2023-01-31")]).state == "nearer"
    found = shortfall(observations=[far, observed(4.0, "2023-01-01", "2023-01-31")])
    assert (found.state, found.reason, found.baseline) == ("unknown", "no-baseline", None)


def test_the_nearest_baseline_is_taken_and_named():
    found = shortfall(observations=[year(9.0, 2019), year(5.0, 2020), year(4.0, 2022)])
    assert found.baseline is not None
    assert found.baseline.value == 5.0


def test_a_quarter_is_not_compared_with_a_year():
    found = shortfall(observations=[year(5.0, 2020), observed(4.0, "2022-10-01", "2022-12-31")])
    assert (found.state, found.reason) == ("unknown", "unequal-periods")


def test_a_quarter_is_not_compared_with_another_season():
    autumn = observed(5.0, "2020-10-01", "2020-12-31")
    spring = observed(4.0, "2022-04-01", "2022-06-30")
    assert shortfall(observations=[autumn, spring]).reason == "unequal-periods"
    assert shortfall(observations=[autumn, observed(4.0, "2022-10-01", "2022-12-31")]).state == "nearer"


def test_a_newer_value_that_cannot_be_compared_does_not_hide_an_older_one_that_can():
    found = shortfall(observations=[year(5.0, 2020), year(4.0, 2022), observed(9.0, "2023-10-01", "2023-12-31")])
    assert found.latest is not None
    assert (found.state, found.latest.value) == ("nearer", 4.0)


def test_the_moments_of_a_stock_are_all_alike():
    found = shortfall(
        indicators=[indicator("rate", form="stock")],
        observations=[observed(5.0, "2020-06-01", "2020-06-01"), observed(4.0, "2022-01-01", "2022-12-31")],
    )
    assert found.state == "nearer"


def test_prices_of_different_years_are_not_compared():
    money = [{"unit": "KZT", "price_year": number} for number in (2020, 2022)]
    found = shortfall(
        indicators=[indicator("rate", unit="KZT")],
        observations=[year(5.0, 2020, **money[0]), year(4.0, 2022, **money[1])],
    )
    assert (found.state, found.reason) == ("unknown", "unequal-prices")
    same = shortfall(
        indicators=[indicator("rate", unit="KZT")],
        observations=[year(5.0, 2020, **money[0]), year(4.0, 2022, **money[0])],
    )
    assert same.state == "nearer"


def test_no_later_observation_leaves_the_task_unknown():
    found = shortfall(observations=[year(5.0, 2019)])
    assert (found.state, found.reason) == ("unknown", "no-latest")


def test_observations_after_today_are_not_looked_at():
    found = shortfall(observations=[year(5.0, 2020), year(4.0, 2026)])
    assert found.reason == "no-latest"


def test_an_act_waits_for_records_and_a_task_without_indicator_is_unknown():
    task = small_city().rows("tasks")[0]
    by_record = shortfall(tasks=[{**task, "measured_by": "records"}], task_indicators=[])
    assert (by_record.state, by_record.reason) == ("unknown", "needs-records")
    assert shortfall(task_indicators=[]).reason == "no-indicator"


def test_for_one_period_the_weightier_basis_speaks():
    press = year(4.9, 2020, basis="press", observation="a")
    office = year(5.0, 2020, observation="b")
    found = shortfall(observations=[press, office, year(4.0, 2022)])
    assert found.baseline is not None
    assert found.baseline.basis == "statistics"


def test_the_age_is_counted_from_the_end_of_the_latest_period():
    found = shortfall(observations=[year(5.0, 2020), year(4.0, 2024)])
    assert found.age_days == 366


def test_a_city_without_tasks_has_no_shortfalls():
    assert measure(small_city(tasks=[], task_indicators=[]), today=TODAY) == []


def test_the_worst_are_those_that_closed_least_then_those_that_moved_away():
    def one(task: str, state: str, closed: float | None = None) -> Shortfall:
        return Shortfall(task=task, state=state, reason="compared", closed=closed)

    ordered = worst(
        [
            one("away", "further"),
            one("half", "nearer", 0.5),
            one("grew", "further", -0.2),
            one("met", "met", 1.0),
            one("unknown", "unknown"),
            one("better", "nearer"),
        ]
    )
    assert [each.task for each in ordered] == ["grew", "half", "away"]
