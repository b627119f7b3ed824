"""Each rule between tables names what breaks it, and is silent where nothing does."""

from __future__ import annotations

import dataclasses

import pytest

from aport.city.checks import RULES, check
from tests.building import TEXT, indicator, named, observed, small_city, target, year


def rows(name: str) -> list[dict]:
    return small_city().rows(name)


def changed(name: str, **cells) -> dict[str, list[dict]]:
    """Give the rows of a table with some cells of the first row changed."""
    first, *rest = rows(name)
    return {name: [{**first, **cells}, *rest]}


def said(**tables) -> list[str]:
    return [str(fault) for fault in check(small_city(**tables))]


def test_a_good_city_has_no_fault():
    tables = {"observations": [year(5.0, 2020)], "targets": [target(4.0)]}
    assert said(**tables) == []


@pytest.mark.parametrize(
    ("tables", "named_fault"),
    [
        (changed("tasks", topic="werk"), "tasks.csv, row 2, column topic: topics has no 'werk'. Did you mean work?"),
        (changed("tasks", places="town moon"), "column places: places has no 'moon'. Add it to places.csv"),
        (changed("places", place="elsewhere", within=""), "places has no 'town'"),
        (changed("places", within="town"), "town lies within itself"),
        (changed("quotes", quote="The mayor should"), "the text has other words there"),
        (changed("quotes", sha256="0"), "the text has changed since the quote was taken"),
        (changed("quotes", language="kk"), "the document has no text in this language"),
        (changed("sentences", language="kk"), "sentences.csv, row 2, column language"),
        (changed("sentences", start=4), "no sentence holds 'The'"),
        (changed("sentences", end=10), "documents/minutes.en.txt: no sentence of sentences.csv holds"),
        (changed("sentences", end=400), "leave the text"),
        (changed("tasks", kind=""), "column kind: a task needs it"),
        (changed("tasks", role="context", measured_by="", scope=""), "only a task may have it"),
        ({"decisions": []}, "the entry has no decision"),
        ({"quotes": []}, "the entry has no quote"),
        (changed("task_indicators", task="cut-rate", indicator="rat"), "Did you mean rate?"),
        ({"observations": [year(5.0, 2020, unit="km")]}, "the unit is km and rate has percent"),
        ({"targets": [target(5.0, unit="km")]}, "targets.csv, row 2, column unit"),
        ({"observations": [year(5.0, 2020, price_year=2020)]}, "this is no money"),
        ({"observations": [observed(5.0, "2021-01-01", "2020-12-31")]}, "the period ends before it begins"),
        ({"observations": [year(5.0, 2020, low=6.0)]}, "column low: it is above the value"),
        ({"observations": [year(5.0, 2020, high=4.0)]}, "column high: it is below the value"),
        ({"indicators": [indicator("rate", direction="none")]}, "without a better direction cannot decide"),
        ({"indicators": [indicator("rate", standard_value=1.0)]}, "needs the name and the source of the standard"),
        (changed("tasks", measured_by="records"), "this entry is not measured by an indicator"),
    ],
)
def test_each_rule_names_what_breaks_it(tables, named_fault):
    found = said(**tables)
    assert any(named_fault in fault for fault in found), found


def test_money_needs_a_price_year():
    money = {"indicators": [indicator("rate", unit="KZT")], "observations": [year(5.0, 2020, unit="KZT")]}
    assert said(**money) == ["observations.csv, row 2, column price_year: money needs a price year. Write the year"]


def test_only_one_indicator_decides():
    first = rows("task_indicators")[0]
    twice = {
        "indicators": [indicator("rate"), indicator("count")],
        "task_indicators": [first, {**first, "indicator": "count"}],
    }
    assert said(**twice) == [
        "task_indicators.csv, row 3, column primary: another one decides already. Write false here"
    ]


def test_a_statement_names_a_sentence_that_is_there():
    statement = {
        "statement": "said",
        "document": "minutes",
        "sentence": 7,
        "topic": "work",
        **named("Rate"),
        "comparator": "eq",
        "value": 5.0,
        "unit": "percent",
        "kind": "measured",
    }
    assert "the document has no such sentence" in said(statements=[statement])[0]
    assert said(statements=[{**statement, "sentence": 1}]) == []


def test_a_period_has_both_ends_or_none():
    statement = {
        "statement": "said",
        "document": "minutes",
        "sentence": 1,
        "topic": "work",
        **named("Rate"),
        "comparator": "eq",
        "value": 5.0,
        "unit": "percent",
        "kind": "measured",
        "end": "2020-12-31",
    }
    assert "one end only" in said(statements=[statement])[0]


def test_a_text_without_its_last_words_is_named():
    city = small_city()
    longer = dataclasses.replace(city, texts={("minutes", "en"): TEXT + "And more."})
    assert any("holds 'And more.'" in str(fault) for fault in check(longer))


def test_the_city_stands_among_its_places():
    city = dataclasses.replace(small_city(), name="nowhere")
    assert "'nowhere' is not among the places" in str(check(city)[0])


def test_every_rule_says_what_it_holds():
    assert all(rule.__doc__ for rule in RULES)
