"""Each verb does what it says, and bad input gives a message, an exit code and nothing half done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TENGRI

APORT = [sys.executable, "-c", "from aport.cli import main; main()"]


def aport(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*APORT, *map(str, arguments)], check=False, capture_output=True, text=True, cwd=cwd, encoding="utf-8"
    )


def test_help_names_the_verbs():
    said = aport("--help").stdout
    assert all(verb in said for verb in ("init", "check", "read", "measure", "run", "doctor"))


def test_version_is_printed():
    assert aport("--version").stdout.strip().count(".") == 2


def test_run_prints_one_json_object_and_progress_apart(tengri):
    done = aport("run", tengri, "--json", "--today", "2026-02-01")
    content = json.loads(done.stdout)
    assert content["states"]["met"] == 1
    assert len(content["tasks"]) == 12
    assert Path(content["report"]["kk"]).is_file()
    assert "Measuring 12 tasks" in done.stderr
    assert done.returncode == 0


def test_run_writes_beside_the_folder_and_repeats_bit_for_bit(tengri, tmp_path):
    for out in ("one", "two"):
        assert aport("run", tengri, "--out", tmp_path / out, "--today", "2026-02-01").returncode == 0
    files = [path.name for path in (tmp_path / "one").iterdir() if path.is_file()]
    assert len(files) == 10
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_closing_screen_shows_states_shortfalls_and_statements_that_differ(tengri):
    said = aport("run", tengri, "--today", "2026-02-01").stdout
    assert "Tasks by state: met 1, nearer 3, unchanged 1, further 2, unknown 5" in said
    assert "Worst shortfalls:" in said
    assert "the document says 21,000" in said


def test_measure_check_and_read_speak_json(tengri, tmp_path):
    assert json.loads(aport("check", tengri, "--json").stdout)["faults"] == []
    assert len(json.loads(aport("measure", tengri, "--json").stdout)["tasks"]) == 12
    document = tmp_path / "doc.txt"
    document.write_text("Әкім көшелерді жарықтандыруды тапсырды.", encoding="utf-8")
    [line] = aport("read", document, "--json").stdout.splitlines()
    assert json.loads(line)["id"] == "doc"


def test_read_adds_proposals_and_keeps_those_of_other_documents(tengri, tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for document in (one, two):
        document.write_text("Әкім көшелерді жарықтандыруды тапсырды.", encoding="utf-8")
        assert aport("read", document, "--city", tengri).returncode == 0
    proposals = (tengri / "results" / "proposals.csv").read_text(encoding="utf-8")
    assert proposals.count("\none,kk") == proposals.count("\ntwo,kk") == 1
    one.write_text("Бүгін ауа райы жақсы.", encoding="utf-8")
    assert aport("read", one, "--city", tengri).returncode == 0
    proposals = (tengri / "results" / "proposals.csv").read_text(encoding="utf-8")
    assert "\none,kk" not in proposals
    assert "\ntwo,kk" in proposals


def test_init_makes_a_folder_that_can_be_run(tmp_path):
    assert aport("init", "town", cwd=tmp_path).returncode == 0
    assert aport("run", "town", cwd=tmp_path).returncode == 0
    assert (tmp_path / "town" / "results" / "report.kk.html").is_file()


def test_doctor_finds_this_installation_well(tmp_path):
    done = aport("doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert all(finding["well"] for finding in json.loads(done.stdout)["findings"])


def spoil(file: str, old: str, new: str):
    def change(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def twist(root: Path) -> None:
    """Make an outline cross itself."""
    path = root / "layers" / "districts.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    ring = content["features"][0]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    path.write_text(json.dumps(content), encoding="utf-8")


def copy_first_row(root: Path) -> None:
    path = root / "targets.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1], ""]), encoding="utf-8")


def move_the_lake(root: Path) -> None:
    """Put a place of projects far from the city."""
    path = root / "layers" / "places.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("0.12", "40.12").replace("0.16", "40.16"), encoding="utf-8")


def add_circle(root: Path) -> None:
    """Let two projects require each other."""
    path = root / "rules.csv"
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("lane-after-depot"))
    back = line.replace("lane-after-depot", "depot-after-lane").replace("bus-lane,bus-depot", "bus-depot,bus-lane")
    with path.open("a", encoding="utf-8") as file:
        file.write(back + "\n")


FAULTS = {
    "missing table": (lambda root: (root / "targets.csv").unlink(), "targets.csv: the file is missing"),
    "missing column": (spoil("topics.csv", "name_kk", "name"), "column name: the schema has no such column"),
    "wrong type": (spoil("targets.csv", ",97,", ",many,"), "column value: 'many' is not a number"),
    "wrong unit": (spoil("targets.csv", "percent", "parsec"), "column unit: 'parsec' is not allowed here"),
    "duplicate": (copy_first_row, "stands in row 2 already"),
    "dangling": (spoil("task_indicators.csv", "piped-water,", "pipped-water,"), "Did you mean piped-water?"),
    "outline": (twist, "is not valid: Self-intersection"),
    "no date": (spoil("documents.csv", ",2021-05-14,", ",2021-15-14,"), "is not a day of the calendar"),
    "empty document": (lambda root: next((root / "documents").iterdir()).write_text(" \n"), "the document is empty"),
    "no city": (lambda root: (root / "datapackage.json").unlink(), "This is no city folder"),
    "other schema": (spoil("datapackage.json", '"schema_version": "1', '"schema_version": "9'), "schema version 9"),
    "project without tasks": (spoil("projects.csv", ",city,waste-sorting,", ",city,,"), "projects.csv, row"),
    "unknown kind of change": (spoil("changes.csv", "renew-network", "renew-netwrk"), "Did you mean renew-network"),
    "cost turned round": (spoil("projects.csv", ",360000000,400000000,", ",460000000,400000000,"), "column cost_low"),
    "unknown currency": (spoil("projects.csv", ",2024,,,,", ",2024,5,XYZ,2020,"), "'XYZ' is not allowed here"),
    "outside the map": (move_the_lake, "lies more than 2 degrees from the city"),
    "effect turned round": (spoil("effects_published.csv", ",-6,-4,-2,", ",-2,-4,-6,"), "effects_published.csv, row 2"),
    "ban without a place": (spoil("rules.csv", ",tourism,,lake-ainakol,", ",tourism,,,"), "rules.csv, row 2"),
    "record of the future": (spoil("records.csv", ",2021-05-14,", ",2199-05-14,"), "lies in the future"),
    "circle of precedence": (add_circle, "rules.csv, row"),
    "stray table": (lambda root: shutil.copy(root / "topics.csv", root / "topic.csv"), "the schema has no such table"),
}


@pytest.mark.parametrize(("change", "named"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_city_is_named_and_nothing_is_written(tengri, change, named):
    change(tengri)
    before = {path: path.read_bytes() for path in tengri.rglob("*") if path.is_file()}
    for verb in ("check", "run", "measure"):
        done = aport(verb, tengri)
        assert done.returncode == 3, done.stdout + done.stderr
        assert named in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    after = {path: path.read_bytes() for path in tengri.rglob("*") if path.is_file() and ".aport" not in path.parts}
    assert before == after


def test_several_faults_are_reported_together(tengri):
    spoil("targets.csv", ",97,", ",many,")(tengri)
    spoil("documents.csv", ",2021-05-14,", ",2021-15-14,")(tengri)
    twist(tengri)
    said = aport("check", tengri).stdout
    assert all(file in said for file in ("targets.csv, row", "documents.csv, row", "layers/districts.geojson, row"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nowhere"], "no such folder or packed city"),
        (["check", TENGRI / "tasks.csv"], "this is a file"),
        (["measure", TENGRI, "--today", "yesterday"], "'yesterday' is not a day"),
        (["init", TENGRI], "there is something here already"),
        (["run", TENGRI, "--nonsense"], "No such option"),
        (["fly"], "No such command"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments, said):
    done = aport(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--budget", "-1"], 2, "is below zero"),
        (["--budget", "twelve"], 2, "is not an amount"),
        (["--budget", "300 billion"], 2, "is not an amount"),
        (["--budget", "nan"], 2, "is not an amount"),
        (["--budget", "1e9", "--budget-year", "soon=1"], 2, "is not the limit of a year"),
        (["--budget", "1e9", "--require", "pipe-renewl"], 2, "Did you mean pipe-renewal?"),
        (
            ["--budget", "1e9", "--require", "pipe-renewal", "--forbid", "pipe-renewal"],
            2,
            "both required and forbidden",
        ),
        (["--budget", "1e9", "--require", "shore-hotel"], 4, "shore-hotel is banned"),
        (["--budget", "1e8", "--require", "pipe-renewal"], 4, "the budget is 100000000; pipe-renewal is required"),
        (["--budget", "1e9", "--weights", "nowhere.csv"], 2, "nowhere.csv"),
        ([], 0, "No programme: the city assumes no budget"),
    ],
)
def test_demands_that_cannot_be_met_are_named(tengri, arguments, code, said):
    done = aport("plan", tengri, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_plan_shows_the_ban_with_its_quote_and_follow_the_contradictions(tengri):
    plan = aport("plan", tengri, "--budget", "600e6").stdout
    assert "A ban of the register forbids it." in plan
    assert "pipe-renewal" in plan.split("Not chosen:")[0]
    follow = json.loads(aport("follow", tengri, "--json", "--today", "2026-06-01").stdout)
    assert {each["rule"] for each in follow["contradictions"]} >= {"banned-but-planned", "contract-ended"}


def test_a_packed_city_takes_no_proposals(tmp_path):
    document = tmp_path / "doc.txt"
    document.write_text("Әкім көшелерді жарықтандыруды тапсырды.", encoding="utf-8")
    done = aport("read", document, "--city", "almaty")
    assert done.returncode == 2
    assert "packed cities are not changed" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\0\0", "text"),
        ("Аким поручил построить школу.".encode(), "Russian"),
        (b"The mayor must build a school.", "English"),
        (None, "no such file"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_name(tmp_path, content, said):
    path = tmp_path / "doc.txt"
    if content is not None:
        path.write_bytes(content)
    done = aport("read", path)
    assert done.returncode in (2, 3)
    assert "doc.txt" in done.stderr
    assert said in done.stderr
    assert done.stdout == ""


PROJECT_TABLES = ("projects", "changes", "change_parameters", "effects_published", "rules", "opinions", "records")


def test_a_city_without_projects_runs(tengri):
    for table in PROJECT_TABLES:
        (tengri / f"{table}.csv").unlink()
    done = aport("run", tengri, "--today", "2026-02-01")
    assert done.returncode == 0, done.stderr
    assert "The city has no projects to choose from." in done.stdout


def test_a_city_without_tasks_runs(tengri):
    for table in ("tasks", "quotes", "decisions", "task_indicators", "statements", *PROJECT_TABLES):
        path = tengri / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    done = aport("run", tengri)
    assert done.returncode == 0, done.stderr
    assert "met 0, nearer 0, unchanged 0, further 0, unknown 0" in done.stdout


def test_a_foreign_file_in_the_way_of_the_results_is_named(tengri, tmp_path):
    (tmp_path / "out").write_text("mine")
    done = aport("run", tengri, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert (tmp_path / "out").read_text() == "mine"
