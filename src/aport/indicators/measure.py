"""How far each task is from what was asked: the shortfall.

For each task one indicator decides. Its baseline is the observation nearest to the day of the document, at most 18
months away; its reference is a target that somebody set, else a named standard, else there is none. The latest
observation that can be compared with the baseline tells whether the city came nearer. Only periods of one length and
season and prices of one year are compared, and "met" needs a reference and more than the word of the one who was to
deliver. What cannot be told is "unknown", with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aport.city.dates import add_months, days_apart, span_of
from aport.indicators.series import Observation, observations, order, why_not

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from aport.city import City

STATES = ("met", "nearer", "unchanged", "further", "unknown")

BASELINE_MONTHS = 18
"""How far from the document the baseline may lie, in months."""

OWNERS_WORD = "press"
"""Basis that is not enough for "met": an official quoted in the press."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a value is held against: a target or a named standard.

    Attributes
    ----------
    value
        In the unit of the indicator.
    comparator
        `ge`: to be reached from below; `le`: from above; `eq`: to be met.
    target
        Identifier of the target; "" for a standard.
    """

    kind: str
    value: float
    comparator: str
    target: str = ""

    def gap(self, value: float) -> float:
        """Distance from a value to the reference; 0 once it is reached."""
        if self.comparator == "ge":
            return max(0.0, self.value - value)
        if self.comparator == "le":
            return max(0.0, value - self.value)
        return abs(value - self.value)


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Where the city stands on one task.

    Attributes
    ----------
    state
        One of `STATES`.
    reason
        Key of the sentence that says why; `values` holds what the sentence names.
    gap
        Distance from the latest value to the reference, in the unit of the indicator.
    closed
        Share of the gap at the baseline that has closed since; negative where it grew.
    """

    task: str
    state: str
    reason: str
    values: dict[str, Any] = field(default_factory=dict)
    indicator: str = ""
    place: str = ""
    unit: str = ""
    baseline: Observation | None = None
    latest: Observation | None = None
    reference: Reference | None = None
    gap: float | None = None
    closed: float | None = None
    age_days: int | None = None


def measure(city: City, *, today: dt.date) -> list[Shortfall]:
    """Measure every task of a city.

    Parameters
    ----------
    city
        The city; it is not changed.
    today
        The day on which is measured: later observations and targets are not looked at.

    Returns
    -------
    One shortfall for each task, in the order of the register.
    """
    documents = {row["document"]: row["date"].date() for row in city.rows("documents")}
    indicators = {row["indicator"]: row for row in city.rows("indicators")}
    primaries = {row["task"]: row for row in city.rows("task_indicators") if row["primary"]}
    series = observations(city)
    shortfalls = []
    for task in city.rows("tasks"):
        if task["role"] != "task":
            continue
        primary = primaries.get(task["task"])
        if task["measured_by"] == "records":
            shortfalls.append(Shortfall(task=task["task"], state="unknown", reason="needs-records"))
        elif primary is None:
            shortfalls.append(Shortfall(task=task["task"], state="unknown", reason="no-indicator"))
        else:
            day = documents[task["document"]]
            indicator = indicators[primary["indicator"]]
            known = [o for o in series.get((primary["indicator"], primary["place"]), []) if o.end <= today]
            reference = find_reference(city, indicator, primary["place"], since=day, today=today)
            shortfalls.append(_shortfall(primary, indicator, known, reference, (day, today)))
    return shortfalls


def worst(shortfalls: Sequence[Shortfall]) -> list[Shortfall]:
    """Order the tasks that lie short of a reference, the least closed first.

    Tasks without a reference cannot be ranked by what is missing. Of them, those that moved away from what was asked
    follow at the end; the others are left out.
    """
    ranked = [each for each in shortfalls if each.state != "met" and each.closed is not None and each.closed < 1]
    rest = [each for each in shortfalls if each.closed is None and each.state == "further"]
    return [*sorted(ranked, key=lambda each: (each.closed, each.task)), *rest]


