"""Proposals added to a city folder, beside those of other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aport.chain.readings import compare_with_register
from aport.chain.result import proposal_rows
from aport.city import folder, open_city, saving, schema, tabular
from aport.errors import BadData, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aport.tasks import Reading


def add_proposals(city: str | Path, readings: Sequence[Reading]) -> Path:
    """Add what was read to the proposals of a city; a document read again replaces its former proposals.

    Returns
    -------
    The table of proposals.

    Raises
    ------
    UsageError
        When the city is a packed one.
    BadData
        When the city, or its table of proposals, has faults; nothing is written then.
    """
    opened = open_city(city)
    root = folder.find(city)
    if folder.is_packed(root):
        raise UsageError("packed cities are not changed", where=str(city), repair="Copy it first with `aport init DIR`")
    table = schema.table("proposals")
    path = root / folder.RESULTS / table.file
    frame, faults = tabular.read_table(path, table)
    if faults:
        raise BadData(faults)
    new = [row for reading in readings for row in proposal_rows(opened, compare_with_register(opened, reading))]
    names = {reading.document for reading in readings}
    kept = [
        {str(column): value for column, value in row.items()}
        for row in frame[~frame["document"].isin(list(names))].to_dict("records")
    ]
    content = tabular.table_bytes(tabular.from_rows([*kept, *new], table), table)
    with saving.changing(path.parent) as changes:
        changes.write(path.name, content)
    return path
