"""Which language a text is in: Kazakh, Russian or English, told by its letters and its function words.

Kazakh and Russian share an alphabet but for nine letters, which make up about a fifth of any Kazakh text and
never occur in a Russian one. Function words decide nothing on their own; they settle short texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_KAZAKH_LETTERS: Final = frozenset("әғқңөұүһі")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS: Final = {
    "kk": frozenset(
        {
            "және",
            "мен",
            "пен",
            "бен",
            "бұл",
            "осы",
            "үшін",
            "деп",
            "деді",
            "туралы",
            "бойынша",
            "сондай",
            "ол",
            "да",
            "де",
            "бір",
        }
    ),
    "ru": frozenset(
        {
            "и",
            "в",
            "во",
            "на",
            "по",
            "с",
            "со",
            "что",
            "не",
            "от",
            "для",
            "из",
            "к",
            "как",
            "это",
            "был",
            "а",
            "о",
            "об",
            "при",
            "до",
        }
    ),
    "en": frozenset(
        {"the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "with", "by", "as", "was", "it", "be", "are"}
    ),
}
_KAZAKH_SHARE: Final = 0.04
"""Share of the Cyrillic letters that the nine Kazakh ones must have; names in a Russian text stay far below."""


@dataclass(frozen=True)
class Guess:
    """The language of a text, or none, and why."""

    language: str | None
    reason: str
    kazakh_letters: int
    cyrillic_letters: int
    latin_letters: int


def guess_language(text: str) -> Guess:
    """Tell the language of a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    Guess
        ``language`` is ``kk``, ``ru``, ``en`` or ``None`` where the letters or words decide for none of them.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    letters = "".join(words)
    kazakh = sum(letter in _KAZAKH_LETTERS for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    latin = sum("a" <= letter <= "z" for letter in letters)
    hits = {name: sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items()}

    def guess(language: str | None, reason: str) -> Guess:
        return Guess(language, reason, kazakh, cyrillic, latin)

    if not cyrillic + latin:
        return guess(None, "it holds no Cyrillic or Latin letters")
    if cyrillic >= latin:
        share = kazakh / cyrillic
        if share >= _KAZAKH_SHARE:
            return guess("kk", f"{share:.0%} of its Cyrillic letters are Kazakh ones")
        if hits["ru"] >= hits["kk"] and hits["ru"]:
            return guess("ru", f"{share:.0%} of its Cyrillic letters are Kazakh ones; Russian words join it")
        if hits["kk"]:
            return guess("kk", "Kazakh words join it")
        return guess(None, "its letters are Cyrillic, but no Kazakh or Russian words join it")
    if hits["en"]:
        return guess("en", "its letters are Latin and English words join it")
    return guess(None, "its letters are Latin, but no English words join it")
