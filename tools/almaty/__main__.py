"""Compile the packed Almaty from the shared material: python -m tools.almaty --source ../shared.

The material is read, never copied: what ships are tables of facts with their sources, our own restatement of the
document, and outlines under licences that allow it. The same material gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from aport.city import City, city_from_rows, folder, schema
from aport.city.checks import check
from aport.errors import BadData
from tools.almaty import facts, projects, records, register, sources, spatial

TABLES = Path(__file__).with_name("tables")
TARGET = folder.PACKED / "almaty"

META = {
    "title": "Almaty: the tasks of the meeting of 29 October 2019 and where the city stands on them",
    "description": (
        "Register of tasks with quotes from our own restatement of the official report, indicators, sourced "
        "observations, targets, districts and places. Licences of each file are in LICENCES.md."
    ),
    "homepage": "https://github.com/aport-city/aport",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0 for tables and restatements",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "keywords": ["Almaty", "city development", "indicators", "tasks"],
    "planning": {
        "budget": 200_000_000_000,
        "beside": "development-budget",
        "horizon": 2032,
        "years": [2027, 2029],
    },
}


def compile_city(shared: Path) -> City:
    """Compile the city in memory.

    Raises
    ------
    BadData
        When what was compiled does not pass the checks of a city.
    """
    lookup = sources.source_lookup(TABLES)
    rows = facts.compile_facts(shared, lookup)
    registered, texts = register.compile_register(shared)
    places, layers, left_out = spatial.compile_spatial(shared)
    rows |= registered | {"targets": [*rows["targets"], *registered["targets"]]}
    rows |= projects.compile_projects(shared, lookup)
    rows |= records.compile_records(shared, lookup)
    rows["places"] = places
    rows["left_out"] = _numbered([*rows["left_out"], *left_out])
    rows["sources"] = sources.prune(sources.load_sources(TABLES), _used_sources(rows, layers))
    keyed = {_text_key(file): text for file, text in texts.items()}
    city = city_from_rows("almaty", rows, layers=layers, texts=keyed, meta=META)
    faults = check(city)
    if faults:
        raise BadData(faults)
    return city


def _text_key(file: str) -> tuple[str, str]:
    document, language = Path(file).stem.rsplit(".", 1)
    return document, language


def _numbered(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{**row, "number": number} for number, row in enumerate(rows, 1)]


def _used_sources(rows: dict[str, list[dict[str, str]]], layers: dict[str, dict[str, Any]]) -> set[str]:
    """Collect the sources that any row or feature refers to."""
    used = {
        row[column.name]
        for table in schema.written()
        for column in table.columns
        if column.references == "sources"
        for row in rows.get(table.name, [])
        if row.get(column.name)
    }
    features = [feature for layer in layers.values() for feature in layer["features"]]
    return used | {feature["properties"]["source"] for feature in features if feature["properties"].get("source")}


def main() -> int:
    """Compile the city and write it into the package."""
    parser = argparse.ArgumentParser(prog="python -m tools.almaty", description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of the shared material")
    parser.add_argument("--out", type=Path, default=TARGET, help="folder to write; the packed city by default")
    given = parser.parse_args()
    if not (given.source / "data" / "almaty-facts.csv").is_file():
        print(f"{given.source}: this is not the shared material: data/almaty-facts.csv is missing", file=sys.stderr)
        return 2
    try:
        city = compile_city(given.source)
    except BadData as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for file, content in folder.files_of(city).items():
        path = given.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{sum(map(len, city.tables.values()))} rows in {len(city.tables)} tables lie in {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
