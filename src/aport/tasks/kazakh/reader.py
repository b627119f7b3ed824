"""Kazakh documents: from sentences to proposed tasks, roles and facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.details import addressee_of, deadline_of, places_of
from aport.tasks.kazakh.figures import find_figures
from aport.tasks.kazakh.governing import Predicate, governors
from aport.tasks.kazakh.morphology import verbal_noun
from aport.tasks.kazakh.predicates import find_predicates
from aport.tasks.kazakh.spans import Piece, cut
from aport.tasks.kazakh.speech import INTRODUCED, Voice, by_outsider, rank_of, speaks_outside, voices
from aport.tasks.kazakh.tokens import tokenize
from aport.tasks.kazakh.topics import choose, weigh
from aport.tasks.model import Figure, Proposal, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aport.tasks.kazakh.tokens import Token

_DECREE: Final = re.compile(r"\b(?:қаулы ет|бұйырам|өкім етем|жарлық ет|шешім қабылдады\s*:)", re.IGNORECASE)
_ENUMERATOR: Final = re.compile(
    r"\s*(?:[–—-]\s*)?(?:(?:\d{1,3}|[IVXІХ]{1,4}|[а-яәіa-z])[.)]\s+)?"
    r"(?:(?:біріншіден|екіншіден|үшіншіден|төртіншіден|бесіншіден|алтыншыдан|жетіншіден)\s*,\s*)?",
    re.IGNORECASE,
)
_LEAD: Final = ' \t\u00a0–—-•*·#>«“„"'
_TRAIL: Final = ' \t\u00a0.!?;:,…»”"'
_PAIRS: Final = {"»": "«", "”": "“", '"': '"'}
_ANNOUNCED: Final = re.compile(r"[:]\s*[«“\"]?\s*$")
_GOES_ON: Final = re.compile(
    r"(?:Бұл|Осы|Аталған)\s+(?:жоба|шара|бағдарлама|бастама|нысан|жұмыс)\w*\b.*\b(?:алады|болады|береді|тиіс|керек|қажет)",
    re.DOTALL,
)
_CRITERION: Final = re.compile(
    r"\b(?:негізгі|басты|маңызды|бірінші|түйінді)\s+(?:көрсеткіш|өлшем|критерий)(?:і|тер|тері|ы|лар|шарт)?\b"
    r"|\b(?:бойынша|қарай|арқылы)\s+бағалан(?:ады|уы|уға|атын)\w*"
    r"|\bтиімділі(?:гі|к)\s+(?:көрсеткіш|индикатор)\w*"
)
_JUDGED: Final = re.compile(r"\b(?:әкім|басшы|министр|орган|қызметші|мекеме|жұмысы|қызметі)\w*")
_MARGIN: Final = 12
_STATED: Final = frozenset({"bad-rank", "falling-behind"})
"""Rules that find a statement of how things are: its figures are facts, nobody asked for them."""


@dataclass(frozen=True)
class Body:
    """Words of one voice inside a sentence."""

    sentence: int
    start: int
    end: int
    voice: Voice


@dataclass(frozen=True)
class Setting:
    """What the document says around a sentence.

    `free`: it stands in a decree or is a heading, so its bare "must" is the authority's own; `settled`: a task
    was set before it; `announced`: it is an item of a list of tasks; `lead`: the rank of the highest who directs.
    """

    free: bool
    settled: bool
    announced: bool
    lead: int


@dataclass(frozen=True)
class Scene:
    """What the fields of a task are filled from: its sentence, the one before, the document's topics, the figures."""

    start: int
    end: int
    before: str
    document: Mapping[str, float]
    figures: Sequence[Figure]


def read_kazakh(
    text: str, spans: Sequence[tuple[int, int]]
) -> tuple[tuple[Sentence, ...], tuple[Proposal, ...], tuple[Figure, ...]]:
    """Read a Kazakh document.

    Parameters
    ----------
    text
        The document.
    spans
        Offsets of its sentences, in order.

    Returns
    -------
    sentences, tasks, facts
        Sentences with their roles, proposals in the order of the text, and the figures outside them.
    """
    spoken = voices(text, spans)
    decree = _DECREE.search(text) is not None
    lead = max((_leading_rank(text, span, voice) for span, voice in zip(spans, spoken, strict=True)), default=0)
    document = weigh(text.lower())
    tasks: list[Proposal] = []
    by_sentence: list[list[Proposal]] = []
    figures = [find_figures(text, start, end) for start, end in spans]
    announced = False
    for number, (span, voice) in enumerate(zip(spans, spoken, strict=True)):
        setting = Setting(decree or _is_heading(text, span), bool(tasks), announced, lead)
        drafts: list[tuple[list[Token], Piece]] = []
        for body in _bodies(text, number, span, voice):
            tokens = tokenize(text, body.start, body.end)
            drafts.extend((tokens, piece) for piece in _pieces(tokens, body, setting))
        before = text[spans[number - 1][0] : spans[number - 1][1]] if number else ""
        scene = Scene(*span, before, document, figures[number])
        own = [_propose(text, tokens, piece, scene) for tokens, piece in drafts]
        by_sentence.append(own)
        tasks.extend(own)
        announced = _announces(text, span, tokens_of_end=tokenize(text, *span)) or (announced and _is_item(text, span))
    _inherit(text, spans, by_sentence, figures)
    used = {figure.start for own in by_sentence for task in own for figure in task.figures}
    left = [[figure for figure in found if figure.start not in used] for found in figures]
    sentences = tuple(
        Sentence(number, *span, text[slice(*span)], _roles(text[slice(*span)], tasked=bool(own), stated=bool(found)))
        for number, (span, own, found) in enumerate(zip(spans, by_sentence, left, strict=True), 1)
    )
    return sentences, tuple(chain.from_iterable(by_sentence)), tuple(chain.from_iterable(left))


