"""Write the tables of the manual that come from the schema: python -m tools.schema_docs."""

from __future__ import annotations

import re
from pathlib import Path

from aport.city import schema

PAGE = Path(__file__).parents[1] / "docs" / "city-folder.md"
BEGIN, END = "<!-- schema: begin -->", "<!-- schema: end -->"


def schema_tables() -> str:
    """Describe every table, column and unit of the schema in Markdown."""
    parts = []
    for group, title in (
        ("written", "Written by people"),
        ("layer", "Layers"),
        ("computed", "Computed, in the folder of results"),
    ):
        parts.append(f"## {title}\n")
        parts += [_table(each) for each in schema.tables().values() if each.group == group]
    parts.append("## Units\n")
    parts.append("| Unit | Dimension | Kazakh | Russian | English |\n|---|---|---|---|---|")
    parts += [
        f"| `{unit.code}` | {unit.dimension} | {unit.symbol['kk']} | {unit.symbol['ru']} | {unit.symbol['en']} |"
        for unit in schema.units().values()
    ]
    return "\n".join(parts) + "\n"


def _table(table: schema.Table) -> str:
    lines = [
        f"### `{table.name}`\n",
        f"{table.description}. File `{table.file}`; key `{' '.join(table.key)}`.\n",
        "| Column | Type | Required | Meaning |",
        "|---|---|---|---|",
    ]
    for column in table.columns:
        kind = column.type + (f", {column.unit}" if column.unit else "")
        if column.references and column.references != "units":
            kind += f" of `{column.references}`"
        meaning = column.description
        if column.allowed:
            meaning += f". One of: {', '.join(f'`{each}`' for each in column.allowed)}"
        if column.standard:
            meaning += f" ({column.standard})"
        lines.append(f"| `{column.name}` | {kind} | {'yes' if column.required else ''} | {meaning} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """Give the manual page with its schema tables made anew."""
    text = PAGE.read_text(encoding="utf-8")
    made = f"{BEGIN}\n\n{schema_tables()}\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: made, text, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written")
