"""Effects that somebody published or claims, carried over to the city and joined for sets of projects.

Let b be the baseline of an outcome, e the relative effects and a the amounts of the set at work in a year. Then

    value = max(b * product(1 + e) + sum(a < 0), floor) + sum(a > 0),    floor = min(b, 0)

so relative effects multiply, amounts add, and what reduces an outcome never takes more than there was. The effect of a
set is the value with it less the value without it, both beside the work that is done or under way anyway.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aport.city.project_years import BASELINE, building_years
from aport.city.quantity import BASES
from aport.errors import UsageError
from aport.models.contract import Baseline, Effect, Effects, ModelCard, State, best_grade_alone, interval, weakest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from aport.city import City
    from aport.models.contract import Draws, Outcome

ASSUMED_SPREAD = 0.5
"""Half of the interval assumed for an effect whose source states none, as a share of its value."""

Z95 = 1.6448536269514722
"""Standard normal quantile of 95 %: one tail of an interval of 90 %."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published effect, ready to be drawn.

    Attributes
    ----------
    relative
        True for a share of the outcome, False for an amount in its unit.
    works_from
        First year of the effect.
    draws
        Its size in each draw.
    """

    id: str
    project: str
    indicator: str
    place: str
    relative: bool
    value: float
    low: float
    high: float
    grade: str
    assumed: bool
    works_from: int
    draws: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class EvidenceState(State):
    """Baselines and the effects that can be joined.

    Attributes
    ----------
    by_project
        Effects of each project, in the order of their identifiers.
    silent
        Effects that are not used, by identifier, with the reason: `no-observation`, `lower-grade`, `in-baseline` (at
        work by the year of the observation), `no-year` (of work done in an unknown year, taken as in the baseline).
    given
        Projects done or under way: they are part of the world to which a set is applied.
    assumed_years
        Projects whose years of building were assumed.
    """

    by_project: Mapping[str, tuple[Published, ...]]
    silent: Mapping[str, str]
    given: frozenset[str]
    assumed_years: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Joint effects from published effect sizes (grade B) and owners' claims (grade C).

    Attributes
    ----------
    assumed_years
        First and last year of building of a project that states none.
    indicators
        Indicators for which the city holds an effect.
    """

    assumed_years: tuple[int, int]
    indicators: frozenset[str]

    name = "evidence"
    changes: frozenset[str] = frozenset()
    """None: it does not compute from what a project changes, it carries over what was found elsewhere."""
    needs = frozenset({"projects", "effects_published", "indicators", "observations"})

    @classmethod
    def of(cls, city: City, *, assumed_years: tuple[int, int]) -> Evidence:
        """Make the model for a city: it answers for the indicators that its published effects name."""
        return cls(assumed_years=assumed_years, indicators=frozenset(city["effects_published"]["indicator"]))

    @property
    def card(self) -> ModelCard:
        """What a reader must know before trusting it."""
        limits = ("transfer", "places", "baseline", "independent", "claims", "years", "spread")
        return ModelCard(
            name=self.name,
            method="models.evidence.method",
            benchmark="models.evidence.benchmark",
            sources=(
                "Wallis 2014, The two-piece normal, binormal, or double Gaussian distribution, doi:10.1214/13-STS417",
            ),
            limits=tuple(f"models.evidence.limit.{limit}" for limit in limits),
            values={
                "first_year": self.assumed_years[0],
                "last_year": self.assumed_years[1],
                "spread": round(ASSUMED_SPREAD * 100),
            },
        )

    def baseline(
        self,
        city: City,
        *,
        today: dt.date,
        years: Collection[int],
        draws: Draws,
        baselines: Mapping[Outcome, Baseline] | None = None,
    ) -> EvidenceState:
        """Prepare baselines and draws.

        Parameters
        ----------
        city
            The city; it is not changed.
        today
            Observations of later periods are not looked at.
        years
            Years for which effects are asked.
        draws
            The common draws.
        baselines
            Baselines that go before the latest observations, such as those that a shortfall was measured with.
        """
        known = {**latest_observations(city, today=today), **(baselines or {})}
        projects = {row["project"]: row for row in city.rows("projects")}
        built = {
            project: building_years(row, this_year=today.year, default=self.assumed_years)
            for project, row in projects.items()
        }
        ends = {project: years_of.end for project, years_of in built.items()}
        rows = sorted(city.rows("effects_published"), key=lambda row: str(row["effect"]))
        usable, silent = _usable(rows, known, ends)
        effects: dict[str, list[Published]] = {}
        for row in usable:
            effects.setdefault(row["project"], []).append(_published(row, ends[row["project"]], draws))
        touched = {(each.indicator, each.place) for mine in effects.values() for each in mine}
        return EvidenceState(
            years=tuple(sorted(set(years))),
            draws=draws,
            baselines={outcome: known[outcome] for outcome in sorted(touched)},
            projects=frozenset(projects),
            by_project={project: tuple(mine) for project, mine in effects.items()},
            silent=silent,
            given=frozenset(project for project, row in projects.items() if row["state"] in BASELINE),
            assumed_years=frozenset(project for project, years_of in built.items() if years_of.assumed),
        )

    def apply(self, state: EvidenceState, projects: Collection[str]) -> Effects:
        """Give the joint effect of a set of projects on each outcome that it touches, in each year.

        Raises
        ------
        UsageError
            When the city has no such project.
        """
        asked = _known(state, projects)
        touched = {(each.indicator, each.place) for project in asked for each in state.by_project.get(project, ())}
        without = _by_outcome(state, state.given - asked)
        together = _by_outcome(state, state.given | asked)
        by_key = {}
        for outcome in sorted(touched):
            joint: dict[tuple[str, ...], Effect] = {}
            for year in state.years:
                before = [each for each in without.get(outcome, []) if each.works_from <= year]
                after = [each for each in together[outcome] if each.works_from <= year]
                if len(after) > len(before):
                    key = tuple(each.id for each in after)
                    if key not in joint:  # most years are like the year before
                        joint[key] = _joint(state.baselines[outcome], outcome, before, after)
                    by_key[*outcome, year] = replace(joint[key], year=year)
        return Effects(by_key)

    def values(self, state: EvidenceState, projects: Collection[str], *, year: int) -> dict[Outcome, float]:
        """Give the value of each outcome that a set, or work done or under way, touches in a year.

        Best single figures without draws: this is what a planner asks thousands of times.
        """
        together = _by_outcome(state, state.given | _known(state, projects))
        return {
            outcome: _value(state.baselines[outcome].value, [each for each in effects if each.works_from <= year])
            for outcome, effects in together.items()
        }

    def touches(self, state: EvidenceState) -> dict[str, frozenset[Outcome]]:
        """Give the outcomes that each project may touch."""
        return {
            project: frozenset((each.indicator, each.place) for each in effects)
            for project, effects in state.by_project.items()
        }


