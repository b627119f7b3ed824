"""Quantities in a Kazakh text: numbers with their multipliers and units, and what they count.

Dates, house numbers, names with numbers and enumerators are no quantities.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import column, rows
from aport.tasks.kazakh.morphology import base_form, looks_finite, verbal_noun
from aport.tasks.model import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

_MULTIPLIERS: Final[Mapping[str, float]] = {
    "мың": 1e3,
    "млн": 1e6,
    "миллион": 1e6,
    "млрд": 1e9,
    "миллиард": 1e9,
    "трлн": 1e12,
    "триллион": 1e12,
}
_ROMAN: Final[Mapping[str, int]] = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
}  # fmt: skip
_CYRILLIC_ROMAN: Final = str.maketrans({"І": "I", "і": "i", "Х": "X", "х": "x", "Ү": "V"})

_DIGITS: Final = r"\d{1,3}(?:[   ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SUFFIX: Final = r"(?:-?(?:ға|ге|қа|ке|на|не|ден|дан|тен|тан|нан|нен|дей|дай|тей|тай|лап|леп|ы|і|сы|сі|ын|ін))?"
_MULTIPLIER: Final = r"(?:мың|млн|млрд|трлн|миллион|миллиард|триллион)"
_HEDGE: Final = r"(?:(?:астам|аса|артық|кем емес|жуық|таяу|жақын|дейін|шамасында|шамалы|кемінде|барлығы|тың|жаңа)\s+)*"
_RANK_WORD: Final = r"(?:\s?-\s?|\s+)орын(?:да|ға|нан|ды)?(?!\w)"
_MONTH_AFTER: Final = r"\s+(?:{months})\w*"
_YEAR: Final = re.compile(r"\s*(?:-|–)?\s*(?:жыл(?:ы|ғы|дың|дары|ға|дан|дар)\w*|ж\.)", re.IGNORECASE)
_NOT_A_QUANTITY: Final = re.compile(
    r"\s*(?:-|‑)?\s*(?:ші|шы|інші|ыншы|нші|ншы)\b|\s*-?(?:тарау|бап|тармақ|сынып|сағат)"
)
_WORD: Final = re.compile(r"\s*([\w-]+)")
_FUNCTION_WORDS: Final = frozenset(
    {
        "және",
        "мен",
        "пен",
        "бен",
        "деп",
        "да",
        "де",
        "болды",
        "бар",
        "жоқ",
        "болып",
        "екен",
        "еді",
        "үшін",
        "дейін",
        "туралы",
        "бойынша",
        "тиесілі",
        "аяқталған",
        "жеткізілген",
        "қажет",
        "керек",
        "ғана",
        "жуық",
        "астам",
    }
)


@cache
def _number() -> re.Pattern[str]:
    words = "|".join(sorted(column("numbers", "word"), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w№.,/-])(?:(?P<rank>(?:\d+|[IІVХX]{{1,4}}|[IІVХX]{{1,4}}))(?=(?:{_RANK_WORD}))"
        rf"|(?P<low>{_DIGITS})\s?[-–]\s?(?P<high>{_DIGITS})(?![\w-])"
        rf"|(?P<digits>{_DIGITS})(?P<suffix>{_SUFFIX})(?![\w])"
        rf"|(?P<half>жарты)(?=\s+(?:миллион|миллиард|мың))"
        rf"|(?P<word>{words})(?!\w)"
        rf"|(?P<bare>мың|миллион|миллиард)(?P<baresuffix>ға|нан|нан|дай|даған|ға)?(?!\w))",
        re.IGNORECASE,
    )


@cache
def _multiplier() -> re.Pattern[str]:
    return re.compile(rf"\s+(?P<word>{_MULTIPLIER})(?P<suffix>\.|нан|ға|дан|дай|ды|ның)?(?!\w)", re.IGNORECASE)


@cache
def _units() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\s*{_HEDGE}(?P<unit>{row['pattern']})(?!\w)", re.IGNORECASE), row["unit"])
        for row in rows("units")
        if row["unit"] != "rank"
    )


@cache
def _month() -> re.Pattern[str]:
    months = "|".join(column("months", "stem"))
    return re.compile(_MONTH_AFTER.format(months=months), re.IGNORECASE)


def _value(digits: str) -> float:
    plain = re.sub(r"[   ]", "", digits).replace(",", ".")
    return float(plain)


def find_figures(text: str, start: int, end: int) -> list[Figure]:
    """Find the quantities of a passage.

    Parameters
    ----------
    text
        The document.
    start, end
        The passage in it.

    Returns
    -------
    list of Figure
        In order. ``value`` is the full number (``156 миллиард`` is 156e9), ``unit`` one of the reader's units
        or ``count``; offsets count in the document. Both ends of a range are given.
    """
    found: list[Figure] = []
    at = start
    while (number := _number().search(text, at, end)) is not None:
        at = number.end()
        made = _figure(text, number, end)
        found.extend(made)
        if made:
            at = max(at, made[-1].end)
    return found


def _figure(text: str, number: re.Match[str], limit: int) -> list[Figure]:
    if number["rank"]:
        return _rank(text, number, limit)
    values = _values(number)
    position = number.end()
    scaled = False
    factor = 1.0
    if number["bare"]:
        scaled = True
    while (times := _multiplier().match(text, position, limit)) is not None:
        factor *= _MULTIPLIERS[times["word"].lower()]
        position = times.end()
        scaled = True
    if not scaled and _is_date_or_name(text, number, limit):
        return []
    unit, what, end = _unit(text, position, limit)
    if unit is None:
        return []
    if number["word"] and unit not in {"KZT", "USD", "percent", "count", "person", "km", "ha", "tonne", "times"}:
        return []
    if number["word"] and not scaled and unit == "count" and what.startswith(("бағыт", "ай", "күн", "апта")):
        return []
    return [Figure(value * factor, unit, what, number.start(), end) for value in values]


def _values(number: re.Match[str]) -> list[float]:
    if number["low"]:
        return [_value(number["low"]), _value(number["high"])]
    if number["digits"]:
        return [_value(number["digits"])]
    if number["half"]:
        return [0.5]
    if number["word"]:
        word = number["word"].lower()
        return [next(float(row["value"]) for row in rows("numbers") if row["word"] == word)]
    return [_MULTIPLIERS[number["bare"].lower()]]


def _rank(text: str, number: re.Match[str], limit: int) -> list[Figure]:
    said = number["rank"]
    value = int(said) if said.isdigit() else _ROMAN.get(said.translate(_CYRILLIC_ROMAN).lower(), 0)
    tail = re.compile(_RANK_WORD).match(text, number.end(), limit)
    if not value or tail is None:
        return []
    hyphen = "-" in tail.group() or not said.isdigit()
    if not hyphen:
        return _figure_of_places(text, number, limit)
    return [Figure(float(value), "rank", "орын", number.start(), tail.end())]


def _figure_of_places(text: str, number: re.Match[str], limit: int) -> list[Figure]:
    """`300 орын` counts places; only `3-орын` is a rank."""
    unit, what, end = _unit(text, number.end(), limit)
    return [Figure(_value(number["rank"]), unit, what, number.start(), end)] if unit else []


def _is_date_or_name(text: str, number: re.Match[str], limit: int) -> bool:
    """Tell a date, an ordinal, an enumerator or a name from a quantity."""
    after = number.end()
    if _month().match(text, after, limit) or _NOT_A_QUANTITY.match(text, after, limit):
        return True
    if number["low"]:
        return all(re.fullmatch(r"(?:19|20)\d\d", number[name]) for name in ("low", "high"))
    if number["digits"] and re.fullmatch(r"(?:19|20)\d\d", number["digits"]):
        if _YEAR.match(text, after, limit):
            return True
        following = _WORD.match(text, after, limit)
        return following is None or following.group(1)[:1].isupper()
    return text[after : after + 1] in ".)" and not text[number.start() - 1 : number.start()].strip()


def _unit(text: str, position: int, limit: int) -> tuple[str | None, str, int]:
    """Give the unit after a number, what is counted, and where the figure ends."""
    for pattern, unit in _units():
        found = pattern.match(text, position, limit)
        if found:
            if unit == "person":
                return unit, base_form(found["unit"]), found.end()
            return unit, _counted(text, found.end(), limit), found.end()
    return _count(text, position, limit)


def _counted(text: str, position: int, limit: int) -> str:
    """Give the words after a unit that say what is measured, in the base form."""
    said: list[str] = []
    at = position
    for _ in range(3):
        word = re.compile(r"\s+([\w-]+)").match(text, at, limit)
        if word is None or word.group(1)[0].isdigit() or word.group(1).lower() in {"және", "мен"}:
            break
        if word.group(1).lower() in _FUNCTION_WORDS:
            at = word.end()
            continue
        if not looks_finite(word.group(1).lower()) and verbal_noun(word.group(1).lower()) is None:
            said.append(word.group(1))
        break
    return base_form(said[0]) if said else ""


def _count(text: str, position: int, limit: int) -> tuple[str | None, str, int]:
    """Take a counted noun, with up to two words before it that describe it."""
    hedge = re.compile(rf"\s*{_HEDGE}", re.IGNORECASE).match(text, position, limit)
    at = hedge.end() if hedge else position
    said: list[str] = []
    end = at
    while len(said) < 3:  # noqa: PLR2004 - two describing words and the noun
        word = re.compile(r"(?:\s+|(?<=\s)|(?<=^))([^\W\d_][\w-]*)").match(text, end, limit)
        if word is None:
            break
        lower = word.group(1).lower()
        if lower in _FUNCTION_WORDS or lower.endswith(("ып", "іп")):
            break
        said.append(word.group(1))
        end = word.end(1)
        if not _describes(lower):
            break
    if not said:
        return None, "", position
    return "count", " ".join([*said[:-1], base_form(said[-1])]), end


_DESCRIBING: Final = re.compile(
    r"\w+(?:лық|лік|дық|дік|тық|тік|лы|лі|ған|ген|қан|кен|тын|тін)|жаңа|шағын|ірі|орта|көп|жеке|ескі|қосымша|тұрғын|жұмыс"
    r"|балалар|қоқыс|жер"
)


def _describes(word: str) -> bool:
    return _DESCRIBING.fullmatch(word) is not None and not word.endswith(("орындық",))
