"""The sources of the packed Almaty: one row for each real page, and the way from a fact to its source.

`tables/sources.csv` has the columns of the schema table `sources`. `tables/source_keys.csv` leads from the title and
address under which the compiled material names a source to the row of `sources.csv`, or to the reason why there is
none: copies in social networks and copies of an encyclopedia are no sources of a fact.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aport.errors import BadData, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

SOURCES = "sources.csv"
KEYS = "source_keys.csv"
COLUMNS = ("source", "publisher", "title", "address", "published", "kind", "licence", "note")
KEY_COLUMNS = ("source_title", "source_url", "source", "reason")
REQUIRED = ("source", "publisher", "title", "kind", "licence")

_SLUG = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
# Copies: what they hold was published elsewhere, and they may vanish or differ from it.
_COPY_HOSTS = re.compile(
    r"(?:^|\.)(?:(?:group-)?telegram\.\w+|t\.me|dzen\.ru|youtube\.com|youtu\.be|pdfslide\.us|blogspot\.com"
    r"|abcdef\.wiki|frwiki\.wiki|jakami\.de|perceptio\w+\.com|qaz\.wiki|russianwiki\.com|techsciencenews\.com"
    r"|wiki\.li|wiki7\.org|wikial\.top|wikiup\.org)$"
)
_TEST_HOSTS = re.compile(r"(?:^|\.)(?:test|dev|stage|staging|beta|localhost)(?:\.|$)")


@dataclass(frozen=True)
class SourceKey:
    """What a title and an address of the compiled material stand for: a source, or none for a reason."""

    title: str
    url: str
    source: str | None
    reason: str


def load_sources(tables: Path) -> list[dict[str, str]]:
    """Read the sources, in the order of their identifiers.

    Parameters
    ----------
    tables
        Folder with `sources.csv`.

    Returns
    -------
    list of dict
        Rows with the columns of the schema table `sources`, every cell a string.

    Raises
    ------
    aport.errors.BadData
        If rows are incomplete, name a copy instead of a page, or share an identifier or an address; the faults name
        the rows.
    """
    numbered = list(_read(tables / SOURCES, COLUMNS))
    faults = [fault for number, row in numbered for fault in _faults(number, row)]
    for column in ("source", "address"):
        seen: dict[str, int] = {}
        for number, row in numbered:
            first = seen.setdefault(row[column], number) if row[column] else number
            if first != number:
                message = f"'{row[column]}' stands in row {first} already"
                faults.append(Fault(SOURCES, number, column, message, "Keep one row for each page"))
    if faults:
        raise BadData(sorted(faults, key=lambda fault: fault.row or 0))
    return sorted((row for _, row in numbered), key=lambda row: row["source"])


def load_keys(tables: Path) -> list[SourceKey]:
    """Read which title and address of the compiled material stand for which source.

    Parameters
    ----------
    tables
        Folder with `source_keys.csv` and `sources.csv`.

    Returns
    -------
    list of SourceKey
        One for each pair of title and address.

    Raises
    ------
    aport.errors.BadData
        If a key stands twice, names a source that does not exist, or has neither a source nor a reason.
    """
    known = {row["source"] for row in load_sources(tables)}
    faults: list[Fault] = []
    keys: dict[tuple[str, str], SourceKey] = {}
    for number, row in _read(tables / KEYS, KEY_COLUMNS):
        pair = (row["source_title"], row["source_url"])
        if pair in keys:
            faults.append(Fault(KEYS, number, None, f"'{pair[0]}' stands twice", "Keep one of the rows"))
        if row["source"] and row["source"] not in known:
            message = f"the source '{row['source']}' is not in {SOURCES}"
            faults.append(Fault(KEYS, number, "source", message, "Add it there or correct the identifier"))
        if not row["source"] and not row["reason"]:
            message = f"'{pair[0]}' has neither a source nor a reason"
            faults.append(Fault(KEYS, number, "reason", message, "Say why the source is left out"))
        keys[pair] = SourceKey(*pair, row["source"] or None, row["reason"])
    if faults:
        raise BadData(faults)
    return list(keys.values())


def source_lookup(tables: Path) -> Callable[[str, str], str | None]:
    """Give the function that leads from a title and an address to the identifier of a source.

    Parameters
    ----------
    tables
        Folder with `source_keys.csv` and `sources.csv`.

    Returns
    -------
    callable
        `lookup(source_title, source_url)`; None where the source was left out for a reason. It raises
        `aport.errors.BadData` for a pair that stands in no row of `source_keys.csv`.
    """
    keys = {(key.title, key.url): key for key in load_keys(tables)}

    def lookup(source_title: str, source_url: str) -> str | None:
        return _found(keys, source_title, source_url).source

    return lookup


def reason_lookup(tables: Path) -> Callable[[str, str], str]:
    """Give the function that says why a title and an address have another source, or none.

    Parameters
    ----------
    tables
        Folder with `source_keys.csv` and `sources.csv`.

    Returns
    -------
    callable
        `reason(source_title, source_url)`; an empty string where the page itself is the source.
    """
    keys = {(key.title, key.url): key for key in load_keys(tables)}

    def reason(source_title: str, source_url: str) -> str:
        return _found(keys, source_title, source_url).reason

    return reason


def prune(sources: Sequence[Mapping[str, str]], used: Collection[str]) -> list[dict[str, str]]:
    """Keep the sources that something refers to.

    Parameters
    ----------
    sources
        Rows of the table `sources`.
    used
        Identifiers that the other tables refer to; empty ones are passed over.

    Returns
    -------
    list of dict
        The rows referred to, in their order.

    Raises
    ------
    aport.errors.BadData
        If an identifier is referred to that no row has.
    """
    missing = sorted({identifier for identifier in used if identifier} - {row["source"] for row in sources})
    if missing:
        raise BadData(
            [
                Fault(SOURCES, None, "source", f"no source '{identifier}'", "Add its row or correct the reference")
                for identifier in missing
            ]
        )
    return [dict(row) for row in sources if row["source"] in used]


def is_copy(address: str) -> bool:
    """Say whether an address is a copy of something published elsewhere, or a host for tests.

    Parameters
    ----------
    address
        Web address.

    Returns
    -------
    bool
        True for copies in social networks, copies of Wikipedia and hosts for tests.
    """
    host = urlsplit(address).hostname or ""
    return bool(_COPY_HOSTS.search(host) or _TEST_HOSTS.search(host))


def _found(keys: Mapping[tuple[str, str], SourceKey], title: str, url: str) -> SourceKey:
    try:
        return keys[title, url]
    except KeyError:
        message = f"no row for '{title}' at '{url}'"
        raise BadData([Fault(KEYS, None, None, message, "Add the row with its source or a reason")]) from None


def _read(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the number that a spreadsheet gives them: the header is row 1."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if tuple(reader.fieldnames or ()) != tuple(columns):
            message = f"the columns are {', '.join(reader.fieldnames or ())}"
            raise BadData([Fault(path.name, 1, None, message, f"They must be {', '.join(columns)}")])
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise BadData([Fault(path.name, number, None, "wrong number of cells", "Quote cells with commas")])
            yield number, row


def _faults(number: int, row: Mapping[str, str]) -> Iterator[Fault]:
    for column in REQUIRED:
        if not row[column].strip():
            yield Fault(SOURCES, number, column, "the cell is empty", "Fill it in")
    if not _SLUG.fullmatch(row["source"]):
        yield Fault(SOURCES, number, "source", f"'{row['source']}' is no identifier", "Use a-z, 0-9 and hyphens")
    if row["published"] and not _PARTIAL_DATE.fullmatch(row["published"]):
        message = f"'{row['published']}' is no date"
        yield Fault(SOURCES, number, "published", message, "Write YYYY, YYYY-MM or YYYY-MM-DD")
    if not row["address"]:
        if not row["note"]:
            yield Fault(SOURCES, number, "address", "there is no address", "Say why in the note")
        return
    parts = urlsplit(row["address"])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Fault(SOURCES, number, "address", f"'{row['address']}' is no web address", "Give the page itself")
    elif is_copy(row["address"]):
        yield Fault(SOURCES, number, "address", f"'{row['address']}' is a copy", "Cite the page that it copies")
