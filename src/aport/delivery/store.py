"""Where records lie: an interface that adds and gives, and never changes what was added."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aport.city import folder, saving, schema, tabular
from aport.delivery.record import FILE, record_faults
from aport.errors import BadData, Fault, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import pandas as pd


class RecordStore(Protocol):
    """Keeps records. There is no way to change or to remove one: a wrong record is followed by a right one."""

    def records(self) -> pd.DataFrame:
        """Give the records in the order in which they were added, with the columns of the table `records`."""

    def append(self, record: Mapping[str, Any], *, today: dt.date) -> str:
        """Add a record and give its identifier, or raise `BadData` and add nothing."""


class CsvStore:
    """Records in the file `records.csv` of a city folder.

    Parameters
    ----------
    root
        The city folder. Tasks, projects and whatever else a record refers to are looked up there.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)

    def records(self) -> pd.DataFrame:
        """Give the records in the order in which they were added.

        Raises
        ------
        BadData
            When the file does not fit the schema.
        """
        frame, faults = tabular.read_table(self.root / FILE, schema.table("records"))
        if faults:
            raise BadData(faults)
        return frame

    def append(self, record: Mapping[str, Any], *, today: dt.date) -> str:
        """Add a record at the end of the file; what stands there already keeps every byte.

        Parameters
        ----------
        record
            Cells by column; those that are left out are empty. Without an identifier it gets one made of what it is
            of, the event and the date.
        today
            The day after which nothing can have happened yet.

        Returns
        -------
        The identifier of the record.

        Raises
        ------
        BadData
            When the record does not fit the schema, refers to something that is not there, lies in the future or
            contradicts itself. All faults are given together and the file stays as it was.
        UsageError
            When the folder is a packed city, or a column is not in the schema.
        """
        if folder.is_packed(self.root):
            repair = "Copy it with `aport init DIR` and change the copy"
            raise UsageError("packed cities are not changed", where=str(self.root), repair=repair)
        saving.recover(self.root)
        before = self.records()
        cells = self._cells(record, set(before["record"]))
        content = self._content(cells)
        faults = self._faults(content, today=today)
        if faults:
            raise BadData(faults)
        with saving.changing(self.root) as changes:
            changes.write(FILE, content)
        return cells["record"]

    def _cells(self, record: Mapping[str, Any], taken: set[str]) -> dict[str, str]:
        names = schema.table("records").names
        for name in record:
            if name not in names:
                raise UsageError(f"records have no column {name!r}", repair=f"Columns are: {', '.join(names)}")
        cells = {name: tabular.cell_text(record.get(name)) for name in names}
        if not cells["record"]:
            stem = ".".join(filter(None, (cells["project"] or cells["task"], cells["event"], cells["date"])))
            number = 2
            cells["record"] = stem
            while cells["record"] in taken:
                cells["record"] = f"{stem}.{number}"
                number += 1
        return cells

    def _content(self, cells: Mapping[str, str]) -> bytes:
        """Give the file with one more row, in the columns that the file has."""
        path = self.root / FILE
        old = path.read_bytes() if path.is_file() else b""
        if not old.strip():
            old = (",".join(schema.table("records").names) + "\n").encode()
        header = next(csv.reader(io.StringIO(old.decode("utf-8-sig"), newline="")))
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow([cells[name] for name in header])
        return old + (b"" if old.endswith(b"\n") else b"\n") + line.getvalue().encode()

    def _faults(self, content: bytes, *, today: dt.date) -> list[Fault]:
        """Check the new file as the schema, the other tables and the rules for records want it."""
        table = schema.table("records")
        with tempfile.TemporaryDirectory() as aside:
            path = Path(aside) / FILE
            path.write_bytes(content)
            frame, faults = tabular.read_table(path, table)
        if faults:
            return faults
        for column in table.columns:
            if column.references and column.references != "units":
                cell = str(frame[column.name].iloc[-1])
                faults += self._dangling(cell, column, len(frame) + tabular.FIRST_ROW - 1)
        plain = frame.astype(object).where(frame.notna(), None)
        rows = [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
        return faults + record_faults(rows, today=today, units=self._units())

    def _dangling(self, cell: str, column: schema.Column, row: int) -> list[Fault]:
        known = self._column(column.references, schema.table(column.references).key[0])
        if not cell or cell in known:
            return []
        repair = f"Add it to {schema.table(column.references).file} or correct it"
        return [Fault(FILE, row, column.name, f"{column.references} has no {cell!r}", repair)]

    def _column(self, name: str, column: str) -> list[str]:
        """Give a column of another table of the folder."""
        frame, faults = tabular.read_table(self.root / schema.table(name).file, schema.table(name))
        if faults:
            raise BadData(faults)
        return [str(cell) for cell in frame[column]]

    def _units(self) -> dict[str, str]:
        return dict(zip(self._column("indicators", "indicator"), self._column("indicators", "unit"), strict=True))
