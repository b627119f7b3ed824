"""Plain records of the room: what a plan is made from, and what it gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aport.city.project_years import BASELINE

Outcome: TypeAlias = tuple[str, str]
"""An indicator at a place."""

Evaluate: TypeAlias = Callable[[frozenset[str]], Mapping[Outcome, float]]
"""Asks the models: the new value of each outcome that a set of projects touches; what is absent stays as it is."""

Touches: TypeAlias = Mapping[str, Collection[Outcome]]
"""Outcomes that each project may touch, alone or beside others."""

DUST = 1e-7
"""Difference of two scores that the solver may leave."""

ROUNDING = 1e-12
"""Share of a limit by which the floating-point sum of costs may pass it."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A project as a planner sees it.

    Attributes
    ----------
    names
        Its identifier and its names in every language.
    cost, cost_low, cost_high
        In the unit and price year of the budget; None where unknown.
    years
        Years of building, over which the cost spreads evenly.
    years_assumed
        True where the table states no years, or years that have passed.
    """

    project: str
    names: tuple[str, ...] = ()
    state: str = "idea"
    official: bool = False
    purposes: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    cost: float | None = None
    cost_low: float | None = None
    cost_high: float | None = None
    cost_basis: str = "stated"
    years: tuple[int, ...] = ()
    years_assumed: bool = False

    @property
    def choosable(self) -> bool:
        """Whether it is for choosing: work done or under way is not."""
        return self.state not in BASELINE

    def cost_in(self, year: int) -> float:
        """Cost that falls into a year."""
        return self.cost / len(self.years) if self.cost and year in self.years else 0.0


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A task with its shortfall: the latest value and what it is held against.

    Attributes
    ----------
    latest, reference
        In the unit of the indicator; None where there is none.
    comparator
        `ge`: to be reached from below; `le`: from above; `eq`: to be met.
    reason
        Why the task cannot be scored, where the caller knows a closer reason than a missing number.
    """

    task: str
    topic: str
    indicator: str = ""
    place: str = ""
    latest: float | None = None
    reference: float | None = None
    comparator: str = "ge"
    reason: str = ""

    def gap(self, value: float) -> float:
        """Distance from a value to the reference; 0 once it is reached."""
        reference = self.reference or 0.0
        match self.comparator:
            case "ge":
                return max(0.0, reference - value)
            case "le":
                return max(0.0, value - reference)
            case "eq":
                return abs(value - reference)
        raise ValueError(self.comparator)

    @property
    def unscored(self) -> str:
        """Why the task is not scored: `no-latest`, `no-reference`, `met` or the reason given; "" where it is."""
        if self.reference is None:
            return self.reason or "no-reference"
        if self.latest is None:
            return self.reason or "no-latest"
        return "" if self.gap(self.latest) > 0 else "met"


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Something that every programme must keep to: a weighted count of its projects within bounds.

    Attributes
    ----------
    key
        `budget`, `budget-year`, `require`, `forbid`, `must`, `ban`, `condition`, `state-banned`, `not-costed`,
        `excludes`, `requires` or `not-only`.
    values
        What it names: `rule`, `task`, `project`, `other`, `year`, `amount`.
    terms
        Weight of each project.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    terms: tuple[tuple[str, float], ...]
    lower: float = -math.inf
    upper: float = math.inf

    def kept(self, chosen: frozenset[str]) -> bool:
        """Whether a set of projects keeps to it."""
        total = math.fsum(weight for project, weight in self.terms if project in chosen)
        return self.lower - ROUNDING * abs(self.lower) <= total <= self.upper + ROUNDING * abs(self.upper)

    @property
    def of_money(self) -> bool:
        """Whether it limits what is spent."""
        return self.key in {"budget", "budget-year"}


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A project that a ban may be meant for; a person has to judge.

    Attributes
    ----------
    why
        `outline`: the purpose is banned and the outlines meet within their precision; `larger-place`: the purpose is
        banned and the place of the project holds the banned place; `no-place`: the purpose is banned and the project
        has no place; `purpose`: it lies at the banned place and serves another purpose.
    distance
        Metres between the outlines, for `outline`.
    """

    project: str
    rule: str
    task: str
    place: str
    why: str
    distance: float | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A condition or preference held against a project or a portfolio.

    Attributes
    ----------
    subject
        The project, or the portfolio.
    state
        `met`, `not-met`, or `unknown` where the data do not tell.
    evidence
        What told it: an opinion, a project; "" where nothing did.
    """

    rule: str
    kind: str
    task: str
    subject: str
    state: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Preference:
    """A programme that holds one of `projects` must hold one of `others` too."""

    rule: str
    task: str
    projects: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything that a plan is made from.

    Attributes
    ----------
    budget, budget_by_year
        In the unit and price year of the costs.
    demands
        All that a programme must keep to, budgets included.
    weights
        Weight of each topic; a topic that is absent weighs 1.
    assumptions
        What was assumed, by key, with the values that a sentence about it names.
    """

    candidates: tuple[Candidate, ...]
    goals: tuple[Goal, ...]
    demands: tuple[Demand, ...]
    budget: float
    budget_by_year: Mapping[int, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    near_misses: tuple[NearMiss, ...] = ()
    conditions: tuple[Checked, ...] = ()
    preferences: tuple[Preference, ...] = ()
    assumptions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is computed; the defaults suit a city of some hundred projects.

    Attributes
    ----------
    points
        Points of the curve of value over budget.
    curve_gap
        Optimality gap at which a point of the curve is good enough.
    prices
        How many projects that were not chosen get an entry price: those that would add most for their cost.
    tabulate
        Number of projects that touch one task up to which every set of them is evaluated; 2 to this power questions
        to the models a task.
    rounds, nodes
        Limits of the search: rounds of cutting planes, and nodes of branch and bound in each.
    """

    points: int = 20
    curve_gap: float = 1e-3
    prices: int = 10
    tabulate: int = 14
    rounds: int = 200
    nodes: int = 100_000


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What becomes of one project, and why.

    Attributes
    ----------
    decision
        `chosen`, `not-chosen` or `baseline`.
    reason
        Key of the sentence that says why; `values` holds what the sentence names.
    alone
        Score that it would add to doing nothing.
    gain
        Score that the programme would lose without it, or gain by it; None for projects that cannot be chosen.
    entry_price
        Cost just below which it would enter the programme; None where none was computed or found.
    """

    candidate: Candidate
    decision: str
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    alone: float | None = None
    gain: float | None = None
    entry_price: float | None = None

    @property
    def project(self) -> str:
        """Identifier of the project."""
        return self.candidate.project


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """A set of projects with its score and cost.

    Attributes
    ----------
    kind
        `programme`, `curve`, `do-nothing` or `officials`.
    budget
        Limit under which it was chosen; None where it was not chosen by us.
    score
        None where no set of projects keeps to the demands under this budget.
    bound
        No programme under this budget can score more.
    fits
        Whether it keeps to every demand of the plan, its budget included.
    broken
        Demands that it does not keep to.
    not_costed
        Projects that belong to it and are left out of score and cost, because nobody states what they cost.
    """

    portfolio: str
    kind: str
    projects: tuple[str, ...]
    cost: float
    score: float | None
    budget: float | None = None
    bound: float | None = None
    fits: bool = True
    broken: tuple[Demand, ...] = ()
    not_costed: tuple[str, ...] = ()

    @property
    def optimality_gap(self) -> float | None:
        """Share of the bound that the score falls short of."""
        if self.score is None or self.bound is None:
            return None
        missing = self.bound - self.score
        return missing / abs(self.bound) if missing > DUST else 0.0


@dataclass(frozen=True, kw_only=True)
class TaskShare:
    """What a portfolio does for one task.

    Attributes
    ----------
    weight
        Share of the task in the score; 0 where it is not scored.
    unscored
        Why it is not scored; "" where it is.
    before, after
        Value without and with the portfolio, in the unit of the indicator.
    share
        Share of the shortfall that closes.
    """

    goal: Goal
    weight: float
    unscored: str = ""
    before: float | None = None
    after: float | None = None
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme with its reasons.

    Attributes
    ----------
    decisions
        One for each project, in the order of the table.
    bound_holds
        `proved`: the bound holds for any model; `if-submodular`: it holds if projects help one another nowhere, which
        no set that was looked at contradicts (`unproved` lists the tasks that this concerns).
    synergies
        Tasks of many projects where projects were seen to help one another; their bound is proved in another way.
    consistent
        False where the models answered for the whole programme otherwise than for the projects of each task, so that
        the bound speaks of a score other than the true one that is given.
    """

    programme: Portfolio
    do_nothing: Portfolio
    officials: Portfolio
    curve: tuple[Portfolio, ...]
    decisions: tuple[Decision, ...]
    shares: tuple[TaskShare, ...]
    spending: Mapping[int, float]
    near_misses: tuple[NearMiss, ...]
    conditions: tuple[Checked, ...]
    preferences: tuple[Checked, ...]
    assumptions: Mapping[str, Mapping[str, Any]]
    budget_by_year: Mapping[int, float]
    weights: Mapping[str, float]
    rounds: int
    bound_holds: str
    unproved: tuple[str, ...]
    synergies: tuple[str, ...]
    consistent: bool

    @property
    def chosen(self) -> tuple[str, ...]:
        """Identifiers of the chosen projects."""
        return self.programme.projects
