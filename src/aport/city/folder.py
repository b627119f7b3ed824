"""A city as a folder: opening, saving, copying the packed ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aport.city import checks, geo, package, saving, tabular
from aport.city.container import City
from aport.city.schema import layers, tables, version, written
from aport.errors import BadData, Fault, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

PACKED = Path(__file__).with_name("packed")
"""Cities that ship inside the package. Nothing is ever written here."""

RESULTS = "results"
"""Folder inside a city for what Aport computes; it can always be deleted."""


def packed_cities() -> list[str]:
    """Name the cities that ship inside the package."""
    return sorted(path.name for path in PACKED.iterdir() if (path / package.FILE).is_file())


def find(city: str | Path) -> Path:
    """Find the folder of a city: a path, else the name of a packed city.

    Raises
    ------
    UsageError
        When there is neither.
    """
    path = Path(city)
    if path.is_dir():
        return path
    packed = PACKED / str(city)
    if str(city) in packed_cities():
        return packed
    known = ", ".join(packed_cities())
    raise UsageError(
        "this is a file" if path.exists() else "there is no such folder or packed city",
        where=str(city),
        repair=f"Name a city folder, or one of the packed cities: {known}. `aport init DIR` makes a folder to edit",
    )


def is_packed(root: Path) -> bool:
    """Tell whether a folder is one of the packed cities."""
    return root.resolve().is_relative_to(PACKED.resolve())


def open_city(city: str | Path = "almaty") -> City:
    """Open a city and check it.

    Parameters
    ----------
    city
        A city folder, or the name of a packed city.

    Raises
    ------
    UsageError
        When there is no such city.
    BadData
        With every fault found in it.
    """
    opened, faults = read_city(city)
    if faults:
        raise BadData(faults)
    return opened


def read_city(city: str | Path) -> tuple[City, list[Fault]]:
    """Read a city whatever its state: what could be read, and every fault found.

    Rules that look across tables are tried only when the tables themselves are sound.
    """
    root = find(city)
    if not is_packed(root):
        saving.recover(root)
    meta, faults = _meta(root)
    frames: dict[str, pd.DataFrame] = {}
    for table in written():
        frames[table.name], found = tabular.read_table(root / table.file, table)
        faults += found
    faults += _strange_files(root)
    layer_frames: dict[str, pd.DataFrame] = {}
    for layer in layers():
        layer_frames[layer.name], found = geo.read_layer(root, layer)
        faults += found
    texts, found = _texts(root, frames["documents"])
    faults += found
    opened = City(
        name=str(meta.get("name", root.name)), tables=frames, layers=layer_frames, texts=texts, meta=meta, root=root
    )
    return opened, sorted(faults) if faults else checks.check(opened)


def _meta(root: Path) -> tuple[dict[str, Any], list[Fault]]:
    path = root / package.FILE
    if not path.is_file():
        return {}, [
            Fault(package.FILE, None, None, "the file is missing", "This is no city folder; `aport init DIR` makes one")
        ]
    text, faults = tabular.decode(path.read_bytes(), package.FILE)
    if faults:
        return {}, faults
    try:
        meta = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Fault(package.FILE, error.lineno, None, f"not JSON: {error.msg}", "Put back the former file")]
    if not isinstance(meta, dict) or not isinstance(meta.get("name"), str):
        return {}, [Fault(package.FILE, None, "name", "the city has no name", "Give it the identifier of its place")]
    theirs = str(meta.get("schema_version", ""))
    if theirs.split(".", maxsplit=1)[0] != version().split(".")[0]:
        message = f"the folder has schema version {theirs or 'none'} and this program reads {version()}"
        return meta, [Fault(package.FILE, None, "schema_version", message, "Use the version of Aport that wrote it")]
    return meta, []


def _strange_files(root: Path) -> list[Fault]:
    """Name CSV files that no table of the schema owns: most often a misspelt name."""
    known = {table.file for table in tables().values()}
    return [
        Fault(path.name, None, None, "the schema has no such table", f"Rename or move it; tables are {_names()}")
        for path in sorted(root.glob("*.csv"))
        if path.name not in known
    ]


def _names() -> str:
    return ", ".join(table.file for table in written())


def _texts(root: Path, documents: pd.DataFrame) -> tuple[dict[tuple[str, str], str], list[Fault]]:
    texts: dict[tuple[str, str], str] = {}
    faults: list[Fault] = []
    for document, languages in documents[["document", "languages"]].itertuples(index=False):
        for language in languages.split():
            file = package.text_file(document, language)
            if not (root / file).is_file():
                repair = f"Put the text there, or take {language} out of the languages of {document} in documents.csv"
                faults.append(Fault(file, None, None, "the text of the document is missing", repair))
                continue
            text, found = tabular.decode((root / file).read_bytes(), file)
            if not found and not text.strip():
                found = [Fault(file, None, None, "the document is empty", "Put its text there")]
            faults += found
            texts[document, language] = text
    return texts, faults


def files_of(city: City) -> Mapping[str, bytes]:
    """Give the content of every file of a city folder by name."""
    files = {table.file: tabular.table_bytes(city.tables[table.name], table) for table in city.written()}
    files |= {package.text_file(*key): text.encode() for key, text in city.texts.items()}
    for frame in city.layers.values():
        files |= geo.layer_files(frame)
    return files | {package.FILE: package.describe(city)}


def save_city(city: City, folder: str | Path) -> None:
    """Save a city: all files change together or none.

    Raises
    ------
    BadData
        When the city does not pass the checks; nothing is written then.
    UsageError
        When the folder is a packed city.
    """
    root = Path(folder)
    if is_packed(root):
        raise UsageError(
            "packed cities are not changed", where=str(root), repair="Copy it with `aport init DIR` and change the copy"
        )
    faults = checks.check(city)
    if faults:
        raise BadData(faults)
    with saving.changing(root) as changes:
        for file, content in files_of(city).items():
            changes.write(file, content)


def init(folder: str | Path, *, city: str = "almaty") -> Path:
    """Copy a packed city into a folder that a person can edit.

    Raises
    ------
    UsageError
        When the folder is there already and holds anything, or there is no such packed city.
    """
    target = Path(folder)
    source = find(city)
    saving.copy_folder(source, target, without=(RESULTS, saving.WORK))
    return target
