"""Sets of projects to effects: the contract that every model keeps, and the members of the room."""

from aport.models.contract import (
    Baseline,
    Difference,
    Draws,
    Effect,
    Effects,
    Model,
    ModelCard,
    Outcome,
    State,
    difference,
)
from aport.models.evidence import Evidence, EvidenceState
from aport.models.results import effect_rows
from aport.models.texts import TEXTS, card_texts

__all__ = [
    "TEXTS",
    "Baseline",
    "Difference",
    "Draws",
    "Effect",
    "Effects",
    "Evidence",
    "EvidenceState",
    "Model",
    "ModelCard",
    "Outcome",
    "State",
    "card_texts",
    "difference",
    "effect_rows",
]
