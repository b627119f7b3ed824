"""Cells are checked one by one, faults are named together, and tables come back as they were written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.city import schema, tabular

TOPICS = schema.table("topics")
OBSERVATIONS = schema.table("observations")
HEADER = ",".join(OBSERVATIONS.names)
GOOD = "o1,rate,town,2019-01-01,2019-12-31,eq,5.1,,,percent,,statistics,false,office,,"


def faults_of(tmp_path, text: str | bytes, table=OBSERVATIONS) -> list[str]:
    path = tmp_path / table.file
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(fault) for fault in tabular.read_table(path, table)[1]]


def test_a_good_table_has_no_fault_and_typed_columns(tmp_path):
    path = tmp_path / "observations.csv"
    path.write_text(f"{HEADER}\n{GOOD}\n")
    frame, faults = tabular.read_table(path, OBSERVATIONS)
    assert not faults
    row = frame.iloc[0]
    assert (row["value"], row["start"].isoformat(), row["derived"]) == (5.1, "2019-01-01T00:00:00", False)
    assert math.isnan(row["low"])


@pytest.mark.parametrize(
    ("spoilt", "named"),
    [
        (GOOD.replace("5.1", "five"), "row 2, column value: 'five' is not a number"),
        (GOOD.replace("5.1", "5,1").replace("eq,5,1", 'eq,"5,1"'), "'5,1' is not a number. Write a plain number"),
        (GOOD.replace("2019-12-31", "2019-02-30"), "column end: '2019-02-30' is not a day of the calendar"),
        (GOOD.replace("2019-12-31", "31.12.2019"), "column end: '31.12.2019' is not a date"),
        (GOOD.replace("percent", "per cent"), "column unit: 'per cent' is not allowed here"),
        (GOOD.replace("statistics", "rumour"), "column basis: 'rumour' is not allowed here"),
        (GOOD.replace("rate", ""), "column indicator: the cell is empty and the column is required"),
        (GOOD.replace("false", "no"), "column derived: 'no' is not true or false"),
        (GOOD.replace(",percent,,", ",percent,1066,"), "column price_year: '1066' is below 1990"),
        (GOOD.replace("o1,", "O 1,"), "column observation: 'O 1' is not an identifier"),
        (f"{GOOD}\n{GOOD}", "row 3, column observation: o1 stands in row 2 already"),
        (GOOD + ",more", "row 2: the row has 17 cells and the header 16"),
    ],
)
def test_each_fault_is_named(tmp_path, spoilt, named):
    found = faults_of(tmp_path, f"{HEADER}\n{spoilt}\n")
    assert len(found) == 1
    assert named in found[0]
    assert found[0].startswith("observations.csv, ")


def test_several_faults_are_reported_together(tmp_path):
    bad = GOOD.replace("5.1", "x").replace("2019-12-31", "soon").replace("percent", "furlong")
    assert len(faults_of(tmp_path, f"{HEADER}\n{bad}\n")) == 3


def test_a_renamed_column_is_recognised(tmp_path):
    found = faults_of(tmp_path, HEADER.replace("comparator", "comparater") + "\n" + GOOD + "\n")
    assert any("column comparater" in each and "Rename it comparator" in each for each in found)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "byte 0 is not UTF-8 text"),
        (b"a\0b", "this is not a text file"),
        (b'"open', "not a CSV file"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path, content, named):
    [found] = faults_of(tmp_path, content)
    assert named in found


def test_a_missing_file_says_how_to_make_one(tmp_path):
    _, [fault] = tabular.read_table(tmp_path / "topics.csv", TOPICS)
    assert "missing" in fault.message
    assert fault.repair.endswith(",".join(TOPICS.names))


def test_a_byte_order_mark_is_no_fault(tmp_path):
    assert not faults_of(tmp_path, f"\ufeff{HEADER}\n{GOOD}\n")


def test_many_faults_of_one_kind_are_counted(tmp_path):
    rows = "\n".join(GOOD.replace("o1", f"o{i}").replace("5.1", "x") for i in range(100))
    found = faults_of(tmp_path, f"{HEADER}\n{rows}\n")
    assert len(found) == tabular.SHOWN_FAULTS + 1
    assert "80 more rows have the same fault" in found[-1]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_the_same(value):
    assert float(tabular.cell_text(value)) == value


TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5))
def test_a_table_reads_back_the_same(tmp_path_factory, names):
    rows = [
        {"topic": f"t{i}", "order": i + 1, "name_kk": kk, "name_ru": ru, "name_en": en}
        for i, (kk, ru, en) in enumerate(names)
    ]
    frame = tabular.from_rows(rows, TOPICS)
    path = tmp_path_factory.mktemp("table") / "topics.csv"
    path.write_bytes(tabular.table_bytes(frame, TOPICS))
    again, faults = tabular.read_table(path, TOPICS)
    assert not faults
    assert again.equals(frame)
