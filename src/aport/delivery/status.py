"""How tasks and projects stand, by what the records say was done and by what the data say has come of it.

Output and outcome are kept apart. Output is what was built or decided: it comes from the records of the task and from
the state of the projects that serve it. Outcome is whether the city is nearer to what was asked: it is measured
elsewhere and comes in as a state for each task. For a task that a number tells, the outcome is the status, whatever
was built. For an act that is done or not done the output is the status, and "met" needs more than the owner's word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aport.delivery.record import ENDS, PLANS, REFUSALS, WORK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from aport.delivery.record import Record

PROJECT_STATES = ("idea", "planned", "in-work", "completed", "stopped", "cancelled")
TASK_STATES = ("met", "nearer", "unchanged", "further", "unknown")
OUTPUTS = ("none", "planned", "under-way", "partly", "done", "stopped", "reversed")

REGISTER = {"done": "completed", "banned": "cancelled"}
"""States of the table `projects` that the statuses name otherwise."""

ACTS = frozenset({"completed", "abolished"})
"""Events that carry out a task that asks for an act."""

BREACHES = ("ban-planned", "ban-built")
"""Reasons that say that what was banned is back."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """How one task or project stands.

    Attributes
    ----------
    subject, kind
        Identifier, and `task` or `project`.
    status
        One of `TASK_STATES` or `PROJECT_STATES`.
    since
        Date of the record behind it; "" where no record decides.
    output, outcome
        What was delivered, one of `OUTPUTS`, and what the data say has come of it; "" for projects.
    data
        What stands behind it: `none`, `owner` for the word of the owner alone, or `independent`.
    records
        Identifiers of the records behind it.
    last
        Date of the newest record of it.
    due
        Date that was promised last; "" where none was.
    reason
        Key of the sentence that says why; `values` holds what the sentence names.
    """

    subject: str
    kind: str
    status: str
    since: str = ""
    output: str = ""
    outcome: str = ""
    data: str = "none"
    records: tuple[str, ...] = ()
    last: str = ""
    due: str = ""
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


def project_status(project: Mapping[str, Any], records: Sequence[Record]) -> Status:
    """Tell how a project stands.

    Parameters
    ----------
    project
        Row of the table `projects`; its state stands where no record tells.
    records
        Records of the project, oldest first.

    Returns
    -------
    Its status, with the record that brought it there.
    """
    state, behind = "idea", None
    for record in records:
        after = state_after(state, record.event)
        if after != state:
            state, behind = after, record
    last, due = records[-1].date if records else "", _last_due(records)
    if behind is None:
        register = REGISTER.get(project["state"], project["state"])
        return Status(
            subject=project["project"], kind="project", status=register, reason="register", last=last, due=due
        )
    support = [each for each in records if each.event == behind.event and each.span[0] >= behind.span[0]]
    return Status(
        subject=project["project"],
        kind="project",
        status=state,
        since=behind.date,
        data=_word(support),
        records=(behind.id,),
        last=last,
        due=due,
        reason=state,
        values={"since": behind.date},
    )


def state_after(state: str, event: str) -> str:
    """Give the state of a project after an event.

    Plans and money do not undo work that has begun; work that was stopped or refused begins anew with a plan.

    >>> state_after("in-work", "funded"), state_after("cancelled", "planned"), state_after("completed", "progress")
    ('in-work', 'planned', 'completed')
    """
    if event in REFUSALS:
        return "cancelled"
    if event in ENDS:
        return "stopped"
    if event == "completed":
        return "completed"
    if event == "started" or (event in WORK and state != "completed"):
        return "in-work"
    if event == "restored" or (event in PLANS and state in ("idea", "stopped", "cancelled")):
        return "planned"
    return state


def task_status(
    task: Mapping[str, Any],
    records: Sequence[Record],
    projects: Iterable[Status],
    *,
    outcome: str,
    asked: dt.date,
    today: dt.date,
) -> Status:
    """Tell how a task stands.

    Parameters
    ----------
    task
        Row of the table `tasks`.
    records
        Records that name the task, oldest first; for a ban also those of the projects that it covers.
    projects
        Statuses of the projects that serve the task.
    outcome
        What was measured: one of `TASK_STATES`.
    asked
        Day of the document that sets the task.
    today
        The day as of which is judged: what is decided for a later day is not yet in force.
    """
    serving = list(projects)
    output = _output([each for each in records if not each.project], serving, today=today)
    status, reason, since = _judged(task, records, output, outcome, asked)
    if not since and output.state != "none" and reason in (*OUTPUTS, "done-owner-only"):
        reason = "register"
    values = {key: value for key, value in (("since", since), ("due", output.announced)) if value}
    return Status(
        subject=task["task"],
        kind="task",
        status=status,
        since=since,
        output="reversed" if reason in BREACHES else output.state,
        outcome=outcome,
        data=_word(records, serving),
        records=output.behind,
        last=records[-1].date if records else "",
        due="" if task["kind"] == "ban" else _last_due(records),
        reason=reason,
        values=values,
    )


@dataclass(frozen=True, kw_only=True)
class _Output:
    """What was delivered: one of `OUTPUTS`, since when, by which records, whether others than the owner say so."""

    state: str
    since: str = ""
    behind: tuple[str, ...] = ()
    independent: bool = False
    announced: str = ""
    """Date from which what was done is taken back, where that was decided for a later day."""


def _output(own: Sequence[Record], projects: Iterable[Status], *, today: dt.date) -> _Output:
    """Tell what was delivered for a task.

    An act of the task itself decides alone. Else projects count that are more than an idea, and work on the task.
    """
    acts = [each for each in own if each.event in ACTS]
    if acts:
        return _acted(acts, own, today)
    parts = [(e.status, e.since, e.records, e.data) for e in projects if e.status not in ("idea", "cancelled")]
    work = [each for each in own if each.event in WORK]
    plans = [each for each in own if each.event in PLANS]
    if work:
        parts.append(("in-work", work[-1].date, (work[-1].id,), _word(work)))
    elif plans and not parts:  # a promise beside projects is about what they bring, and no work of its own
        parts.append(("planned", plans[-1].date, (plans[-1].id,), _word(plans)))
    states = {state for state, *_ in parts}
    behind = tuple(record for _, _, records, _ in parts for record in records)
    ranks = (("completed", "partly"), ("in-work", "under-way"), ("planned", "planned"), ("stopped", "stopped"))
    for state, name in ranks:
        if state in states:
            since = max(since for each, since, *_ in parts if each == state)
            if states == {"completed"}:
                confirmed = all(data == "independent" for *_, data in parts)
                return _Output(state="done", since=since, behind=behind, independent=confirmed)
            return _Output(state=name, since=since, behind=behind)
    return _Output(state="none")


def _acted(acts: Sequence[Record], own: Sequence[Record], today: dt.date) -> _Output:
    """Tell whether an act that was done still holds."""
    last = acts[-1]
    done = _Output(state="done", since=last.date, behind=(last.id,), independent=any(e.independent for e in acts))
    back = next((each for each in reversed(own) if each.event == "restored" and each.after(last)), None)
    if back is None:
        return done
    behind = (last.id, back.id)
    if back.due and back.due_span[0] > today:
        return replace(done, behind=behind, announced=back.due)
    return _Output(state="reversed", since=back.date, behind=behind, independent=back.independent)


def _judged(
    task: Mapping[str, Any], records: Sequence[Record], output: _Output, outcome: str, asked: dt.date
) -> tuple[str, str, str]:
    """Give status, reason and date of a task."""
    if outcome != "unknown":
        return outcome, "measured", ""
    if task["measured_by"] != "records":
        return "unknown", "not-measured", ""
    if task["kind"] == "ban":
        return _ban_judged(records, asked)
    if task["scope"] == "all-projects":
        return "unknown", "all-projects", ""
    if output.state == "done":
        if not output.independent:
            return "nearer", "done-owner-only", output.since
        return "met", "reversal-announced" if output.announced else "done", output.since
    if output.state == "none":
        return "unknown", "no-records", ""
    status = "nearer" if output.state in ("partly", "under-way") else "unchanged"
    return status, output.state, output.since


def _ban_judged(records: Sequence[Record], asked: dt.date) -> tuple[str, str, str]:
    """A ban is kept, not yet shown to be kept, or moved away from by plans or by building."""
    banned = next((each.span[1] for each in records if each.event == "banned"), asked)
    later = [each for each in records if each.span[0] > banned]
    breaches = breaches_of_ban(later)
    if breaches:
        return "further", "ban-built" if built(breaches) else "ban-planned", breaches[0].date
    kept = next((each for each in later if not each.project and each.event in ACTS and each.independent), None)
    if kept is not None:
        return "met", "ban-kept", kept.date
    return "unknown", "ban-unknown", ""


def breaches_of_ban(records: Iterable[Record]) -> list[Record]:
    """Give the records after a ban that plan or build what was banned, unless it was refused again after them.

    Where a record names no project, work and completion are those of the ban itself and breach nothing.
    """
    breaches: list[Record] = []
    for record in records:
        if record.event in REFUSALS | ENDS:
            breaches = []
        elif record.event in PLANS | {"restored"} or (record.project and record.event in WORK | ACTS):
            breaches.append(record)
    return breaches


def built(breaches: Iterable[Record]) -> bool:
    """Tell whether what was banned was not only planned but begun."""
    return any(each.event in WORK | ACTS for each in breaches)


def _word(records: Sequence[Record], projects: Iterable[Status] = ()) -> str:
    """Tell whose word stands behind: of nobody, of the owner alone, or of others too."""
    words = {"independent" if each.independent else "owner" for each in records} | {each.data for each in projects}
    return next((word for word in ("independent", "owner") if word in words), "none")


def _last_due(records: Sequence[Record]) -> str:
    return next((each.due for each in reversed(records) if each.due and each.event in PLANS), "")
