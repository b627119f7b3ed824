"""Rules that look across the tables of a city.

The schema names what a single cell may hold; here stands what must hold between tables. Each rule is a function that
gives the faults it finds; `check` runs them all, so that a person can mend everything in one go.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from aport.city import project_checks, schema
from aport.city.container import sha256
from aport.city.defaults import planning_defaults_can_be_meant
from aport.city.package import text_file
from aport.city.tabular import FIRST_ROW, SHOWN_FAULTS
from aport.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from aport.city.container import City


def check(city: City) -> list[Fault]:
    """Give every fault between the tables of a city, in the order of files and rows."""
    broken = references(city)
    if broken:  # the other rules follow references and would only repeat what is said
        return sorted(broken)
    return sorted(fault for rule in RULES for fault in rule(city))


def references(city: City) -> list[Fault]:
    """Every reference leads to a row that is there."""
    faults: list[Fault] = []
    for table in [*schema.written(), *schema.layers()]:
        frame = city[table.name]
        for column in table.columns:
            target = "places" if table.form == "layer" else column.references
            if not target or target == "units":
                continue
            known = set(city[target][schema.table(target).key[0]])
            faults += _dangling(frame, column, target, known)
    return faults


def _dangling(frame: pd.DataFrame, column: schema.Column, target: str, known: set[str]) -> list[Fault]:
    cells = frame[column.name]
    if column.type == "list":
        suspects = _positions(cells.map(lambda cell: any(entry not in known for entry in cell.split())))
    else:
        suspects = _positions((cells != "") & ~cells.isin(list(known)))
    faults = []
    for position in suspects[:SHOWN_FAULTS]:
        strange = next(entry for entry in cells.iloc[position].split() if entry not in known)
        near = difflib.get_close_matches(strange, known, n=1)
        repair = f"Did you mean {near[0]}?" if near else f"Add it to {schema.table(target).file} or correct it here"
        faults.append(_at(frame, column.table, position, column.name, f"{target} has no {strange!r}", repair))
    if len(suspects) > SHOWN_FAULTS:
        message = f"{len(suspects) - SHOWN_FAULTS} more rows have the same fault"
        faults.append(Fault(schema.table(column.table).file, None, column.name, message, "Correct them too"))
    return faults


def _at(frame: pd.DataFrame, table: str, position: int, column: str | None, message: str, repair: str) -> Fault:
    """Make a fault of the row at a position of a table or layer."""
    file = str(frame["file"].iloc[position]) if "file" in frame.columns else schema.table(table).file
    return Fault(file, position + FIRST_ROW, column, message, repair)


def _positions(mask: pd.Series[bool]) -> list[int]:
    return [int(position) for position in mask.to_numpy(dtype=bool).nonzero()[0]]


def _where(
    city: City, table: str, bad: pd.Series[bool], column: str, message: str | Callable[[pd.Series], str], repair: str
) -> Iterable[Fault]:
    """Make a fault of each row that a mask marks."""
    frame = city[table]
    marked = _positions(bad)
    for position in marked[:SHOWN_FAULTS]:
        said = message if isinstance(message, str) else message(frame.iloc[position])
        yield _at(frame, table, position, column, said, repair)
    if len(marked) > SHOWN_FAULTS:
        more = f"{len(marked) - SHOWN_FAULTS} more rows have the same fault"
        yield Fault(schema.table(table).file, None, column, more, repair)


def the_city_is_a_place(city: City) -> Iterable[Fault]:
    """The city itself stands among the places."""
    if city.name not in set(city["places"]["place"]):
        yield Fault("places.csv", None, "place", f"the city {city.name!r} is not among the places", "Add a row for it")


def places_lie_within_larger_ones(city: City) -> Iterable[Fault]:
    """No place lies within itself, directly or through others."""
    within = dict(zip(city["places"]["place"], city["places"]["within"], strict=True))
    for row, place in enumerate(within, FIRST_ROW):
        seen = {place}
        above = within[place]
        while above:
            if above in seen:
                yield Fault("places.csv", row, "within", f"{place} lies within itself", "Name the larger place")
                break
            seen.add(above)
            above = within[above]


def sentences_cover_the_text(city: City) -> Iterable[Fault]:
    """Sentences follow one another, do not overlap and leave no word of the text out."""
    frame = city["sentences"]
    numbers, starts, ends = frame["number"], frame["start"], frame["end"]
    for (document, language), text in city.texts.items():
        mine = _positions((frame["document"] == document) & (frame["language"] == language))
        reached = 0
        for position in sorted(mine, key=lambda i: int(numbers.iloc[i])):
            start, end = int(starts.iloc[position]), int(ends.iloc[position])
            if start < reached or end <= start or end > len(text):
                message = f"characters {start} to {end} do not follow the sentence before or leave the text"
                yield _at(frame, "sentences", position, "start", message, "Count the characters of the text again")
                break
            if text[reached:start].strip():
                message = f"no sentence holds {text[reached:start].strip()[:60]!r}"
                yield _at(frame, "sentences", position, "start", message, "Add the sentence that is missing before it")
            reached = end
        else:
            if text[reached:].strip():
                message = f"no sentence of sentences.csv holds {text[reached:].strip()[:60]!r}"
                yield Fault(text_file(document, language), None, None, message, "Add the sentence to sentences.csv")
    known = {f"{document} {language}" for document, language in city.texts}
    strange = ~(frame["document"] + " " + frame["language"]).isin(known)
    yield from _where(city, "sentences", strange, "language", "the document has no text in this language", "Correct it")


def quotes_stand_in_the_text(city: City) -> Iterable[Fault]:
    """The words of a quote stand in the text at the place that it names."""
    frame = city["quotes"]
    hashes = {key: sha256(text) for key, text in city.texts.items()}
    for position, row in enumerate(city.rows("quotes")):
        key = (row["document"], row["language"])
        text = city.texts.get(key)
        if text is None:
            yield _at(frame, "quotes", position, "language", "the document has no text in this language", "Correct it")
        elif text[int(row["start"]) : int(row["end"])] != row["quote"]:
            message = f"the text has other words there: {text[int(row['start']) : int(row['end'])][:60]!r}"
            yield _at(frame, "quotes", position, "quote", message, "Correct start, end or the words of the quote")
        elif row["sha256"] != hashes[key]:
            message = "the text has changed since the quote was taken"
            yield _at(frame, "quotes", position, "sha256", message, f"If the quote still holds, write {hashes[key]}")


def tasks_are_whole(city: City) -> Iterable[Fault]:
    """A task has kind, scope and way of measuring; a criterion or context has none; each has a quote and a decision."""
    frame = city["tasks"]
    is_task = frame["role"] == "task"
    for column in ("kind", "scope", "measured_by"):
        empty = frame[column] == ""
        yield from _where(city, "tasks", is_task & empty, column, "a task needs it", "Fill it in")
        yield from _where(city, "tasks", ~is_task & ~empty, column, "only a task may have it", "Empty the cell")
    for table, what in (("quotes", "quote"), ("decisions", "decision")):
        lacking = ~frame["task"].isin(city[table]["task"])
        yield from _where(city, "tasks", lacking, "task", f"the entry has no {what}", f"Add it to {table}.csv")


def statements_stand_in_a_sentence(city: City) -> Iterable[Fault]:
    """The sentence that a statement names is there."""
    sentences = city["sentences"]
    known = set(zip(sentences["document"], sentences["number"], strict=True))
    frame = city["statements"]
    bad = frame.apply(lambda row: (row["document"], row["sentence"]) not in known, axis=1, result_type="reduce")
    if len(frame):
        yield from _where(
            city, "statements", bad, "sentence", "the document has no such sentence", "Correct the number"
        )


def units_agree(city: City) -> Iterable[Fault]:
    """Numbers that belong to an indicator have its unit."""
    unit = city["indicators"].set_index("indicator")["unit"]
    for table in ("observations", "targets", "statements"):
        frame = city[table]
        theirs = frame["indicator"].map(unit).fillna(frame["unit"])

        def message(row: pd.Series) -> str:
            return f"the unit is {row['unit']} and {row['indicator']} has {unit[row['indicator']]}"

        yield from _where(
            city, table, theirs != frame["unit"], "unit", message, "Convert the value or correct the unit"
        )


def money_has_a_price_year(city: City) -> Iterable[Fault]:
    """Money states the year of its prices, and nothing else does."""
    money = {code for code, unit in schema.units().items() if unit.money}
    for table in ("observations", "statements"):
        frame = city[table]
        is_money, stated = frame["unit"].isin(money), frame["price_year"].notna()
        yield from _where(city, table, is_money & ~stated, "price_year", "money needs a price year", "Write the year")
        yield from _where(city, table, ~is_money & stated, "price_year", "this is no money", "Empty the cell")


def periods_run_forward(city: City) -> Iterable[Fault]:
    """A period ends on or after its first day, and has both ends or none."""
    for table in ("observations", "statements"):
        frame = city[table]
        backward = frame["start"] > frame["end"]
        yield from _where(city, table, backward, "end", "the period ends before it begins", "Exchange the days")
        half = frame["start"].isna() != frame["end"].isna()
        yield from _where(city, table, half, "end", "the period has one end only", "Write both days or none")


def bounds_hold_the_value(city: City) -> Iterable[Fault]:
    """Low, value and high stand in that order."""
    frame = city["observations"]
    yield from _where(
        city, "observations", frame["low"] > frame["value"], "low", "it is above the value", "Correct the bound"
    )
    yield from _where(
        city, "observations", frame["high"] < frame["value"], "high", "it is below the value", "Correct the bound"
    )


def one_indicator_decides(city: City) -> Iterable[Fault]:
    """At most one indicator decides for a task, it knows which way is better, and the task is measured by a number."""
    frame = city["task_indicators"]
    primary = frame["primary"]
    second = primary & frame[primary].duplicated("task").reindex(frame.index, fill_value=False)
    yield from _where(city, "task_indicators", second, "primary", "another one decides already", "Write false here")
    direction = city["indicators"].set_index("indicator")["direction"]
    aimless = primary & (frame["indicator"].map(direction) == "none")
    message = "an indicator without a better direction cannot decide"
    yield from _where(city, "task_indicators", aimless, "primary", message, "Write false, or set its direction")
    measured_by = city["tasks"].set_index("task")["measured_by"]
    by_record = primary & (frame["task"].map(measured_by) != "indicator")
    message = "this entry is not measured by an indicator"
    yield from _where(city, "task_indicators", by_record, "primary", message, "Write false, or change measured_by")


def standards_are_named(city: City) -> Iterable[Fault]:
    """A standard value names its standard and its source."""
    frame = city["indicators"]
    bare = frame["standard_value"].notna() & ((frame["standard_name"] == "") | (frame["standard_source"] == ""))
    message = "a standard value needs the name and the source of the standard"
    yield from _where(city, "indicators", bare, "standard_value", message, "Name both or empty the cell")


RULES: tuple[Callable[[City], Iterable[Fault]], ...] = (
    the_city_is_a_place,
    places_lie_within_larger_ones,
    sentences_cover_the_text,
    quotes_stand_in_the_text,
    tasks_are_whole,
    statements_stand_in_a_sentence,
    units_agree,
    money_has_a_price_year,
    periods_run_forward,
    bounds_hold_the_value,
    one_indicator_decides,
    standards_are_named,
    planning_defaults_can_be_meant,
    *project_checks.RULES,
)
"""Every rule that `aport check` tries, in this order."""
