"""The words that make a passage a task: directive verbs, necessity, jussives, bans, advice, criticism.

Kazakh puts the predicate last. A predicate is found as a range of tokens; what it governs lies before it. A
predicate may stand at the end of its clause (`тапсырды`), in a chain (`тапсырып, ...`), or be a nominal that a
verb of saying governs (`қажеттігін айтты`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import column, rows, words
from aport.tasks.kazakh.morphology import (
    VerbalNoun,
    finite_form,
    imperative,
    is_dative,
    jussive,
    looks_finite,
    verbal_noun,
)
from aport.tasks.kazakh.tokens import COMMAS, CONJUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aport.tasks.kazakh.tokens import Token

_STRENGTH: Final = {"ban": 3, "order": 2, "advice": 1, "implied": 0}
_AUXILIARIES: Final = frozenset({"отыр", "отырмын", "отырмыз", "тұр", "тұрмын", "тұрмыз", "жатыр", "келеді"})
_ANNOUNCING: Final = frozenset({"бірқатар", "мынадай", "келесі", "осындай", "бірнеше", "төмендегідей"})
_ABOUT: Final = frozenset({"туралы", "жөнінде", "бойынша"})
_PLUPERFECT: Final = frozenset({"еді", "болатын", "екен"})
_CLOSERS: Final = frozenset({"болады", "болып", "деп", "деді", "дейді", "деген", "ғой", "сондықтан", "себебі"})
_MARKS: Final = frozenset(',.!?;:»"”“’)–—-…')
_SAYING: Final = frozenset({"деп", "деген", "десе", "дейді", "деді"})
_EXISTENTIAL: Final = frozenset({"екенін", "екенiн", "екендігін", "екеніне", "екендігіне", "екені", "екендігі"})
_NECESSITY_NOUN: Final = re.compile(
    r"(?:қажетті(?:гі|лігі)|керекті(?:гі)|тиісті(?:гі|лігі)|қажеті|керегі)(?:н|не|нің)?"
)
_IMPORTANCE_NOUN: Final = re.compile(r"маңызды(?:лығы)(?:н|на|ның)?|маңызы(?:н|на)")
_DISPLEASED: Final = re.compile(r"(?:көңілі?м? ?)?(?:толмайтын|қанағаттанбайтын)(?:ын|дығын)")
_PERSON: Final = re.compile(r"(?<=тиіс)(?:піз|сіз|сіздер|пін)$|(?<=міндетті)(?:міз|сіз|сіздер|мін)$")
_LAW: Final = re.compile(r"заң(?:ға|ның|ы|да|дар|нама\w*)?")
_NO_LEAVE: Final = re.compile(r"(?:етілме|берілме|берме)(?:йді|ймін|йміз|сін|йтінін|йтіндігін)")
_NOT_ALLOWED: Final = re.compile(r"болмай(?:ды|тынын|тындығын|тынына|тындығына)")
_PROMISED_BAN: Final = re.compile(r"бер(?:іл)?ме(?:йді|сін|йтінін|йтіндігін|уі|йік)")
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
_NAMED_AS: Final = re.compile(r"(?:міндет|міндеттер|басымдық|тапсырма)(?:і|тері)?")


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


def _complement_fits(tokens: Sequence[Token], start: int, governor: Governor) -> bool:
    """Tell whether the governor has the complement that makes it a directive."""
    if governor.complement == "any":
        return True
    nouns = [noun for token in tokens[start : governor.first] if (noun := verbal_noun(token.lower))]
    if not nouns:
        return False
    if governor.first > 1 and tokens[governor.first - 1].lower in _ANNOUNCING:
        return tokens[governor.first - 2].lower in _ABOUT  # `бірқатар тапсырма берді` announces, and says none
    if governor.complement == "act" or governor.passive:
        return True
    cases = {"accusative": {"accusative"}, "dative": {"dative"}}[governor.complement]
    return any(noun.case in cases for noun in nouns)


def find_predicates(tokens: Sequence[Token], *, free: bool, settled: bool) -> list[Predicate]:
    """Find what makes tasks of a passage, in order.

    Parameters
    ----------
    tokens
        The passage.
    free
        The words are spoken, or stand in a decree or a heading, so that a bare "must" is the speaker's own.
    settled
        The passage goes on from a task, so that a bare "must" of the narrator still reports it.

    Returns
    -------
    list of Predicate
        In order of their last token; none overlap.
    """
    verbs = governors(tokens)
    found = [
        *_from_governors(tokens, verbs),
        *_from_nominals(tokens, verbs),
        *_bare_necessity(tokens, free=free, settled=settled),
        *_moods(tokens),
        *_prohibitions(tokens, verbs),
        *_named_tasks(tokens, verbs),
    ]
    if not found:
        found = _stated_problems(tokens, verbs)
    return _settle(tokens, found)


def _settle(tokens: Sequence[Token], found: Iterable[Predicate]) -> list[Predicate]:
    """Put predicates in order, join those of one clause and drop the weak ones that a stronger one follows."""
    joined: list[Predicate] = []
    for predicate in sorted(found, key=lambda one: (one.last, one.first)):
        if joined and _same_clause(tokens, joined[-1], predicate):
            joined[-1] = _join(tokens, joined[-1], predicate)
        else:
            joined.append(predicate)
    strong = [at for at, one in enumerate(joined) if not one.weak]
    return [one for at, one in enumerate(joined) if not (one.weak and one.chained and strong and strong[-1] > at)]


def _same_clause(tokens: Sequence[Token], one: Predicate, other: Predicate) -> bool:
    if other.first <= one.last:
        return True
    between = tokens[one.last + 1 : other.first]
    if any(token.lower in COMMAS or token.lower in CONJUNCTIONS for token in between):
        return False
    return not any(verbal_noun(token.lower) for token in between) and len(between) <= 6  # noqa: PLR2004


def _join(tokens: Sequence[Token], one: Predicate, other: Predicate) -> Predicate:
    first, last = min(one.first, other.first), max(one.last, other.last)
    best = max(one, other, key=lambda each: _STRENGTH[each.kind])
    return Predicate(
        first,
        last,
        best.kind,
        best.rule,
        phrase(tokens, first, last),
        chained=(one if one.last > other.last else other).chained,
        weak=one.weak and other.weak,
    )


def _from_governors(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """Directives, advice, attention and criticism that carry their own complement."""
    found: list[Predicate] = []
    start = 0
    for verb in verbs:
        begin, start = start, verb.last + 1
        if verb.group in {"say", "tell", "report"} or not _complement_fits(tokens, begin, verb):
            continue
        chained = verb.form == "converb"
        weak = verb.group in {"attention", "criticism"}
        timeless = verb.form == "present" and verb.group == "directive" and not (verb.passive and verb.kind == "ban")
        if timeless and not _has_speaker(tokens, verb.first):
            continue  # a law that "demands": nobody in the meeting said it
        kind = verb.kind if verb.kind != "order" else _directive_kind(tokens, begin, verb.first)
        trigger = phrase(tokens, verb.first, verb.last)
        found.append(Predicate(verb.first, verb.last, kind, verb.group, trigger, chained=chained, weak=weak))
    return found


def _has_speaker(tokens: Sequence[Token], before: int) -> bool:
    titles = words("authorities", "title")
    return any(token.lower in titles or token.lower in {"ол", "әкімі"} for token in tokens[:before])


def _directive_kind(tokens: Sequence[Token], start: int, end: int) -> str:
    """Tell a ban from an order by the act: to refrain or to cease is a ban unless it prevents something.

    `ластамауды тапсырды` is a ban; `жол бермеуді`, `болдырмауды`, `үзбеуді тапсырды` ask for something.
    """
    last = next((at for at in range(end - 1, start - 1, -1) if verbal_noun(tokens[at].lower) is not None), None)
    noun = verbal_noun(tokens[last].lower) if last is not None else None
    if last is None or noun is None:
        return "order"
    if noun.stem in words("ceasing", "stem") and (noun.stem != "тарт" or tokens[last - 1].lower == "бас"):
        wrong = any(token.lower.startswith(column("offences", "stem")) for token in tokens[start:last])
        return "order" if wrong else "ban"
    if noun.negative and noun.stem not in words("preventing", "stem"):
        return "ban"
    return "order"


def _saying_after(verbs: Sequence[Governor], at: int) -> Governor | None:
    """Give the verb that governs a nominal: the first verb of saying or noticing after it."""
    return next((verb for verb in verbs if verb.first > at), None)


def _from_nominals(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """Necessity, importance and problems as objects of a verb of saying."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        head = _nominal(tokens, at)
        if head is None:
            continue
        first, last, kind, rule = head
        verb = _saying_after(verbs, last)
        if verb is None or verb.group == "report":
            continue
        if rule == "problem" and (verb.group not in {"say", "tell"} or not _is_content(tokens, verb)):
            continue
        if rule != "problem" and _is_rhetoric(tokens, first):
            continue
        between = tokens[last + 1 : verb.first]
        near = not any(each.lower in COMMAS or each.lower in CONJUNCTIONS for each in between)
        end = verb.last if near else last
        chained = verb.form == "converb" or not near
        trigger = f"{token.text} {phrase(tokens, verb.first, verb.last)}"
        weak = rule == "importance" and verb.form == "converb"
        found.append(Predicate(first, end, kind, rule, trigger, chained=chained, weak=weak))
    return found


