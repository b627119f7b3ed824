"""What the tests share: where the shared material lies, and the invented city."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# On the build machine property tests try the same cases each time; at a desk they go on looking for new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).parents[1]
TENGRI = Path(__file__).with_name("cities") / "tengri"

NEEDS_SHARED = "needs the shared material (APORT_SHARED, or ../shared beside the project)"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared material; the test is skipped, and counted, where there is none."""
    folder = Path(os.environ.get("APORT_SHARED", ROOT.parent / "shared"))
    if not (folder / "README.md").is_file():
        pytest.skip(NEEDS_SHARED)
    return folder


@pytest.fixture
def tengri(tmp_path: Path) -> Path:
    """Give a copy of the invented city that a test may change."""
    return Path(shutil.copytree(TENGRI, tmp_path / "tengri"))


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how many tests were skipped for want of the shared material."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NEEDS_SHARED in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"Skipped for want of the shared material: {count}")
