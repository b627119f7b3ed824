"""Compile the documents and the register of the packed Almaty from the texts and tables beside this file.

What people write by hand lies in `documents/` and `tables/`: one sentence a line, and for each quote its words and
the number of its sentence. What a machine must count is counted here: positions in the text and the hash that the
positions stand for. Topics come from the shared material, so that their crosswalk is kept in one place.
"""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from aport.city.container import sha256
from aport.city.package import text_file
from aport.city.schema import table
from aport.errors import BadData, Fault

HERE = Path(__file__).parent
FIRST_ROW = 2
"""Number of the first row of data in a table, as a spreadsheet counts."""

PLAIN_TABLES = ("documents", "tasks", "statements", "decisions")
"""Tables that are written out as they stand, with the columns that the schema has besides."""

COUNTED = ("number", "sentence", "original_line")
"""Columns in which rows are counted; positions are looked up by them."""

Cells = dict[str, str]


class Row(NamedTuple):
    """One row of a table written by hand, with the place that a fault in it is reported at."""

    file: str
    number: int
    cells: Cells

    def fault(self, column: str | None, message: str, repair: str) -> Fault:
        """Make a fault of this row."""
        return Fault(self.file, self.number, column, message, repair)


class Span(NamedTuple):
    """Place of a sentence in a text: first character and the character after the last."""

    start: int
    end: int


def compile_register(shared: Path) -> tuple[dict[str, list[Cells]], dict[str, str]]:
    """Compile the register: topics, documents, sentences, tasks, quotes, statements, decisions, and its own targets.

    Parameters
    ----------
    shared
        The folder of shared material; `data/topics.csv` is read from it.

    Returns
    -------
    The rows of each table, every cell a string and every column of the schema there; and the texts of the documents by
    their name in the city folder.

    Raises
    ------
    BadData
        When a table and a text do not fit: all faults found, each with its file and row.
    """
    written = {name: _read(HERE / "tables" / f"{name}.csv") for name in (*PLAIN_TABLES, "sentences", "quotes")}
    document, languages = _the_document(written["documents"])
    texts = {language: _text(document, language) for language in languages}
    spans = {language: line_spans(text) for language, text in texts.items()}
    faults = [
        *_line_faults(document, spans, written["sentences"]),
        *_quote_faults(written, texts, spans),
        *_unaccounted(written),
    ]
    if faults:
        raise BadData(sorted(faults))
    rows = {
        "topics": _topics(shared / "data" / "topics.csv"),
        **{name: [row.cells for row in written[name]] for name in PLAIN_TABLES},
        "sentences": _sentences(document, spans, written["sentences"]),
        "quotes": _quotes(document, written["quotes"], texts, spans),
        "targets": [row.cells for row in _read(HERE / "tables" / "document_targets.csv")],
    }
    tables = {name: [_whole(name, cells) for cells in found] for name, found in rows.items()}
    return tables, {text_file(document, language): text for language, text in texts.items()}


def line_spans(text: str) -> list[Span]:
    """Give the place of each line of a text, without the line break."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(start, start + len(line.rstrip("\n"))))
        start += len(line)
    return spans


def _read(path: Path) -> list[Row]:
    """Read a table; a row that is too long or too short is a fault and not a guess."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, strict=True))
    name = f"{path.parent.name}/{path.name}"
    header = lines[0]
    faults = [
        Fault(name, number, None, f"{len(line)} cells under {len(header)} columns", "Quote cells that hold a comma")
        for number, line in enumerate(lines[1:], FIRST_ROW)
        if len(line) != len(header)
    ]
    if faults:
        raise BadData(faults)
    rows = [Row(name, n, dict(zip(header, line, strict=True))) for n, line in enumerate(lines[1:], FIRST_ROW)]
    faults = [
        row.fault(column, f"{row.cells[column]!r} is no whole number", "Write the number in digits")
        for row in rows
        for column in COUNTED
        if column in row.cells and not row.cells[column].isdecimal()
    ]
    if faults:
        raise BadData(faults)
    return rows


def _the_document(documents: list[Row]) -> tuple[str, list[str]]:
    if len(documents) != 1:
        fault = Fault(
            "tables/documents.csv", None, None, f"{len(documents)} documents", "Keep one: sentences name none"
        )
        raise BadData([fault])
    cells = documents[0].cells
    return cells["document"], cells["languages"].split()


def _text(document: str, language: str) -> str:
    return (HERE / text_file(document, language)).read_bytes().decode("utf-8")


def _topics(path: Path) -> list[Cells]:
    """Take the topics over: their names, their order and the topics of the readers that fall under each."""
    return [
        {
            "topic": row.cells["topic"],
            "order": row.cells["order"],
            "name_kk": row.cells["kk"],
            "name_ru": row.cells["ru"],
            "name_en": row.cells["en"],
            "reader_topics": row.cells["corpus_topics"],
        }
        for row in _read(path)
    ]


