"""A wheel holds all that a stranger needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from aport.city import folder
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    pytest.importorskip("hatchling")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_a_wheel_holds_every_source_catalogue_and_packed_file(wheel):
    names = set(wheel.namelist())
    for path in (ROOT / "src" / "aport").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            assert path.relative_to(ROOT / "src").as_posix() in names


def test_a_wheel_holds_the_packed_city_and_its_licences(wheel):
    names = set(wheel.namelist())
    for file in ("datapackage.json", "observations.csv", "LICENCES.md", "documents/almaty-2019-10-29.kk.txt"):
        assert f"aport/city/packed/almaty/{file}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert folder.packed_cities() == ["almaty"]
