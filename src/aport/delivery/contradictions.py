"""Where records, projects and data do not fit together.

Every rule is a function that is given all that is known and yields what it finds. A rule knows no city, no task and no
project by name. What it finds is a state of the evidence: it says which records do not fit, and blames nobody. A rule
stays silent where dates are too rough to tell which came first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

from aport.city.dates import add_months, span_of
from aport.delivery.amounts import differ
from aport.delivery.record import REFUSALS
from aport.delivery.status import ACTS, breaches_of_ban, built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aport.delivery.record import Record

SILENT_MONTHS = 6
"""Months before and after a due date without a word that count as silence."""

CLAIM_MONTHS = 18
"""Months after a claim within which a count still speaks of what was claimed."""

RESUMED = frozenset({"contracted", "started", "progress", "completed"})
"""Events after which the end of a contract is no longer the last word."""

TELLS_NO_DATE = frozenset({"restored", "completed"}) | REFUSALS
"""Events whose `due` is the day on which they come into force, and no promise."""


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Something that does not fit together.

    Attributes
    ----------
    id
        Rule and subject, so that a contradiction keeps its name from run to run.
    rule
        One of the names in `RULES`.
    reason
        Which case of the rule it is; "" where the rule has one only.
    task, project
        What it is of; "" where it is of none.
    since
        Date from which it holds, to the year, the month or the day.
    evidence
        Identifiers of the records or observations that do not fit, in the order in which they are to be read.
    values
        What the sentence names: dates as text, numbers, and amounts as `{"value": ..., "unit": ...}`.
    """

    id: str
    rule: str
    reason: str = ""
    task: str = ""
    project: str = ""
    since: str
    evidence: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that is known on a day.

    Attributes
    ----------
    records
        Up to the day, oldest first.
    tasks, projects, indicators
        Rows of the tables by identifier.
    documents
        Day of each document.
    observations
        Rows of the table whose periods have ended.
    task_of_indicator
        The task that an indicator decides for, else one beside which it is shown.
    banned
        Projects that each ban covers by purpose and place.
    states
        What was measured for each task.
    """

    today: dt.date
    records: Sequence[Record]
    tasks: Mapping[str, Mapping[str, Any]]
    projects: Mapping[str, Mapping[str, Any]]
    indicators: Mapping[str, Mapping[str, Any]]
    documents: Mapping[str, dt.date]
    observations: Sequence[Mapping[str, Any]]
    task_of_indicator: Mapping[str, str]
    banned: Mapping[str, frozenset[str]]
    states: Mapping[str, str]

    @property
    def until(self) -> str:
        """Date of the newest record: what happened later may only not have been written down."""
        return max((each.date for each in self.records), default="", key=lambda date: span_of(date)[0])

    def by_subject(self) -> dict[tuple[str, str], list[Record]]:
        """Records by what they are of in the first place."""
        found: dict[tuple[str, str], list[Record]] = {}
        for record in self.records:
            found.setdefault(record.subject, []).append(record)
        return found

    def task_of(self, records: Iterable[Record]) -> str:
        """Give the task of records of one subject: the one named last, else the first that the project serves."""
        named, project = "", ""
        for record in records:
            named, project = record.task or named, record.project or project
        served = self.projects.get(project, {}).get("tasks") or ""
        return named or next(iter(served.split()), "")


def banned_but_planned(known: Known) -> Iterator[Contradiction]:
    """Something was banned, and a later record plans, pays for, starts or builds it, and nobody refused it again."""
    seen: set[tuple[str, str]] = set()
    for task, project, day, ban in _bans(known):
        covered = known.banned.get(task, frozenset()) | ({project} if project else set())
        later = [
            each
            for each in known.records
            if each.span[0] > day and (each.project in covered if each.project else task and each.task == task)
        ]
        for name, group in _grouped(breaches_of_ban(later), later, project):
            if (task, name) in seen:
                continue
            seen.add((task, name))
            subject = name or task
            yield Contradiction(
                id=f"banned-but-planned.{subject}",
                rule="banned-but-planned",
                reason="built" if built(group) else "",
                task=task,
                project=name,
                since=group[0].date,
                evidence=tuple(each.id for each in ([ban] if ban else []) + group),
                values={"banned": ban.date if ban else day.isoformat(), "since": group[0].date},
            )


def _bans(known: Known) -> Iterator[tuple[str, str, dt.date, Record | None]]:
    """Bans by record, then bans that a document sets and no record repeats: task, project, last day, record."""
    told: set[str] = set()
    for record in known.records:
        if record.event == "banned":
            told.add(record.task)
            yield record.task, record.project, record.span[1], record
    for name, task in known.tasks.items():
        if task["kind"] == "ban" and name not in told:
            yield name, "", known.documents[task["document"]], None


def _grouped(breaches: Sequence[Record], later: Sequence[Record], project: str) -> Iterator[tuple[str, list[Record]]]:
    """Part the breaches of one ban by project; those that name none go to the project of the ban."""
    names = sorted({each.project or project for each in breaches})
    for name in names:
        mine = breaches_of_ban(each for each in later if (each.project or project) == name)
        if mine:
            yield name, mine


def abolished_but_restored(known: Known) -> Iterator[Contradiction]:
    """Something was abolished and a later record brings it back."""
    for (kind, name), records in known.by_subject().items():
        abolished = [each for each in records if each.event == "abolished"]
        restored = [
            each
            for each in records
            if each.event == "restored"
            and any(each.after(old) for old in abolished)
            and not any(new.after(each) for new in abolished)
        ]
        if restored:
            first = next(each for each in reversed(abolished) if restored[0].after(each))
            yield Contradiction(
                id=f"abolished-but-restored.{name}",
                rule="abolished-but-restored",
                reason="from" if restored[0].due else "",
                task=known.task_of(records),
                project=name if kind == "project" else "",
                since=restored[0].date,
                evidence=(first.id, *(each.id for each in restored)),
                values={"abolished": first.date, "since": restored[0].date, "due": restored[0].due},
            )


def due_but_silent(known: Known) -> Iterator[Contradiction]:
    """A due date has passed by months, and for months before it and ever since nothing was said."""
    for (kind, name), records in known.by_subject().items():
        dues = [each for each in records if each.due and each.event not in TELLS_NO_DATE]
        if dues:
            last = max(dues, key=lambda each: (each.due_span[1], each.span[0]))
            heard = [each for each in records if each is not last and each.span[1] >= last.span[0]]
            if _silent(known, last.due, heard, last.indicator):
                task, project = known.task_of(records), name if kind == "project" else ""
                yield _silence(known, (task, project), last.due, records[-1].date, (last.id,))
    for name, row in known.tasks.items():
        if row["deadline"] is not None and known.states.get(name, "unknown") == "unknown":
            due = row["deadline"].date().isoformat()
            told = [each for each in known.records if each.task == name]
            if not any(each.due for each in told) and _silent(known, due, told, ""):
                yield _silence(known, (name, ""), due, told[-1].date if told else "", ())


def _silent(known: Known, due: str, heard: Iterable[Record], indicator: str) -> bool:
    """Tell whether nobody said anything from some months before a due date to this day, which lies months after it."""
    first, last = span_of(due)
    if add_months(last, SILENT_MONTHS) > known.today:
        return False
    ear = add_months(first, -SILENT_MONTHS)
    counted = any(
        indicator and row["indicator"] == indicator and row["end"].date() >= ear for row in known.observations
    )
    return not counted and not any(each.span[1] >= ear or each.event in ACTS | REFUSALS for each in heard)


def _silence(known: Known, subject: tuple[str, str], due: str, last: str, evidence: tuple[str, ...]) -> Contradiction:
    task, project = subject
    return Contradiction(
        id=f"due-but-silent.{project or task}",
        rule="due-but-silent",
        reason="" if last else "never",
        task=task,
        project=project,
        since=due,
        evidence=evidence,
        values={"due": due, "last": last, "months": SILENT_MONTHS, "until": known.until},
    )


def contract_ended(known: Known) -> Iterator[Contradiction]:
    """A contract ended before completion, and no later record takes the work up again or gives it up."""
    for (kind, name), records in known.by_subject().items():
        ended = [each for each in records if each.event == "contract-ended"]
        if ended:
            last = ended[-1]
            later = records[records.index(last) + 1 :]
            if not any(each.event in RESUMED | REFUSALS for each in later):
                yield Contradiction(
                    id=f"contract-ended.{name}",
                    rule="contract-ended",
                    task=known.task_of(records),
                    project=name if kind == "project" else "",
                    since=last.date,
                    evidence=(last.id,),
                    values={"since": last.date, "until": known.until},
                )


def done_but_data_disagree(known: Known) -> Iterator[Contradiction]:
    """A task was reported done and its figures say no such thing; or a claim is above what was counted after it."""
    for name, task in known.tasks.items():
        state = known.states.get(name, "unknown")
        done = [each for each in known.records if each.subject == ("task", name) and each.event == "completed"]
        if done and task["measured_by"] == "indicator" and state in ("unchanged", "further"):
            yield Contradiction(
                id=f"done-but-data-disagree.{name}",
                rule="done-but-data-disagree",
                reason=state,
                task=name,
                since=done[-1].date,
                evidence=tuple(each.id for each in done),
                values={"since": done[-1].date},
            )
    for record in known.records:
        if record.event in ("claimed", "completed") and record.value is not None and not record.independent:
            row = _count_below(known, record)
            if row is not None:
                yield _disagreement(known, record, row)


def _disagreement(known: Known, record: Record, row: Mapping[str, Any]) -> Contradiction:
    observed = row["end"].date().isoformat()
    return Contradiction(
        id=f"done-but-data-disagree.{record.id}",
        rule="done-but-data-disagree",
        reason="observed",
        task=known.task_of([record]) or known.task_of_indicator.get(record.indicator, ""),
        project=record.project,
        since=observed,
        evidence=(record.id, row["observation"]),
        values={
            "claimed": _amount(record.value, record.unit),
            "said": record.date,
            "observed": _amount(row["value"], row["unit"]),
            "since": observed,
        },
    )


def _count_below(known: Known, record: Record) -> Mapping[str, Any] | None:
    """Give the first count of a state after a claim that falls short of it, from another source."""
    indicator = known.indicators.get(record.indicator)
    if indicator is None or indicator["form"] != "stock" or indicator["direction"] == "none" or record.value is None:
        return None
    sign = 1 if indicator["direction"] == "up" else -1
    last = add_months(record.span[1], CLAIM_MONTHS)
    counts = [
        row
        for row in known.observations
        if (row["indicator"], row["place"]) == (record.indicator, record.place)
        and record.span[1] < row["start"].date()
        and row["end"].date() <= last
        and row["source"] != record.source
        and differ(row["value"], record.value)
        and sign * (record.value - row["value"]) > 0
    ]
    return min(counts, key=lambda row: row["end"], default=None)


def promise_passed(known: Known) -> Iterator[Contradiction]:
    """A promised date has passed, and neither a record nor a figure says that the promise was kept."""
    for (kind, name), records in known.by_subject().items():
        promises = [each for each in records if each.event == "promised" and each.due]
        passed = [each for each in promises if each.due_span[1] < known.today and not _kept(known, each, records)]
        if not passed:
            continue
        first = min(passed, key=lambda each: (each.due_span[1], each.position))
        count = len({each.due_span[1] for each in passed})
        still = [each.due for each in promises if each.due_span[1] >= known.today]
        yield Contradiction(
            id=f"promise-passed.{name}",
            rule="promise-passed",
            reason="again" if count > 1 else "moved" if still else "",
            task=known.task_of(records),
            project=name if kind == "project" else "",
            since=(first.due_span[1] + dt.timedelta(days=1)).isoformat(),
            evidence=tuple(each.id for each in sorted(passed, key=lambda each: (each.due_span[1], each.position))),
            values={
                "due": first.due,
                "count": count,
                "next": still[-1] if still else "",
                "until": known.until,
            },
        )


def _kept(known: Known, promise: Record, records: Sequence[Record]) -> bool:
    """Tell whether a promise was kept, be it late, or the thing promised was given up."""
    later = [each for each in records if (each.span[0], each.position) > (promise.span[0], promise.position)]
    if any(each.event in ACTS | REFUSALS and each.indicator in ("", promise.indicator) for each in later):
        return True
    indicator = known.indicators.get(promise.indicator)
    if indicator is None or promise.value is None or indicator["direction"] == "none":
        return False
    sign = 1 if indicator["direction"] == "up" else -1
    key = (promise.indicator, promise.place)
    told = [
        row["value"]
        for row in known.observations
        if (row["indicator"], row["place"]) == key and row["end"].date() >= promise.span[0]
    ]
    told += [
        each.value
        for each in known.records
        if (each.indicator, each.place) == key
        and each.value is not None
        and each.event in ("progress", "audited")
        and each.span[1] >= promise.span[0]
    ]
    return any(sign * (value - promise.value) >= 0 for value in told)


def sources_differ(known: Known) -> Iterator[Contradiction]:
    """Two sources give one indicator two values for one place and period, or promise two values for one date."""
    plain = [row for row in known.observations if row["comparator"] in ("eq", "about")]

    def period(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return row["indicator"], row["place"], row["start"], row["end"]

    for _, group in groupby(sorted(plain, key=period), key=period):
        for one, other in combinations(group, 2):
            if one["source"] != other["source"] and differ(one["value"], other["value"]):
                task = known.task_of_indicator.get(one["indicator"], "")
                pair = [(row["observation"], _amount(row["value"], row["unit"])) for row in (one, other)]
                yield _difference(task, "", pair, one["end"].date().isoformat(), "")
    promises = [each for each in known.records if each.event == "promised" and each.due and each.value is not None]

    def promised(each: Record) -> tuple[str, ...]:
        return *each.subject, each.indicator, each.unit, each.place, each.due

    for _, told in groupby(sorted(promises, key=promised), key=promised):
        for first, second in combinations(told, 2):
            if first.source != second.source and differ(first.value or 0.0, second.value or 0.0):
                couple = [(each.id, _amount(each.value, each.unit)) for each in (first, second)]
                yield _difference(known.task_of([first]), first.project, couple, second.date, first.due)


def _difference(
    task: str, project: str, pair: Sequence[tuple[str, dict[str, Any]]], since: str, due: str
) -> Contradiction:
    (one, first), (other, second) = pair
    return Contradiction(
        id=f"sources-differ.{other}",
        rule="sources-differ",
        reason="promised" if due else "",
        task=task,
        project=project,
        since=since,
        evidence=(one, other),
        values={"one": first, "other": second, "since": since, "due": due},
    )


def claim_shrank(known: Known) -> Iterator[Contradiction]:
    """What was claimed of a task is later claimed smaller.

    Claims are compared by indicator and place; where no indicator measures them, by unit.
    """
    claims: dict[tuple[str, ...], list[Record]] = {}
    for each in known.records:
        if each.event == "claimed" and each.value is not None:
            key = (each.task or each.project, each.indicator, each.unit, each.place if each.indicator else "")
            claims.setdefault(key, []).append(each)
    for (name, indicator, unit, _), told in claims.items():
        direction = known.indicators[indicator]["direction"] if indicator in known.indicators else "up"
        sign = -1.0 if direction == "down" else 1.0
        best, last = max(told, key=lambda each: sign * (each.value or 0.0)), told[-1]
        shrunk = sign * ((best.value or 0.0) - (last.value or 0.0)) > 0 and last.after(best)
        if shrunk and differ(best.value or 0.0, last.value or 0.0):
            yield Contradiction(
                id=f"claim-shrank.{'.'.join((name, indicator or unit.lower().replace('/', '-')))}",
                rule="claim-shrank",
                task=known.task_of([best, last]),
                project=last.project,
                since=last.date,
                evidence=(best.id, last.id),
                values={
                    "first": _amount(best.value, unit),
                    "said": best.date,
                    "last": _amount(last.value, unit),
                    "since": last.date,
                },
            )


def _amount(value: float | None, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit}


RULES: dict[str, Callable[[Known], Iterable[Contradiction]]] = {
    "banned-but-planned": banned_but_planned,
    "abolished-but-restored": abolished_but_restored,
    "contract-ended": contract_ended,
    "done-but-data-disagree": done_but_data_disagree,
    "promise-passed": promise_passed,
    "due-but-silent": due_but_silent,
    "sources-differ": sources_differ,
    "claim-shrank": claim_shrank,
}
"""Every rule that is tried, in this order. A rule is added here, with its sentence in the catalogues."""


def find_contradictions(known: Known) -> list[Contradiction]:
    """Try every rule and give what they find, rule by rule, the oldest first."""
    return [
        found
        for rule in RULES.values()
        for found in sorted(rule(known), key=lambda each: (span_of(each.since)[0], each.id))
    ]
