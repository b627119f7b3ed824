"""The sheet of facts becomes observations, targets and reasons: units, qualifiers, periods, nothing lost."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from aport.city import schema
from aport.errors import BadData
from tools.almaty import facts

if TYPE_CHECKING:
    from pathlib import Path

FACT_COLUMNS = (
    "topic",
    "indicator",
    "territory",
    "date",
    "value",
    "unit",
    "source_title",
    "source_url",
    "quote_or_note",
    "confidence",
    "checked",
)

# Converted by hand from the sheet: observation, comparator, value, unit, price year.
SPOT_CHECKS = [
    ("investment-fixed-capital.almaty.2019-01-to-2019-09", "eq", 534_600_000_000, "KZT", "2019"),
    ("grp-per-capita.almaty.2019", "eq", 7_183_900, "KZT/person", "2019"),
    ("grp-per-capita-usd.almaty.2019", "eq", 18_769.2, "USD/person", "2019"),
    ("sme-output.almaty.2025-01-to-2025-06", "eq", 13_200_000_000_000, "KZT", "2025"),
    ("school-place-deficit.almaty.2020-10-22", "gt", 30_000, "place", ""),
    ("school-place-deficit.almaty.2022-07-28", "le", 19_000, "place", ""),
    ("school-place-deficit.district-alatau.2022-09-to-2022-11", "about", 8_000, "place", ""),
    ("visitors.almaty.2023", "eq", 2_038_417, "person", ""),
    ("mudflow-volume.gorge-small-almatinka.1973-07", "eq", 5_300_000, "m3", ""),
    ("metro-length.almaty.2022-05-30", "eq", 13.4, "km", ""),
    ("emissions-stationary.almaty.2019", "eq", 46_100, "t", ""),
    ("trees-2022-count.almaty.2022-04-12", "eq", 2_802_737, "count", ""),
    ("kok-zhailau-money-spent.kok-zhailau.2019-11-05", "gt", 70_000_000, "USD", "2019"),
    ("iz-investment.industrial-zone.2019-10-29", "gt", 156_000_000_000, "KZT", "2019"),
    ("doctors-per-10000.almaty.2019", "eq", 68.1, "per_10000", ""),
    ("average-wage.almaty.2022", "eq", 354_860, "KZT/month", "2022"),
    ("crime-change.almaty.2025-01-to-2025-10", "eq", -25.5, "percent", ""),
    ("district-population-stated.district-turksib.2026-01-to-2026-06", "gt", 267_000, "person", ""),
]


def every_source(_title: str, _url: str) -> str:
    return "some-source"


@pytest.fixture(scope="module")
def compiled(shared):
    return facts.compile_facts(shared, every_source)


@pytest.mark.parametrize(("observation", "comparator", "value", "unit", "price_year"), SPOT_CHECKS)
def test_a_value_is_the_sheets_value_in_a_plain_unit(compiled, observation, comparator, value, unit, price_year):
    row = next(row for row in compiled["observations"] if row["observation"] == observation)
    assert (row["comparator"], float(row["value"]), row["unit"], row["price_year"]) == (
        comparator,
        value,
        unit,
        price_year,
    )


def test_every_fact_ends_in_one_place(compiled, shared):
    with (shared / facts.FACTS).open(encoding="utf-8", newline="") as file:
        sheet = list(csv.DictReader(file))
    with (facts.TABLES / "targets.csv").open(encoding="utf-8", newline="") as file:
        aimed = {tuple(row[f"fact_{name}"] for name in facts.KEY) for row in csv.DictReader(file)}
    with (facts.TABLES / "observations.csv").open(encoding="utf-8", newline="") as file:
        observed = {tuple(row[f"fact_{name}"] for name in facts.KEY) for row in csv.DictReader(file)}
    assert len(sheet) == len(compiled["left_out"]) + len(observed | aimed)
    assert all(row["reason"] for row in compiled["left_out"])


def test_only_checked_facts_become_data(compiled):
    unchecked = [row for row in compiled["left_out"] if row["reason"] == facts.NOT_CHECKED["unchecked"]]
    unread = [row for row in compiled["left_out"] if row["reason"] == facts.NOT_CHECKED["not_found"]]
    assert (len(unchecked), len(unread)) == (75, 14)


def test_there_is_enough_to_measure_by(compiled, shared):
    observed = {row["indicator"] for row in compiled["observations"]}
    with (shared / "data" / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = {row["topic"] for row in csv.DictReader(file)}
    assert len(compiled["observations"]) >= 220
    assert len(observed) >= 48
    assert {row["topic"] for row in compiled["indicators"] if row["indicator"] in observed} == topics


def test_an_indicator_without_a_value_has_a_target_at_least(compiled):
    used = {row["indicator"] for table in ("observations", "targets") for row in compiled[table]}
    assert {row["indicator"] for row in compiled["indicators"]} == used


def test_identifiers_are_unique_slugs(compiled):
    for table in ("indicators", "observations", "targets"):
        key = schema.table(table).key[0]
        names = [row[key] for row in compiled[table]]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(schema.SLUG, name) for name in names)


def test_what_the_document_says_itself_names_the_document(compiled):
    own = [row for row in compiled["observations"] if row["document"]]
    assert sorted(float(row["value"]) for row in own) == [1, 1, 6, 33, 200_000, 156_000_000_000]
    assert {row["document"] for row in own} == {"almaty-2019-10-29"}


def test_a_series_that_changed_its_definition_is_two(compiled):
    previous = {row["indicator"]: row["previous"] for row in compiled["indicators"] if row["previous"]}
    assert previous["cars-entering-crossings"] == "cars-entering"
    assert previous["trees-2022-count"] == "trees-public-land"
    assert previous["population"] == "population-before-2021-census"


def test_expected_and_promised_values_are_no_observations(compiled):
    kept = {(row["indicator"], row["value"]) for row in compiled["observations"]}
    assert ("school-place-deficit", "16500") not in kept
    assert ("water-network-wear", "52.9") not in kept
    assert ("cluster-visitors", "5000000") not in kept


def test_facts_of_a_source_that_was_left_out_are_left_out(shared):
    without = facts.compile_facts(shared, lambda title, _: None if "Telegram" in title else "some-source")
    reasons = [row["row"] for row in without["left_out"] if row["reason"] == facts.NO_SOURCE]
    assert [row.split(": ", 1)[1] for row in reasons] == [
        "PM2.5 annual mean, Almaty city, 2023: 30.1 ug/m3 (computed)",
        "PM2.5 annual mean, Almaty city, 2024: 24.1 ug/m3",
    ]


def test_the_same_material_gives_the_same_rows(compiled, shared):
    assert facts.compile_facts(shared, every_source) == compiled


@pytest.fixture
def invented(tmp_path: Path) -> tuple[Path, Path]:
    """One invented fact with its reading: a shared folder and a folder of hand-written tables."""
    shared, tables = tmp_path / "shared", tmp_path / "tables"
    (shared / "data").mkdir(parents=True)
    tables.mkdir()
    fact = (
        "10_lake",
        "fish caught",
        "Lake town",
        "2020",
        "1.5",
        "thousand t (more than)",
        "Gazette",
        "https://g.example",
    )
    _write(shared / facts.FACTS, FACT_COLUMNS, [(*fact, "", "sourced", "confirmed")])
    shutil.copy(facts.TABLES / "indicators.csv", tables)
    _write(tables / "observations.csv", facts._OBSERVATION_COLUMNS, [_reading()])
    _write(tables / "targets.csv", facts._TARGET_COLUMNS, [])
    _write(tables / "task_indicators.csv", schema.table("task_indicators").names, [])
    _write(tables / "facts_left_out.csv", facts._RULE_COLUMNS, [])
    return shared, tables


def _reading(**changed: str) -> list[str]:
    row = {
        "fact_indicator": "fish caught",
        "fact_territory": "Lake town",
        "fact_date": "2020",
        "fact_value": "1.5",
        "value_in": "value",
        "indicator": "food-fund-volume",
        "place": "lake-town",
        "start": "2020-01-01",
        "end": "2020-12-31",
        "comparator": "gt",
        "value": "1500",
        "price_year": "",
        "basis": "register",
        "derived": "false",
        "document": "",
        "note": "",
    }
    return list((row | changed).values())


def _write(path: Path, columns, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def test_an_invented_fact_is_read(invented):
    shared, tables = invented
    compiled = facts.compile_facts(shared, every_source, tables=tables)
    assert [row["observation"] for row in compiled["observations"]] == ["food-fund-volume.lake-town.2020"]
    assert compiled["left_out"] == []


@pytest.mark.parametrize(
    ("changed", "column", "said"),
    [
        ({"fact_value": "1.6"}, "fact_indicator", "no fact 'fish caught, Lake town, 2020, 1.6'"),
        ({"value": "1.5"}, "value", "1.5 is not the 1.5 thousand t"),
        ({"value": "many"}, "value", "'many' is no number"),
        ({"comparator": "eq"}, "comparator", "'eq' where the sheet says"),
        ({"indicator": "fish"}, "indicator", "no indicator 'fish'"),
        ({"start": "2021-01-01"}, "end", "ends before it begins"),
        ({"start": "2020"}, "start", "is no period"),
        ({"price_year": "2020"}, "price_year", "'2020'"),
        ({"document": "almaty-2019-10-29"}, "document", "only facts of the document"),
    ],
)
def test_a_wrong_reading_is_named_with_its_row(invented, changed, column, said):
    shared, tables = invented
    _write(tables / "observations.csv", facts._OBSERVATION_COLUMNS, [_reading(**changed)])
    with pytest.raises(BadData) as caught:
        facts.compile_facts(shared, every_source, tables=tables)
    fault = next(fault for fault in caught.value.faults if fault.column == column)
    assert (fault.file, fault.row) == ("observations.csv", 2)
    assert said in fault.message


def test_a_fact_that_no_rule_leaves_out_is_a_fault(invented):
    shared, tables = invented
    _write(tables / "observations.csv", facts._OBSERVATION_COLUMNS, [])
    with pytest.raises(BadData, match="no rule says why 'fish caught"):
        facts.compile_facts(shared, every_source, tables=tables)


def test_a_one_off_act_is_never_decided_by_an_indicator(invented):
    shared, tables = invented
    row = ("dams-aksai-ayusai", "food-fund-volume", "lake-town", "true", "0", "")
    _write(tables / "task_indicators.csv", schema.table("task_indicators").names, [row])
    with pytest.raises(BadData, match="cannot decide for 'dams-aksai-ayusai'"):
        facts.compile_facts(shared, every_source, tables=tables)


@pytest.mark.parametrize(
    ("unit", "dimension", "scale"),
    [
        ("m", "length", 1),
        ("m, right tunnel", "length", 1),
        ("m", "count", 1_000_000),
        ("m m3", "volume", 1_000_000),
        ("m2", "area per person", 1),
        ("bn tenge (about)", "money", 1_000_000_000),
        ("trn tenge", "money", 1_000_000_000_000),
        ("thousand t a year", "mass", 1_000),
        ("months", "time", 1),
    ],
)
def test_the_scale_is_read_from_the_unit(unit, dimension, scale):
    assert facts.scale_of(unit, dimension) == scale


@pytest.mark.parametrize(
    ("unit", "comparator"),
    [
        ("thousand (more than)", "gt"),
        ("% (no more than)", "le"),
        ("people (up to)", "le"),
        ("houses (at least)", "ge"),
        ("thousand (nearly)", "about"),
        ("bn tenge (about)", "about"),
        ("percent", "eq"),
    ],
)
def test_the_qualifier_is_read_from_the_unit(unit, comparator):
    assert facts.comparator_of(unit) == comparator


@pytest.mark.parametrize(
    ("start", "end", "slug"),
    [
        ((2019, 10, 29), (2019, 10, 29), "2019-10-29"),
        ((2019, 10, 1), (2019, 10, 31), "2019-10"),
        ((2020, 2, 1), (2020, 2, 29), "2020-02"),
        ((2019, 1, 1), (2019, 12, 31), "2019"),
        ((2016, 1, 1), (2022, 12, 31), "2016-to-2022"),
        ((2019, 10, 1), (2019, 12, 31), "2019-10-to-2019-12"),
        ((2012, 1, 1), (2019, 10, 29), "2012-01-01-to-2019-10-29"),
    ],
)
def test_a_period_is_named_as_short_as_it_can_be(start, end, slug):
    assert facts.period_slug(dt.date(*start), dt.date(*end)) == slug