def _shortfall(
    primary: dict[str, Any],
    indicator: dict[str, Any],
    known: Sequence[Observation],
    reference: Reference | None,
    days: tuple[dt.date, dt.date],
) -> Shortfall:
    """Measure one task for which an indicator decides."""
    day, today = days
    baseline = find_baseline(known, day)
    latest, obstacle = find_latest(known, day, baseline)

    def shortfall(state: str, reason: str, **more: Any) -> Shortfall:
        return Shortfall(
            task=primary["task"],
            state=state,
            reason=reason,
            indicator=primary["indicator"],
            place=primary["place"],
            unit=indicator["unit"],
            baseline=baseline,
            latest=latest,
            reference=reference,
            gap=reference.gap(latest.value) if reference and latest else None,
            age_days=(today - latest.end).days if latest else None,
            **more,
        )

    reached = reference is not None and latest is not None and reference.gap(latest.value) == 0
    closed = _closed(baseline, latest, reference) if obstacle is None else None
    if reached and latest is not None and latest.basis != OWNERS_WORD:
        return shortfall("met", "reached", closed=closed)
    if baseline is None:
        return shortfall("unknown", "no-baseline", values={"months": BASELINE_MONTHS})
    if latest is None:
        return shortfall("unknown", "no-latest")
    if obstacle is not None:
        return shortfall("unknown", obstacle)
    if indicator["direction"] == "none" and reference is None:
        return shortfall("unknown", "no-direction")
    gained = _gained(baseline, latest, reference, indicator["direction"])
    reason = "reached-owner-only" if reached else "compared"
    if abs(gained) <= primary["tolerance"]:
        return shortfall("unchanged", reason, closed=closed)
    return shortfall("nearer" if gained > 0 else "further", reason, closed=closed)


def find_baseline(known: Sequence[Observation], day: dt.date) -> Observation | None:
    """Find the observation nearest to a day, at most `BASELINE_MONTHS` from it.

    Among those equally near the one that a later observation can be compared with goes first, then the weightier
    basis, so that an annual value is not lost to a quarterly one that nobody continued.
    """
    earliest, last = add_months(day, -BASELINE_MONTHS), add_months(day, BASELINE_MONTHS)
    near = [o for o in known if o.end >= earliest and o.start <= last]
    if not near:
        return None
    distance = min(days_apart(day, o.start, o.end) for o in near)
    nearest = [o for o in near if days_apart(day, o.start, o.end) == distance]

    def continued(one: Observation) -> tuple[Any, ...]:
        later = [o for o in known if o.start > one.end and why_not(one, o) is None]
        return max((order(o)[:2] for o in later), default=order(one)[:2]), order(one)

    return max(nearest, key=continued)


def find_latest(
    known: Sequence[Observation], day: dt.date, baseline: Observation | None
) -> tuple[Observation | None, str | None]:
    """Find the newest observation after the document that can be compared with the baseline.

    Returns
    -------
    The observation and None; or the newest one with the reason why it cannot be compared; or None and None where there
    is no later observation.
    """
    later = [
        o for o in known if o.end > day and (baseline is None or (o.start > baseline.start and o.end > baseline.end))
    ]
    if not later:
        return None, None
    newest = max(later, key=order)
    if baseline is None:
        return newest, None
    comparable = [o for o in later if why_not(baseline, o) is None]
    if comparable:
        return max(comparable, key=order), None
    return newest, why_not(baseline, newest)


def find_reference(
    city: City, indicator: dict[str, Any], place: str, *, since: dt.date, today: dt.date
) -> Reference | None:
    """Find what an indicator is held against: the target set last, else a named standard, else nothing.

    A target that fell due before the document, or was set after today, does not count.
    """
    in_force = []
    for row in city.rows("targets"):
        if (row["indicator"], row["place"]) != (indicator["indicator"], place):
            continue
        due = span_of(row["due"])[1] if row["due"] else None
        if span_of(row["set_on"])[0] <= today and (due is None or due >= since):
            in_force.append((row["set_on"], row["due"], row["target"], row))
    if in_force:
        row = max(in_force, key=lambda each: each[:3])[3]
        return Reference(kind="target", value=row["value"], comparator=row["comparator"], target=row["target"])
    if indicator["standard_value"] is not None and indicator["direction"] != "none":
        comparator = "ge" if indicator["direction"] == "up" else "le"
        return Reference(kind="standard", value=indicator["standard_value"], comparator=comparator)
    return None


def _gained(baseline: Observation, latest: Observation, reference: Reference | None, direction: str) -> float:
    """How much nearer the latest value is than the baseline: to the reference, else in the better direction."""
    if reference is not None:
        return reference.gap(baseline.value) - reference.gap(latest.value)
    change = latest.value - baseline.value
    return change if direction == "up" else -change


def _closed(baseline: Observation | None, latest: Observation | None, reference: Reference | None) -> float | None:
    if baseline is None or latest is None or reference is None:
        return None
    first = reference.gap(baseline.value)
    return 1 - reference.gap(latest.value) / first if first else None
