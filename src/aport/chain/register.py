"""The tables of a city, indexed for looking things up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aport.indicators.series import Observation, observations
from aport.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aport.city import City, Quantity


def named(row: dict[str, Any], what: str = "name") -> dict[str, str]:
    """Give a text of a row in every language that it has."""
    return {language: row[f"{what}_{language}"] for language in LANGUAGES}


def optional(row: dict[str, Any], what: str) -> dict[str, str] | None:
    """Give a text of a row in every language, or None where it is empty."""
    texts = named(row, what)
    return texts if any(texts.values()) else None


def grouped(rows: Iterable[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    """Group rows by the value of one column, keeping their order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def plain(quantity: Quantity) -> dict[str, Any]:
    """Give a quantity as plain values with the words for its unit."""
    return {
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "symbol": quantity.described_unit.symbol,
        "kind": quantity.kind,
        "basis": quantity.basis,
        "comparator": quantity.comparator,
        "start": quantity.start,
        "end": quantity.end,
        "price_year": quantity.price_year,
        "source": quantity.source,
        "observation": quantity.observation,
    }


@dataclass(frozen=True)
class Register:
    """The tables of a city, indexed for looking things up."""

    city: City

    def names(self, row: dict[str, Any], what: str = "name") -> dict[str, str]:
        """Give a text of a row in every language."""
        return named(row, what)

    def plain(self, quantity: Quantity) -> dict[str, Any]:
        """Give a quantity as plain values with the words for its unit."""
        return plain(quantity)

    def grouped(self, table: str, key: str) -> dict[str, list[dict[str, Any]]]:
        """Group the rows of a table by a column that may be empty; rows without it are left out."""
        return grouped((row for row in self.city.rows(table) if row[key]), key)

    @cached_property
    def topics(self) -> list[str]:
        """Topics in their order."""
        return [row["topic"] for row in sorted(self.city.rows("topics"), key=lambda row: row["order"])]

    @cached_property
    def title(self) -> dict[str, str]:
        """Name of the city itself."""
        return self.places[self.city.name]

    @cached_property
    def places(self) -> dict[str, dict[str, str]]:
        """Names of the places."""
        return {row["place"]: named(row) for row in self.city.rows("places")}

    @cached_property
    def indicators(self) -> dict[str, dict[str, Any]]:
        """Indicators by identifier."""
        return {row["indicator"]: row for row in self.city.rows("indicators")}

    @cached_property
    def targets(self) -> dict[str, dict[str, Any]]:
        """Targets by identifier."""
        return {row["target"]: row for row in self.city.rows("targets")}

    @cached_property
    def series(self) -> dict[tuple[str, str], list[Observation]]:
        """Observations by indicator and place."""
        return observations(self.city)

    @cached_property
    def task_indicators(self) -> dict[str, list[dict[str, Any]]]:
        """Indicators of each task."""
        return grouped(self.city.rows("task_indicators"), "task")

    @cached_property
    def quotes(self) -> dict[str, list[dict[str, Any]]]:
        """Quotes of each register entry."""
        return grouped(self.city.rows("quotes"), "task")

    @cached_property
    def sentences(self) -> dict[str, list[dict[str, Any]]]:
        """Sentences of each document."""
        return grouped(self.city.rows("sentences"), "document")

    @cached_property
    def statements(self) -> dict[str, list[dict[str, Any]]]:
        """Statements of each document."""
        return grouped(self.city.rows("statements"), "document")

    @cached_property
    def documents(self) -> dict[str, dict[str, Any]]:
        """Documents by identifier."""
        return {row["document"]: row for row in self.city.rows("documents")}

    def sentence_of(self, quote: dict[str, Any]) -> int:
        """Number of the sentence in which a quote begins."""
        return next(
            int(row["number"])
            for row in self.sentences[quote["document"]]
            if row["language"] == quote["language"] and row["start"] <= quote["start"] < row["end"]
        )