def latest_observations(city: City, *, today: dt.date) -> dict[Outcome, Baseline]:
    """Give the latest observation of each indicator at each place whose period has ended by today.

    Of two that end on one day the one that began later goes first, then the weightier basis.
    """
    latest: dict[Outcome, tuple[Any, dict[str, Any]]] = {}
    for row in city.rows("observations"):
        if row["end"].date() > today:
            continue
        outcome = (row["indicator"], row["place"])
        rank = (row["end"], row["start"], -BASES.index(row["basis"]), row["observation"])
        if outcome not in latest or rank > latest[outcome][0]:
            latest[outcome] = rank, row
    return {
        outcome: Baseline(
            value=float(row["value"]), unit=row["unit"], year=row["end"].year, observation=row["observation"]
        )
        for outcome, (_, row) in latest.items()
    }


def two_piece_normal(low: float, value: float, high: float, normal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn standard normal draws into draws with the median at `value` and the 5 % and 95 % quantiles at the bounds.

    Notes
    -----
    Two halves of normal distributions with spreads of their own, each holding half of the draws: the median-centred
    variant of the two-piece normal distribution.
    """
    import numpy as np

    spread = np.where(normal < 0, value - low, high - value) / Z95
    drawn: NDArray[np.float64] = value + normal * spread
    return drawn


def bounds_of(row: Mapping[str, Any]) -> tuple[float, float, bool]:
    """Give the bounds of a published effect, and whether one of them had to be assumed."""
    value = float(row["value"])
    half = ASSUMED_SPREAD * abs(value)
    low = value - half if row["low"] is None else float(row["low"])
    high = value + half if row["high"] is None else float(row["high"])
    return low, high, row["low"] is None or row["high"] is None


def _usable(
    rows: Sequence[dict[str, Any]], known: Mapping[Outcome, Baseline], ends: Mapping[str, int | None]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Tell the effects that can be used from those that cannot, with the reason."""
    silent = {}
    answers = []
    for row in rows:
        if (row["indicator"], row["place"]) not in known:
            silent[row["effect"]] = "no-observation"
        else:
            answers.append(row)
    best = best_grade_alone((row["project"], row["indicator"], row["grade"]) for row in answers)
    usable = []
    for row in answers:
        end = ends[row["project"]]
        if row["grade"] != best[row["project"], row["indicator"]]:
            silent[row["effect"]] = "lower-grade"
        elif end is None:
            silent[row["effect"]] = "no-year"
        elif end + 1 + row["lag"] <= known[row["indicator"], row["place"]].year:
            silent[row["effect"]] = "in-baseline"
        else:
            usable.append(row)
    _refuse_two_answers(usable)
    return usable, silent


def _refuse_two_answers(rows: Iterable[Mapping[str, Any]]) -> None:
    counts = Counter((row["project"], row["indicator"], row["place"]) for row in rows)
    for (project, indicator, place), count in counts.items():
        if count > 1:
            raise UsageError(
                f"{count} effects of one grade answer for {project}, {indicator} and {place}",
                where="effects_published.csv",
                repair="Keep the better one, or join them into one row",
            )


def _published(row: Mapping[str, Any], end: int | None, draws: Draws) -> Published:
    import numpy as np

    low, high, assumed = bounds_of(row)
    value = float(row["value"])
    relative = row["form"] == "relative"
    drawn = two_piece_normal(low, value, high, draws.normal(f"effect:{row['effect']}"))
    if relative:  # nobody can take away more than the whole
        drawn, value = np.maximum(drawn, -1.0), max(value, -1.0)
    return Published(
        id=row["effect"],
        project=row["project"],
        indicator=row["indicator"],
        place=row["place"],
        relative=relative,
        value=value,
        low=low,
        high=high,
        grade=row["grade"],
        assumed=assumed,
        works_from=int(end or 0) + 1 + int(row["lag"]),
        draws=drawn,
    )


def _known(state: EvidenceState, projects: Collection[str]) -> frozenset[str]:
    asked = frozenset(projects)
    if unknown := asked - state.projects:
        raise UsageError(f"there is no project {min(unknown)!r}", repair="Name projects of projects.csv")
    return asked


def _by_outcome(state: EvidenceState, projects: frozenset[str]) -> dict[Outcome, list[Published]]:
    """Gather the effects of a set by outcome, in an order that does not depend on how the set was written."""
    found: dict[Outcome, list[Published]] = {}
    for project in sorted(projects & state.by_project.keys()):
        for each in state.by_project[project]:
            found.setdefault((each.indicator, each.place), []).append(each)
    return found


def _value(baseline: float, effects: Sequence[Published]) -> float:
    """Give the value of an outcome with some effects, by their best figures."""
    left, added = baseline, 0.0
    for each in effects:
        if each.relative:
            left *= 1 + each.value
    for each in effects:
        if not each.relative:
            left += min(each.value, 0.0)
            added += max(each.value, 0.0)
    return max(left, min(baseline, 0.0)) + added


def _drawn(baseline: float, effects: Sequence[Published], count: int) -> NDArray[np.float64]:
    """Give the value of an outcome with some effects in each draw; the same arithmetic as `_value`."""
    import numpy as np

    left, added = np.full(count, baseline), np.zeros(count)
    for each in effects:
        if each.relative:
            left *= 1 + each.draws
    for each in effects:
        if not each.relative:
            left += np.minimum(each.draws, 0)
            added += np.maximum(each.draws, 0)
    after: NDArray[np.float64] = np.maximum(left, min(baseline, 0.0)) + added
    return after


def _joint(baseline: Baseline, outcome: Outcome, before: Sequence[Published], after: Sequence[Published]) -> Effect:
    """Give the change between two sets of effects on one outcome; the year is filled in by the caller."""
    count = len(after[0].draws)
    start = _value(baseline.value, before)
    change = _value(baseline.value, after) - start
    draws = _drawn(baseline.value, after, count) - _drawn(baseline.value, before, count)
    low, high = interval(change, draws)
    beside = {each.id for each in before}
    mine = [each for each in after if each.id not in beside]
    indicator, place = outcome
    return Effect(
        indicator=indicator,
        place=place,
        year=0,
        unit=baseline.unit,
        baseline=start,
        value=change,
        low=low,
        high=high,
        grade=weakest(each.grade for each in mine),
        assumed=any(each.assumed for each in mine),
        projects=tuple(sorted({each.project for each in mine})),
        evidence=tuple(each.id for each in mine),
        draws=draws,
    )
