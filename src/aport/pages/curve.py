"""Where the marks stand that show what a budget buys.

Between two budgets that were computed the best programme of the smaller one can still be afforded, so the line goes
on level and steps up at the next: it never promises more than was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aport.pages.chart import HEIGHT, LEAST_POINTS, LETTER, RIGHT, TOP, WIDTH, Tick, round_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BOTTOM = 40
POWERS = (10**12, 10**9, 10**6, 1)
LEAST_SHARE = 0.01
"""Height of the upright axis where no programme closes anything."""


@dataclass(frozen=True)
class Spot:
    """One programme on the paper, in units of the view box."""

    x: float
    y: float
    said: str


@dataclass(frozen=True)
class Curve:
    """The value over the budget, ready to be drawn."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    spots: tuple[Spot, ...]
    line: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    power: int
    budget: float | None
    beside: Spot | None


def value_curve(
    points: Sequence[Mapping[str, Any]],
    *,
    budget: float | None,
    beside: Mapping[str, Any] | None,
    number: Callable[[float], str],
    share: Callable[[float], str],
    say: Callable[[Mapping[str, Any]], str],
) -> Curve | None:
    """Lay out the value of the best programme over its budget.

    Parameters
    ----------
    points : sequence of mappings
        `budget` in tenge and `score` as a share of one; a point whose score is None is left out.
    budget : float, optional
        Budget of the programme that is shown, drawn as an upright line.
    beside : mapping, optional
        A list of projects that was not chosen by its value, with `cost` and `score`.
    number : callable
        Writes a number for the axis of the budget.
    share : callable
        Writes a share for the upright axis.
    say : callable
        Describes a point in words, for those who do not see the mark.

    Returns
    -------
    Curve or None
        None where fewer than two points are known.
    """
    known = sorted((point for point in points if point["score"] is not None), key=lambda point: point["budget"])
    if len(known) < LEAST_POINTS or known[0]["budget"] == known[-1]["budget"]:
        return None
    drawn = beside if beside is not None and beside["score"] is not None else None
    budgets = [0.0, *(float(point["budget"]) for point in known), *([drawn["cost"]] if drawn else [])]
    scores = [0.0, *(float(point["score"]) for point in known), *([drawn["score"]] if drawn else [])]
    across_steps = round_steps(budgets)
    up_steps = round_steps([*scores, LEAST_SHARE])
    power = next(each for each in POWERS if across_steps[-1] >= each)
    labels = [share(step) for step in up_steps]
    left = 10 + LETTER * max(len(text) for text in labels)
    height = HEIGHT + BOTTOM

    def across(value: float) -> float:
        part = (value - across_steps[0]) / (across_steps[-1] - across_steps[0])
        return round(left + part * (WIDTH - 2 * RIGHT - left), 1)

    def up(value: float) -> float:
        part = (value - up_steps[0]) / (up_steps[-1] - up_steps[0])
        return round(height - BOTTOM - part * (height - TOP - BOTTOM), 1)

    spots = tuple(Spot(across(point["budget"]), up(point["score"]), say(point)) for point in known)
    return Curve(
        width=WIDTH,
        height=height,
        left=round(left, 1),
        right=WIDTH - 2 * RIGHT,
        top=TOP,
        bottom=height - BOTTOM,
        spots=spots,
        line=_staircase(spots),
        rows=tuple(Tick(up(step), text) for step, text in zip(up_steps, labels, strict=True)),
        columns=tuple(Tick(across(step), number(step / power)) for step in across_steps),
        power=power,
        budget=across(budget) if budget is not None and across_steps[0] <= budget <= across_steps[-1] else None,
        beside=Spot(across(drawn["cost"]), up(drawn["score"]), say(drawn)) if drawn else None,
    )


def _staircase(spots: Sequence[Spot]) -> str:
    """Give the points of an SVG polyline that is level up to each next spot."""
    path = [f"{spots[0].x:g},{spots[0].y:g}"]
    for before, after in pairwise(spots):
        path += [f"{after.x:g},{before.y:g}", f"{after.x:g},{after.y:g}"]
    return " ".join(path)
