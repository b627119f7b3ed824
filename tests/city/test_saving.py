"""Several files change together or not at all, whenever the program is killed."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from aport.city import saving
from aport.errors import AportError, UsageError

OLD = {"a.csv": b"old a", "b.csv": b"old b", "gone.csv": b"old c"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "deep/d.csv": b"new d"}


def put_old(root) -> None:
    root.mkdir()
    for file, content in OLD.items():
        (root / file).write_bytes(content)


def contents(root) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and saving.WORK not in path.parts
    }


def test_all_files_change_together(tmp_path):
    root = tmp_path / "city"
    put_old(root)
    with saving.changing(root) as changes:
        for file, content in NEW.items():
            changes.write(file, content)
        changes.remove("gone.csv")
    assert contents(root) == NEW


def test_a_failing_block_changes_nothing(tmp_path):
    root = tmp_path / "city"
    put_old(root)

    def fail() -> None:
        with saving.changing(root) as changes:
            changes.write("a.csv", b"new a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert contents(root) == OLD


KILLED = """
import os, sys, pathlib
from aport.city import saving
left = int(sys.argv[2])
def counted(module, name):
    real = getattr(module, name)
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*args, **kwargs)
    setattr(module, name, call)
counted(os, "fsync")
counted(pathlib.Path, "replace")
counted(pathlib.Path, "unlink")
counted(pathlib.Path, "mkdir")
with saving.changing(pathlib.Path(sys.argv[1])) as changes:
    changes.write("a.csv", b"new a")
    changes.write("b.csv", b"new b")
    changes.write("deep/d.csv", b"new d")
    changes.remove("gone.csv")
"""


def test_killed_at_any_moment_leaves_old_or_new(tmp_path):
    """Kill the program before each call that touches the disk; the next to open finds no mixture."""
    seen = set()
    for calls in range(60):
        root = tmp_path / f"city-{calls}"
        put_old(root)
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(root), str(calls)], check=False, capture_output=True
        )
        saving.recover(root)
        found = contents(root)
        assert found in (OLD, NEW), calls
        seen.add(found == NEW)
        if done.returncode == 0:
            assert found == NEW
            break
        assert done.returncode == 9, done.stderr
    else:
        pytest.fail("the program never came to its end")
    assert seen == {True, False}


def test_two_programs_do_not_change_a_folder_at_once(tmp_path):
    with saving.locked(tmp_path), pytest.raises(UsageError, match="another program"), saving.locked(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(AportError, match=r"cannot be written.*may write to"),
        saving.changing(tmp_path / "file" / "city") as changes,
    ):
        changes.write("a.csv", b"x")


def test_copying_does_not_touch_a_folder_in_use(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    put_old(source)
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="something here already"):
        saving.copy_folder(source, target)
    assert (target / "mine.txt").read_text() == "mine"


def test_copying_leaves_out_results(tmp_path):
    source = tmp_path / "source"
    put_old(source)
    (source / "results").mkdir()
    saving.copy_folder(source, tmp_path / "target", without=("results",))
    assert contents(tmp_path / "target") == OLD
