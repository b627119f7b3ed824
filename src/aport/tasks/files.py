"""From the bytes of a file to its text, or to a plain word on why that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aport.errors import UnreadableDocument

SUFFIXES: Final = (".txt", ".md")
"""Endings of the files that are read for now."""

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS_UTF8: Final = "Save it as plain text in UTF-8 and read that file"


def document_id(path: str | Path) -> str:
    """Name a document after its file: the file's name up to its first dot.

    >>> document_id("minutes/tengri-2021-05-14.kk.txt")
    'tengri-2021-05-14'
    """
    return Path(path).name.split(".", 1)[0]


def read_document_file(path: str | Path) -> str:
    """Read the text of a file; line ends stay as they are, a byte order mark is dropped.

    Parameters
    ----------
    path
        A ``.txt`` or ``.md`` file in UTF-8.

    Returns
    -------
    str
        Its text, never empty.

    Raises
    ------
    UnreadableDocument
        If the file is missing, of another kind, empty, or not UTF-8 text; it says at which byte.
    """
    path = Path(path)
    where = str(path)
    if path.suffix.lower() not in SUFFIXES:
        kind = path.suffix or "no ending"
        raise UnreadableDocument(
            f"only text files ({', '.join(SUFFIXES)}) are read, and this one has {kind}",
            where=where,
            repair="Copy its text into a .txt file in UTF-8",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        said = (error.strerror or "it cannot be read").lower()
        raise UnreadableDocument(
            f"the file cannot be opened ({said})", where=where, repair="Check the path and the rights"
        ) from error
    return decode(data, where=where)


def decode(data: bytes, *, where: str) -> str:
    """Decode UTF-8, and refuse anything that is not text.

    Raises
    ------
    UnreadableDocument
        If the bytes are empty, hold NUL, or are no UTF-8.
    """
    if data.startswith(_UTF16_MARKS):
        raise UnreadableDocument("the text is in UTF-16, not in UTF-8", where=where, repair=_SAVE_AS_UTF8)
    if (nul := data.find(b"\0")) >= 0:
        raise UnreadableDocument(
            f"this is not text: byte {nul} (counted from 0) is NUL", where=where, repair=_SAVE_AS_UTF8
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise UnreadableDocument(
            f"this is not UTF-8: byte {at} (counted from 0) is 0x{data[at]:02x}",
            where=where,
            repair=_SAVE_AS_UTF8,
        ) from error
    if not text.strip():
        raise UnreadableDocument("the document is empty", where=where, repair="Give a file with text in it")
    return text
