"""The city in memory: data only, never changed in place."""

from __future__ import annotations

import fnmatch
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aport.city import geo, schema, tabular
from aport.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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
        return self.tables[schema.table(name).name]

    def with_tables(self, **tables: pd.DataFrame) -> City:
        """Give the same city with some tables exchanged."""
        return replace(self, tables={**self.tables, **tables})

    def written(self) -> list[schema.Table]:
        """Give the written tables that are kept as files: an optional table without rows is not."""
        return [each for each in schema.written() if not each.optional or len(self.tables[each.name])]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Give the rows of a table as plain dicts, empty cells as None or ""."""
        frame = self[name]
        plain = frame.astype(object).where(frame.notna(), None)
        return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def city_from_rows(
    name: str,
    rows: Mapping[str, Iterable[dict[str, Any]]],
    *,
    layers: Mapping[str, dict[str, Any]] | None = None,
    texts: Mapping[tuple[str, str], str] | None = None,
    meta: Mapping[str, Any] | None = None,
) -> City:
    """Make a city in memory from rows of its tables; tables without rows are empty.

    Parameters
    ----------
    name
        Identifier of the city and of its place.
    rows
        Rows by table; a cell that a row lacks is empty.
    layers
        GeoJSON feature collections by file name, like `layers/districts.geojson`.
    texts
        Text of each document by document and language.
    meta
        What `datapackage.json` says besides: title, licences.

    Raises
    ------
    BadData
        When a row or feature does not fit the schema.
    """
    parsed = {layer.name: geo.parse_layer(_files_of(layer, layers or {})) for layer in schema.layers()}
    faults = [fault for _, found in parsed.values() for fault in found]
    if faults:
        raise BadData(faults)
    return City(
        name=name,
        tables={table.name: tabular.from_rows(rows.get(table.name, ()), table) for table in schema.written()},
        layers={layer: frame for layer, (frame, _) in parsed.items()},
        texts=dict(texts or {}),
        meta={"name": name, **(meta or {})},
    )


def _files_of(layer: schema.Table, files: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {file: files[file] for file in sorted(files) if fnmatch.fnmatch(file, layer.file)}


def sha256(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8: the hash that quotes carry."""
    return hashlib.sha256(text.encode()).hexdigest()
