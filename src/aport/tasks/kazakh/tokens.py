"""Words of a passage with their offsets."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\w+(?:[-‑]\w+)*|[^\w\s]")

CONJUNCTIONS: Final = frozenset({"және", "әрі", "сондай-ақ", "ал", "мен", "пен", "бен", "сонымен"})
COMMAS: Final = frozenset({",", ";"})


class Token(NamedTuple):
    """One word or mark; `start` and `end` count in the document's text."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number, not a mark."""
        return self.text[0].isalnum()


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Cut `text[start:end]` into tokens."""
    return [
        Token(found.group(), found.group().lower(), found.start(), found.end())
        for found in _TOKEN.finditer(text, start, end)
    ]
