"""What became of it all: the verb of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aport.city.coverage import Places, sited
from aport.delivery.contradictions import Contradiction, Known, find_contradictions
from aport.delivery.record import records_of
from aport.delivery.status import Status, project_status, task_status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from aport.city import City


@dataclass(frozen=True, kw_only=True)
class Followed:
    """How tasks and projects stand, and what does not fit together.

    Attributes
    ----------
    statuses
        Tasks in the order of the register, then projects in the order of their table.
    contradictions
        Rule by rule, the oldest first.
    until
        Date of the newest record: what happened later may only not have been written down. "" without records.
    """

    statuses: tuple[Status, ...]
    contradictions: tuple[Contradiction, ...]
    until: str


def follow(city: City, *, today: dt.date, states: Mapping[str, str]) -> Followed:
    """Tell what became of each task and project, and find contradictions.

    Parameters
    ----------
    city
        The city; it is not changed.
    today
        The day as of which is judged: later records and observations are not looked at.
    states
        What was measured for each task: met, nearer, unchanged, further or unknown. A task that is left out is unknown.
    """
    known = gather(city, today=today, states=states)
    of_project = {name: [each for each in known.records if each.project == name] for name in known.projects}
    projects = {name: project_status(row, of_project[name]) for name, row in known.projects.items()}
    tasks = [_task(known, name, projects) for name in known.tasks]
    return Followed(
        statuses=(*tasks, *projects.values()),
        contradictions=tuple(find_contradictions(known)),
        until=known.until,
    )


def _task(known: Known, name: str, projects: Mapping[str, Status]) -> Status:
    task = known.tasks[name]
    covered = known.banned.get(name, frozenset())
    return task_status(
        task,
        [each for each in known.records if each.task == name or each.project in covered],
        [status for key, status in projects.items() if name in (known.projects[key]["tasks"] or "").split()],
        outcome=known.states.get(name, "unknown"),
        asked=known.documents[task["document"]],
        today=known.today,
    )


def gather(city: City, *, today: dt.date, states: Mapping[str, str]) -> Known:
    """Bring together what the rules look at."""
    indicators = sorted(city.rows("task_indicators"), key=lambda row: row["primary"])
    return Known(
        today=today,
        records=records_of(city, today=today),
        tasks={row["task"]: row for row in city.rows("tasks") if row["role"] == "task"},
        projects={row["project"]: row for row in city.rows("projects")},
        indicators={row["indicator"]: row for row in city.rows("indicators")},
        documents={row["document"]: row["date"].date() for row in city.rows("documents")},
        observations=[row for row in city.rows("observations") if row["end"].date() <= today],
        task_of_indicator={row["indicator"]: row["task"] for row in indicators},
        banned=_covered(city),
        states=states,
    )


def _covered(city: City) -> dict[str, frozenset[str]]:
    """Give the projects that each ban covers: those of its purposes at its places, or within them."""
    places = Places(city)
    projects = {row["project"]: sited(row) for row in city.rows("projects")}
    covered: dict[str, frozenset[str]] = {}
    for rule in city.rows("rules"):
        if rule["kind"] == "ban" and rule["task"]:
            mine = frozenset(name for name, project in projects.items() if places.banned(project, rule))
            covered[rule["task"]] = covered.get(rule["task"], frozenset()) | mine
    return covered
