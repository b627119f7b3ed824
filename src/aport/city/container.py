"""The city in memory: data only, never changed in place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aport.city.schema import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd


@dataclass(frozen=True)
class City:
    """A city as data: written tables, layers, and the texts of its documents.

    Attributes
    ----------
    name
        Identifier of the city and of its place in the table `places`.
    tables
        The written tables as typed pandas frames, by name; `city["tasks"]` is short for `city.tables["tasks"]`.
    layers
        One frame for each layer, with the columns `place, file, licence, attribution, properties, geometry`.
    texts
        Text of each document by document and language.
    meta
        What `datapackage.json` says of the whole city: title, licences, contributors.
    root
        The folder that it was read from; None for a city made in memory.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    layers: Mapping[str, pd.DataFrame]
    texts: Mapping[tuple[str, str], str]
    meta: Mapping[str, Any]
    root: Path | None = None

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a written table or a layer by its name."""
        if name in self.tables:
            return self.tables[name]
        if name in self.layers:
            return self.layers[name]
        return self.tables[table(name).name]

    def with_tables(self, **tables: pd.DataFrame) -> City:
        """Give the same city with some tables exchanged."""
        return replace(self, tables={**self.tables, **tables})

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Give the rows of a table as plain dicts, empty cells as None or ""."""
        frame = self[name]
        plain = frame.astype(object).where(frame.notna(), None)
        return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def sha256(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8: the hash that quotes carry."""
    return hashlib.sha256(text.encode()).hexdigest()
