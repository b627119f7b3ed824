"""Which projects to fund: constraints, the best programme under a budget, and a reason for each project in or out."""

from aport.programme.call import Call, amount, amount_of_year, read_weights
from aport.programme.conflicts import ConflictingDemands
from aport.programme.data import (
    Candidate,
    Checked,
    Decision,
    Demand,
    Effort,
    Evaluate,
    Goal,
    NearMiss,
    Portfolio,
    Programme,
    TaskShare,
)
from aport.programme.planning import plan
from aport.programme.results import as_json, portfolio_rows, programme_rows, score_rows

__all__ = [
    "Call",
    "Candidate",
    "Checked",
    "ConflictingDemands",
    "Decision",
    "Demand",
    "Effort",
    "Evaluate",
    "Goal",
    "NearMiss",
    "Portfolio",
    "Programme",
    "TaskShare",
    "amount",
    "amount_of_year",
    "as_json",
    "plan",
    "portfolio_rows",
    "programme_rows",
    "read_weights",
    "score_rows",
]
