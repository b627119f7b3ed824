"""The chain: runs the verbs in order and hands each what it needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from aport.chain.planning import plan_city
from aport.chain.readings import read_city_documents, read_new_documents
from aport.chain.result import Result
from aport.delivery import follow
from aport.indicators import check_statements, measure
from aport.models import Draws

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aport.city import City
    from aport.programme import Call

__all__ = ["SEED", "Result", "run"]

SEED = 2019
"""Seed of the random draws where nobody names one; it stands in the manifest of every run."""


def _silent(_: str) -> None:
    """Say nothing: progress is for the command line."""


def run(
    city: City,
    *,
    documents: Sequence[str | Path] = (),
    today: dt.date | None = None,
    call: Call | None = None,
    seed: int = SEED,
    progress: Callable[[str], None] = _silent,
) -> Result:
    """Run the whole chain on a city: read, measure, check, model, plan, follow.

    Parameters
    ----------
    city
        The city; it is not changed.
    documents
        Files of documents that are not in the register yet.
    today
        The day on which is measured; the present day where none is given.
    call
        Budget and demands on the programme; the city's assumption where none is given.
    seed
        Seed of the random draws behind the intervals of effects.
    progress
        Called with one line at the start of each step.

    Raises
    ------
    UnreadableDocument
        When a new document is empty, is no text, or is in a language that no reader knows.
    UsageError
        When the call names a project that the city has not, or cannot be meant.
    ConflictingDemands
        When no programme keeps to all demands.
    """
    day = today or dt.datetime.now(tz=dt.UTC).date()
    progress(f"Reading {len(city['documents']) + len(documents)} documents")
    readings = [*read_city_documents(city), *read_new_documents(city, documents)]
    progress(f"Measuring {int((city['tasks']['role'] == 'task').sum())} tasks")
    shortfalls = measure(city, today=day)
    progress(f"Checking {len(city['statements'])} statements")
    statements = check_statements(city)
    planned = plan_city(city, shortfalls, today=day, call=call, draws=Draws(seed=seed), progress=progress)
    progress(f"Following {len(city['records'])} records")
    followed = follow(city, today=day, states={each.task: each.state for each in shortfalls})
    return Result(
        city=city,
        today=day,
        readings=readings,
        shortfalls=shortfalls,
        statements=statements,
        planned=planned,
        followed=followed,
    )
