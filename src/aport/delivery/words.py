"""What this room found, said in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aport.city.schema import PARTIAL_DATE, units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aport.delivery.contradictions import Contradiction
    from aport.delivery.status import Status
    from aport.text import Text


def status_sentence(status: Status, *, text: Text) -> str:
    """Say why a task or a project stands as it does."""
    return text.text(f"status.{status.kind}.{status.reason}", **worded(status.values, text=text))


def contradiction_sentence(found: Contradiction, *, text: Text) -> str:
    """Say what does not fit together."""
    key = ".".join(filter(None, ("contradiction", found.rule, found.reason)))
    return text.text(key, **worded(found.values, text=text))


def worded(values: Mapping[str, Any], *, text: Text) -> dict[str, str]:
    """Write the values of a sentence: dates, amounts with their unit, numbers."""
    return {key: _worded(value, text) for key, value in values.items()}


def _worded(value: Any, text: Text) -> str:
    if isinstance(value, dict):
        unit = units()[value["unit"]]
        symbol = unit.symbol[text.language]
        return text.money(value["value"], symbol) if unit.money else text.quantity(value["value"], symbol)
    if isinstance(value, str):
        return text.partial_date(value) if re.fullmatch(PARTIAL_DATE, value) else value
    return text.number(value)
