"""In which years a project is built: what the table says, and what is assumed where it is silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

BASELINE = frozenset({"done", "in-work"})
"""States of projects that belong to the baseline; the others are for choosing."""


@dataclass(frozen=True)
class Years:
    """Years of building.

    Attributes
    ----------
    years
        From the first to the last; empty for work done in a year that nobody states.
    assumed
        True where the table states no year, or one that has passed without the work being done.
    """

    years: tuple[int, ...]
    assumed: bool

    @property
    def end(self) -> int | None:
        """Last year of building, where one is known or assumed."""
        return self.years[-1] if self.years else None


def building_years(project: Mapping[str, Any], *, this_year: int, default: tuple[int, int]) -> Years:
    """Give the years in which a project is built.

    A project that is not done cannot be built, or paid, in a year that has passed: such a year counts as not stated.

    Parameters
    ----------
    project
        A row of the table `projects`.
    this_year
        The year in which one asks.
    default
        First and last year of building of a project that states none; an assumption that results must show.

    Examples
    --------
    >>> building_years({"state": "idea", "start": None, "end": None}, this_year=2026, default=(2027, 2029))
    Years(years=(2027, 2028, 2029), assumed=True)
    """
    start, end = project["start"], project["end"]
    if project["state"] == "done":
        return Years(tuple(range(int(start or end), int(end) + 1)) if end else (), assumed=False)
    late = end is not None and end < this_year
    stated_end = None if late else end
    stated_start = None if late or start is None else max(int(start), this_year)
    if stated_end is None:
        length = default[1] - default[0]
        last = default[1] if stated_start is None or start < this_year else stated_start + length
        last = max(last, stated_start or this_year)
    else:
        last = int(stated_end)
    first = min(default[0], last) if stated_start is None else stated_start
    return Years(tuple(range(first, last + 1)), assumed=stated_end is None or stated_start is None)
