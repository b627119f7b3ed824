"""What a user asks for, checked before anything is computed."""

from __future__ import annotations

import csv
import difflib
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aport.errors import BadData, Fault, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from aport.programme.data import Candidate

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_AMOUNT = "Write one plain number in the currency of the costs, like 300e9 or 300000000000"
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, kw_only=True)
class Call:
    """Demands of a user on a programme.

    Attributes
    ----------
    budget
        Limit of the cost of everything chosen.
    budget_by_year
        Limits of single years; a year that is absent has none.
    require, forbid
        Projects that must be in, or must stay out.
    weights
        Weights of topics; a topic that is absent weighs 1.
    """

    budget: float
    budget_by_year: Mapping[int, float] = field(default_factory=dict)
    require: Collection[str] = ()
    forbid: Collection[str] = ()
    weights: Mapping[str, float] = field(default_factory=dict)


def amount(text: str, *, where: str = "--budget") -> float:
    """Read an amount of money as a user writes it.

    Raises
    ------
    UsageError
        When it holds a word or a unit, is no number, is endless or is below zero.

    Examples
    --------
    >>> amount("300e9")
    300000000000.0
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise UsageError(f"{text!r} is not an amount", where=where, repair=_AMOUNT)
    return checked_amount(float(text), where=where)


def checked_amount(value: float, *, where: str) -> float:
    """Give an amount back that is a finite number, zero or above; refuse any other."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError(f"{value!r} is not an amount", where=where, repair=_AMOUNT)
    if value < 0:
        raise UsageError(f"the budget {value:g} is below zero", where=where, repair="Write zero or more")
    return float(value)


def amount_of_year(text: str, *, where: str = "--budget-year") -> tuple[int, float]:
    """Read the limit of one year, written `2027=60e9`.

    >>> amount_of_year("2027=60e9")
    (2027, 60000000000.0)
    """
    year, sign, limit = text.partition("=")
    if not sign or not year.strip().isdecimal() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        repair = "Write a year, an equals sign and an amount, like 2027=60e9"
        raise UsageError(f"{text!r} is not the limit of a year", where=where, repair=repair)
    return int(year), amount(limit, where=where)


def read_weights(path: Path) -> dict[str, float]:
    """Read weights of topics from a CSV file with the columns `topic` and `weight`.

    Raises
    ------
    UsageError
        When there is no such file.
    BadData
        When its rows are not topics with weights; every fault is listed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"the file cannot be read: {error.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise BadData([Fault(path.name, None, None, "this is not UTF-8 text", "Save it as CSV UTF-8")]) from None
    rows = list(csv.reader(text.splitlines()))
    if not rows or [cell.strip() for cell in rows[0]] != ["topic", "weight"]:
        raise BadData([Fault(path.name, 1, None, "the header is not topic,weight", "Write these two columns")])
    weights: dict[str, float] = {}
    faults = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2 or not _NUMBER.fullmatch(row[1].strip()) or row[0] in weights:  # noqa: PLR2004 (columns)
            repair = "Write one row for a topic: its identifier and a plain number"
            faults.append(Fault(path.name, number, None, f"{','.join(row)!r} is not a weight of a new topic", repair))
        else:
            weights[row[0]] = float(row[1])
    if faults:
        raise BadData(faults)
    return weights


def check_call(call: Call, candidates: Collection[Candidate], topics: Collection[str]) -> None:
    """Refuse a call that cannot be meant.

    Raises
    ------
    UsageError
        Naming what is wrong and how to write it.
    """
    checked_amount(call.budget, where="budget")
    for year, limit in call.budget_by_year.items():
        checked_amount(limit, where=f"budget of {year}")
    choosable = {each.project: each.choosable for each in candidates}
    for where, projects in (("require", call.require), ("forbid", call.forbid)):
        for project in projects:
            _known(project, choosable, where=where, what="project")
    both = sorted(set(call.require) & set(call.forbid))
    if both:
        raise UsageError(f"{both[0]} is both required and forbidden", repair="Take it out of one of the two")
    under_way = sorted(project for project in call.forbid if not choosable[project])
    if under_way:
        repair = "Take it out: only ideas, planned and stopped projects are for choosing"
        raise UsageError(f"{under_way[0]} is done or under way", where="forbid", repair=repair)
    for topic, weight in call.weights.items():
        _known(topic, topics, where="weights", what="topic")
        if not math.isfinite(weight) or weight < 0:
            raise UsageError(f"the weight of {topic} is {weight:g}", where="weights", repair="Write zero or more")


def _known(name: str, names: Collection[str], *, where: str, what: str) -> None:
    if name in names:
        return
    near = difflib.get_close_matches(name, names, n=1)
    repair = f"Did you mean {near[0]}?" if near else f"Write the identifier of a {what} of the city"
    raise UsageError(f"there is no {what} {name!r}", where=where, repair=repair)
