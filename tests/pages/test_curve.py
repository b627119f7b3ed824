"""The curve of value over budget: where its marks stand, and that it promises nothing between them."""

from __future__ import annotations

import pytest

from aport.pages.curve import value_curve


def curve(points, *, budget=None, beside=None):
    rows = [dict(zip(("budget", "cost", "score"), point, strict=True)) for point in points]
    return value_curve(
        rows,
        budget=budget,
        beside=beside,
        number="{:g}".format,
        share="{:.0%}".format,
        say=lambda point: f"{point['cost']:g}: {point['score']}",
    )


def corners(line):
    return [tuple(float(part) for part in corner.split(",")) for corner in line.split()]


@pytest.mark.parametrize("points", [[], [(0, 0, 0.1)], [(0, 0, None), (1e9, 1e9, 0.1)], [(5, 1, 0.1), (5, 1, 0.2)]])
def test_fewer_than_two_budgets_are_no_curve(points):
    assert curve(points) is None


def test_more_value_stands_higher_and_more_budget_further_right():
    spots = curve([(0, 0, 0.0), (200e9, 150e9, 0.3), (100e9, 90e9, 0.2)]).spots
    assert [spot.x for spot in spots] == sorted(spot.x for spot in spots)
    assert [spot.y for spot in spots] == sorted((spot.y for spot in spots), reverse=True)


def test_line_is_level_up_to_the_next_budget():
    drawn = curve([(0, 0, 0.0), (100e9, 90e9, 0.2), (200e9, 150e9, 0.3)])
    path = corners(drawn.line)
    assert len(path) == 5
    for before, after in zip(path[::2], path[1::2], strict=False):
        assert before[1] == after[1]
    assert path[::2] == [(spot.x, spot.y) for spot in drawn.spots]


def test_axis_starts_at_nothing_and_names_its_power():
    drawn = curve([(50e9, 40e9, 0.2), (200e9, 150e9, 0.3)])
    assert drawn.columns[0].label == "0"
    assert drawn.rows[0].label == "0%"
    assert drawn.power == 10**9
    assert [tick.at for tick in drawn.columns] == sorted(tick.at for tick in drawn.columns)
    assert curve([(1e12, 1e12, 0.1), (2.5e12, 2e12, 0.3)]).power == 10**12


def test_budget_and_list_beside_the_curve_stand_on_the_paper():
    drawn = curve([(0, 0, 0.0), (1e9, 1e9, 0.3)], budget=0.5e9, beside={"cost": 3e9, "score": 0.1})
    assert drawn.spots[0].x < drawn.budget < drawn.spots[1].x < drawn.beside.x <= drawn.right
    assert drawn.top <= drawn.beside.y <= drawn.bottom
    assert curve([(0, 0, 0.0), (1e9, 1e9, 0.3)], budget=9e9).budget is None
    assert curve([(0, 0, 0.0), (1e9, 1e9, 0.3)], beside={"cost": 3e9, "score": None}).beside is None


def test_curve_that_never_rises_and_one_below_zero_are_drawn():
    level = curve([(0, 0, 0.0), (1e9, 0, 0.0)])
    assert {spot.y for spot in level.spots} == {level.bottom}
    below = curve([(0, 0, -0.02), (1e9, 1e9, 0.3)])
    assert all(below.top <= spot.y <= below.bottom for spot in below.spots)
