"""Who says a passage: direct speech, its attribution, and whether the speaker can set tasks.

A speech opens with a dash or a quotation mark, may run over several sentences or lines, and ends with an
attribution (`– деді әкім`). The attribution holds for all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import column, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAYING: Final = r"(?:деп|деді|дейді|деген|деген болатын|дей келе|дей отырып)"
_ATTRIBUTION: Final = re.compile(
    rf"\s*[»\"”]?\s*[,!?.…]*\s*[»\"”]?\s*[–—-]\s*(?P<verb>{_SAYING})(?!\w)(?P<rest>.*)$"
    r"|\s*,?\s*[»\"”]\s*,?\s*(?P<verb2>деп|деді|дейді|деген)(?!\w)(?P<rest2>.*)$"
    r"|\s*,\s*(?P<verb3>деп|деді|дейді)(?!\w)(?P<rest3>.*)$",
    re.DOTALL,
)
INTRODUCED: Final = re.compile(r"[^«»“”„\":]{1,60}:\s*[«“„\"]")
"""A speech that its speaker introduces: `Әкім: «...`."""

_OPENS: Final = re.compile(rf"\s*(?:[–—-]\s|[«“„\"])|{INTRODUCED.pattern}")
_LONG_AGO: Final = re.compile(r"\b(?:еді|болатын|ол кезде|сол кезде|бұрын|бұған дейін|осыған дейін|кезінде айтқан)\b")
_NAME: Final = r"(?:[А-ЯӘҒҚҢӨҰҮҺІ]\.\s?)?[А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі-]{2,}"
_NO_SUBJECT: Final = re.compile(
    r"\s+(?:үшін|туралы|жөнінде|мен|пен|бен|арқылы|тарапынан|атынан|арасында|мәселе\w*|саны|үлесі"
    r"|\w+(?:ған|ген|қан|кен|тын|тін))\b"
)
_LONGEST_SPEECH: Final = 15
_TITLE_REACH: Final = 20
_DASHES: Final = "–—-"


@dataclass(frozen=True)
class Voice:
    """How a sentence is spoken.

    `end` is where its own words end and the attribution begins; `tail` is where words of the narrator go on
    after an attribution inside the sentence, or `None`.
    """

    direct: bool
    silent: bool
    rank: int
    end: int
    attribution: str
    tail: int | None


@cache
def _outsider() -> re.Pattern[str]:
    stems = "|".join(map(re.escape, sorted(column("outsiders", "stem"), key=len, reverse=True)))
    return re.compile(rf"\b(?:{stems})(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі)?\b", re.IGNORECASE)


def by_outsider(words: str) -> bool:
    """Tell whether the words give somebody else's opinion: `Сарапшылардың пікірінше, ...`."""
    return _by_outsider().search(words) is not None


@cache
def _by_outsider() -> re.Pattern[str]:
    stems = "|".join(map(re.escape, column("outsiders", "stem")))
    return re.compile(
        rf"\b(?:{stems})\w*(?:ның|нің|дың|дің|тың|тің)\s+(?:\w+\s+){{0,3}}(?:пікірі|айтуы|сөзі|ойы|болжамы|дерегі)нше",
        re.IGNORECASE,
    )


@cache
def _authority() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, sorted(column("authorities", "title"), key=len, reverse=True)))
    return re.compile(rf"\b(?:{titles})(?:і|ы|сы|сі)?\b", re.IGNORECASE)


@cache
def _ranks() -> tuple[tuple[str, int], ...]:
    found = [(row["title"], int(row["rank"])) for row in rows("authorities")]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def rank_of(words: str) -> int:
    """Give the rank of the highest authority named in the nominative, 0 for none."""
    found = _authority().search(words)
    if found is None:
        return 0
    lower = words.lower()
    return next((rank for title, rank in _ranks() if re.search(rf"\b{title}(?:і|ы|сы|сі)?\b", lower)), 0)


def is_outsider(words: str) -> bool:
    """Tell whether the words name, in the nominative, somebody who cannot set tasks, and nobody who can."""
    return _outsider().search(words) is not None and _authority().search(words) is None


def speaks_outside(words: str) -> bool:
    """Tell whether the subject of a narrated clause is an outsider.

    An outsider is its subject only where no authority, pronoun or full name stands before, and no postposition or
    participle after (`тұрғындар үшін`, `тұрғындар шағымданған жол` have another subject).
    """
    found = _outsider().search(words)
    if found is None or _authority().search(words) is not None:
        return False
    before = words[: found.start()]
    if re.search(rf"\b[Оо]л\b|{_NAME}\s+{_NAME}\b", before):
        return False
    return _NO_SUBJECT.match(words, found.end()) is None


def outsider_names(text: str) -> frozenset[str]:
    """Collect the surnames that the text introduces with an outsider's title."""
    pattern = re.compile(rf"(?i:{_outsider().pattern})\s+((?:{_NAME}\s?){{1,3}})")
    names: set[str] = set()
    for found in pattern.finditer(text):
        before = text[max(0, found.start() - _TITLE_REACH) : found.start(1)].rstrip()
        titled = any(title.end() == len(before) for title in _authority().finditer(before))
        if not titled:
            names.update(name.strip(".") for name in found.group(1).split()[-1:])
    return frozenset(names)


def _split(text: str, start: int, end: int) -> tuple[int, str, int | None]:
    """Find where the attribution of a sentence begins, what it says and where the narrator goes on."""
    found = _ATTRIBUTION.search(text, start, end)
    if found is None or found.start() == start:
        return end, "", None
    group = next(name for name in ("rest", "rest2", "rest3") if found[name] is not None)
    rest = found[group] or ""
    return found.start(), text[found.start() : end], found.start(group) if rest.strip(" .") else None


def voices(text: str, sentences: Sequence[tuple[int, int]]) -> list[Voice]:
    """Say for every sentence who speaks it.

    Parameters
    ----------
    text
        The document.
    sentences
        Offsets of its sentences.

    Returns
    -------
    list of Voice
        One a sentence, in order.
    """
    outsiders = outsider_names(text)
    found: list[Voice] = []
    opened: int | None = None
    for number, (start, end) in enumerate(sentences):
        opens = _OPENS.match(text, start, end) is not None
        if opens and (opened is None or text[start] in _DASHES):
            opened = number
        own_end, attribution, tail = _split(text, start, end)
        direct = opens or opened is not None
        found.append(Voice(direct, False, 0, own_end, attribution, tail))
        if not attribution:
            closed = opened is not None and re.search(r"[»”]\W*$", text[start:end]) is not None
            if opened is not None and (closed or number - opened >= _LONGEST_SPEECH):
                opened = None
            continue
        first = opened if opened is not None else number
        silent = bool(_LONG_AGO.search(attribution)) or is_outsider(attribution)
        silent = silent or any(name in attribution for name in outsiders)
        for at in range(first, number + 1):
            found[at] = replace(found[at], silent=silent, rank=rank_of(attribution))
        opened = None
    return _close_dashes(text, sentences, found)


def _close_dashes(text: str, sentences: Sequence[tuple[int, int]], found: list[Voice]) -> list[Voice]:
    """Take back direct speech from narration after a dash that no attribution ever closed."""
    attributed = False
    for number in range(len(found) - 1, -1, -1):
        if found[number].attribution:
            attributed = True
        opens = _OPENS.match(text, *sentences[number]) is not None
        if found[number].direct and not attributed and not opens:
            found[number] = replace(found[number], direct=False)
        if opens:
            attributed = False
    return found
