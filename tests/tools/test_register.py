"""The register of the packed Almaty: complete against the official report, faithful to the gold annotation."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from aport.city.container import sha256
from aport.city.schema import table
from aport.city.tabular import from_rows
from aport.errors import BadData
from tools.almaty import register

TOOL = Path(register.__file__).parent
LANGUAGES = ("kk", "ru", "en")
STRONGEST_FIRST = ("ban", "order", "advice", "implied")
DOCUMENT = "almaty-2019-10-29"


@pytest.fixture
def compiled(shared):
    return register.compile_register(shared)


@pytest.fixture
def tables(compiled):
    return compiled[0]


@pytest.fixture
def texts(compiled):
    return {language: compiled[1][f"documents/{DOCUMENT}.{language}.txt"] for language in LANGUAGES}


@pytest.fixture
def seed(shared):
    return (shared / "seed" / "2019-10-29-almaty.kk.txt").read_text(encoding="utf-8").split("\n")


@pytest.fixture
def gold(shared):
    lines = (shared / "readouts" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return next(document for document in map(json.loads, lines) if document["id"] == "seed")


@pytest.fixture
def gold_of(gold):
    """Gold spans of each task, as the list of identifiers groups them."""
    spans = {span["n"]: span for span in gold["tasks"]}
    with (TOOL / "task-ids.csv").open(encoding="utf-8", newline="") as file:
        return {row["task"]: [spans[int(n)] for n in row["gold"].split()] for row in csv.DictReader(file)}


def words(text):
    return re.findall(r"\w+", text.lower())


def of_tasks(tables, language):
    tasks = {row["task"] for row in tables["tasks"] if row["role"] == "task"}
    return [row for row in tables["quotes"] if row["language"] == language and row["task"] in tasks]


def test_rows_fit_the_schema(tables):
    for name, rows in tables.items():
        assert all(list(row) == table(name).names for row in rows)
        assert len(from_rows(rows, table(name))) == len(rows)


def test_every_line_of_the_official_report_is_restated_in_each_language(tables, seed):
    lines = [number for number, line in enumerate(seed, 1) if line.strip()]
    for language in LANGUAGES:
        mine = [int(row["original_line"]) for row in tables["sentences"] if row["language"] == language]
        assert mine == lines


def test_each_sentence_is_one_line_that_ends_as_prose(tables, texts):
    for row in tables["sentences"]:
        text = texts[row["language"]]
        sentence = text[int(row["start"]) : int(row["end"])]
        assert sentence.endswith(".")
        assert text[int(row["end"])] == "\n"


def test_restatement_has_no_seven_words_in_a_row_from_the_official_report(texts, seed):
    def runs(text):
        found = words(text)
        return {tuple(found[i : i + 7]) for i in range(len(found) - 6)}

    shared_runs = runs(texts["kk"]) & runs(" ".join(seed))
    assert shared_runs == set()


def test_the_tasks_are_those_of_the_gold_annotation(tables, gold_of):
    tasks = [row["task"] for row in tables["tasks"] if row["role"] == "task"]
    assert tasks == list(gold_of)
    assert len(tasks) == 34


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gold_span_has_its_quote(tables, gold_of, language):
    quotes = of_tasks(tables, language)
    assert len(quotes) == 38
    assert Counter(row["task"] for row in quotes) == {task: len(spans) for task, spans in gold_of.items()}


def test_quotes_restate_the_lines_of_the_gold_spans(tables, gold, gold_of):
    line_of = {row["number"]: int(row["original_line"]) for row in tables["sentences"] if row["language"] == "kk"}
    sentences = [row for row in tables["sentences"] if row["language"] == "kk"]
    found = {}
    for quote in of_tasks(tables, "kk"):
        sentence = next(row for row in sentences if int(row["start"]) <= int(quote["start"]) < int(row["end"]))
        found.setdefault(quote["task"], []).append(line_of[sentence["number"]])
    official = {
        task: [gold["text"][: span["start"]].count("\n") + 1 for span in spans] for task, spans in gold_of.items()
    }
    assert found == official


def test_in_a_group_the_stronger_kind_wins(tables, gold_of):
    kinds = {row["task"]: row["kind"] for row in tables["tasks"] if row["role"] == "task"}
    strongest = {task: min((s["kind"] for s in spans), key=STRONGEST_FIRST.index) for task, spans in gold_of.items()}
    assert kinds == strongest


@pytest.mark.parametrize("field", ["addressee", "deadline"])
def test_addressees_and_deadlines_are_the_gold_ones_and_none_is_filled_in(tables, gold_of, field):
    for row in tables["tasks"]:
        stated = next((span[field] for span in gold_of.get(row["task"], []) if span[field]), "")
        assert row[f"{field}_kk"] == stated
        assert bool(row[f"{field}_ru"]) == bool(row[f"{field}_en"]) == bool(stated)


@pytest.mark.parametrize("language", LANGUAGES)
def test_deadlines_stand_in_the_words_of_the_document(tables, texts, language):
    for row in tables["tasks"]:
        assert row[f"deadline_{language}"] in texts[language]


def test_a_topic_covers_the_topic_of_its_gold_spans(tables, gold_of):
    covered = {row["topic"]: set(row["reader_topics"].split()) for row in tables["topics"]}
    topic = {row["task"]: row["topic"] for row in tables["tasks"]}
    for task, spans in gold_of.items():
        for span in spans:
            assert {span["topic"], *span["topic_alt"]} & covered[topic[task]], task


def test_only_public_opinion_binds_every_project(tables):
    assert [row["task"] for row in tables["tasks"] if row["scope"] == "all-projects"] == ["public-opinion"]


def test_an_akim_is_judged_by_five_criteria(tables):
    assert sum(row["role"] == "criterion" and row["topic"] == "akim-criteria" for row in tables["tasks"]) == 5


def test_every_figure_of_the_report_is_a_statement(tables, gold):
    figures = [*gold["facts"], *(figure for span in gold["tasks"] for figure in span["figures"])]
    stated = sorted(float(row["value"]) for row in tables["statements"])
    assert stated == sorted(float(figure["value"]) for figure in figures)


def test_what_the_cluster_can_attract_is_a_claim(tables):
    claims = {(row["task"], float(row["value"])) for row in tables["statements"] if row["kind"] == "claimed"}
    assert claims == {("mountain-cluster", 2e9), ("mountain-cluster", 3e4)}


def test_every_sentence_leads_to_an_entry_or_a_statement(tables):
    stated = {int(row["sentence"]) for row in tables["statements"]}
    for language in LANGUAGES:
        starts = [int(row["start"]) for row in tables["quotes"] if row["language"] == language]
        for row in tables["sentences"]:
            if row["language"] == language:
                quoted = any(int(row["start"]) <= start < int(row["end"]) for start in starts)
                assert quoted or int(row["number"]) in stated


def test_quotes_stand_in_the_text_and_do_not_overlap(tables, texts):
    for language in LANGUAGES:
        rows = [row for row in tables["quotes"] if row["language"] == language]
        for row in rows:
            assert texts[language][int(row["start"]) : int(row["end"])] == row["quote"]
            assert row["sha256"] == sha256(texts[language])
        spans = sorted((int(row["start"]), int(row["end"])) for row in rows)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_every_entry_is_accepted_once(tables):
    accepted = [row["task"] for row in tables["decisions"] if row["decision"] == "accept"]
    assert accepted == [row["task"] for row in tables["tasks"]]


def test_compiling_twice_gives_the_same(shared, compiled):
    assert register.compile_register(shared) == compiled


def test_line_spans_count_code_points_without_line_breaks():
    assert register.line_spans("Әл.\nб \n") == [(0, 3), (4, 6)]


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Compile a copy of the material in which one piece of one file is exchanged."""
    for folder in ("documents", "tables"):
        shutil.copytree(TOOL / folder, tmp_path / folder)
    monkeypatch.setattr(register, "HERE", tmp_path)

    def compile_with(file, old, new):
        path = tmp_path / file
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1
        path.write_text(content.replace(old, new), encoding="utf-8")
        with pytest.raises(BadData) as caught:
            register.compile_register(tmp_path)
        return caught.value.faults

    return compile_with


