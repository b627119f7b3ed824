"""The chain: runs the verbs in order and hands each what it needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from aport.chain.readings import read_city_documents, read_new_documents
from aport.chain.result import Result
from aport.indicators import check_statements, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aport.city import City

__all__ = ["Result", "run"]


def _silent(_: str) -> None:
    """Say nothing: progress is for the command line."""


def run(
    city: City,
    *,
    documents: Sequence[str | Path] = (),
    today: dt.date | None = None,
    progress: Callable[[str], None] = _silent,
) -> Result:
    """Run the whole chain on a city: read its documents and new ones, measure its tasks, check its statements.

    Parameters
    ----------
    city
        The city; it is not changed.
    documents
        Files of documents that are not in the register yet.
    today
        The day on which is measured; the present day where none is given.
    progress
        Called with one line at the start of each step.

    Raises
    ------
    UnreadableDocument
        When a new document is empty, is no text, or is in a language that no reader knows.
    """
    day = today or dt.datetime.now(tz=dt.UTC).date()
    progress(f"Reading {len(city['documents']) + len(documents)} documents")
    readings = [*read_city_documents(city), *read_new_documents(city, documents)]
    progress(f"Measuring {int((city['tasks']['role'] == 'task').sum())} tasks")
    shortfalls = measure(city, today=day)
    progress(f"Checking {len(city['statements'])} statements")
    return Result(city=city, today=day, readings=readings, shortfalls=shortfalls, statements=check_statements(city))
