"""Acts that are called a task, and problems that are stated as the speaker's own finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.governing import EXISTENTIAL, Governor, Predicate, closes, phrase, saying_after
from aport.tasks.kazakh.morphology import looks_finite, verbal_noun
from aport.tasks.kazakh.tokens import COMMAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aport.tasks.kazakh.tokens import Token

_DASHES: Final = frozenset("–—-")
_OWNERS: Final = ("дің", "дың", "тің", "тың", "нің", "ның")
_TASK_NOUN: Final = re.compile(
    r"(?:міндет|тапсырма|басымдық|талап)(?:і|іміз|ы|ымыз|тер|теріміз)?|міндет(?:тер|теріміз)дің"
)
_PENDING: Final = re.compile(r"тұр|қойылды|қойылып|жүктелді|жүктеледі|мойнында|алда|күтіп|болмақ")
_QUALIFIERS: Final = frozenset(
    {
        "басты",
        "негізгі",
        "біздің",
        "ең",
        "маңызды",
        "бірінші",
        "кезекті",
        "ортақ",
        "өзекті",
        "бірден-бір",
        "екінші",
        "үшінші",
        "төртінші",
        "келесі",
        "тағы",
        "бір",
    }
)
_WORSE: Final = re.compile(
    r"\b(?:қылмыс|жұмыссыздық|апат|жарақат|ластану|жемқорлық|кептеліс|өлім|сырқаттану|кедейлік|құқық бұзу)\w*"
)
_RANK: Final = re.compile(r"\b(?:\d+|[iіvхx]+)\s?-?\s?(?:ші|шы|інші|ыншы)?\s?-?\s?орын(?:да|ға)\b")
_BEHIND: Final = re.compile(
    r"\b(?:артта қал|кейін қал|ақсап|сын көтермейді|қанағаттанарлықсыз|алаңдатады\b|мардымсыз|көңіл көншітпе|"
    r"көңілі? толма)\w*(?:\s+(?:келеді|тұр|отыр|жатыр|қалды))?"
)


def named_tasks(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """Find acts called a task: `-у – басты міндет`, `басты міндет – -у`, `міндет ретінде`, `міндеті тұр`."""
    found = (_named(tokens, verbs, at) for at, token in enumerate(tokens) if _TASK_NOUN.fullmatch(token.lower))
    return [one for one in found if one is not None]


def _named(tokens: Sequence[Token], verbs: Sequence[Governor], at: int) -> Predicate | None:
    """Read the word for a task at `at`."""
    first = _qualified(tokens, at)
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if tokens[at].lower.endswith("дің") and after.startswith("бірі"):
        at += 1  # one of the main tasks is a main task
        after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    act = first > 1 and tokens[first - 1].text in _DASHES and _bare(tokens[first - 2].lower)
    trigger = phrase(tokens, first, at)
    if after == "ретінде" or (act and after in EXISTENTIAL):
        verb = saying_after(verbs, at)
        if verb is None or verb.group == "report":
            return None
        return Predicate(first - act, verb.last, "order", "named-task", f"{trigger} {after}")
    if act and closes(tokens, at):
        return Predicate(first - 1, at, "order", "named-task", trigger)
    if after in _DASHES and first < at and _bare(tokens[-1].lower):
        return Predicate(len(tokens) - 1, len(tokens) - 1, "order", "named-task", trigger)
    pending = _pending(tokens, at) if at and _bare(tokens[at - 1].lower) else None
    if pending is not None:
        return Predicate(at, pending, "order", "pending-task", phrase(tokens, at, pending))
    return None


def _bare(word: str) -> bool:
    noun = verbal_noun(word)
    return noun is not None and noun.case == "nominative" and not noun.owned


def _qualified(tokens: Sequence[Token], at: int) -> int:
    """Step back over what qualifies the word for a task, and over whose it is (`ересектердің ортақ міндеті`)."""
    while at > 0 and (tokens[at - 1].lower in _QUALIFIERS or tokens[at - 1].lower.endswith(_OWNERS)):
        at -= 1
    return at


def _pending(tokens: Sequence[Token], at: int) -> int | None:
    """Give the last token of `міндеті (әкімдіктің) мойнында қала береді`, `міндеті тұр`, `міндеті қойылды`."""
    for step in range(at + 1, min(at + 6, len(tokens))):
        if tokens[step].lower in COMMAS:
            return None
        if _PENDING.fullmatch(tokens[step].lower):
            last = step
            while last + 1 < len(tokens) and tokens[last + 1].is_word and last - step < 2:  # noqa: PLR2004
                last += 1
            return last
    return None


def stated_problems(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """A problem stated as the speaker's own finding: a bad rank, a falling behind."""
    if any(verb.group in {"say", "report"} for verb in verbs):
        return []
    said = " ".join(token.lower for token in tokens)
    last = len(tokens) - 1
    while last > 0 and not tokens[last].is_word:
        last -= 1
    rank = _RANK.search(said)
    if rank and _WORSE.search(said, 0, rank.start()) and "орын алды" not in said:
        return [Predicate(last, last, "implied", "bad-rank", rank.group())]
    behind = _BEHIND.search(said)
    if behind is None or len(said) - behind.end() > 2:  # noqa: PLR2004 - more than a mark: an aside, no predicate
        return []
    final = tokens[last].lower
    if looks_finite(final) or final in {"тұр", "отыр", "жатыр"}:
        return [Predicate(last, last, "implied", "falling-behind", behind.group())]
    return []
