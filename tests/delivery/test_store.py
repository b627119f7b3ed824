"""Records as a CSV: only ever added, checked before they are, and every older byte kept."""

from __future__ import annotations

import datetime as dt

import pytest

from aport.city import folder, schema, tabular
from aport.city.folder import files_of
from aport.delivery import CsvStore, record_faults
from aport.errors import BadData, UsageError
from tests.delivery.invented import project, record, town

TODAY = dt.date(2024, 6, 30)
PLAIN = {**record("2023-05", "planned"), "record": ""}


@pytest.fixture
def root(tmp_path):
    rows = [project("dam")]
    city = town().with_tables(
        projects=tabular.from_rows(rows, schema.table("projects")),
        records=tabular.from_rows([record("2022-01", "promised", due="2023")], schema.table("records")),
    )
    for name, content in files_of(city).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def faults_of(root, **cells):
    before = (root / "records.csv").read_bytes()
    with pytest.raises(BadData) as caught:
        CsvStore(root).append({**PLAIN, **cells}, today=TODAY)
    assert (root / "records.csv").read_bytes() == before
    return [(fault.row, fault.column) for fault in caught.value.faults]


def test_a_record_is_added_at_the_end_and_gets_a_name(root):
    before = (root / "records.csv").read_bytes()
    store = CsvStore(root)
    assert store.append(PLAIN, today=TODAY) == "cut-rate.planned.2023-05"
    assert store.append({**PLAIN, "value": 12.5, "unit": "km"}, today=TODAY) == "cut-rate.planned.2023-05.2"
    assert (root / "records.csv").read_bytes().startswith(before)
    frame = store.records()
    assert list(frame["record"]) == [
        "cut-rate.promised.2022-01",
        "cut-rate.planned.2023-05",
        "cut-rate.planned.2023-05.2",
    ]
    assert frame["value"].iloc[-1] == 12.5
    opened, faults = folder.read_city(root)
    assert not faults
    assert len(opened["records"]) == 3


def test_the_file_keeps_its_own_columns_and_line_ends(root):
    path = root / "records.csv"
    header, row = path.read_text(encoding="utf-8").splitlines()
    names, cells = header.split(","), row.split(",")
    path.write_bytes((",".join(reversed(names)) + "\r\n" + ",".join(reversed(cells))).encode("utf-8-sig"))
    before = path.read_bytes()
    CsvStore(root).append(PLAIN, today=TODAY)
    assert path.read_bytes().startswith(before)
    assert list(CsvStore(root).records()["event"]) == ["promised", "planned"]


def test_a_city_without_records_gets_the_file(root):
    (root / "records.csv").unlink()
    assert not len(CsvStore(root).records())
    CsvStore(root).append(PLAIN, today=TODAY)
    assert len(CsvStore(root).records()) == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"date": "2024-07-01"}, "date"),
        ({"date": "2025"}, "date"),
        ({"date": "yesterday"}, "date"),
        ({"task": "no-such-task"}, "task"),
        ({"project": "no-such-project"}, "project"),
        ({"source": "nobody"}, "source"),
        ({"event": "thought-of"}, "event"),
        ({"due": "2023-04"}, "due"),
        ({"value": 3}, "unit"),
        ({"value": 3, "unit": "km", "indicator": "rate"}, "unit"),
        ({"text_kk": ""}, "text_kk"),
        ({"record": "cut-rate.promised.2022-01"}, "record"),
        ({"task": ""}, "task"),
    ],
)
def test_a_record_that_is_wrong_is_refused_and_nothing_is_written(root, cells, column):
    assert (3, column) in faults_of(root, **cells)


def test_all_faults_of_a_record_are_told_together(root):
    assert faults_of(root, task="nothing", source="nobody", date="2030") == [(3, "task"), (3, "source"), (3, "date")]


def test_what_is_done_before_it_was_begun_is_out_of_order(root):
    CsvStore(root).append(record("2023-05", "started", project="dam"), today=TODAY)
    with pytest.raises(BadData, match="out of order"):
        CsvStore(root).append(record("2022-05", "completed", project="dam"), today=TODAY)


def test_a_column_that_does_not_exist_is_named(root):
    with pytest.raises(UsageError, match="colour"):
        CsvStore(root).append({**PLAIN, "colour": "red"}, today=TODAY)


def test_a_broken_file_is_left_alone(root):
    (root / "records.csv").write_text("record,date\nx,2023\n", encoding="utf-8")
    with pytest.raises(BadData):
        CsvStore(root).append(PLAIN, today=TODAY)
    assert (root / "records.csv").read_text(encoding="utf-8") == "record,date\nx,2023\n"


def test_packed_cities_are_not_changed():
    with pytest.raises(UsageError, match="not changed"):
        CsvStore(folder.PACKED / "almaty").append(PLAIN, today=TODAY)


def test_faults_name_the_row_as_a_spreadsheet_counts():
    rows = [{**record("2023-05", "planned"), "project": "", "due": "", "value": None, "unit": "", "indicator": ""}]
    [fault] = record_faults([*rows, {**rows[0], "date": "2031"}], today=TODAY)
    assert (fault.file, fault.row, fault.column) == ("records.csv", 3, "date")
    assert not record_faults(rows, today=TODAY)
