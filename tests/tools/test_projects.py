"""The projects of Almaty: money in prices of 2024, effects on what is observed, rules that name what they speak of."""

from __future__ import annotations

import csv
import re
import shutil

import pytest

from aport.city import schema
from aport.errors import BadData
from tools.almaty import facts, projects, sources

# Computed by hand from the sheet, deflator.csv and exchange.csv, to a million tenge:
# project, low, value, high, price year.
DEFLATED = [
    ("metro-two-stations", "", 116_886_000_000, "", 2024),  # 67 bn x 313.5 / 179.7
    ("metro-barlyk", "", 149_821_000_000, "", 2024),  # 120 bn x 313.5 / 251.1
    ("aksai-dam", "", 29_147_000_000, "", 2024),  # 17.6 bn x 313.5 / 189.3
    ("gas-last-houses", 325_000_000, 451_000_000, 577_000_000, 2024),  # 907 x 180, 250, 320 thousand x 313.5 / 157.6
    ("gas-buses", "", 123_392_000_000, "", 2024),  # 1,392 x 71 m x 313.5 / 251.1
    ("mountain-cluster", "", 1_267_580_000_000, "", 2024),  # 2 bn USD x 382.7 x 313.5 / 189.3
    ("kok-zhailau-resort", 307_730_000_000, 307_730_000_000, 1_147_064_000_000, 2024),  # 112 bn; 2.8 bn USD x 149.1
    ("food-fund", 10_053_000_000, 18_728_000_000, 18_728_000_000, 2024),  # 7 bn of 2021, 15 bn of 2022
    ("aryks-rest", "", 17_340_000_000, "", 2024),  # 495 m / 18.2 x 320.5 x 313.5 / 157.6
    ("brt-raiymbek", "", 39_900_000_000, "", 2026),  # prices of 2026 stand as they are
    ("metro-kalkaman", "", 62_671_000_000, "", 2024),  # six years, those of 2025 and 2026 as they are
]


def every_source(_title: str, _url: str) -> str:
    return "some-source"


