"""Documents read, and what was read held against the accepted register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aport.city.container import sha256
from aport.tasks import READERS, Comparison, Reading, compare, read_files, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aport.city import City


@dataclass(frozen=True, kw_only=True)
class DocumentReading:
    """A document of the city or a new one, and what a reader makes of it.

    Attributes
    ----------
    known
        True where the document stands in the register.
    reading
        What the reader found; None where no reader knows any language of the document.
    comparison
        The proposals held against the accepted quotes; None where the register has none of this text.
    """

    document: str
    known: bool
    reading: Reading | None
    comparison: Comparison | None


def read_city_documents(city: City) -> list[DocumentReading]:
    """Read each document of the city in a language that a reader knows; the register speaks for the rest."""
    readings = []
    for row in city.rows("documents"):
        document = row["document"]
        language = next((language for language in row["languages"].split() if language in READERS), None)
        if language is None:
            readings.append(DocumentReading(document=document, known=True, reading=None, comparison=None))
            continue
        reading = read_text(city.texts[document, language], document=document, language=language)
        comparison = compare(reading, accepted_quotes(city, document, language))
        readings.append(DocumentReading(document=document, known=True, reading=reading, comparison=comparison))
    return readings


def read_new_documents(city: City, files: Sequence[str | Path]) -> list[DocumentReading]:
    """Read documents from files."""
    return [compare_with_register(city, reading) for reading in read_files(files)]


def compare_with_register(city: City, reading: Reading) -> DocumentReading:
    """Hold the reading of a file against the register, where the city has the very same text."""
    known = {sha256(text): key for key, text in city.texts.items()}
    key = known.get(reading.sha256)
    comparison = compare(reading, accepted_quotes(city, *key)) if key else None
    return DocumentReading(document=reading.document, known=False, reading=reading, comparison=comparison)


def accepted_quotes(city: City, document: str, language: str) -> list[tuple[str, int, int]]:
    """Give the quotes of accepted tasks in one text: task, first character, character after the last."""
    tasks = set(city["tasks"]["task"][city["tasks"]["role"] == "task"])
    return [
        (row["task"], row["start"], row["end"])
        for row in city.rows("quotes")
        if row["task"] in tasks and (row["document"], row["language"]) == (document, language)
    ]


def topics_of(city: City, reader_topic: str) -> list[str]:
    """Give the topics of the city that a topic of the readers may mean, in the order of the city."""
    rows = sorted(city.rows("topics"), key=lambda row: row["order"])
    return [row["topic"] for row in rows if reader_topic in row["reader_topics"].split()]
