"""The words that make a passage a task: directive verbs, necessity, jussives, bans, advice, criticism.

Kazakh puts the predicate last. A predicate is found as a range of tokens; what it governs lies before it. A
predicate may stand at the end of its clause (`тапсырды`), in a chain (`тапсырып, ...`), or be a nominal that a
verb of saying governs (`қажеттігін айтты`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.governing import (
    EXISTENTIAL,
    Governor,
    Predicate,
    closes,
    governors,
    noun_before,
    phrase,
    saying_after,
)
from aport.tasks.kazakh.lexicons import column, rows, words
from aport.tasks.kazakh.morphology import (
    VerbalNoun,
    imperative,
    is_dative,
    jussive,
    verbal_noun,
)
from aport.tasks.kazakh.naming import named_tasks, stated_problems
from aport.tasks.kazakh.tokens import COMMAS, CONJUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aport.tasks.kazakh.tokens import Token

_STRENGTH: Final = {"ban": 3, "order": 2, "advice": 1, "implied": 0}
_ANNOUNCING: Final = frozenset({"бірқатар", "мынадай", "келесі", "осындай", "бірнеше", "төмендегідей"})
_ABOUT: Final = frozenset({"туралы", "жөнінде", "бойынша"})
_SAYING: Final = frozenset({"деп", "деген", "десе", "дейді", "деді"})
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
        *named_tasks(tokens, verbs),
    ]
    if not found:
        found = stated_problems(tokens, verbs)
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


def _from_nominals(tokens: Sequence[Token], verbs: Sequence[Governor]) -> list[Predicate]:
    """Necessity, importance and problems as objects of a verb of saying."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        head = _nominal(tokens, at)
        if head is None:
            continue
        first, last, kind, rule = head
        verb = saying_after(verbs, last)
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
    if word in words("necessity") and after in EXISTENTIAL and noun:
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
    return before.endswith(("ғанын", "генін", "қанын", "кенін", "тынын", "тінін")) or before in EXISTENTIAL


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
    verb = saying_after(verbs, at)
    return None if verb is None or verb.group == "report" else verb.last


def is_addressed(word: str) -> bool:
    """Tell whether a word may be the dative of somebody who can be told to act."""
    return is_dative(word) and word.startswith(column("addressees", "stem"))
