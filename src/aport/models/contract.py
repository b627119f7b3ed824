"""What every model keeps to: it takes a set of projects and a state, and gives their joint effect.

A model knows neither budgets nor solvers. Its `baseline` prepares once what no choice of projects changes; its `apply`
is then asked for one set of projects after another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from aport.city import City

GRADES = ("A", "B", "C")
"""Evidence for an effect, the best first: a model of published error, a published effect size, the owner's claim."""

CONFIDENCE = 0.90
"""Share of the draws between `low` and `high`."""

Outcome: TypeAlias = tuple[str, str]
"""An indicator at a place."""


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """What a reader must know before trusting a model.

    Attributes
    ----------
    method, benchmark
        Keys of texts.
    sources
        Where the method is published.
    limits
        Keys of texts, the gravest first.
    values
        Numbers that the texts name in braces.
    """

    name: str
    method: str
    benchmark: str
    sources: tuple[str, ...]
    limits: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draws:
    """Random draws common to all sets of projects and all models, so that differences are not noise.

    Each named quantity has draws of its own that depend on the seed and the name only, never on what else is drawn.

    Attributes
    ----------
    seed
        To be printed with every result.
    count
        Number of draws.
    """

    seed: int = 2019
    count: int = 1000

    def normal(self, name: str) -> NDArray[np.float64]:
        """Draw `count` values of a standard normal variable for one named quantity."""
        import numpy as np

        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:16], "big")).standard_normal(self.count)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Value of an indicator at a place without any project that is for choosing.

    Attributes
    ----------
    value
        In `unit`.
    year
        Year in which the observed period ends: what worked by then is in the value already.
    observation
        Identifier of the observation; "" where the value was handed in.
    """

    value: float
    unit: str
    year: int
    observation: str = ""


@dataclass(frozen=True, kw_only=True)
class State:
    """What a model prepared: the rest of the world, to which sets of projects are applied.

    Attributes
    ----------
    years
        Years for which effects are asked.
    baselines
        Baseline of each outcome that the model answers for.
    projects
        Every project that the city knows.
    """

    years: tuple[int, ...]
    draws: Draws
    baselines: Mapping[Outcome, Baseline]
    projects: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Joint effect of a set of projects on one indicator at one place in one year.

    Attributes
    ----------
    baseline
        Value without the projects, in `unit`.
    value, low, high
        Change that the set brings: the best single figure, and bounds that hold 90 % of the draws.
    grade
        The weakest grade of the evidence that went into it.
    assumed
        True where an interval was assumed because its source states none.
    evidence
        Identifiers of what went into it.
    draws
        The change in each draw.
    """

    indicator: str
    place: str
    year: int
    unit: str
    baseline: float
    value: float
    low: float
    high: float
    grade: str
    assumed: bool
    projects: tuple[str, ...]
    evidence: tuple[str, ...]
    draws: NDArray[np.float64] = field(repr=False, compare=False)

    @property
    def after(self) -> float:
        """Value with the projects."""
        return self.baseline + self.value


@dataclass(frozen=True)
class Effects:
    """Joint effects of one set of projects, by indicator, place and year; what it does not touch is absent."""

    by_key: Mapping[tuple[str, str, int], Effect] = field(default_factory=dict)

    def change(self, indicator: str, place: str, year: int) -> float:
        """Give the change of an indicator; 0 where the set does nothing to it."""
        effect = self.by_key.get((indicator, place, year))
        return effect.value if effect else 0.0

    def after(self, year: int) -> dict[Outcome, float]:
        """Give the new value of each outcome that the set touches in a year."""
        return {(e.indicator, e.place): e.after for e in self.by_key.values() if e.year == year}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """By how much the effect of one set exceeds that of another, draw by draw."""

    value: float
    low: float
    high: float


S = TypeVar("S", bound=State)


class Model(Protocol[S]):
    """A model: knows kinds of change and indicators, and no budget."""

    @property
    def name(self) -> str:
        """Identifier of the model."""
        ...

    @property
    def changes(self) -> frozenset[str]:
        """Kinds of change that it understands."""
        ...

    @property
    def indicators(self) -> frozenset[str]:
        """Indicators that it answers for."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """Tables, layers and outputs of other models that it reads."""
        ...

    @property
    def card(self) -> ModelCard:
        """What a reader must know before trusting it."""
        ...

    def baseline(self, city: City, *, today: dt.date, years: Collection[int], draws: Draws) -> S:
        """Prepare everything that does not depend on the set of projects."""
        ...

    def apply(self, state: S, projects: Collection[str]) -> Effects:
        """Give the joint effect of a set of projects, by place and year, with intervals."""
        ...


def interval(value: float, draws: NDArray[np.float64]) -> tuple[float, float]:
    """Give the bounds that hold 90 % of the draws, widened to hold the best single figure where they do not.

    Many one-sided intervals can push all draws of their sum to one side of the sum of the best figures.
    """
    import numpy as np

    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return min(float(low), value), max(float(high), value)


def difference(one: Effects, other: Effects) -> dict[tuple[str, str, int], Difference]:
    """Give by how much the effects of one set exceed those of another, with bounds from the common draws.

    Notes
    -----
    What both sets share cancels in each draw (common random numbers, Law, Simulation Modeling and Analysis, 11.2).
    """
    found = {}
    for key in sorted({*one.by_key, *other.by_key}):
        first, second = one.by_key.get(key), other.by_key.get(key)
        value = (first.value if first else 0.0) - (second.value if second else 0.0)
        if first is None and second is not None:
            draws = -second.draws
        elif first is not None and second is None:
            draws = first.draws
        elif first is not None and second is not None:
            draws = first.draws - second.draws
        low, high = interval(value, draws)
        found[key] = Difference(value=value, low=low, high=high)
    return found


def weakest(grades: Iterable[str]) -> str:
    """Give the weakest of some grades: a joint effect is no better than the least of what went into it."""
    return max(grades, key=GRADES.index)


def best_grade_alone(answers: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Give the grade that answers for each project and indicator, of all that could.

    Parameters
    ----------
    answers
        Project, indicator and grade of each answer.
    """
    best: dict[tuple[str, str], str] = {}
    for project, indicator, grade in answers:
        held = best.get((project, indicator), grade)
        best[project, indicator] = min(held, grade, key=GRADES.index)
    return best
