"""The verbs that govern: of ordering, advising, saying, reporting, noticing, criticising; and what they make.

A verb is known by its stem and, where it is a compound (`тапсырма беру`), by the noun before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import rows
from aport.tasks.kazakh.morphology import VerbalNoun, finite_form, verbal_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aport.tasks.kazakh.tokens import Token

_AUXILIARIES: Final = frozenset({"отыр", "отырмын", "отырмыз", "тұр", "тұрмын", "тұрмыз", "жатыр", "келеді"})
_PLUPERFECT: Final = frozenset({"еді", "болатын", "екен"})
_CLOSERS: Final = frozenset({"болады", "болып", "деп", "деді", "дейді", "деген", "ғой", "сондықтан", "себебі"})
_MARKS: Final = frozenset(',.!?;:»"”“’)–—-…')
EXISTENTIAL: Final = frozenset({"екенін", "екенiн", "екендігін", "екеніне", "екендігіне", "екені", "екендігі"})


@dataclass(frozen=True)
class Predicate:
    """A range of tokens that makes what stands before it a task."""

    first: int
    last: int
    kind: str
    rule: str
    trigger: str
    chained: bool = False
    """It is a converb or an unfinished nominal, so the sentence goes on with the same speaker."""
    weak: bool = False
    """It only notices something; a stronger predicate in the sentence takes its place."""
    bare: bool = False
    """No verb of saying governs it: its subject is the one who must act, not the one who says so."""


@dataclass(frozen=True)
class Governor:
    """A verb of saying, reporting, ordering, advising, noticing or criticising."""

    first: int
    last: int
    group: str
    kind: str
    complement: str
    form: str
    passive: bool


@cache
def _verbs() -> dict[str, tuple[tuple[tuple[tuple[str, ...], ...], str, str, str, str], ...]]:
    """Give the governing verbs by the first two letters of their stem."""
    entries: list[tuple[tuple[tuple[str, ...], ...], str, str, str, str]] = []
    for row in rows("triggers"):
        before = tuple(tuple(word.split()) for word in row["before"].split("|") if word)
        entries.append((before, row["stem"], row["group"], row["kind"], row["complement"]))
    for row in rows("speech"):
        before = tuple(tuple(word.split()) for word in row["before"].split("|") if word)
        entries.append((before, row["stem"], row["role"], "", "any"))
    found: dict[str, list[tuple[tuple[tuple[str, ...], ...], str, str, str, str]]] = {}
    for entry in entries:
        found.setdefault(entry[1][:2], []).append(entry)
    return {key: tuple(value) for key, value in found.items()}


def governors(tokens: Sequence[Token]) -> list[Governor]:
    """Find the governing verbs among the tokens, in order; prior past and attributes are left out."""
    found: list[Governor] = []
    for at, token in enumerate(tokens):
        for before, stem, group, kind, complement in _verbs().get(token.lower[:2], ()):
            if not token.lower.startswith(stem):
                continue
            form = finite_form(token.lower[len(stem) :])
            if form is None or form[0] == "participle":
                continue
            first = _before(tokens, at, before)
            if first is None:
                continue
            governor = _with_auxiliary(tokens, Governor(first, at, group, kind, complement, *form))
            if governor is not None:
                found.append(governor)
    return _unique(found)


def _before(tokens: Sequence[Token], at: int, wanted: tuple[tuple[str, ...], ...]) -> int | None:
    """Give the first token of a compound verb whose last is at `at`, or `None` where its noun is missing."""
    if not wanted:
        return at
    start = at - 1
    while start >= 0 and tokens[start].lower in {"да", "де"}:
        start -= 1
    for phrase in wanted:
        begin = start - len(phrase) + 1
        if begin >= 0 and tuple(token.lower for token in tokens[begin : start + 1]) == phrase:
            return begin
    return None


def _with_auxiliary(tokens: Sequence[Token], governor: Governor) -> Governor | None:
    """Take in an auxiliary; drop what happened before the time that the text tells of."""
    after = tokens[governor.last + 1].lower if governor.last + 1 < len(tokens) else ""
    if after in _PLUPERFECT:
        return None
    if governor.form == "converb" and after in _AUXILIARIES:
        return replace(governor, last=governor.last + 1, form="present")
    return governor


def _unique(found: Iterable[Governor]) -> list[Governor]:
    """Keep the longest of the governors that end at one token; the directive groups win a tie."""
    order = {"directive": 0, "attention": 1, "criticism": 1, "report": 2, "say": 3, "tell": 4}
    best: dict[int, Governor] = {}
    for governor in found:
        other = best.get(governor.last)
        key = (governor.first, order[governor.group])
        if other is None or key < (other.first, order[other.group]):
            best[governor.last] = governor
    return [best[last] for last in sorted(best)]


def closes(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word at `at` ends its clause."""
    if at + 1 >= len(tokens):
        return True
    after = tokens[at + 1].lower
    return after in _MARKS or after in _CLOSERS or after in {"және", "әрі", "сондай-ақ", "ал", "өйткені"}


def phrase(tokens: Sequence[Token], first: int, last: int) -> str:
    """Give the words of a range as they stand, with single spaces."""
    return " ".join(token.text for token in tokens[first : last + 1])


def noun_before(tokens: Sequence[Token], at: int) -> VerbalNoun | None:
    """Analyse the word right before `at` as a verbal noun, stepping over `да`, `де` and adverbs."""
    at -= 1
    while at > 0 and tokens[at].lower in {"да", "де", "міндетті", "түрде", "өте", "аса", "ең", "өз", "әлдеқайда"}:
        at -= 1
    return verbal_noun(tokens[at].lower) if at >= 0 else None


def saying_after(verbs: Sequence[Governor], at: int) -> Governor | None:
    """Give the verb that governs a nominal: the first verb of saying or noticing after it."""
    return next((verb for verb in verbs if verb.first > at), None)
