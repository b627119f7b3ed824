"""The whole chain on the invented city, against the answers that its README knows."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

import aport
from aport.chain.register import Register
from aport.chain.view import account
from aport.city import open_city, read_city, schema, tabular
from aport.errors import AportError, UsageError
from tests.conftest import TENGRI

TODAY = dt.date(2026, 2, 1)


def known_answers(title: str) -> dict[str, str]:
    """Read a table of the README: the first cell names the row, the second its answer."""
    part = (TENGRI / "README.md").read_text(encoding="utf-8").split(f"## {title}")[1].split("##")[0]
    return dict(re.findall(r"^\| `([\w-]+)` \| (\w+) \|", part, flags=re.MULTILINE))


@pytest.fixture(scope="module")
def result():
    return aport.run(open_city(TENGRI), today=TODAY)


def test_every_task_has_the_state_that_is_known(result):
    assert {each.task: each.state for each in result.shortfalls} == known_answers("Where each task stands")


def test_every_statement_has_the_result_that_is_known(result):
    assert {each.statement: each.result for each in result.statements} == known_answers(
        "What the data say of each statement"
    )


def test_states_are_counted(result):
    assert result.states == {"met": 1, "nearer": 3, "unchanged": 1, "further": 2, "unknown": 5}


def test_a_document_that_no_reader_knows_is_left_to_the_register(result):
    read = {each.document: each.reading is not None for each in result.readings}
    languages = {row["document"]: row["languages"] for row in result.city.rows("documents")}
    assert {languages[document]: was_read for document, was_read in read.items()}["kk"]


def test_computed_tables_fit_the_schema(result, tmp_path):
    for name, frame in result.tables().items():
        path = tmp_path / schema.table(name).file
        path.write_bytes(tabular.table_bytes(frame, schema.table(name)))
        again, faults = tabular.read_table(path, schema.table(name))
        assert not faults
        assert len(again) == len(frame)


def test_results_are_the_same_bytes_each_time(result):
    again = aport.run(open_city(TENGRI), today=TODAY)
    assert again.files() == result.files()


def test_results_leave_the_city_and_strange_files_alone(result, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    before = {path: path.read_bytes() for path in TENGRI.rglob("*") if path.is_file()}
    reports = result.save(out)
    assert {path.name for path in reports.values()} == {"report.kk.html", "report.ru.html", "report.en.html"}
    assert all(path.is_file() for path in reports.values())
    assert (out / "mine.txt").read_text() == "mine"
    assert {path: path.read_bytes() for path in TENGRI.rglob("*") if path.is_file()} == before


def test_results_never_go_into_the_package(result):
    packed = open_city("almaty").root
    assert packed is not None
    with pytest.raises(UsageError, match="do not go into the package"):
        result.save(packed / "results")
    assert not (packed / "results").exists()


def test_the_manifest_names_every_input(result):
    manifest = json.loads(result.files()["manifest.json"])
    assert manifest["today"] == "2026-02-01"
    assert set(manifest["inputs"]) == {
        path.relative_to(TENGRI).as_posix()
        for path in TENGRI.rglob("*")
        if path.is_file() and path.name not in {"README.md", "datapackage.json"}
    }


def test_json_holds_what_it_promises(result):
    content = result.as_json()
    assert {"topics", "tasks", "states", "statements", "report"} <= set(content)
    assert all({"id", "topic", "state"} <= set(task) for task in content["tasks"])
    json.dumps(content)


def test_every_sentence_is_accounted_for(result):

    register = Register(result.city)
    for document in ("tengri-2021-05-14", "tengri-2023-03-02"):
        lines = account(register, document)
        assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
        assert all(line["entries"] or line["statements"] for line in lines)


def test_a_new_document_is_read_and_compared(tengri, tmp_path):
    city = open_city(tengri)
    text = city.texts["tengri-2021-05-14", "kk"]
    known, new = tmp_path / "again.txt", tmp_path / "new.txt"
    known.write_text(text, encoding="utf-8")
    new.write_text("Әкім көшелерді жарықтандыруды тапсырды.\n", encoding="utf-8")
    result = aport.run(city, documents=[known, new], today=TODAY)
    again, fresh = result.readings[-2:]
    assert again.comparison is not None
    assert again.comparison.matched
    assert fresh.comparison is None
    assert fresh.reading is not None
    assert len(fresh.reading.tasks) == 1
    assert set(result.tables()["proposals"]["document"]) >= {"again", "new"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\0\x01\x02", "text"),
        ("ru.txt", "Аким поручил построить школу и детский сад в этом году.".encode(), "Russian"),
        ("en.txt", b"The mayor ordered the school to be built this year.", "English"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_and_nothing_is_written(tengri, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AportError) as caught:
        aport.run(open_city(tengri), documents=[path], today=TODAY)
    assert said in str(caught.value)
    assert name in str(caught.value)
    assert not (tengri / "results").exists()


def test_a_saved_city_reads_back_the_same(tmp_path):
    city = open_city(TENGRI)
    target = tmp_path / "copy"
    aport.city.save_city(city, target)
    again, faults = read_city(target)
    assert not faults
    for name, frame in city.tables.items():
        assert again.tables[name].equals(frame), name
    for path in TENGRI.rglob("*"):
        if path.is_file() and path.name != "README.md":
            assert (target / path.relative_to(TENGRI)).read_bytes() == path.read_bytes()
