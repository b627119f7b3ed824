"""The manual is whole and its examples run: every verb, option, setting and column stands in it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from aport.city import schema
from aport.cli import app
from tests.conftest import ROOT
from tools import schema_docs

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", *DOCS]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
COMMAND = typer.main.get_command(app)


def test_the_schema_tables_of_the_manual_are_up_to_date():
    assert schema_docs.page() == schema_docs.PAGE.read_text(encoding="utf-8"), "run python -m tools.schema_docs"


def test_every_column_is_described():
    for table in schema.tables().values():
        assert table.description
        for column in table.columns:
            assert column.description, f"{table.name}.{column.name}"


@pytest.mark.parametrize("verb", sorted(COMMAND.commands))
def test_every_verb_and_option_stands_in_the_manual(verb):
    text = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    part = re.search(rf"^## `aport {verb}[^\n]*`$(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert part is not None
    for parameter in COMMAND.commands[verb].params:
        names = [name for name in parameter.opts if name.startswith("--")] or [
            parameter.metavar or parameter.name.upper()
        ]
        for name in names:
            assert name.strip("[]").removesuffix("...") in part[0], name


def test_every_setting_stands_in_the_manual():
    used = set()
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]:
        used |= set(re.findall(r"\bAPORT_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    known = "".join(page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "CONTRIBUTING.md"])
    assert {name for name in used if name not in known} == set()


def test_links_between_pages_lead_somewhere():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page, tmp_path):
    """Run the examples of a page one after the other in one folder; what they print must hold what the page shows."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "error",
        "COLUMNS": "100",
    }
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "python":
            run([sys.executable, "-c", block], tmp_path, environment)
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            said = run(["bash", "-c", command], tmp_path, environment, code=expected_code(command))
            for line in shown.splitlines():
                assert line.strip() in ("", "...") or words(line) in words(said), (
                    f"{command}: no line {line!r} in\n{said}"
                )


def expected_code(command: str) -> int:
    """A command that is meant to fail says so in a comment: `# exit code 3`."""
    found = re.search(r"# exit code (\d)", command)
    return int(found[1]) if found else 0


def words(text: str) -> str:
    return " ".join(text.split())


def run(command: list[str], folder: Path, environment: dict[str, str], *, code: int = 0) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == code, f"{shlex.join(command)}\n{done.stdout}"
    return done.stdout
