"""Whether this installation can do its work."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
import tempfile
from dataclasses import dataclass

from aport import __version__
from aport.city import folder, schema
from aport.tasks import READERS

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    said: str


def findings() -> list[Finding]:
    """Look at Python, the libraries, the packed cities, the readers, the terminal and the disk."""
    return [
        Finding("Aport", well=True, said=f"{__version__}, schema {schema.version()}"),
        Finding("Python", well=sys.version_info >= OLDEST_PYTHON, said=platform.python_version()),
        *(_library(name) for name in ("highspy", "jinja2", "pandas", "shapely", "typer")),
        *(_packed(name) for name in folder.packed_cities()),
        Finding("readers", well=bool(READERS), said=f"languages read: {', '.join(sorted(READERS))}"),
        _terminal(),
        _disk(),
    ]


def _library(name: str) -> Finding:
    try:
        return Finding(name, well=True, said=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, well=False, said="is not installed; install Aport again with pip")


def _packed(name: str) -> Finding:
    _, faults = folder.read_city(folder.PACKED / name)
    said = f"{len(faults)} faults; install Aport again" if faults else "no fault"
    return Finding(f"packed city {name}", well=not faults, said=said)


def _terminal() -> Finding:
    encoding = sys.stdout.encoding or "none"
    try:
        "әғқңөұүһі".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Finding("terminal", well=False, said=f"{encoding} has no Kazakh letters; set PYTHONIOENCODING=utf-8")
    return Finding("terminal", well=True, said=f"{encoding} has the Kazakh letters")


def _disk() -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=".", prefix=".aport-doctor-"):
            return Finding("this folder", well=True, said="can be written to")
    except OSError as error:
        return Finding("this folder", well=False, said=f"cannot be written to ({error.strerror}); use --out")