def _leading_rank(text: str, span: tuple[int, int], voice: Voice) -> int:
    """Give the rank of the one who directs or is quoted in a sentence."""
    tokens = tokenize(text, span[0], voice.end)
    directs = any(verb.group in {"directive", "ban"} for verb in governors(tokens))
    narrated = rank_of(text[span[0] : voice.end]) if directs and not voice.direct else 0
    return max(voice.rank, narrated)


def _bodies(text: str, number: int, span: tuple[int, int], voice: Voice) -> list[Body]:
    """Give the stretches of a sentence that are one voice's words, without marks, enumerators and attribution."""
    found = [_trim(text, number, span[0], voice.end, voice)]
    if voice.tail is not None:
        narrator = replace(voice, direct=False, silent=False, rank=0)
        found.append(_trim(text, number, voice.tail, span[1], narrator))
    return [body for body in found if body.start < body.end]


def _trim(text: str, number: int, start: int, end: int, voice: Voice) -> Body:
    introduced = INTRODUCED.match(text, start, end)
    if introduced is not None:
        start = introduced.end()
    while start < end and text[start] in _LEAD:
        if text[start] in '«"“„' and _closes_inside(text, start, end):
            break
        start += 1
    enumerator = _ENUMERATOR.match(text, start, end)
    if enumerator is not None and enumerator.end() < end:
        start = enumerator.end()
    while end > start and (text[end - 1] in _TRAIL or text[end - 1].isspace()):
        opener = _PAIRS.get(text[end - 1])
        if opener is not None and _opens_inside(text[start:end], opener, text[end - 1]):
            break
        end -= 1
    return Body(number, start, end, voice)


def _closes_inside(text: str, start: int, end: int) -> bool:
    """Tell whether a leading quotation mark opens a name and not the whole speech."""
    closer = {"«": "»", "“": "”", "„": "“", '"': '"'}[text[start]]
    at = text.find(closer, start + 1, end)
    return at >= 0 and bool(text[at + 1 : end].strip(_TRAIL))


def _opens_inside(said: str, opener: str, closer: str) -> bool:
    if opener == closer:
        return said.count(closer) % 2 == 0
    return said.count(opener) >= said.count(closer)


def _is_heading(text: str, span: tuple[int, int]) -> bool:
    """Tell whether the sentence is a line of its own between empty lines or marked as a heading."""
    before = text[max(0, span[0] - _MARGIN) : span[0]].rstrip(" \t")
    after = text[span[1] : span[1] + _MARGIN].lstrip(" \t")
    alone = (not before or before.endswith(("\n\n", "\n\r\n", "#"))) and (not after or after[:1] in "\r\n")
    return alone and text[span[1] - 1] != "."


def _is_item(text: str, span: tuple[int, int]) -> bool:
    return re.match(r"\s*(?:[–—•*·-]|\d{1,3}[.)]|[а-яәіa-z]\))\s*", text[span[0] : span[1]]) is not None


def _announces(text: str, span: tuple[int, int], *, tokens_of_end: Sequence[Token]) -> bool:
    """Tell whether a sentence ends by announcing a list of tasks."""
    if not _ANNOUNCED.search(text[span[0] : span[1]]):
        return False
    directs = any(verb.group == "directive" for verb in governors(tokens_of_end))
    return directs or _DECREE.search(text[span[0] : span[1]]) is not None


