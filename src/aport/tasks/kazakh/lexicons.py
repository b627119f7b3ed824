"""The word lists beside the code, read once: data that a speaker of Kazakh can better without touching code."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read the word list `name`, one mapping a row."""
    source = files(__package__).joinpath("lexicon", f"{name}.csv")
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


@cache
def column(name: str, key: str) -> tuple[str, ...]:
    """Read one column of the word list `name`."""
    return tuple(row[key] for row in rows(name))


@cache
def words(name: str, key: str = "word") -> frozenset[str]:
    """Read one column of the word list `name` as a set."""
    return frozenset(column(name, key))
