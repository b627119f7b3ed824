"""The other fields of a task: who must act, by when, where."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import column, words
from aport.tasks.kazakh.morphology import base_form, is_ablative, is_accusative, is_dative, verbal_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aport.tasks.kazakh.governing import Predicate
    from aport.tasks.kazakh.tokens import Token

_BREAKS: Final = frozenset(
    {"ол", "олар", "ретте", "орай", "оған", "кейін", "соңында", "барысында", "қатар", "сондықтан", "ал", "сондай-ақ"}
)
_ADJECTIVES: Final = ("лық", "лік", "тық", "тік", "дық", "дік")
_JOINING: Final = frozenset({"пен", "мен", "бен", "және"})
_CAPITAL: Final = re.compile(r"[А-ЯӘҒҚҢӨҰҮҺІ][\w-]*")
_LOCATED: Final = re.compile(
    r"[А-ЯӘҒҚҢӨҰҮҺІ][\w-]+?(?:дағы|дегі|тағы|тегі|да|де|та|те|ның|нің|дың|дің|тың|тің|ны|ні|ды|ді|ты|ті)"
)
_NO_NAMES: Final = re.compile(r"(?:алдағы|мұндағы|ондағы|сондағы|осындағы|арасындағы|біздегі|елдегі|бұндағы|үйдегі)$")
_TITLES: Final = (
    "жарлы",
    "қаулы",
    "бұйры",
    "кодекс",
    "заң",
    "конституция",
    "жолдау",
    "мәжіліс",
    "сенат",
    "парламент",
    "елбасы",
)
_LISTED: Final = re.compile(r"(?:\s*,\s*|\s+(?:және|мен|пен|бен)\s+)")
_PLURAL: Final = re.compile(r"(\w)(?:лар|лер|дар|дер|тар|тер)([ыі])$")


@cache
def _deadline() -> re.Pattern[str]:
    months = "|".join(column("months", "stem"))
    fixed = "|".join(map(re.escape, sorted(column("deadlines", "phrase"), key=len, reverse=True)))
    number = r"(?:\d+|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз)"
    period = r"(?:күн|апта|ай|жыл|тәулік|тоқсан|сағат)"
    return re.compile(
        rf"(?:жыл сайын\s+)?(?:(?:осы|биылғы|келесі)\s+)?(?:\d{{4}}\s+жыл\w*\s+)?(?:\d{{1,2}}\s+)?(?:{months})"
        rf"(?:\w*\s+(?:айы\w*\s+)?(?:соңына|аяғына|басына|ортасына)\s+дейін|\w*\s+дейін)"
        rf"|(?:(?:осы|биылғы|келесі|оқу)\s+)?(?:\d{{4}}\s+)?(?<!\w)(?:жыл|ай|апта|тоқсан|маусым|қыс|күз|көктем|жаз)\w*\s+"
        rf"(?:соңына|аяғына|басына|ортасына)\s+дейін"
        rf"|\d{{4}}\s+жыл(?:ға|дың\s+\w+)\s+дейін"
        rf"|{number}\s+{period}\w*\s+(?:ішінде|мерзімде|мерзім\s+ішінде|аралығында)"
        rf"|(?:\w+\s+)?\w+(?:ғанға|генге|қанға|кенге)\s+дейін"
        rf"|(?:күн|апта|ай|жыл)\s+сайын(?=\s+(?:есеп|баянда|ақпарат))"
        rf"|(?<!\w)(?:{fixed})(?!\w)",
        re.IGNORECASE,
    )


def deadline_of(words_of: str) -> str | None:
    """Give the deadline in the words of the text, several joined by commas, or `None`.

    >>> deadline_of("қалған отынды 1 қазанға дейін жеткізуді талап етті")
    '1 қазанға дейін'
    """
    found = [each.group().strip() for each in _deadline().finditer(words_of)]
    return ", ".join(found) or None


def _is_body(word: str) -> bool:
    return word.startswith(column("addressees", "stem"))


def addressee_of(tokens: Sequence[Token], predicate: Predicate, piece: tuple[int, int]) -> str | None:
    """Give whom the predicate of the passage `tokens` tells to act, in the base form, or `None`.

    `piece` is the first and last token of the task: of several tasks each may name its own addressee, else they
    share the one before.

    A directive has the addressee in the dative (`әкімге тапсырды`), in the ablative after `талап етті`, in the
    accusative after `міндеттеді`; a jussive has it as its subject.
    """
    limit = predicate.first
    if predicate.rule == "jussive":
        return _subject(tokens, limit)
    if predicate.rule == "pending-task":
        return _owner(tokens, predicate)
    if predicate.rule not in {"directive", "necessity", "listed-act", "imperative"}:
        return None
    trigger = predicate.trigger.lower()
    tests = [is_dative]
    if trigger.startswith("талап"):
        tests = [is_ablative, is_dative]
    elif trigger.startswith("міндетте"):
        tests = [is_accusative, is_dative]
    for test in tests:
        for begin, end in ((piece[0], min(limit, piece[1] + 1)), (0, piece[0])):
            found = [at for at in range(begin, end) if test(tokens[at].lower) and _is_body(tokens[at].lower)]
            if found:
                return _phrase(tokens, found)
    return None


def _phrase(tokens: Sequence[Token], ends: Sequence[int]) -> str:
    """Give the noun phrases that end at `ends`, in the base form."""
    said: list[str] = []
    for end in ends[:3]:
        begin = end
        while begin > 0 and end - begin < 6 and _belongs(tokens, begin - 1):  # noqa: PLR2004
            begin -= 1
        while begin < end and tokens[begin].lower in _JOINING:
            begin += 1
        bodies = [at for at in range(begin, end) if _is_body(tokens[at].lower)]
        joined = any(tokens[at].lower in _JOINING and at - 1 in bodies for at in range(begin, end))
        words_of = [token.text for token in tokens[begin:end]]
        name = " ".join([*words_of, base_form(tokens[end].text)])
        if joined:
            name = re.sub(r"\s+(?:пен|мен|бен|және)\s+", ", ", name)
        said.append(name)
    return ", ".join(dict.fromkeys(said))


def _belongs(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    if not tokens[at].is_word or word in _BREAKS or verbal_noun(word) is not None:
        return False
    if word in {"басшысы", "президенті"}:
        return False
    if word in words("authorities", "title") and not tokens[at + 1].lower.startswith(("орынбас", "көмекш")):
        return False
    if at > 0 and tokens[at].text[0].isupper() and not _is_body(word) and not word.endswith(_ADJECTIVES):
        titled = tokens[at - 1].lower in {"президент", "басшысы", "әкімі", "министр", "премьер-министр"}
        named = tokens[at - 1].text[0].isupper() and at > 1 and tokens[at - 2].lower in {"басшысы", "әкімі", "министр"}
        if titled or named:
            return False  # the name of the one who speaks
    if tokens[at].text[0].islower() and word.endswith(("ып", "іп", "ында", "інде")):
        return False
    return not (is_dative(word) and not _is_body(word))


def _subject(tokens: Sequence[Token], limit: int) -> str | None:
    """Give the nominative at the head of a jussive clause where it can act."""
    for at in range(min(limit, 14)):
        word = tokens[at].lower
        if verbal_noun(word) is not None or tokens[at].text in {",", ":"}:
            return None
        after = tokens[at + 1].lower if at + 1 < limit else ""
        oblique = is_dative(word) or is_ablative(word) or word.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
        if _is_body(word) and not oblique and not is_accusative(word) and after not in _JOINING:
            begin = next((step + 1 for step in range(at, -1, -1) if tokens[step].text in ",."), 0)
            name = " ".join(token.text for token in tokens[begin : at + 1])
            return re.sub(r"^(?:Сондықтан|Сонымен қатар|Бұл ретте|Осыған орай)\s+", "", name)
    return None


def _owner(tokens: Sequence[Token], predicate: Predicate) -> str | None:
    """Give whose task it is: the genitive between the task and its verb (`міндеті әкімдіктің мойнында`)."""
    for at in range(predicate.first + 1, predicate.last + 1):
        word = tokens[at].lower
        if _is_body(word) and word.endswith(("ның", "нің", "дың", "дің", "тың", "тің")):
            return " ".join([*(each.text for each in tokens[predicate.first + 1 : at]), base_form(tokens[at].text)])
    return None


def places_of(text: str, start: int, end: int) -> tuple[str, ...]:
    """Give the places that a passage names, in the base form.

    A place is a name before a kind of place (`Сарыбел көлі`; of several names before one kind each is a place), or
    a capitalised word in a case of place or possession that does not begin the passage.
    """
    said = text[start:end]
    found: list[str] = []
    taken: list[tuple[int, int]] = []
    for match in _kinds().finditer(said):
        names = [name.strip('«»"“” ') for name in _LISTED.split(match["names"])]
        names[0] = _without_title(names[0])
        kind = match["attribute"] + base_form(match["kind"])
        if len(names) > 1:
            kind = _singular(kind)
        found.extend(f"{name} {kind}" for name in names if name)
        taken.append(match.span())
    for match in _LOCATED.finditer(said):
        lower = match.group().lower()
        cut_short = said[match.end() : match.end() + 1].isalnum()
        inside = match.start() > 0 or lower.endswith(("дағы", "дегі", "тағы", "тегі"))
        if inside and not cut_short and not _overlaps(match.span(), taken) and not _is_common(lower):
            found.append(base_form(match.group()))
            taken.append(match.span())
    return tuple(dict.fromkeys(found))


@cache
def _kinds() -> re.Pattern[str]:
    """Compile: one name, or several joined by commas and conjunctions, and the kind of place after them."""
    stems = "|".join(map(re.escape, sorted(column("places", "stem"), key=len, reverse=True)))
    plain = rf"{_CAPITAL.pattern}(?:\s{_CAPITAL.pattern}){{0,2}}"
    name = rf"(?:{plain}|[«\"“][^«»\"“”]{{2,60}}[»\"”])"
    kind = rf"(?:{stems})(?:[лдт][ае]р)?с?[ыі](?:н|на|не|ның|нің|нда|нде|ндағы|ндегі|нан|нен|мен)?"
    return re.compile(
        rf"(?P<names>{name}(?:{_LISTED.pattern}{name})*)\s(?P<attribute>(?:арнайы экономикалық |су |таулы )?)"
        rf"(?P<kind>{kind})(?!\w)"
    )


def _without_title(name: str) -> str:
    """Take the title of the speaker off a name that follows it (`Әкім Сарыбел көлінің ...`)."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in {*words("authorities", "title"), "қазақстан", "ол"}:
        parts = parts[1:]
    return " ".join(parts)


def _singular(kind: str) -> str:
    """Take the plural off a kind of place (`шатқалдары` -> `шатқалы`, `көшелері` -> `көшесі`)."""
    return _PLURAL.sub(lambda found: found[1] + ("с" if found[1] in "аәеиоөұүыі" else "") + found[2], kind)


def _is_common(lower: str) -> bool:
    """Tell whether a capital only begins a sentence (`Қаладағы`, `Алдағы`) or titles somebody."""
    if _NO_NAMES.search(lower):
        return True
    return lower.startswith((*column("places", "stem"), *column("authorities", "title"), "үкімет", *_TITLES))


def _overlaps(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
