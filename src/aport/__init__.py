"""Aport carries each sentence of an official document to its outcome.

>>> import aport
>>> city = aport.open("almaty")
>>> city.name
'almaty'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aport.chain import Result, run
    from aport.city import City, Quantity, init
    from aport.city import open_city as open  # noqa: A004 (aport.open("almaty") reads as it is meant)
    from aport.errors import AportError
    from aport.indicators import check_statements, measure
    from aport.tasks import read_files as read

__version__ = "0.1.0"

__all__ = [
    "AportError",
    "City",
    "Quantity",
    "Result",
    "check_statements",
    "init",
    "measure",
    "open",
    "read",
    "run",
]

_HOMES = {
    "AportError": ("aport.errors", "AportError"),
    "City": ("aport.city", "City"),
    "Quantity": ("aport.city", "Quantity"),
    "Result": ("aport.chain", "Result"),
    "check_statements": ("aport.indicators", "check_statements"),
    "init": ("aport.city", "init"),
    "measure": ("aport.indicators", "measure"),
    "open": ("aport.city", "open_city"),
    "read": ("aport.tasks", "read_files"),
    "run": ("aport.chain", "run"),
}


def __getattr__(name: str) -> Any:
    """Import a verb when it is first used, so that `import aport` stays light."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module 'aport' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)
