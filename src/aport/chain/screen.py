"""What the command line says at the end of a run: a short plain screen."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from aport.city.quantity import COMPARATORS
from aport.city.schema import units
from aport.delivery.words import contradiction_sentence, status_sentence, worded
from aport.indicators import worst
from aport.text import translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from aport.chain.findings import Findings
    from aport.city import City
    from aport.delivery import Contradiction, Followed
    from aport.indicators import Shortfall
    from aport.programme import Decision, Programme
    from aport.tasks import Reading

SHOWN = 8
"""How many contradictions are shown at the end of a run; `aport follow` shows them all."""

PLAIN_REASONS = frozenset({"not-costed", "no-effect-on-a-scored-task", "adds-nothing", "lowers-the-score", "forbidden"})
"""Reasons that name nothing of their project, so that one sentence serves many."""

LISTED = textwrap.TextWrapper(96, initial_indent="      ", subsequent_indent="      ", break_on_hyphens=False)
"""Breaks a list of identifiers into lines."""

WORST = 5
"""How many of the worst shortfalls are shown."""


def closing(result: Findings) -> list[str]:
    """Give the lines of the closing screen: from what was read to what does not fit together."""
    return [
        *_readings(result),
        "",
        "Tasks by state: " + ", ".join(f"{state} {count}" for state, count in result.states.items()),
        "",
        *_worst(result),
        "",
        *_statements(result),
        "",
        *programme_lines(result, brief=True),
        "",
        *contradiction_lines(result.city, result.followed.contradictions, limit=SHOWN),
    ]


def _readings(result: Findings) -> list[str]:
    lines = []
    for each in result.readings:
        if each.reading is None:
            lines.append(f"{each.document}: no reader knows its language; the register speaks for it")
        elif each.comparison is None:
            lines.append(f"{each.document}: {len(each.reading.tasks)} tasks proposed; none is in the register yet")
        else:
            found = each.comparison
            lines.append(
                f"{each.document} ({each.reading.language}): {len(each.reading.tasks)} tasks proposed; "
                f"{len(found.matched)} stand in the register, {len(found.extra)} do not, "
                f"{len(found.missed)} were missed (F1 {found.f1:.2f})"
            )
    return lines


def shortfall_lines(city: City, shortfalls: Sequence[Shortfall]) -> list[str]:
    """Give two lines for each task: its state with its name, and what the state rests on."""
    names = {row["task"]: row["name_en"] for row in city.rows("tasks")}
    indicators = {row["indicator"]: row["name_en"] for row in city.rows("indicators")}
    text = translator("en")
    lines = []
    for each in shortfalls:
        lines.append(f"{each.state:<9}  {names[each.task]}")
        if each.baseline is None or each.latest is None:
            lines.append(f"{'':<11}{text.text('reason.task.' + each.reason, **each.values)}")
            continue
        before, after = (
            f"{COMPARATORS[o.comparator]}{text.number(o.value)} ({text.period(o.start, o.end)})"
            for o in (each.baseline, each.latest)
        )
        asked = f"asked for {text.number(each.reference.value)}" if each.reference else "no target set"
        unit = units()[each.unit].symbol["en"]
        what = indicators[each.indicator] + (f", {unit}" if unit else "")
        said = f"{what}: {before} -> {after}; {asked}"
        if each.state == "unknown":
            said += f". {text.text('reason.task.' + each.reason, **each.values)}"
        lines.append(f"{'':<11}{said}")
    return lines


def reading_lines(reading: Reading) -> list[str]:
    """Give a line for each sentence of a document: its number, its roles, and the tasks proposed in it."""
    lines = [f"{reading.document} ({reading.language}): {len(reading.sentences)} sentences, {len(reading.tasks)} tasks"]
    for sentence in reading.sentences:
        said = reading.text[sentence.start : sentence.end]
        lines.append(
            f"{sentence.number:>4}  {'+'.join(sentence.roles):<19}  {textwrap.shorten(said, 90, placeholder='...')}"
        )
        lines += [
            f"      {'':<19}  > {task.kind}, {task.topic}: {textwrap.shorten(task.quote, 80, placeholder='...')}"
            for task in reading.tasks
            if sentence.start <= task.start < sentence.end
        ]
    return lines


def _worst(result: Findings) -> list[str]:
    found = worst(result.shortfalls)[:WORST]
    if not found:
        return ["No task is known to lie short of a reference or to have moved away from what was asked."]
    return ["Worst shortfalls:", *(f"  {line}" for line in shortfall_lines(result.city, found))]


def _statements(result: Findings) -> list[str]:
    stated: dict[str, dict[str, Any]] = {row["statement"]: row for row in result.city.rows("statements")}
    count = {r: sum(each.result == r for each in result.statements) for r in ("confirmed", "differs", "unknown")}
    lines = ["Statements: " + ", ".join(f"{result} {number}" for result, number in count.items())]
    text = translator("en")
    for each in result.statements:
        if each.result != "differs" or each.observation is None:
            continue
        row = stated[each.statement]
        said = f"{COMPARATORS[row['comparator']]}{text.number(row['value'])}"
        lines.append(
            f"  {row['name_en']}: the document says {said}, "
            f"{each.observation.source} {text.number(each.observation.value)}"
        )
    return lines


def programme_lines(found: Findings, *, brief: bool = False) -> list[str]:
    """Give the lines of a programme: score and cost, each project with a reason, what stands beside it."""
    planned = found.planned
    if planned is None:
        return ["The city has no projects to choose from."]
    if planned.programme is None:
        return ["No programme: the city assumes no budget and none was named (--budget)."]
    text = translator("en")
    result = planned.programme
    own = result.programme
    assumed = " (an assumption)" if planned.budget_assumed else ""
    gap = "not known" if own.optimality_gap is None else text.percent(100 * own.optimality_gap, decimals=2)
    lines = [
        f"Programme under {_money(own.budget or 0.0)}{assumed}: {len(own.projects)} projects for {_money(own.cost)}",
        f"  closes {_share(own.score)} of the scored shortfalls by {planned.horizon}; optimality gap {gap}",
        f"  doing nothing closes {_share(result.do_nothing.score)}",
        f"  the officials' list closes {_share(result.officials.score)} for {_money(result.officials.cost)}",
    ]
    if brief:
        names = {row["project"]: row["name_en"] for row in found.city.rows("projects")}
        return [*lines, *(f"  + {names[project]}" for project in own.projects)]
    return [*lines, "", *_decision_lines(found, result), "", *_score_lines(found, result), "", *_curve_lines(result)]


def _decision_lines(found: Findings, result: Programme) -> list[str]:
    """Give a line for each project that is for choosing; a ban shows its quote, plain reasons stand once for many."""
    text = translator("en")
    chosen = [each for each in result.decisions if each.decision == "chosen"]
    lines = ["Chosen:", *(f"  {each.project:<30} {_money(each.candidate.cost or 0.0):>20}" for each in chosen)]
    lines.append("Not chosen:")
    left = [each for each in result.decisions if each.decision == "not-chosen"]
    for reason in dict.fromkeys(each.reason for each in left):
        alike = [each for each in left if each.reason == reason]
        if reason in PLAIN_REASONS:
            lines.append(f"  {text.text('decision.' + reason)}")
            lines += LISTED.wrap(", ".join(each.project for each in alike))
        else:
            lines += [line for each in alike for line in _reason_lines(found, each)]
    near = [f"  {each.project} and {each.rule}: {each.why}" for each in result.near_misses]
    return [*lines, *(["For a person to judge:", *near] if near else [])]


def _reason_lines(found: Findings, each: Decision) -> list[str]:
    """Give a project that was not chosen with its own reason, the quote of a ban, and its entry price."""
    text = translator("en")
    cost = "not costed" if each.candidate.cost is None else _money(each.candidate.cost)
    lines = [
        f"  {each.project:<30} {cost:>20}",
        f"      {text.text('decision.' + each.reason, **worded(each.values, text=text))}",
    ]
    if each.reason == "banned":
        quotes = [
            row["quote"]
            for row in found.city.rows("quotes")
            if row["task"] == each.values.get("task") and row["language"] == "en"
        ]
        lines += [f'      "{quote}"' for quote in quotes[:1]]
    if each.entry_price is not None:
        lines.append(f"      It would enter at {_money(each.entry_price)}.")
    return lines


def _score_lines(found: Findings, result: Programme) -> list[str]:
    names = {row["task"]: row["name_en"] for row in found.city.rows("tasks")}
    scored = [each for each in result.shares if each.weight]
    lines = ["Scored tasks:"]
    lines += [f"  {_share(each.share):>6}  {names[each.goal.task]}" for each in scored]
    unscored = [each for each in result.shares if not each.weight]
    return [*lines, f"Not scored, for want of a reference or a number: {len(unscored)} tasks"]


def _curve_lines(result: Programme) -> list[str]:
    return [
        "Value over budget:",
        *(f"  {_money(each.budget or 0.0):>22}  {_share(each.score):>6}" for each in result.curve),
    ]


def _money(value: float) -> str:
    return translator("en").money(value, units()["KZT"].symbol["en"])


def _share(value: float | None) -> str:
    return "none" if value is None else translator("en").percent(100 * value, decimals=0)


def followed_lines(city: City, found: Followed) -> list[str]:
    """Give two lines for each task and project: how it stands and why; then what does not fit together."""
    text = translator("en")
    names = {row["task"]: row["name_en"] for row in city.rows("tasks")}
    names |= {row["project"]: row["name_en"] for row in city.rows("projects")}
    lines = []
    for each in found.statuses:
        lines.append(f"{each.status:<10}  {names[each.subject]}")
        lines.append(f"{'':<12}{status_sentence(each, text=text)}")
    return [*lines, "", *contradiction_lines(city, found.contradictions)]


def contradiction_lines(city: City, contradictions: Sequence[Contradiction], *, limit: int | None = None) -> list[str]:
    """Give two lines for each contradiction: its rule with what it is of, and what does not fit."""
    if not contradictions:
        return ["Contradictions: none found."]
    text = translator("en")
    names = {row["task"]: row["name_en"] for row in city.rows("tasks")}
    names |= {row["project"]: row["name_en"] for row in city.rows("projects")}
    lines = [f"Contradictions: {len(contradictions)}"]
    for each in contradictions[:limit]:
        subject = names.get(each.project) or names.get(each.task) or each.id
        lines.append(f"  {text.text('rule.' + each.rule)}: {subject}")
        lines.append(f"      {contradiction_sentence(each, text=text)}")
    rest = len(contradictions) - len(contradictions[:limit])
    return [*lines, f"  and {rest} more: aport follow {city.name}"] if rest else lines
