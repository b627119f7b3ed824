"""Where the marks of a small line chart stand on the paper.

The line is broken wherever two neighbours must not be joined: where the basis of the count or the year of the
prices changes, where the periods differ in length, and where the gap between them is too long.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aport.text.cldr import as_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WIDTH, HEIGHT = 320, 168
TOP, RIGHT, BOTTOM = 16, 12, 24
LETTER = 7.2  # mean width of a digit at the chart's size of type
MAX_YEAR_LABELS = 5
WANTED_STEPS = 3
# From middle to middle: a missing year breaks a yearly series, as nothing is known of the time between.
JOIN_MONTHS = 18
JOIN_DAYS = JOIN_MONTHS * 365.2425 / 12
# A month has 28 to 31 days, a year 365 or 366: still one length.
SAME_LENGTH = 0.12
LEAST_POINTS = 2


@dataclass(frozen=True)
class Mark:
    """One observation on the paper, in units of the view box."""

    x: float
    y: float
    shape: str
    bound: bool
    said: str


@dataclass(frozen=True)
class Tick:
    """A label of an axis and where it stands."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A line chart ready to be drawn."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    rows: tuple[Tick, ...]
    years: tuple[Tick, ...]
    reference: float | None
    document: float | None


def line_chart(
    series: Sequence[Mapping[str, Any]],
    *,
    form: str,
    reference: float | None,
    document: dt.date | None,
    label: Callable[[float], str],
    say: Callable[[Mapping[str, Any]], str],
) -> Chart | None:
    """Lay out the observations of one indicator over time.

    Parameters
    ----------
    series : sequence of mappings
        Quantities with `value, start, end, kind, basis, comparator` and, for money, `price_year`.
    form : str
        Form of the indicator: `stock, flow, mean`.
    reference : float, optional
        Value asked for, drawn as a level line.
    document : date, optional
        Date of the document, drawn as an upright line where it falls into the span of the series.
    label : callable
        Writes a value for the axis.
    say : callable
        Describes an observation in words, for those who do not see the mark.

    Returns
    -------
    Chart or None
        None where there are fewer than two observations: one point is no course.
    """
    ordered = sorted(series, key=_middle)
    if len(ordered) < LEAST_POINTS:
        return None
    values = [float(item["value"]) for item in ordered]
    steps = round_steps([*values, reference] if reference is not None else values)
    labels = [label(step) for step in steps]
    left = 10 + LETTER * max(len(text) for text in labels)
    days = [_middle(item) for item in ordered]
    first, last = days[0], max(days[-1], days[0] + 1)
    margin = 8.0

    def across(day: float) -> float:
        return round(left + margin + (day - first) / (last - first) * (WIDTH - RIGHT - left - 2 * margin), 1)

    def down(value: float) -> float:
        share = (value - steps[0]) / (steps[-1] - steps[0])
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    marks = tuple(
        Mark(
            x=across(day),
            y=down(value),
            shape=str(item["kind"]),
            bound=item.get("comparator") not in (None, "", "eq", "about"),
            said=say(item),
        )
        for day, value, item in zip(days, values, ordered, strict=True)
    )
    told = document.toordinal() if document is not None else None
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=round(left, 1),
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        marks=marks,
        lines=_lines(ordered, marks, form),
        rows=tuple(Tick(down(step), text) for step, text in zip(steps, labels, strict=True)),
        years=_years(first, last, across),
        reference=None if reference is None else down(reference),
        document=across(told) if told is not None and first <= told <= last else None,
    )


def joined(before: Mapping[str, Any], after: Mapping[str, Any], *, form: str) -> bool:
    """Tell whether a line may be drawn from one observation to the next.

    The period of a stock only bounds the moment that it was counted at, so its length says nothing.
    """
    if any(before.get(key) != after.get(key) for key in ("kind", "basis", "price_year")):
        return False
    lengths = sorted(_length(item) for item in (before, after))
    if form != "stock" and lengths[1] - lengths[0] > SAME_LENGTH * lengths[1]:
        return False
    return _middle(after) - _middle(before) <= JOIN_DAYS


def _lines(ordered: Sequence[Mapping[str, Any]], marks: Sequence[Mark], form: str) -> tuple[str, ...]:
    """Give the unbroken runs as points of SVG polylines."""
    runs: list[list[Mark]] = [[marks[0]]]
    for (before, after), mark in zip(pairwise(ordered), marks[1:], strict=True):
        if joined(before, after, form=form):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return tuple(" ".join(f"{mark.x:g},{mark.y:g}" for mark in run) for run in runs if len(run) >= LEAST_POINTS)


def _length(item: Mapping[str, Any]) -> int:
    return (as_date(item["end"]) - as_date(item["start"])).days + 1


def _middle(item: Mapping[str, Any]) -> float:
    return (as_date(item["start"]).toordinal() + as_date(item["end"]).toordinal()) / 2


def round_steps(values: Sequence[float]) -> list[float]:
    """Choose round values for the upright axis that hold all values between them."""
    low, high = min(values), max(values)
    # A level line, or one that moves by less than a float can tell apart, gets room above and below.
    least = max(abs(low), abs(high), 1e-9) * 1e-6
    if high - low < least:
        low, high = low - max(abs(low) * 0.1, least), high + max(abs(high) * 0.1, least)
    rough = (high - low) / WANTED_STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough)
    # Rounded to a digit below the step, so that three times 0.1 is labelled 0.3.
    digits = 1 - math.floor(math.log10(step))
    return [round(at * step, digits) for at in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _years(first: float, last: float, across: Callable[[float], float]) -> tuple[Tick, ...]:
    """Put the years under the axis, at the first of January where that is in sight."""
    start, end = dt.date.fromordinal(int(first)), dt.date.fromordinal(int(last))
    turns = [year for year in range(start.year, end.year + 2) if first <= dt.date(year, 1, 1).toordinal() <= last]
    if len(turns) < LEAST_POINTS:
        ends = [Tick(across(first), str(start.year)), Tick(across(last), str(end.year))]
        return tuple(ends[: 1 if start.year == end.year else 2])
    every = math.ceil(len(turns) / MAX_YEAR_LABELS)
    return tuple(Tick(across(dt.date(year, 1, 1).toordinal()), str(year)) for year in turns[::every])