def _pieces(tokens: list[Token], body: Body, setting: Setting) -> list[Piece]:
    """Find the tasks in one voice's words."""
    voice = body.voice
    if not tokens or voice.silent:
        return []
    colon = _list_colon(tokens)
    if colon is not None:
        head = _pieces(tokens[:colon], body, setting)
        return [*head, *(_moved(piece, colon + 1) for piece in _listed(tokens[colon + 1 :]))]
    predicates = find_predicates(tokens, free=setting.free or voice.direct, settled=setting.settled)
    words_before = " ".join(token.text for token in tokens[: predicates[0].first]) if predicates else ""
    if not voice.direct and by_outsider(words_before):
        return []
    if not voice.direct and speaks_outside(words_before):
        predicates = [one for one in predicates if one.bare or one.rule in {"jussive", "imperative"}]
    if voice.direct and 0 < voice.rank < setting.lead:
        predicates = [one for one in predicates if one.rule in {"directive", "prohibition"}]
    if predicates:
        return cut(tokens, predicates)
    last = len(tokens) - 1
    ordered = re.match(
        r"\W*деп\s+(тапсыр|жүкте|талап|бұйыр|міндетте|шақыр|ескерт)", voice.attribution.lstrip(' ,–—-»"”')
    )
    noun = verbal_noun(tokens[last].lower)
    if (
        noun is not None
        and noun.case in {"nominative", "accusative"}
        and (setting.announced or (ordered and voice.end == body.end))
    ):
        kind = "advice" if ordered and ordered.group(1) == "шақыр" else "order"
        trigger = ordered.group(1) if ordered else tokens[last].text
        return [Piece(0, last, Predicate(last, last, kind, "listed-act", trigger))]
    return []


def _list_colon(tokens: Sequence[Token]) -> int | None:
    """Find the colon after a directive (`тапсырма берілді: ...`) where the tasks follow in the same sentence."""
    colons = [at for at, token in enumerate(tokens) if token.text == ":" and 0 < at < len(tokens) - 1]
    if not colons:
        return None
    directs = any(verb.group == "directive" for verb in governors(tokens[: colons[0]]))
    return colons[0] if directs else None


def _listed(tokens: Sequence[Token]) -> list[Piece]:
    """Take the items of a list in a sentence: each ends in its own predicate or in a verbal noun."""
    found: list[Piece] = []
    mark = ";" if any(token.text == ";" for token in tokens) else ","
    begin = 0
    for at in range(len(tokens) + 1):
        if at < len(tokens) and tokens[at].text != mark:
            continue
        item = tokens[begin:at]
        while item and not item[0].is_word:
            item = item[1:]
            begin += 1
        predicates = find_predicates(item, free=True, settled=True)
        noun = verbal_noun(item[-1].lower) if item else None
        if predicates:
            found.extend(_moved(piece, begin) for piece in cut(item, predicates))
        elif noun is not None and noun.case in {"nominative", "accusative"}:
            last = len(item) - 1
            made = Predicate(last, last, "order", "listed-act", item[-1].text)
            found.append(_moved(Piece(0, last, made), begin))
            begin = at + 1
        if predicates or mark == ";":
            begin = at + 1
    return found


def _moved(piece: Piece, by: int) -> Piece:
    """Count a piece of a part of a passage in the whole passage."""
    one = piece.predicate
    return Piece(piece.first + by, piece.last + by, replace(one, first=one.first + by, last=one.last + by))


def _propose(text: str, tokens: Sequence[Token], piece: Piece, scene: Scene) -> Proposal:
    """Fill in the fields of a task."""
    start, end = tokens[piece.first].start, tokens[piece.last].end
    quote = text[start:end]
    predicate = piece.predicate
    return Proposal(
        start=start,
        end=end,
        quote=quote,
        kind=predicate.kind,
        topic=choose(quote, (text[scene.start : start], text[end : scene.end], scene.before), scene.document),
        addressee=addressee_of(tokens, predicate, (piece.first, piece.last)),
        deadline=deadline_of(quote),
        figures=() if predicate.rule in _STATED else tuple(one for one in scene.figures if start <= one.start < end),
        places=places_of(text, start, end),
        trigger=predicate.trigger,
        rule=predicate.rule,
    )


def _inherit(
    text: str, spans: Sequence[tuple[int, int]], by_sentence: list[list[Proposal]], figures: Sequence[Sequence[Figure]]
) -> None:
    """Give the last task of a sentence the figures of the next one where that goes on about it (`Бұл жоба ...`)."""
    for own, after, span, found in zip(by_sentence, by_sentence[1:], spans[1:], figures[1:], strict=False):
        if own and not after and found and _GOES_ON.match(text, *span):
            own[-1] = replace(own[-1], figures=(*own[-1].figures, *found))


def _roles(said: str, *, tasked: bool, stated: bool) -> tuple[str, ...]:
    """Say what a sentence does in the document."""
    lower = said.lower()
    criterion = _CRITERION.search(lower) is not None and _JUDGED.search(lower) is not None
    roles = zip(("task", "criterion", "statement"), (tasked, criterion, stated), strict=True)
    return tuple(role for role, holds in roles if holds) or ("context",)
