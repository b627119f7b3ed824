"""How far each task reaches: clauses, coordinated objects, and what is left out before the first of them.

One task in a passage takes the passage; several take each their own object, and the last of a row takes in the
verb that they share. Coordinated modifiers and places of one object are not split, nor are two verbs with one
object (`салу және кеңейту`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.governing import Predicate, governors
from aport.tasks.kazakh.lexicons import column, words
from aport.tasks.kazakh.morphology import is_finite, verbal_noun
from aport.tasks.kazakh.predicates import is_addressed
from aport.tasks.kazakh.tokens import COMMAS, CONJUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aport.tasks.kazakh.tokens import Token

_QUOTES: Final = frozenset('«»"“”„')
_PRONOUNS: Final = frozenset({"ол", "олар", "оған", "оларға", "бұған", "бізге", "біз", "мен"})
_NAMED: Final = frozenset({"ғана", "тек"})
_TWO: Final = 2


@dataclass(frozen=True)
class Piece:
    """One task's tokens, first and last inclusive, with the predicate that made it."""

    first: int
    last: int
    predicate: Predicate


def cut(tokens: Sequence[Token], predicates: Sequence[Predicate]) -> list[Piece]:
    """Give each task of a passage its tokens.

    Parameters
    ----------
    tokens
        The passage.
    predicates
        What makes tasks of it, in order, as :func:`~aport.tasks.kazakh.predicates.find_predicates` gives them.

    Returns
    -------
    list of Piece
        In order, never overlapping.
    """
    rows: list[list[Piece]] = []
    start = 0
    for at, predicate in enumerate(predicates):
        follows = at + 1 < len(predicates) and predicates[at + 1].rule == "necessity"
        if predicate.rule == "prevention" and follows and _only_comma(tokens, predicate):
            continue  # what is to be prevented only explains the act that follows in the same breath
        first = _after_asides(tokens, _skip_joints(tokens, start), predicate)
        if rows and predicate.rule == "jussive" and not _has_object(tokens, first, predicate.first):
            last = rows[-1][-1]
            rows[-1][-1] = Piece(last.first, predicate.last, last.predicate)  # a second step with the same object
        elif first <= predicate.last:
            rows.append(_split(tokens, first, predicate))
        start = predicate.last + 1
    alone = sum(map(len, rows)) == 1
    for number, row in enumerate(rows):
        if not alone and (number == 0 or len(row) > 1):
            head = row[0]
            row[0] = Piece(_after_address(tokens, head), head.last, head.predicate)
    return [piece for row in rows for piece in row]


