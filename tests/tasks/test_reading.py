from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.errors import UnreadableDocument
from aport.tasks import compare, guess_language, read, read_text, to_json

if TYPE_CHECKING:
    from pathlib import Path

KAZAKH = "Әкім көпірді жөндеуді және саябақты жарықтандыруды тапсырды. Былтыр 12 мектеп салынды."

_PIECES = st.sampled_from(
    [
        *("әкім", "тапсырды", "жөндеуді", "көпірді", "және", "керек", "қажет", "болсын", "екенін", "айтты", "бойынша"),
        *(",", ".", ":", ";", "–", "«", "»", '"', "\n", "деді", "деп", "12", "мың", "теңге", "3-орында"),
        "тыйым салды",
        "міндет –",
        "қажеттігін",
        "1.",
        "І-орында",
        "ғана емес",
        "Президент",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_text_is_read_alike_twice_and_offsets_hold(text: str) -> None:
    text += " және"
    reading = read_text(text, document="x", language="kk")
    assert reading == read_text(text, document="x", language="kk")
    covered = {at for one in reading.sentences for at in range(one.start, one.end)}
    assert all(at in covered for at, letter in enumerate(text) if not letter.isspace())
    last = 0
    for task in reading.tasks:
        assert last <= task.start < task.end <= len(text)
        assert text[task.start : task.end] == task.quote
        last = task.end
    for figure in reading.facts:
        assert 0 <= figure.start < figure.end <= len(text)
    assert all(one.text == text[one.start : one.end] and one.roles for one in reading.sentences)


def test_json_form() -> None:
    plain = to_json(read_text(KAZAKH, document="minutes"))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["id"] == "minutes"
    assert plain["lang"] == "kk"
    fields = "n,start,end,quote,kind,topic,addressee,deadline,figures,places,trigger,rule"
    assert ",".join(plain["tasks"][0]) == fields
    assert [fact["value"] for fact in plain["facts"]] == [12]
    assert [one["roles"] for one in plain["sentences"]] == [["task"], ["statement"]]


def test_files_are_named_after_their_first_dot(tmp_path: Path) -> None:
    path = tmp_path / "minutes-2024.kk.txt"
    path.write_bytes(b"\xef\xbb\xbf" + KAZAKH.encode())
    (reading,) = read([path])
    assert reading.document == "minutes-2024"
    assert reading.text == KAZAKH
    assert len(reading.tasks) == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.txt", b"ab\0cd", "byte 2"),
        ("latin.txt", b"abc \xe9\xe8 def", "byte 4"),
        ("bom.txt", b"\xef\xbb\xbfabc \xff", "byte 7"),
        ("wide.txt", "мәтін".encode("utf-16"), "UTF-16"),
        ("book.docx", b"PK", ".docx"),
        ("russian.txt", "Президент поручил построить дорогу в городе и на окраине.".encode(), "Russian"),
        ("english.txt", b"The President instructed the mayor to build a road in the city.", "English"),
        ("numbers.txt", b"12 34 56", "none that is known"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as caught:
        read([path])
    message = str(caught.value)
    assert words in message
    assert name in message
    assert caught.value.repair


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read([tmp_path / "none.txt"])
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read([tmp_path / "folder.txt"])


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"x\0")
    (tmp_path / "c.txt").write_text(KAZAKH, encoding="utf-8")
    with pytest.raises(UnreadableDocument) as caught:
        read([tmp_path / "a.txt", tmp_path / "c.txt", tmp_path / "b.txt", tmp_path / "c.md"])
    assert "3 documents" in str(caught.value)


def test_two_files_with_one_id(tmp_path: Path) -> None:
    for name in ("c.txt", "c.old.txt"):
        (tmp_path / name).write_text(KAZAKH, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="id c is that of"):
        read([tmp_path / "c.txt", tmp_path / "c.old.txt"])


def test_a_language_that_is_named_is_believed() -> None:
    with pytest.raises(UnreadableDocument, match="Russian"):
        read_text(KAZAKH, document="x", language="ru")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (KAZAKH, "kk"),
        ("Аким города поручил отремонтировать мост и дороги.", "ru"),
        ("Аким Әлихан Смайылов и министр поручили отремонтировать мост на реке и в городе до октября.", "ru"),
        ("The mayor was told to mend the bridge.", "en"),
        ("1 2 3", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    guess = guess_language(text)
    assert guess.language == language
    assert guess.reason


def test_comparison_with_the_register() -> None:
    reading = read_text(KAZAKH, document="x")
    first, second = reading.tasks
    quotes = [("bridge", first.start, first.end), ("lost", 70, 90)]
    result = compare(reading, quotes)
    assert result.matched == ((0, "bridge"),)
    assert result.missed == ("lost",)
    assert result.extra == (1,)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)
    table = pd.DataFrame(quotes, columns=["task", "start", "end"])
    assert compare(reading, table) == result
    assert second.quote == "саябақты жарықтандыруды тапсырды"


def test_comparison_of_nothing_with_nothing() -> None:
    reading = read_text("Бүгін күн жылы және ашық болды.", document="x")
    assert compare(reading, []).f1 == 1
    assert compare(reading, [("a", 0, 5)]).f1 == 0
