"""A statement is confirmed only by somebody else's count of the same thing at the same time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.indicators import CheckedStatement, check_statements
from aport.indicators.statements import half_unit
from tests.building import indicator, named, observed, small_city, year


def said(value: float, **more) -> dict:
    row = {
        "statement": "said",
        "document": "minutes",
        "sentence": 1,
        "topic": "work",
        **named("Rate"),
        "indicator": "rate",
        "place": "town",
        "start": "2020-01-01",
        "end": "2020-12-31",
        "comparator": "eq",
        "value": value,
        "unit": "percent",
        "kind": "measured",
    }
    return {**row, **more}


def checked(statement: dict, *observations: dict, **tables) -> CheckedStatement:
    [found] = check_statements(small_city(statements=[statement], observations=list(observations), **tables))
    return found


def test_an_equal_number_confirms_and_both_are_shown():
    found = checked(said(5.2), year(5.2, 2020))
    assert (found.result, found.difference) == ("confirmed", 0.0)
    assert found.observation is not None
    assert found.observation.value == 5.2


def test_another_number_differs_by_what_it_differs():
    found = checked(said(5.2), year(4.0, 2020))
    assert found.result == "differs"
    assert found.difference == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("comparator", "observed_value", "result"),
    [
        ("gt", 6.0, "confirmed"),
        ("gt", 4.0, "differs"),
        ("le", 4.0, "confirmed"),
        ("le", 6.0, "differs"),
        ("about", 5.1, "confirmed"),
        ("about", 9.0, "differs"),
        ("eq", 5.04, "differs"),
        ("eq", 5.2, "confirmed"),
    ],
)
def test_the_words_round_a_number_count(comparator, observed_value, result):
    assert checked(said(5.2, comparator=comparator), year(observed_value, 2020)).result == result


@pytest.mark.parametrize("own", [{"document": "minutes"}, {"source": "paper"}])
def test_the_document_never_confirms_itself(own):
    found = checked(said(5.2), year(5.2, 2020, **own))
    assert (found.result, found.reason) == ("unknown", "same-document-only")


def test_another_time_tells_nothing():
    assert checked(said(5.2), year(5.2, 2018)).reason == "unequal-periods"
    assert checked(said(5.2), observed(5.2, "2020-01-01", "2020-03-31")).reason == "unequal-periods"


def test_a_stock_may_be_counted_some_weeks_apart():
    stock = [indicator("rate", form="stock")]
    on_the_day = said(5.2, start="2020-07-01", end="2020-07-01")
    assert checked(on_the_day, observed(5.2, "2020-09-01", "2020-09-01"), indicators=stock).result == "confirmed"
    assert checked(on_the_day, observed(5.2, "2021-09-01", "2021-09-01"), indicators=stock).result == "unknown"


def test_a_promise_is_not_held_against_a_count():
    assert checked(said(5.2, kind="claimed"), year(9.0, 2020)).reason == "not-a-report"


def test_a_number_of_nothing_measured_stays_unknown():
    assert checked(said(5.2, indicator="", place="")).reason == "no-indicator"
    assert checked(said(5.2)).reason == "no-observation"


@given(st.integers(1, 10**12))
def test_half_a_unit_of_the_last_figure(value):
    half = half_unit(float(value))
    assert half <= value / 2
    assert (value / (2 * half)) == round(value / (2 * half))
