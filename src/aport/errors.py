"""The error tree: what is wrong, where, and what to do.

Every error that Aport raises on purpose is an `AportError`. Its exit code is the one that the command line
gives back, so a script can tell a mistake in the call from a fault in the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Fault:
    """One fault in the data: where it lies, what it is, how it is mended."""

    file: str
    row: int | None
    column: str | None
    message: str
    repair: str

    def __lt__(self, other: Fault) -> bool:
        """Order faults as a person mends them: by file, row and column; those of a whole file first."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, str, str]:
        return self.file, self.row or 0, self.column or "", self.message

    @property
    def place(self) -> str:
        """Say where the fault lies, as a person would look for it."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        """Say the whole fault on one line."""
        return f"{self.place}: {self.message}. {self.repair}"


class AportError(Exception):
    """Anything that Aport refuses to do, said for a person."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, *, where: str | None = None, repair: str | None = None) -> None:
        self.message = message
        self.where = where
        self.repair = repair
        super().__init__(message)

    def __str__(self) -> str:
        """Say where, what and what to do on one line."""
        said = f"{self.where}: {self.message}" if self.where else self.message
        return f"{said}. {self.repair}" if self.repair else said


class UsageError(AportError):
    """The call itself is wrong: an option, a name, a folder that cannot be meant."""

    exit_code: ClassVar[int] = 2


class UnreadableDocument(AportError):
    """A document that no reader can take: empty, binary, in a language that none of them knows."""


class BadData(AportError):
    """Faults in a city folder, all of those found, so that they can be mended together."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        super().__init__(f"{count} fault{'' if count == 1 else 's'} in the data")

    def __str__(self) -> str:
        """List the faults, one on a line."""
        return "\n".join([self.message, *(f"  {fault}" for fault in self.faults)])


class Infeasible(AportError):
    """Demands that cannot all be kept at once."""

    exit_code: ClassVar[int] = 4
