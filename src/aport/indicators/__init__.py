"""Where the city stands: shortfalls of tasks, and statements held against the observations."""

from aport.indicators.measure import Shortfall, measure, worst
from aport.indicators.statements import CheckedStatement, check_statements

__all__ = ["CheckedStatement", "Shortfall", "check_statements", "measure", "worst"]