def _line_faults(document: str, spans: dict[str, list[Span]], sentences: list[Row]) -> list[Fault]:
    """Hold the texts to the table: sentence n is line n in every language."""
    faults = [
        row.fault("number", f"sentence {row.cells['number']} stands in place {n}", "Number the sentences from 1")
        for n, row in enumerate(sentences, 1)
        if row.cells["number"] != str(n)
    ]
    for language, lines in spans.items():
        file = text_file(document, language)
        if len(lines) != len(sentences):
            message = f"{len(lines)} lines for {len(sentences)} sentences"
            faults.append(Fault(file, None, None, message, "Write one sentence on each line"))
        faults += [
            Fault(file, number, None, "the line is empty", "Write one sentence on each line")
            for number, span in enumerate(lines, 1)
            if span.start == span.end
        ]
    return faults


def _quote_faults(written: dict[str, list[Row]], texts: dict[str, str], spans: dict[str, list[Span]]) -> list[Fault]:
    """Find quotes whose words are not, or not once, in their sentence, and quotes that overlap or are missing."""
    faults: list[Fault] = []
    taken: dict[str, list[tuple[Span, Row]]] = {language: [] for language in texts}
    numbers: dict[tuple[str, str], list[int]] = {}
    for row in written["quotes"]:
        cells = row.cells
        numbers.setdefault((cells["task"], cells["language"]), []).append(int(cells["number"]))
        count = _sentence(cells, texts, spans).count(cells["quote"])
        if count == 1:
            taken[cells["language"]].append((_span(cells, texts, spans), row))
            continue
        said = "are not in" if count == 0 else f"stand {count} times in"
        message = f"the words of {cells['task']} {said} sentence {cells['sentence']} ({cells['language']})"
        faults.append(row.fault("quote", message, "Copy words from that sentence that stand in it once"))
    for placed in taken.values():
        placed.sort(key=lambda one: one[0])
        for (before, _), (span, row) in pairwise(placed):
            if span.start < before.end:
                faults.append(row.fault("quote", "it overlaps another quote", "Let each word belong to one entry"))
    for row in written["tasks"]:
        found = {language: numbers.get((row.cells["task"], language), []) for language in texts}
        if any(one != list(range(1, len(one) + 1)) or not one for one in found.values()) or (
            len({len(one) for one in found.values()}) > 1
        ):
            message = f"its quotes are numbered {found}"
            faults.append(row.fault("task", message, "Number them 1, 2, ... alike in every language"))
    return faults


def _unaccounted(written: dict[str, list[Row]]) -> list[Fault]:
    """Find sentences that lead to no entry and no statement, and quotes of entries that the register lacks."""
    known = {row.cells["task"] for row in written["tasks"]}
    reached = {row.cells["sentence"] for name in ("quotes", "statements") for row in written[name]}
    return [
        *[
            row.fault("task", f"the register has no {row.cells['task']!r}", "Add it to tasks.csv or correct the name")
            for row in written["quotes"]
            if row.cells["task"] not in known
        ],
        *[
            row.fault("number", "the sentence leads to no entry and no statement", "Quote it under an entry")
            for row in written["sentences"]
            if row.cells["number"] not in reached
        ],
    ]


def _sentences(document: str, spans: dict[str, list[Span]], rows: list[Row]) -> list[Cells]:
    return [
        {
            "document": document,
            "language": language,
            "start": str(span.start),
            "end": str(span.end),
            **row.cells,
        }
        for language, lines in spans.items()
        for row, span in zip(rows, lines, strict=True)
    ]


def _quotes(document: str, rows: list[Row], texts: dict[str, str], spans: dict[str, list[Span]]) -> list[Cells]:
    hashes = {language: sha256(text) for language, text in texts.items()}
    quotes = []
    for row in rows:
        span = _span(row.cells, texts, spans)
        quotes.append(
            {
                **{name: row.cells[name] for name in ("task", "language", "number", "quote")},
                "document": document,
                "start": str(span.start),
                "end": str(span.end),
                "sha256": hashes[row.cells["language"]],
            }
        )
    return quotes


def _sentence(quote: Cells, texts: dict[str, str], spans: dict[str, list[Span]]) -> str:
    """Give the sentence that a quote names; "" where the text has no such language or line."""
    lines = spans.get(quote["language"], [])
    number = int(quote["sentence"])
    return texts[quote["language"]][slice(*lines[number - 1])] if 0 < number <= len(lines) else ""


def _span(quote: Cells, texts: dict[str, str], spans: dict[str, list[Span]]) -> Span:
    sentence = spans[quote["language"]][int(quote["sentence"]) - 1]
    start = sentence.start + texts[quote["language"]][slice(*sentence)].index(quote["quote"])
    return Span(start, start + len(quote["quote"]))


def _whole(name: str, cells: Cells) -> Cells:
    """Give a row all columns of the schema in its order; a column that the schema lacks is a fault."""
    names = table(name).names
    strange = set(cells) - set(names)
    if strange:
        message = f"the schema has no column {', '.join(sorted(strange))}"
        raise BadData([Fault(f"tables/{name}.csv", 1, None, message, "Rename the column or add it to the schema")])
    return {column: cells.get(column, "") for column in names}
