"""How the proposals of a reading compare with the accepted register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from aport.tasks.model import Reading

_COLUMNS: Final = ("task", "start", "end")
OVERLAP: Final = 0.5
"""Share of the characters, intersection over union, that two passages must have in common to be the same."""


@dataclass(frozen=True)
class Comparison:
    """Which proposals match which quotes.

    `matched` holds (index of the proposal, task); `missed` the tasks of quotes that no proposal matches, `extra`
    the indexes of proposals that match no quote. The shares lie in 0..1; where nothing is proposed precision
    is 1 if nothing was to be found, and recall likewise.
    """

    matched: tuple[tuple[int, str], ...]
    missed: tuple[str, ...]
    extra: tuple[int, ...]
    precision: float
    recall: float
    f1: float


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the intersection of two passages over their union, in characters.

    >>> overlap((0, 10), (5, 15)) == 5 / 15
    True
    """
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 0.0 if common <= 0 else common / (max(one[1], other[1]) - min(one[0], other[0]))


def compare(reading: Reading, quotes: pd.DataFrame | Sequence[tuple[str, int, int]]) -> Comparison:
    """Hold the proposals of a reading against the quotes of the accepted tasks in the same text.

    Parameters
    ----------
    reading
        The reading.
    quotes
        The accepted quotes, with offsets in the text that was read: a table with columns ``task``, ``start`` and
        ``end``, or a sequence of such triples.

    Returns
    -------
    Comparison
        Matched one to one, the best overlap first, with at least half of the characters in common.
    """
    accepted = _triples(quotes)
    pairs = sorted(
        (-share, at, number)
        for at, (_, start, end) in enumerate(accepted)
        for number, task in enumerate(reading.tasks)
        if (share := overlap((start, end), (task.start, task.end))) >= OVERLAP
    )
    of_quote: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, number in pairs:
        if at not in of_quote and number not in taken:
            of_quote[at] = number
            taken.add(number)
    matched = tuple(sorted((number, accepted[at][0]) for at, number in of_quote.items()))
    missed = tuple(task for at, (task, _, _) in enumerate(accepted) if at not in of_quote)
    extra = tuple(number for number in range(len(reading.tasks)) if number not in taken)
    precision = _share(len(matched), len(reading.tasks), empty=not accepted)
    recall = _share(len(matched), len(accepted), empty=not reading.tasks)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Comparison(matched, missed, extra, precision, recall, f1)


def _share(part: int, whole: int, *, empty: bool) -> float:
    return part / whole if whole else float(empty)


def _triples(quotes: pd.DataFrame | Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Give the quotes as triples, whether they come as a table or as a sequence."""
    table: Any = quotes if hasattr(quotes, "columns") else None
    rows: Iterable[Any] = quotes if table is None else zip(*(table[name] for name in _COLUMNS), strict=True)
    return [(str(task), int(start), int(end)) for task, start, end in rows]