def _is_content(tokens: Sequence[Token], verb: Governor) -> bool:
    """Tell whether the verb of saying stresses its object (`атап көрсетті`), which a mere mention does not."""
    return verb.last > verb.first or tokens[verb.last].lower.startswith(("айт", "көтер", "ескерт"))


def _nominal(tokens: Sequence[Token], at: int) -> tuple[int, int, str, str] | None:
    word = tokens[at].lower
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    noun = noun_before(tokens, at)
    if _NECESSITY_NOUN.fullmatch(word) and noun:
        return at, at, _directive_kind(tokens, 0, at), "necessity"
    if word in words("necessity") and after in _EXISTENTIAL and noun:
        kind = next(row["kind"] for row in rows("necessity") if row["word"] == word)
        if kind == "order":
            kind = _directive_kind(tokens, 0, at)
        return at, at + 1, kind, "importance" if kind == "implied" else "necessity"
    if _IMPORTANCE_NOUN.fullmatch(word):
        return (at, at, "implied", "importance") if noun else None
    if _DISPLEASED.fullmatch(word):
        return at, at, "implied", "displeasure"
    if word.startswith(column("problems", "stem")) and word.endswith(("н", "ды", "ді", "ты", "ті")):
        return at, at, "implied", "problem"
    return None


def _is_rhetoric(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the act before `at` is one of the mind or the tongue: `мойындау керек`, `айта кету керек`."""
    at -= 1
    while at > 0 and tokens[at].lower in {"да", "де"}:
        at -= 1
    if at < 0:
        return False
    rule = next((row["when"] for row in rows("rhetoric") if row["word"] == tokens[at].lower), None)
    if rule is None:
        return False
    if rule == "always":
        return True
    before = tokens[at - 1].lower if at else ""
    if rule == "say":
        return before in {"атап", "айтып", "айта"}
    return before.endswith(("ғанын", "генін", "қанын", "кенін", "тынын", "тінін")) or before in _EXISTENTIAL


def _bare_necessity(tokens: Sequence[Token], *, free: bool, settled: bool) -> list[Predicate]:
    """`керек`, `қажет`, `тиіс`, `міндетті`, `жөн` at the end of a clause, after the act they ask for."""
    found: list[Predicate] = []
    conditional = any(_is_conditional(token.lower) for token in tokens)
    for at, token in enumerate(tokens):
        word = _PERSON.sub("", token.lower)
        row = next((one for one in rows("necessity") if one["word"] == word), None)
        if row is None or not closes(tokens, at) or _is_rhetoric(tokens, at):
            continue
        noun = noun_before(tokens, at)
        optative = at > 0 and tokens[at - 1].lower.endswith(
            ("ғаны", "гені", "қаны", "кені", "ғанымыз", "геніміз", "ған", "ген")
        )
        if noun is None and not (optative and row["kind"] != "order"):
            continue
        if row["complement"] == "dative" and (noun is None or noun.case != "dative"):
            continue
        if not free and not settled and (row["word"] in {"тиіс", "міндетті"} or row["kind"] == "implied"):
            continue
        standing = conditional or (not free and any(_LAW.fullmatch(each.lower) for each in tokens[:at]))
        if row["word"] in {"міндетті", "тиіс"} and standing and not (free and row["word"] == "тиіс"):
            continue  # a standing rule: whoever exceeds the limit is bound to ...
        if noun is not None and _is_definition(tokens, at, noun):
            continue
        kind = row["kind"] if row["kind"] != "order" else _directive_kind(tokens, 0, at)
        found.append(
            Predicate(at, at, kind, "necessity", token.text, weak=kind == "implied", bare=_bare_end(tokens, at))
        )
    return found


def _bare_end(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 >= len(tokens) or tokens[at + 1].lower not in _SAYING


def _is_conditional(word: str) -> bool:
    return len(word) > 3 and word.endswith(("са", "се")) and not word.endswith(("рса", "нса-ақ"))  # noqa: PLR2004


def _is_definition(tokens: Sequence[Token], at: int, noun: VerbalNoun) -> bool:
    """Tell whether the clause says what a thing is (`Мектеп – қауіпсіз орын болуға тиіс`), which asks for no act."""
    return noun.stem == "бол" and noun.case == "dative" and any(token.text in "–—" for token in tokens[1:at])


def _moods(tokens: Sequence[Token]) -> list[Predicate]:
    """Jussives and polite imperatives at the end of their clause."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if not closes(tokens, at) or at == 0 or (after in _SAYING and not _is_ordered(tokens, at + 2)):
            continue
        sure = jussive(token.lower)
        ends = at + 1 >= len(tokens) or after in '.!;»"”'
        if sure == "sure" or (sure == "maybe" and ends):
            if token.lower == "болсын" and _is_concession(tokens, at):
                continue
            kind = "ban" if tokens[at - 1].lower == "тыйым" else "order"
            if token.lower.endswith(("масын", "месін", "басын", "бесін", "пасын", "песін")):
                kind = "ban" if not token.lower.startswith(column("preventing", "stem")) else "order"
            found.append(Predicate(at, at, kind, "jussive", token.text))
        elif imperative(token.lower) and token.lower not in words("courtesies"):
            found.append(Predicate(at, at, "order", "imperative", token.text))
    return found


def _is_ordered(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether `деп` is followed by a verb that makes the quoted wish an order (`... берсін деп тапсырды`)."""
    return any(verb.first == at and verb.group == "directive" for verb in governors(tokens))


def _is_concession(tokens: Sequence[Token], at: int) -> bool:
    """`қандай болсын`, `құтты болсын`: no act is asked for."""
    before = tokens[at - 1].lower
    return before in {"қандай", "кім", "не", "қайда", "құтты", "мүбарак", "қайырлы", "аман", "сәтті", "берекелі"}


def _prohibitions(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """`-уға болмайды`, `рұқсат етілмейді`, `жол берілмесін`."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1].lower if at else ""
        if _NOT_ALLOWED.fullmatch(token.lower):
            noun = noun_before(tokens, at)
            if noun is None or noun.case != "dative" or _is_rhetoric(tokens, at):
                continue
            last = _said_end(tokens, verbs, at)
            if last is None:
                continue
            prevents = noun.stem == "бер" and at > 1 and tokens[at - 2].lower == "жол"
            kind = "order" if prevents else "ban"
            found.append(Predicate(at, last, kind, "prevention" if prevents else "prohibition", token.text))
        elif before == "рұқсат" and _NO_LEAVE.fullmatch(token.lower):
            last = _said_end(tokens, verbs, at)
            if last is not None:
                found.append(Predicate(at - 1, last, "ban", "prohibition", f"рұқсат {token.text}"))
        elif before == "жол" and _PROMISED_BAN.fullmatch(token.lower) and verbal_noun(token.lower) is None:
            last = _said_end(tokens, verbs, at)
            if last is not None:
                found.append(Predicate(at - 1, last, "order", "prevention", f"жол {token.text}"))
    return found


def _said_end(tokens: Sequence[Token], verbs: Sequence[Governor], at: int) -> int | None:
    """Give the last token of a prohibition: of its verb of saying where it is reported, else its own."""
    if not tokens[at].lower.endswith("н") and not tokens[at].lower.endswith("на"):
        return at if closes(tokens, at) else None
    verb = _saying_after(verbs, at)
    return None if verb is None or verb.group == "report" else verb.last


def _named_tasks(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """An act called a task: `-у – басты міндет`, `басты міндет – -у`, `міндет ретінде`, `міндеті тұр`."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        if not _TASK_NOUN.fullmatch(token.lower):
            continue
        after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if after == "ретінде":
            verb = _saying_after(verbs, at)
            if verb is not None and verb.group != "report":
                first = _qualified(tokens, at)
                found.append(Predicate(first, verb.last, "order", "named-task", phrase(tokens, first, at + 1)))
            continue
        first = _qualified(tokens, at)
        if token.lower.endswith("дің") and after.startswith("бірі"):
            at += 1  # noqa: PLW2901 - one of the main tasks is a main task
        dash = first > 0 and tokens[first - 1].text in "–—-"
        if dash and closes(tokens, at) and first > 1 and _bare(tokens[first - 2].lower):
            found.append(Predicate(first - 1, at, "order", "named-task", phrase(tokens, first, at)))
        elif dash and after in _EXISTENTIAL and first > 1 and _bare(tokens[first - 2].lower):
            verb = _saying_after(verbs, at)
            if verb is not None and verb.group != "report":
                found.append(Predicate(first - 1, verb.last, "order", "named-task", phrase(tokens, first, at + 1)))
        elif after in {"–", "—"} and _bare(tokens[-1].lower) and first < at:
            last = len(tokens) - 1
            found.append(Predicate(last, last, "order", "named-task", phrase(tokens, first, at)))
        elif _bare(tokens[at - 1].lower) if at else False:
            last_pending = _pending(tokens, at)
            if last_pending is not None:
                found.append(Predicate(at, last_pending, "order", "pending-task", phrase(tokens, at, last_pending)))
    return found


def _bare(word: str) -> bool:
    noun = verbal_noun(word)
    return noun is not None and noun.case == "nominative" and not noun.owned


def _qualified(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].lower in _QUALIFIERS:
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


def _stated_problems(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
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


def is_addressed(word: str) -> bool:
    """Tell whether a word may be the dative of somebody who can be told to act."""
    return is_dative(word) and word.startswith(column("addressees", "stem"))
