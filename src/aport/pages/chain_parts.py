"""Projects, programme, records and contradictions, sorted for the page and indexed for its links.

Every part of them may be absent: results from before there were projects still make a report.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Results = Mapping[str, Any]

# Work that is done or under way is in the baseline and not for choosing.
BASELINE = ("in-work", "done")


def chain_parts(results: Results) -> dict[str, Any]:
    """Sort what follows the measures into the parts of the page.

    Parameters
    ----------
    results : mapping
        What the chain found; `projects, programme, records, contradictions` may be absent or empty.

    Returns
    -------
    dict
        `projects` and `records` and `contradictions` by identifier, `choices` and `running` projects, the
        `programme` with its projects in place of their identifiers, the `chains` of the tasks, the `homes` of the
        records (where on the page each is told in full), the `years` of the records, the `states` of the tasks, and
        whether there is anything of it at all (`any`).
    """
    projects = {project["project"]: project for project in results.get("projects") or []}
    records: Mapping[str, Any] = results.get("records") or {}
    contradictions = {item["contradiction"]: item for item in results.get("contradictions") or []}
    tasks = [task for task in results["tasks"] if task["role"] == "task"]
    chains = {task["task"]: _chain(task, projects, records, contradictions) for task in tasks}
    homes = _homes(chains, projects, records)
    return {
        "any": bool(projects or records or contradictions or results.get("programme")),
        "projects": projects,
        "choices": [project for project in projects.values() if project["state"] not in BASELINE],
        "running": [project for project in projects.values() if project["state"] in BASELINE],
        "followed": any(task.get("status") for task in tasks),
        "by_rule": _by_rule(contradictions.values()),
        "effects": any(project["effects"] for project in projects.values()),
        "programme": _programme(results, projects),
        "records": records,
        "contradictions": contradictions,
        "chains": chains,
        "homes": homes,
        "loose": in_order(told for record, told in records.items() if record not in homes),
        "years": _years(records.values()),
        "told": lambda ids: [records[record] for record in ids or [] if record in records],
        "observed": _observed(tasks) | _named_evidence(results),
        "topic_names": {topic["topic"]: topic["name"] for topic in results["topics"]},
        "until": results.get("followed_until") or "",
        "standing": {task["task"]: standing(task) for task in tasks},
    }


def standing(task: Results) -> str:
    """Tell how a task stands: by records and data together where they were followed, else by the data alone."""
    status = task.get("status") or {}
    return str(status.get("status") or task["state"])


def counted_states(results: Results, states: Iterable[str]) -> Mapping[str, int]:
    """Count the tasks by how they stand, the way that their cards say it."""
    tasks = [task for task in results["tasks"] if task["role"] == "task"]
    if not any(task.get("status") for task in tasks):
        counted: Mapping[str, int] = results["states"]
        return counted
    stand = [standing(task) for task in tasks]
    return {state: stand.count(state) for state in states}


def effects_on(task: Results, project: Results) -> list[Results]:
    """Choose the effects of a project on the indicators of a task, those on the deciding one first."""
    deciding = (task.get("indicator") or {}).get("indicator")
    others = {other.get("indicator") for other in task.get("other_indicators") or []} - {None}
    mine = [effect for effect in project["effects"] if effect["counts"]]
    return [effect for effect in mine if effect["indicator"] == deciding] + [
        effect for effect in mine if effect["indicator"] in others - {deciding}
    ]


def _chain(task: Results, projects: Results, records: Results, contradictions: Results) -> dict[str, Any]:
    """Put what follows the measures of one task in place of its identifiers."""
    mine = [projects[project] for project in task.get("projects") or []]
    return {
        "projects": sorted(mine, key=_rank),
        "forbids": [each for each in projects.values() if (each.get("decision") or {}).get("ban_task") == task["task"]],
        "records": in_order(records[record] for record in task.get("records") or []),
        "contradictions": [contradictions[each] for each in task.get("contradictions") or []],
        "status": task.get("status"),
    }


def _rank(project: Results) -> int:
    """Put the chosen projects first, those under way last."""
    chosen = (project.get("decision") or {}).get("chosen")
    if chosen is None:
        return 1 if project["state"] not in BASELINE else 2
    return 0 if chosen else 1


def in_order(records: Iterable[Results]) -> list[Results]:
    """Sort records by date; one that is known to the year comes before those of its months."""
    return sorted(records, key=lambda record: str(record["date"]))


def _homes(chains: Results, projects: Results, records: Results) -> dict[str, str]:
    """Say for each record in which card it is told in full: that of its first task, else of its first project."""
    homes: dict[str, str] = {}
    for task, chain in chains.items():
        for record in chain["records"]:
            homes.setdefault(record["record"], f"task-{task}")
    for project in projects.values():
        for record in project.get("records") or []:
            if record in records:
                homes.setdefault(record, f"project-{project['project']}")
    return homes


def _named_evidence(results: Results) -> dict[str, dict[str, Any]]:
    """Index the observations that contradictions name."""
    return {
        observation: {"quantity": quantity, "name": quantity["indicator_name"], "place": quantity["place_name"]}
        for observation, quantity in (results.get("evidence_observations") or {}).items()
    }


def _observed(tasks: Iterable[Results]) -> dict[str, dict[str, Any]]:
    """Index the observations that the cards of the tasks show, with the names of their indicators."""
    found: dict[str, dict[str, Any]] = {}
    for task in tasks:
        for quantity in task.get("series") or []:
            found.setdefault(quantity["observation"], {"quantity": quantity, "name": task["indicator"]["name"]})
        for other in task.get("other_indicators") or []:
            if other["latest"]:
                found.setdefault(other["latest"]["observation"], {"quantity": other["latest"], "name": other["name"]})
    return found


def _years(records: Iterable[Results]) -> list[tuple[str, list[Results]]]:
    """Group the records by year, the latest year first and each year in its course."""
    ordered = in_order(records)
    years = [(year, list(group)) for year, group in groupby(ordered, key=lambda record: str(record["date"])[:4])]
    return years[::-1]


def _by_rule(contradictions: Iterable[Results]) -> list[tuple[str, list[Results]]]:
    """Group the contradictions by the rule that found them, in the order of the rules."""
    rules: dict[str, list[Results]] = {}
    for item in contradictions:
        rules.setdefault(item["rule"], []).append(item)
    return list(rules.items())


def _programme(results: Results, projects: Results) -> dict[str, Any] | None:
    """Put the projects of a programme in place of their identifiers, and the tasks it does not score under reasons."""
    programme = results.get("programme")
    if not programme:
        return None
    reasons: dict[str, list[str]] = {}
    for item in programme.get("unscored") or []:
        reasons.setdefault(item["reason_key"], []).append(item["task"])
    named = {
        part: [projects[project] for project in programme.get(part) or []]
        for part in ("chosen", "not_chosen", "baseline")
    }
    return {
        **dict.fromkeys(
            ("officials", "do_nothing", "development_budget", "card", "horizon", "bound", "conditions_unknown")
        ),
        **{part: [] for part in ("curve", "topics", "preferences", "near_misses", "conditions")},
        **programme,
        **named,
        "years": programme.get("years") or {},
        "unscored": reasons,
        "reasons": _by_reason(named["not_chosen"]),
        "scored": len(programme.get("tasks") or []),
        "by_task": {item["task"]: item for item in programme.get("tasks") or []},
    }


def _by_reason(projects: Iterable[Results]) -> list[list[Results]]:
    """Group the projects that stay out by the sentence that says why, in the order of the projects."""
    groups: dict[str, list[Results]] = {}
    for project in projects:
        decision = project.get("decision") or {}
        reason = repr((decision.get("reason_key"), decision.get("reason_values")))
        groups.setdefault(reason, []).append(project)
    return list(groups.values())
