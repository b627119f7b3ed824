"""What a reading is made of: plain frozen records that count characters in the text they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("ban", "order", "advice", "implied")
"""How a task may be said, the strongest first."""

TOPICS = (
    "economy",
    "investment",
    "industry",
    "innovation",
    "tourism",
    "business_climate",
    "prices",
    "employment",
    "health",
    "education",
    "utilities",
    "streets",
    "transport",
    "hazards",
    "air",
    "green",
    "protected_nature",
    "safety",
    "governance",
    "other",
)
"""The reader's topics; a city maps them onto its own."""

ROLES = ("task", "criterion", "statement", "context")
"""What a sentence does in its document; several at once are possible."""


@dataclass(frozen=True)
class Figure:
    """A quantity as the text states it; `value` is the full number in `unit`.

    `start` and `end` count Unicode code points in the document's text.
    """

    value: float
    unit: str
    what: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence, numbered from 1, with what it does in the document."""

    number: int
    start: int
    end: int
    text: str
    roles: tuple[str, ...] = ("context",)


@dataclass(frozen=True)
class Proposal:
    """A passage that a rule holds to be a task; a person decides.

    `trigger` is the words that decided and `rule` the name of the rule, so that a reviewer sees why.
    """

    start: int
    end: int
    quote: str
    kind: str
    topic: str
    addressee: str | None
    deadline: str | None
    figures: tuple[Figure, ...]
    places: tuple[str, ...]
    trigger: str
    rule: str


@dataclass(frozen=True)
class Reading:
    """A document as it was read: its sentences, the tasks proposed and the figures outside them."""

    document: str
    language: str
    text: str = field(repr=False)
    sha256: str
    sentences: tuple[Sentence, ...]
    tasks: tuple[Proposal, ...]
    facts: tuple[Figure, ...]
