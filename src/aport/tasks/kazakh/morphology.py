"""A small suffix analyser for the Kazakh forms that decide whether something is asked for.

Kazakh is agglutinative: stem, then derivation, voice, negation, mood or verbal noun, possession, case. Only the
ends that matter here are analysed: verbal nouns in -у with possession and case, the jussive -сын/-сін, the polite
imperative -ыңыз/-іңіз, finite forms of a known stem, and the dative, ablative and accusative of nouns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aport.tasks.kazakh.lexicons import words

_CACHE: Final = 1 << 14

# Possession and case after the verbal noun's -у; "р" stands for the plural before possession.
_PLAIN_CASES: Final = {
    "": "nominative",
    "ды": "accusative",
    "ді": "accusative",
    "ға": "dative",
    "ге": "dative",
    "дың": "genitive",
    "дің": "genitive",
    "да": "locative",
    "де": "locative",
    "дан": "ablative",
    "ден": "ablative",
    "мен": "instrumental",
}
_OWNED_CASES: Final = {
    "": "nominative",
    "н": "accusative",
    "на": "dative",
    "не": "dative",
    "ның": "genitive",
    "нің": "genitive",
    "нда": "locative",
    "нде": "locative",
    "нан": "ablative",
    "нен": "ablative",
    "мен": "instrumental",
}
_SPEAKER_CASES: Final = {
    "": "nominative",
    "ды": "accusative",
    "ді": "accusative",
    "ға": "dative",
    "ге": "dative",
}
_NOUN_ENDINGS: Final = {
    **{ending: (case, False) for ending, case in _PLAIN_CASES.items()},
    **{owner + ending: (case, True) for owner in ("ы", "і", "лары", "лері") for ending, case in _OWNED_CASES.items()},
    **{
        owner + ending: (case, True)
        for owner in ("ымыз", "іміз", "ыңыз", "іңіз", "ың", "ің", "ым", "ім")
        for ending, case in _SPEAKER_CASES.items()
    },
}
_NEGATION: Final = re.compile(r"\w[мбп][ае]$")
_NOT_NEGATED: Final = frozenset({"бе", "ба"})

_FINITE: Final = (
    ("past", re.compile(r"(?:ды|ді|ты|ті)(?:м|қ|к|ң|ңыз|ңіз)?")),
    ("present", re.compile(r"(?:а|е|й)(?:ды|ді)")),
    ("performative", re.compile(r"(?:а|е|й)(?:мын|мін|мыз|міз)")),
    ("converb", re.compile(r"ы?і?п")),
    ("participle", re.compile(r"(?:ған|ген|қан|кен)(?:\w*)")),
)
_VOICE: Final = ("", "ыл", "іл", "л", "ын", "ін", "н")

_JUSSIVE: Final = re.compile(r"(?P<stem>\w{2,})(?:сын|сін)")
_IMPERATIVE: Final = re.compile(r"\w{2,}?(?:ыңыз|іңіз|ңыз|ңіз)(?:дар|дер)?")
_VOWELS: Final = frozenset("аәеиоөуұүыіэюя")
_NEGATED_JUSSIVE: Final = re.compile(r"\w*[бвгдзйклнпрстхцчшщқғңыі][мбп][ае]")
_FINITE_END: Final = re.compile(r"\w{2,}(?:ды|ді|ты|ті|ған|ген|қан|кен|йды|йді|ады|еді|амыз|еміз|пыз|піз|амын|емін)")

_SURELY_FINITE: Final = re.compile(
    r"\w{2,}(?:[аеёйя](?:ды|ді)|ған|ген|қан|кен|амыз|еміз|пыз|піз|амын|емін)|\w*тырды|\w*тірді"
)

_DATIVE: Final = re.compile(r"\w{2,}(?:ға|ге|қа|ке|на|не)")
_ABLATIVE: Final = re.compile(r"\w{2,}(?:дан|ден|тан|тен|нан|нен)")
_ACCUSATIVE: Final = re.compile(r"\w{2,}(?:ды|ді|ты|ті|ны|ні|ын|ін|сын|сін)")


@dataclass(frozen=True)
class VerbalNoun:
    """A verbal noun in -у: its stem, its case, whether somebody owns it, whether it is negated."""

    stem: str
    case: str
    owned: bool
    negative: bool


@lru_cache(maxsize=_CACHE)
def verbal_noun(word: str) -> VerbalNoun | None:
    """Analyse a lower-case word as a verbal noun.

    >>> verbal_noun("салуды").case, verbal_noun("бермеуге").negative, verbal_noun("тауды")
    ('accusative', True, None)
    """
    at = max(word.rfind("у"), word.rfind("ю"))
    if at < 2:  # noqa: PLR2004 - no Kazakh verb stem that takes -у is shorter than two letters
        return None
    ending = _NOUN_ENDINGS.get(word[at + 1 :])
    if ending is None or word[: at + 1] in words("nouns_in_u") or word in words("nouns_in_u"):
        return None
    stem = word[:at]
    negative = bool(_NEGATION.search(stem)) and stem not in _NOT_NEGATED
    return VerbalNoun(stem, ending[0], ending[1], negative)


@lru_cache(maxsize=_CACHE)
def finite_form(rest: str) -> tuple[str, bool] | None:
    """Name the form that the ending `rest` gives a known verb stem, and whether it is passive.

    >>> finite_form("ды"), finite_form("ылды"), finite_form("амын"), finite_form("мады")
    (('past', False), ('past', True), ('performative', False), None)
    """
    for voice in _VOICE:
        if rest.startswith(voice):
            for name, pattern in _FINITE:
                if pattern.fullmatch(rest, len(voice)):
                    return name, bool(voice)
    return None


@lru_cache(maxsize=_CACHE)
def jussive(word: str) -> str | None:
    """Tell whether a word may be a jussive: "sure", "maybe", or `None`.

    After a vowel -сын/-сін is also the owned accusative (`шарасын`, its measure), so such a word is one only
    where a finite verb must stand; a known verb stem or a negation decides for the verb.

    >>> jussive("берсін"), jussive("қабылдасын"), jussive("шарасын"), jussive("салды")
    ('sure', 'sure', 'maybe', None)
    """
    found = _JUSSIVE.fullmatch(word)
    if found is None:
        return None
    stem = found["stem"]
    if stem[-1] not in _VOWELS or stem in words("vowel_verbs", "stem"):
        return "sure"
    return "sure" if _NEGATED_JUSSIVE.fullmatch(stem) else "maybe"


@lru_cache(maxsize=_CACHE)
def imperative(word: str) -> bool:
    """Tell whether a word may be a polite imperative (`шешіңіз`, `шешіңіздер`)."""
    return _IMPERATIVE.fullmatch(word) is not None


@lru_cache(maxsize=_CACHE)
def looks_finite(word: str) -> bool:
    """Tell whether a word has the ending of a finite verb; accusatives in -ды may have it too."""
    return _FINITE_END.fullmatch(word) is not None and verbal_noun(word) is None


@lru_cache(maxsize=_CACHE)
def is_finite(word: str) -> bool:
    """Tell whether a word is surely a finite verb: -ады, -йді, -ған; -ды alone may be an accusative.

    >>> is_finite("жетіспейді"), is_finite("тозған"), is_finite("мектепті")
    (True, True, False)
    """
    return _SURELY_FINITE.fullmatch(word) is not None and verbal_noun(word) is None


def is_dative(word: str) -> bool:
    """Tell whether a word ends as a dative."""
    return _DATIVE.fullmatch(word) is not None


def is_ablative(word: str) -> bool:
    """Tell whether a word ends as an ablative."""
    return _ABLATIVE.fullmatch(word) is not None


def is_accusative(word: str) -> bool:
    """Tell whether a word ends as an accusative."""
    return _ACCUSATIVE.fullmatch(word) is not None


_BASES: Final = (
    ("ларының", "лары"), ("лерінің", "лері"),
    ("ларына", "лары"), ("леріне", "лері"), ("ларынан", "лары"), ("лерінен", "лері"),
    ("ларын", "лары"), ("лерін", "лері"), ("ларында", "лары"), ("лерінде", "лері"),
    ("ындағы", "ы"), ("індегі", "і"), ("сындағы", "сы"), ("сіндегі", "сі"),
    ("ының", "ы"), ("інің", "і"), ("сының", "сы"), ("сінің", "сі"),
    ("ынан", "ы"), ("інен", "і"), ("ында", "ы"), ("інде", "і"),
    ("ына", "ы"), ("іне", "і"), ("ын", "ы"), ("ін", "і"),
    ("ның", ""), ("нің", ""), ("дың", ""), ("дің", ""), ("тың", ""), ("тің", ""),
    ("дағы", ""), ("дегі", ""), ("тағы", ""), ("тегі", ""),
    ("дан", ""), ("ден", ""), ("тан", ""), ("тен", ""), ("нан", ""), ("нен", ""),
    ("ға", ""), ("ге", ""), ("қа", ""), ("ке", ""),
    ("да", ""), ("де", ""), ("та", ""), ("те", ""),
    ("ды", ""), ("ді", ""), ("ты", ""), ("ті", ""), ("ны", ""), ("ні", ""),
)  # fmt: skip
_VOICED: Final = {"г": "к", "ғ": "қ", "б": "п"}


def base_form(word: str) -> str:
    """Take the case off a noun; what it owns stays (`әкіміне` -> `әкімі`, `Астанадағы` -> `Астана`).

    >>> base_form("әкімдігіне"), base_form("әкімдікке"), base_form("облысының")
    ('әкімдігі', 'әкімдік', 'облысы')
    """
    lower = word.lower()
    if lower in words("stems_in_n"):
        return word
    for ending, keep in _BASES:
        if lower.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 - leave a stem
            return word[: len(word) - len(ending)] + keep
    return word