def hand_written(name: str) -> list[dict[str, str]]:
    with (projects.TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def compiled(shared):
    return projects.compile_projects(shared, sources.source_lookup(projects.TABLES))


def one(rows, column: str, wanted: str) -> dict[str, str]:
    return next(row for row in rows if row[column] == wanted)


@pytest.mark.parametrize(("project", "low", "value", "high", "year"), DEFLATED)
def test_a_cost_is_in_prices_of_2024(compiled, project, low, value, high, year):
    row = one(compiled["projects"], "project", project)
    assert (row["cost_low"], row["cost"], row["cost_high"]) == (str(low), str(value), str(high))
    assert row["price_year"] == str(year)


def test_the_original_cost_stays_beside_it(compiled):
    row = one(compiled["projects"], "project", "metro-barlyk")
    assert (row["original_cost"], row["original_unit"], row["original_year"]) == ("120000000000", "KZT", "2022")
    assert "251.1 in 2022, 313.5 in 2024" in row["cost_note"]
    assert one(compiled["projects"], "project", "metro-kalkaman")["original_cost"] == ""


def test_a_dollar_is_exchanged_at_its_own_year(compiled):
    row = one(compiled["projects"], "project", "mountain-cluster")
    assert (row["original_cost"], row["original_unit"]) == ("2000000000", "USD")
    assert "Tenge for a US dollar in 2019: 382.7" in row["cost_note"]


def test_every_candidate_of_the_facts_is_a_project(shared):
    sheet = (shared / "data" / "almaty-facts.md").read_text(encoding="utf-8")
    candidates = re.findall(r"^\| (P\d+b?) \|", sheet, flags=re.MULTILINE)
    assert len(candidates) == 37
    assert {row["row"] for row in hand_written("projects.csv")} - {""} == set(candidates)


def test_what_is_not_costed_is_not_free(compiled):
    bare = [row for row in compiled["projects"] if row["cost_basis"] == "none"]
    assert bare
    assert all(row["cost"] == row["price_year"] == "" for row in bare)
    assert all(row["cost_note"] for row in compiled["projects"])


def test_bounds_are_in_order(compiled):
    for row in compiled["projects"]:
        bounds = [float(row[name]) for name in ("cost_low", "cost", "cost_high") if row[name]]
        assert bounds == sorted(bounds)
    for row in compiled["effects_published"]:
        bounds = [float(row[name]) for name in ("low", "value", "high") if row[name]]
        assert bounds == sorted(bounds)


def test_every_row_has_a_source_that_exists(compiled):
    known = {row["source"] for row in sources.load_sources(projects.TABLES)}
    for name in ("projects", "effects_published", "opinions"):
        assert {row["source"] for row in compiled[name]} <= known


def test_there_is_enough_to_choose_from(compiled):
    effects = compiled["effects_published"]
    assert len(effects) >= 35
    assert len({row["indicator"] for row in effects}) >= 15
    assert {row["state"] for row in compiled["projects"]} == {"idea", "planned", "in-work", "done", "stopped"}
    assert {row["kind"] for row in compiled["rules"]} == {"ban", "condition", "not-only", "excludes", "requires"}


def test_a_task_without_a_project_is_one_that_no_project_serves(compiled):
    with facts.TASKS.open(encoding="utf-8", newline="") as file:
        tasks = {row["task"] for row in csv.DictReader(file)}
    served = {task for row in compiled["projects"] for task in row["tasks"].split()}
    assert tasks - served == {"business-capital-status", "growth-measures-urgent", "kok-zhailau-ban"}


def test_effects_move_what_decides_most_tasks(compiled):
    moved = {(row["indicator"], row["place"]) for row in compiled["effects_published"]}
    deciding = {
        (row["indicator"], row["place"]) for row in hand_written("task_indicators.csv") if row["primary"] == "true"
    }
    assert {indicator for indicator, _ in deciding - moved} <= {
        "aport-orchard-area",
        "crime-rank",
        "doctors-per-10000",
        "food-inflation",
        "grp-growth",
        "sme-grp-share",
    }
    assert len(deciding & moved) >= 12


def test_every_project_changes_something(compiled):
    assert {row["project"] for row in compiled["changes"]} == {row["project"] for row in compiled["projects"]}


def test_only_claims_and_published_effects(compiled):
    assert {row["grade"] for row in compiled["effects_published"]} == {"B", "C"}
    assert all(row["study"] for row in compiled["effects_published"])


def test_the_same_places_in_two_shifts_exclude_each_other(compiled):
    pairs = {(row["project"], row["other"]) for row in compiled["rules"] if row["kind"] == "excludes"}
    variants = [row["project"] for row in compiled["projects"] if row["project"].endswith("-one-shift")]
    assert len(variants) == 4
    assert all((name, name.replace("one-shift", "two-shifts")) in pairs for name in variants)


def test_names_are_in_three_languages(compiled):
    for row in (*compiled["projects"], *compiled["rules"]):
        assert len({row["name_kk"], row["name_ru"], row["name_en"]}) == 3


def test_rows_fit_the_schema(compiled):
    for name, rows in compiled.items():
        table = schema.table(name)
        assert list(rows[0]) == table.names
        for column in table.columns:
            if column.allowed:
                used = {value for row in rows for value in row[column.name].split() if value}
                assert used <= set(column.allowed), column.name


def test_the_same_material_gives_the_same_rows(compiled, shared):
    assert projects.compile_projects(shared, sources.source_lookup(projects.TABLES)) == compiled


@pytest.fixture
def invented(tmp_path):
    """One invented project: a shared folder and a folder of hand-written tables, each cell of which may be changed."""
    shared, tables = tmp_path / "shared", tmp_path / "tables"
    (shared / "data").mkdir(parents=True)
    tables.mkdir()
    for name in (sources.SOURCES, "observations.csv"):
        shutil.copy(projects.TABLES / name, tables)

    def write(**changed: dict[str, str]):
        _csv(shared / projects.DEFLATOR, [{"year": 2020, "index_2010": 200}, {"year": 2024, "index_2010": 300}])
        _csv(shared / projects.EXCHANGE, [{"year": 2020, "kzt_per_usd": 400}])
        _csv(shared / facts.FACTS, [_fact()])
        for name, row in _rows().items():
            _csv(tables / f"{name}.csv", [row | changed.get(name, {})])
        return shared, tables

    return write


def _csv(path, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _fact() -> dict[str, str]:
    names = ("topic", *facts.KEY, "unit", "source_title", "source_url", "quote_or_note", "confidence", "checked")
    cells = ("10_lake", "quay cost", "Lake town", "2020", "3", "m tenge", "Gazette", "", "", "", "confirmed")
    return dict(zip(names, cells, strict=True))


def _rows() -> dict[str, dict[str, str]]:
    source = "zakon-2023-12-jobs"
    cells = {
        "projects": {
            "project": "quay",
            "state": "idea",
            "tasks": "greening",
            "cost_basis": "stated",
            "cost_note": "Said.",
            "source": source,
        },
        "project_costs": {
            "project": "quay",
            "bound": "value",
            "unit_cost": "3000000",
            "quantity": "5/3",
            "unit": "KZT",
            "year": "2020",
            "fact_indicator": "quay cost",
            "fact_territory": "Lake town",
            "fact_date": "2020",
            "fact_value": "3",
        },
        "changes": {"project": "quay", "number": "1", "kind": "add-school-places"},
        "change_parameters": {"project": "quay", "number": "1", "parameter": "places", "value": "10"},
        "effects_published": {
            "effect": "quay.thefts",
            "project": "quay",
            "indicator": "thefts",
            "place": "almaty",
            "form": "relative",
            "low": "-0.2",
            "value": "-0.1",
            "high": "0",
            "source": source,
        },
        "rules": {"rule": "no-quay", "kind": "ban", "purposes": "road", "places": "almaty"},
        "opinions": {"opinion": "poll", "project": "quay", "source": source},
    }
    columns = {name: projects._hand_columns(name) for name in projects.WANTED}
    columns["project_costs"] = list(projects._COST_COLUMNS)
    return {name: dict.fromkeys(columns[name], "") | row for name, row in cells.items()}


def test_an_invented_project_is_compiled(invented):
    shared, tables = invented()
    (row,) = projects.compile_projects(shared, every_source, tables=tables)["projects"]
    # 3 million x 5/3 = 5 million of 2020; x 300 / 200 = 7.5, rounded to the even million.
    assert (row["cost"], row["original_cost"], row["price_year"]) == ("8000000", "5000000", "2024")


@pytest.mark.parametrize(
    ("table", "changed", "column", "said"),
    [
        ("projects", {"tasks": "fishing"}, "tasks", "no task 'fishing'"),
        ("projects", {"tasks": ""}, "tasks", "'quay' serves no task"),
        ("projects", {"source": "nowhere"}, "source", "no entry 'nowhere' in sources.csv"),
        ("projects", {"cost_basis": "none"}, "cost_basis", "'none', and project_costs.csv has a cost"),
        ("projects", {"cost_note": ""}, "cost_note", "nothing says how"),
        ("project_costs", {"fact_value": "4"}, "fact_indicator", "no fact 'quay cost, Lake town, 2020, 4'"),
        ("project_costs", {"unit_cost": "3"}, "unit_cost", "3 is not the 3 m tenge of the sheet"),
        ("project_costs", {"unit_cost": "much"}, "unit_cost", "'much' times '5/3'"),
        ("project_costs", {"quantity": "1/0"}, "unit_cost", "cannot be computed"),
        ("project_costs", {"unit": "EUR"}, "unit", "'EUR' is no known currency"),
        ("project_costs", {"unit": "USD", "year": "2021"}, "year", "no exchange rate of 2021"),
        ("project_costs", {"year": "2009"}, "year", "no price index of 2009"),
        ("project_costs", {"bound": "low"}, "bound", "no interval"),
        ("project_costs", {"project": "pier"}, "project", "no project 'pier'"),
        ("changes", {"kind": "dig-canal"}, "kind", "no kind of change 'dig-canal'"),
        ("change_parameters", {"parameter": "depth"}, "parameter", "has no parameter 'depth'"),
        ("change_parameters", {"value": "0"}, "value", "'0' for places"),
        ("change_parameters", {"project": "pier"}, "project", "no entry 'pier' in projects.csv"),
        ("effects_published", {"place": "kazakhstan"}, "indicator", "nobody observed 'thefts' at 'kazakhstan'"),
        ("effects_published", {"low": "0.1"}, "low", "is no interval"),
        ("effects_published", {"high": ""}, "low", "is no interval"),
        ("effects_published", {"low": "-14", "value": "-14"}, "value", "as a share"),
        ("rules", {"places": ""}, "places", "'ban' needs places"),
        ("opinions", {"project": "pier"}, "project", "no entry 'pier'"),
    ],
)
def test_a_fault_is_named_with_its_row(invented, table, changed, column, said):
    shared, tables = invented(**{table: changed})
    with pytest.raises(BadData) as caught:
        projects.compile_projects(shared, every_source, tables=tables)
    fault = next(fault for fault in caught.value.faults if fault.column == column and said in fault.message)
    assert (fault.file, fault.row) == (f"{table}.csv", 2)


def test_a_cost_of_a_source_that_cannot_be_cited_is_refused(invented):
    shared, tables = invented()
    with pytest.raises(BadData, match="cannot be cited"):
        projects.compile_projects(shared, lambda _title, _url: None, tables=tables)