def test_words_that_are_not_in_the_sentence_are_a_fault_of_their_row(broken):
    faults = broken("tables/quotes.csv", "metro-lines,kk,1,39,метро желілерін", "metro-lines,kk,1,39,трамвай желілерін")
    assert [(fault.file, fault.column) for fault in faults] == [("tables/quotes.csv", "quote")]
    assert faults[0].row > 1
    assert "metro-lines" in faults[0].message


def test_words_that_stand_twice_in_the_sentence_are_a_fault(broken):
    faults = broken(
        "tables/quotes.csv", "metro-lines,en,1,39,by increasing the number of metro lines", "metro-lines,en,1,39,by"
    )
    assert any("times in sentence 39 (en)" in fault.message for fault in faults)


def test_a_quote_of_an_unknown_entry_is_a_fault(broken):
    faults = broken("tables/quotes.csv", "metro-lines,kk,1,39", "metro-line,kk,1,39")
    assert any("no 'metro-line'" in fault.message for fault in faults)


def test_a_sentence_that_leads_nowhere_is_a_fault(broken):
    faults = broken("tables/sentences.csv", "63,66\n", "63,66\n64,68\n")
    assert any(fault.file == "tables/sentences.csv" and "leads to no entry" in fault.message for fault in faults)
    assert sum("63 lines for 64 sentences" in fault.message for fault in faults) == 3


def test_a_row_of_the_wrong_length_is_a_fault(broken):
    assert [fault.row for fault in broken("tables/sentences.csv", "2,2\n", "2,2,2\n")] == [3]


def test_a_sentence_that_is_no_number_is_a_fault(broken):
    faults = broken("tables/quotes.csv", "metro-lines,kk,1,39", "metro-lines,kk,1,last")
    assert [(fault.file, fault.column) for fault in faults] == [("tables/quotes.csv", "sentence")]
