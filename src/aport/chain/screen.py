"""What the command line says at the end of a run: a short plain screen."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from aport.city.quantity import COMPARATORS
from aport.city.schema import units
from aport.indicators import worst
from aport.text import translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from aport.chain.findings import Findings
    from aport.city import City
    from aport.indicators import Shortfall
    from aport.tasks import Reading

WORST = 5
"""How many of the worst shortfalls are shown."""


def closing(result: Findings) -> list[str]:
    """Give the lines of the closing screen: readings, states, worst shortfalls, statements that differ."""
    return [
        *_readings(result),
        "",
        "Tasks by state: " + ", ".join(f"{state} {count}" for state, count in result.states.items()),
        "",
        *_worst(result),
        "",
        *_statements(result),
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
