"""Rooms import only what the design lets them, in no circle, and the command line starts light."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "aport"

COMMON = {"errors", "text"}
ROOMS = {"city", "tasks", "indicators", "models", "programme", "delivery", "pages"}
MAY_IMPORT = {
    "errors": set(),
    "text": {"errors"},
    "city": COMMON,
    "tasks": COMMON | {"city"},
    "indicators": COMMON | {"city"},
    "models": COMMON | {"city"},
    "programme": COMMON | {"city"},
    "delivery": COMMON | {"city"},
    "pages": COMMON | {"city"},
    "chain": COMMON | ROOMS | {""},
    "cli": COMMON | ROOMS | {"chain", ""},
    "": COMMON | ROOMS | {"chain"},
}
"""What each room may import of ours; "" is the package itself, which only passes the verbs on."""


def module_name(path) -> str:
    parts = ("aport", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path) -> set[str]:
    """Give the modules of ours that a file imports anywhere, also inside functions and for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are written whole"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return {name for name in found if name in MODULES}


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_what_it_may(module):
    here = room(module)
    strange = {name for name in imports_of(MODULES[module]) if room(name) not in MAY_IMPORT[here] | {here}}
    assert not strange


def test_no_module_stands_in_a_circle_of_imports():
    graph = {module: imports_of(path) - {module} for module, path in MODULES.items()}
    # A package imports its own modules to pass their names on; modules inside it import one another directly.
    for module, names in graph.items():
        graph[module] = {name for name in names if not module.startswith(f"{name}.")}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize(
    "call", ["import aport, aport.cli", "import sys; sys.argv = ['aport', '--help']; import aport.cli"]
)
def test_the_command_line_starts_light(call):
    heavy = "pandas numpy shapely jinja2 geopandas numba matplotlib"
    code = f"{call}\nimport sys\nprint([m for m in '{heavy}'.split() if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.strip() == "[]"


def test_modules_and_functions_stay_small():
    for path in MODULES.values():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 650, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 75, f"{path}: {node.name}"


def test_nothing_speaks_of_one_city():
    """The code knows no city: only the packed data and the name of the default do."""
    allowed = {"cli.py", "folder.py", "__init__.py"}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        if path.name not in allowed:
            assert "almaty" not in text, path
            assert "алматы" not in text, path
