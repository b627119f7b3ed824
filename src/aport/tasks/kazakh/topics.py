"""What a task is about: stems of the topics with weights, most in its own words, less in those around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aport.tasks.kazakh.lexicons import rows
from aport.tasks.model import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_AROUND: Final = 0.2
_DOCUMENT: Final = 0.02
_POINTING_BACK: Final = 0.8
"""Words that point back (`бұл`, `мұндай`, `оларды`) say that the sentence before names the thing."""

_SHORT: Final = 4
_SHORT_ENDINGS: Final = (
    r"(?:лар|лер|дар|дер|тар|тер)?(?:ы|і|сы|сі)?"
    r"(?:н|ны|ні|ды|ді|ты|ті|ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен"
    r"|мен|пен|бен)?(?:ғы|гі)?"
)
_IDIOMS: Final = re.compile(r"\bжол (?:бер|ашт?)\w*|\bжолға қо\w+")
"""Ways of speaking that name no road."""

_POINTERS: Final = re.compile(
    r"\b(?:(?:бұл|осы)(?!\s+(?:ретте|орайда|үшін|жолы))|мұндай|ондай|оны|оларды|аталған|сол|мұны)\b"
)


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, tuple[tuple[str, float], ...]]]:
    """Compile the stems into one pattern and give the topics of each."""
    by_stem: dict[str, list[tuple[str, float]]] = {}
    for row in rows("topics"):
        by_stem.setdefault(row["stem"], []).append((row["topic"], float(row["weight"])))
    longest = sorted(by_stem, key=lambda stem: (-len(stem), stem))
    pattern = re.compile(r"\b(" + "|".join(map(_guarded, longest)) + ")")
    return pattern, {stem: tuple(topics) for stem, topics in by_stem.items()}


def _guarded(stem: str) -> str:
    """Let a short stem take noun endings only: `көл` is a lake, `көлік` and `көлем` are not."""
    return rf"{stem}(?={_SHORT_ENDINGS}\b)" if len(stem) <= _SHORT else re.escape(stem)


def weigh(said: str) -> dict[str, float]:
    """Weigh the topics of some lower-case words."""
    pattern, topics = _stems()
    found = dict.fromkeys(TOPICS, 0.0)
    for stem in pattern.findall(_IDIOMS.sub(" ", said)):
        for topic, weight in topics[stem]:
            found[topic] += weight
    return found


def choose(span: str, around: Iterable[str], document: Mapping[str, float]) -> str:
    """Choose the topic of a task.

    Parameters
    ----------
    span
        Its own words.
    around
        The rest of its sentence and the sentence before.
    document
        Weights of the whole document.

    Returns
    -------
    str
        One of :data:`aport.tasks.model.TOPICS`; ``other`` where nothing speaks.
    """
    own = weigh(span.lower())
    near = dict.fromkeys(TOPICS, 0.0)
    for said in around:
        for topic, weight in weigh(said.lower()).items():
            near[topic] += weight
    share = _POINTING_BACK if _POINTERS.search(span.lower()) else _AROUND
    scores = {topic: own[topic] + share * near[topic] + _DOCUMENT * document[topic] for topic in TOPICS}
    best = max(TOPICS, key=lambda topic: (scores[topic], -TOPICS.index(topic)))
    return best if scores[best] > 0 else "other"
