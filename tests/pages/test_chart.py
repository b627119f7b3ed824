"""The line chart: marks where the numbers are, and no line across a break."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.pages.chart import joined, line_chart
from tests.pages.invented import quantity


def draw(series, **more):
    options = {
        "form": "mean",
        "reference": None,
        "document": None,
        "label": str,
        "say": lambda item: str(item["value"]),
        **more,
    }
    return line_chart(series, **options)


def test_one_observation_is_no_course():
    assert draw([]) is None
    assert draw([quantity(5, "km", "2019")]) is None


def test_years_in_a_row_are_joined():
    chart = draw([quantity(value, "km", str(year)) for year, value in ((2019, 4), (2020, 5), (2021, 9))])
    assert len(chart.lines) == 1
    assert len(chart.lines[0].split()) == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"basis": "press"}, "another basis"),
        ({"kind": "claimed"}, "a promise is no count"),
        ({"price_year": 2020}, "other prices"),
        ({"end": dt.date(2020, 6, 30)}, "a half year after a year"),
        ({"start": dt.date(2021, 1, 1), "end": dt.date(2021, 12, 31)}, "a year between is missing"),
    ],
)
def test_line_breaks(change, why):
    before = quantity(4, "km", "2019", price_year=2019)
    after = quantity(5, "km", "2020", price_year=2019)
    assert joined(before, after, form="mean")
    assert not joined(before, {**after, **change}, form="mean"), why


def test_leap_year_is_as_long_as_another():
    assert joined(quantity(4, "km", "2020"), quantity(5, "km", "2021"), form="flow")


def test_same_months_of_two_years_are_joined():
    first = quantity(4, "km", "2019-01-01/2019-09-30")
    assert joined(first, quantity(5, "km", "2020-01-01/2020-09-30"), form="flow")


def test_length_of_the_period_says_nothing_of_a_stock():
    before, after = quantity(4, "km", "2019"), quantity(5, "km", "2020-06-01")
    assert joined(before, after, form="stock")
    assert not joined(before, after, form="flow")


def test_order_of_the_series_does_not_matter():
    series = [quantity(value, "km", str(year)) for year, value in ((2021, 9), (2019, 4), (2020, 5))]
    assert draw(series).lines == draw(sorted(series, key=lambda item: item["start"])).lines


def test_reference_lies_inside_the_axis():
    chart = draw([quantity(48, "km", "2019"), quantity(49, "km", "2020")], reference=5.0)
    assert chart.top <= chart.reference <= chart.bottom
    assert all(mark.y < chart.reference for mark in chart.marks)


def test_document_is_drawn_only_inside_the_span():
    series = [quantity(48, "km", "2019"), quantity(49, "km", "2021")]
    assert draw(series, document=dt.date(2020, 1, 1)).document is not None
    assert draw(series, document=dt.date(2015, 1, 1)).document is None


def test_axis_is_labelled_with_round_numbers():
    chart = draw([quantity(0.11, "km", "2019"), quantity(0.29, "km", "2020")])
    assert [row.label for row in chart.rows] == ["0.1", "0.2", "0.3"]


@given(
    st.lists(
        st.tuples(st.integers(1995, 2040), st.floats(-1e13, 1e13, allow_nan=False, allow_subnormal=False)),
        min_size=2,
        max_size=12,
    )
)
def test_marks_stay_on_the_paper(points):
    chart = draw([quantity(value, "km", str(year)) for year, value in points])
    for mark in chart.marks:
        assert chart.left <= mark.x <= chart.right
        assert chart.top - 0.1 <= mark.y <= chart.bottom + 0.1
    rows = [row.at for row in chart.rows]
    assert rows == sorted(rows, reverse=True)
    assert len(rows) >= 2