def _has_object(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Tell whether a clause has words of its own beside adverbs and the one it goes to."""
    return any(
        token.is_word and token.lower not in words("adverbs") and not is_addressed(token.lower)
        for token in tokens[first:end]
    )


def _only_comma(tokens: Sequence[Token], predicate: Predicate) -> bool:
    after = predicate.last + 1
    return after < len(tokens) and tokens[after].text == ","


def _skip_joints(tokens: Sequence[Token], at: int) -> int:
    """Step over commas and conjunctions between two clauses."""
    while at < len(tokens) - 1 and at > 0 and (not tokens[at].is_word or tokens[at].lower in CONJUNCTIONS | {"қатар"}):
        if tokens[at].text in _QUOTES:
            break
        at += 1
    return at


def _after_asides(tokens: Sequence[Token], start: int, predicate: Predicate) -> int:
    """Step over a leading clause that only tells the scene (`... тоқталып,`) or is finished (`... тозған,`)."""
    narrated = {verb.last for verb in governors(tokens[: predicate.first]) if verb.group != "tell"}
    best = start
    for at in range(start, predicate.first):
        if tokens[at].text != "," or at == start:
            continue
        before = tokens[at - 1].lower
        told = not predicate.bare and predicate.rule not in {"jussive", "imperative"}
        scene = (told and before in words("narrative")) or (at - 1) in narrated
        finished = is_finite(before) and predicate.rule != "jussive"
        if scene or finished:
            best = _skip_joints(tokens, at + 1) if at + 1 < predicate.first else best
    return best


def _after_address(tokens: Sequence[Token], piece: Piece) -> int:
    """Step over the subject and the one addressed before the first of several objects."""
    at = _after_subject(tokens, piece.first, piece.last)
    if piece.predicate.rule in {"jussive", "imperative"}:
        return piece.first if at >= piece.last else at
    while at < piece.last and tokens[at].lower in _PRONOUNS:
        at += 1
    limit = min(piece.last, piece.predicate.first)
    for step in range(at, min(limit, at + 14)):
        if verbal_noun(tokens[step].lower) is not None or tokens[step].text == ",":
            break
        if is_addressed(tokens[step].lower):
            at = step + 1
    return at if at < limit else piece.first


def _after_subject(tokens: Sequence[Token], first: int, last: int) -> int:
    """Step over a connective and the nominative of the one who speaks."""
    at = first
    titles = words("authorities", "title")
    for step in range(first, min(first + 9, last)):
        word = tokens[step]
        if word.text == "," or verbal_noun(word.lower) is not None:
            break
        pair = f"{tokens[step - 1].lower} {word.lower}" if step else ""
        if word.lower in titles or pair in titles or word.lower in {"ол", "президенті", "басшысы"}:
            at = step + 1
            break
    return _after_name(tokens, at, last)


def _after_name(tokens: Sequence[Token], at: int, last: int) -> int:
    """Step over a person's name: two capitalised words; one alone may be a place that belongs to the task."""
    step = at
    while step < last and tokens[step].text[0].isupper():
        step += 1
    return step if step - at >= _TWO else at


def _split(tokens: Sequence[Token], first: int, predicate: Predicate) -> list[Piece]:
    """Split what one predicate governs into its coordinated acts and objects."""
    pieces: list[Piece] = []
    begin = first
    for at in range(first + 1, predicate.first):
        if not _joint(tokens, at) or at <= begin:
            continue
        after = _past_joint(tokens, at, predicate.first)
        if after >= predicate.first or not _splits(tokens, begin, at, after, predicate):
            continue
        pieces.append(Piece(begin, at - 1, predicate))
        begin = after
    pieces.append(Piece(begin, predicate.last, predicate))
    return pieces


def _joint(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].text == ",":
        return tokens[at - 1].lower not in CONJUNCTIONS
    return tokens[at].lower in CONJUNCTIONS and tokens[at - 1].text != ","


def _past_joint(tokens: Sequence[Token], at: int, limit: int) -> int:
    while at < limit and (tokens[at].text in COMMAS or tokens[at].lower in CONJUNCTIONS | {"қатар"}):
        at += 1
    return at


def _splits(tokens: Sequence[Token], begin: int, at: int, after: int, predicate: Predicate) -> bool:
    """Tell whether the joint at `at` parts two acts."""
    before = tokens[at - 1].lower
    if before == "емес" and tokens[at - 2].lower in _NAMED:
        return _has_act(tokens, begin, at)
    noun = verbal_noun(before)
    if noun is None:
        return False
    if not _own_words(tokens, begin, at - 1):
        return False
    others = (step for step in range(after, predicate.first) if _same_slot(tokens, step, noun.case, owned=noun.owned))
    if noun.case in {"nominative", "dative"} and not (noun.case == "dative" and predicate.kind == "advice"):
        others = (step for step in others if _in_slot(tokens, step, predicate))
    elif noun.case not in {"accusative", "dative"}:
        return False
    first = next(others, None)
    return first is not None and _own_words(tokens, after, first)  # else two verbs share one object


def _same_slot(tokens: Sequence[Token], at: int, case: str, *, owned: bool) -> bool:
    noun = verbal_noun(tokens[at].lower)
    if noun is None or noun.owned != owned:
        return False
    return noun.case == case


def _in_slot(tokens: Sequence[Token], at: int, predicate: Predicate) -> bool:
    """Tell whether a bare verbal noun stands where the row it ends is governed, or goes on as a row."""
    after = at + 1
    if after >= predicate.first:
        return True
    word = tokens[after].lower
    return word.startswith(column("slots", "stem")) or word in COMMAS or word in CONJUNCTIONS


def _has_act(tokens: Sequence[Token], begin: int, end: int) -> bool:
    return any(verbal_noun(token.lower) is not None for token in tokens[begin:end])


def _own_words(tokens: Sequence[Token], begin: int, act: int) -> bool:
    """Tell whether an act has an object of its own, more than adverbs and converbs."""
    return any(
        token.is_word
        and token.lower not in words("adverbs")
        and not token.lower.endswith(("ып", "іп"))
        and verbal_noun(token.lower) is None
        for token in tokens[begin:act]
    )
