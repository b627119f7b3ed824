"""Where sentences begin and end.

A line end always ends a sentence: official texts on the web often have one sentence a line and no full stops.
Inside a line, a full stop ends a sentence unless it belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import re
from typing import Final

_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP: Final = re.compile(r"(?:[.!?…]+|;(?=\s+\d{1,2}[.)]))[»\"”“’)]*(?=\s)")
_ENUMERATOR: Final = re.compile(r"\W*(?:\d{1,3}|[IVXІХ]{1,4}|[а-яәіa-z])[.)]+$")
_LAST_WORD: Final = re.compile(r"(\w+)[.!?…;»\"”“’)]*$")
_DASHES: Final = "–—-"
_ABBREVIATIONS: Final = frozenset(
    {
        "т.б",
        "б",
        "ж",
        "жж",
        "млн",
        "млрд",
        "мың",
        "тг",
        "қ",
        "көш",
        "ш",
        "мкр",
        "км",
        "см",
        "мм",
        "га",
        "т",
        "обл",
        "ауд",
        "бет",
        "б.з",
        "т.с.с",
        "с",
        "тел",
        "стр",
        "д.с.с",
        "проф",
        "акад",
        "г",
        "гг",
        "др",
        "т.д",
        "т.п",
        "тыс",
        "руб",
        "ул",
        "им",
        "no",
        "mr",
        "mrs",
        "dr",
        "st",
        "etc",
    }
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences.

    Parameters
    ----------
    text
        Any text; it may have sentences without full stops, one a line.

    Returns
    -------
    list of (start, end)
        Offsets in code points, in order, without overlap, with no space at either end. Every character
        that is no white space lies in exactly one of them.
    """
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        begin = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if _ends_here(text, begin, stop.end(), line.end()):
                _add(found, text, begin, stop.end())
                begin = stop.end()
        _add(found, text, begin, line.end())
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        offset = start + piece.index(stripped)
        found.append((offset, offset + len(stripped)))


def _ends_here(text: str, begin: int, end: int, line_end: int) -> bool:
    """Tell whether the stop that ends at `end` ends the sentence that began at `begin`."""
    after = text[end:line_end].lstrip()
    if not after:
        return True
    if after[0].islower() or after[0] in ",;:":
        return False
    if after[0] in _DASHES and after[1:].lstrip()[:1].islower():
        return False  # an attribution follows: – деді ...
    sentence = text[begin:end]
    if sentence[-1] in "!?…;":
        return True
    if _ENUMERATOR.fullmatch(sentence.strip()):
        return False
    word = _LAST_WORD.search(sentence)
    if word is None or sentence[-1] != ".":
        return True
    last = word.group(1)
    if len(last) == 1 and last.isupper():
        return False  # the initial of a name
    return last.lower() not in _ABBREVIATIONS or sentence.endswith("..")
