"""Several files change together or not at all.

New contents are staged beside the old ones and forced to the disk. A journal then lists what is to be moved where;
its appearance is the moment of the change. The moves follow, and the journal goes. Whoever opens the folder next
after a crash finds either no journal, and throws the staged files away, or a journal, and finishes the moves.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aport.errors import AportError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORK = ".aport"
"""Folder inside a city or results folder for staged files, the journal and the lock."""

_STAGE = "stage"
_JOURNAL = "journal.json"


@dataclass
class Changes:
    """New contents for files of one folder, not yet in force."""

    root: Path
    contents: dict[str, bytes | None] = field(default_factory=dict)

    def write(self, file: str, content: bytes) -> None:
        """Give a file new content; it is made where it is missing."""
        self.contents[file] = content

    def remove(self, file: str) -> None:
        """Take a file away."""
        self.contents[file] = None


@contextlib.contextmanager
def changing(root: Path) -> Iterator[Changes]:
    """Change several files of a folder together, or none of them where the block fails.

    Raises
    ------
    AportError
        When the folder cannot be written to or another program is changing it.
    """
    changes = Changes(root)
    yield changes
    try:
        root.mkdir(parents=True, exist_ok=True)
        with locked(root):
            _finish(root)
            _stage(changes)
            _finish(root)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise AportError(message, where=str(root), repair="Choose a folder that you may write to") from error


def recover(root: Path) -> None:
    """Finish or roll back what a killed program left in a folder; does nothing to a folder in order."""
    if not (root / WORK).is_dir() or not os.access(root / WORK, os.W_OK):
        return
    with locked(root):
        _finish(root)


def _stage(changes: Changes) -> None:
    """Write the new contents aside and then the journal that puts them in force."""
    work = changes.root / WORK
    stage = work / _STAGE
    stage.mkdir(parents=True)
    moves = []
    for number, (file, content) in enumerate(sorted(changes.contents.items())):
        staged = None
        if content is not None:
            staged = str(number)
            _write_durably(stage / staged, content)
        moves.append({"file": file, "staged": staged})
    _sync_folder(stage)
    draft = work / f"{_JOURNAL}.new"
    _write_durably(draft, json.dumps(moves, ensure_ascii=False, indent=1).encode())
    draft.replace(work / _JOURNAL)
    _sync_folder(work)


def _finish(root: Path) -> None:
    """Carry out a journal if there is one, and clear the work folder."""
    work = root / WORK
    journal = work / _JOURNAL
    if journal.is_file():
        for move in json.loads(journal.read_text(encoding="utf-8")):
            target = root / move["file"]
            if move["staged"] is None:
                target.unlink(missing_ok=True)
                continue
            staged = work / _STAGE / move["staged"]
            if staged.exists():  # a move that was made before the crash has no staged file left
                target.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(target)
                _sync_folder(target.parent)
        journal.unlink()
        _sync_folder(work)
    shutil.rmtree(work / _STAGE, ignore_errors=True)
    (work / f"{_JOURNAL}.new").unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # other systems cannot open a folder to force it to the disk
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other programs of ours from changing a folder at the same time.

    Raises
    ------
    UsageError
        When another program holds the folder.
    """
    work = root / WORK
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("a") as lock:
        if os.name == "posix":
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = "another program is changing this folder"
                raise UsageError(message, where=str(root), repair="Wait until it has ended") from error
        yield


def copy_folder(source: Path, target: Path, *, without: tuple[str, ...] = ()) -> None:
    """Copy a folder so that the target appears whole or not at all.

    Raises
    ------
    UsageError
        When the target is there already and holds anything.
    AportError
        When it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = "there is something here already" if target.is_dir() else "this is a file"
        raise UsageError(message, where=str(target), repair="Name a folder that is new or empty")
    aside = target.with_name(f".{target.name}.aport-new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(source, aside, ignore=shutil.ignore_patterns(*without))
        if target.exists():
            target.rmdir()
        aside.replace(target)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        message = f"cannot be written: {error.strerror or error}"
        raise AportError(message, where=str(target), repair="Choose a folder that you may write to") from error
