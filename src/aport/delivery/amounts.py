"""When two published numbers are the same number."""

from __future__ import annotations

SHARE = 0.05
"""Share of the larger number by which two may differ and still agree: sources round, and say "about"."""


def differ(one: float, other: float) -> bool:
    """Tell whether two numbers differ by more than rounding explains.

    >>> differ(7_251, 7_500), differ(55.8, 52.6), differ(30_000, 10_000)
    (False, True, True)
    """
    return abs(one - other) > SHARE * max(abs(one), abs(other))
