"""The Frictionless description of a city folder, made from the schema.

See https://datapackage.org (Data Package standard 2.0). People edit the tables; `datapackage.json` is written anew
whenever Aport saves a city.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aport.city.schema import SLUG, Column, Table, layers, units, version, written

if TYPE_CHECKING:
    from aport.city.container import City

FILE = "datapackage.json"

_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "slug": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "date": {"type": "date"},
    "partial_date": {"type": "string"},
    "list": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "unit": {"type": "string"},
}


def describe(city: City) -> bytes:
    """Write the `datapackage.json` of a city."""
    head = {key: value for key, value in city.meta.items() if key != "resources"}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": city.name,
        **{key: value for key, value in head.items() if key not in {"$schema", "name", "schema_version"}},
        "schema_version": version(),
        "resources": [
            *[_table_resource(table) for table in city.written()],
            *_text_resources(city),
            *_layer_resources(city),
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _table_resource(table: Table) -> dict[str, Any]:
    references: dict[str, list[str]] = {}
    for column in table.columns:
        if column.references and column.references != "units" and column.type != "list":
            references[column.name] = [column.references]
    return {
        "name": table.name.replace("_", "-"),
        "title": table.description,
        "path": table.file,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [name],
                    "reference": {
                        "resource": "" if target == table.name else target.replace("_", "-"),
                        "fields": list(_key(target)),
                    },
                }
                for name, [target] in references.items()
            ],
            "missingValues": [""],
        },
    }


def _key(name: str) -> tuple[str, ...]:
    return next(table.key for table in written() if table.name == name)


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.allowed and column.type != "list":
        constraints["enum"] = list(column.allowed)
    if column.type == "unit":
        constraints["enum"] = list(units())
    if column.type == "slug":
        constraints["pattern"] = SLUG
    if column.minimum is not None:
        constraints["minimum"] = _plain(column.minimum)
    if column.maximum is not None:
        constraints["maximum"] = _plain(column.maximum)
    field = {"name": column.name, **_TYPES[column.type], "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _text_resources(city: City) -> list[dict[str, Any]]:
    return [
        {
            "name": f"text-{document}-{language}",
            "path": text_file(document, language),
            "format": "txt",
            "mediatype": "text/plain",
            "encoding": "utf-8",
        }
        for document, language in sorted(city.texts)
    ]


def text_file(document: str, language: str) -> str:
    """Name the file in which the text of a document lies."""
    return f"documents/{document}.{language}.txt"


def _layer_resources(city: City) -> list[dict[str, Any]]:
    resources = []
    for layer in layers():
        frame = city.layers.get(layer.name)
        for file, part in [] if frame is None else frame.groupby("file", sort=True):
            resources.append(
                {
                    "name": str(file).removesuffix(".geojson").replace("/", "-"),
                    "title": layer.description,
                    "path": str(file),
                    "format": "geojson",
                    "mediatype": "application/geo+json",
                    "encoding": "utf-8",
                    "licenses": [{"name": str(part["licence"].iloc[0]), "title": str(part["attribution"].iloc[0])}],
                }
            )
    return resources
