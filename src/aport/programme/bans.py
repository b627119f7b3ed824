"""Projects that a ban does not catch and may be meant for: where outlines meet, a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.city.coverage import Places, purpose_fits
from aport.programme.data import NearMiss

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aport.programme.data import Candidate


def near_misses(rules: Sequence[Mapping[str, Any]], candidates: Sequence[Candidate], places: Places) -> list[NearMiss]:
    """Find projects for choosing that a ban does not catch and may be meant for."""
    found = []
    for rule in rules:
        if rule["kind"] != "ban":
            continue
        for candidate in candidates:
            if not candidate.choosable or places.banned(candidate, rule):
                continue
            near = _near(candidate, rule, places)
            if near is not None:
                place, why, distance = near
                found.append(
                    NearMiss(
                        project=candidate.project,
                        rule=rule["rule"],
                        task=rule["task"] or "",
                        place=place,
                        why=why,
                        distance=distance,
                    )
                )
    return found


def _near(candidate: Candidate, rule: Mapping[str, Any], places: Places) -> tuple[str, str, float | None] | None:
    banned = rule["places"].split()
    if not purpose_fits(candidate, rule):
        at = places.located(candidate, banned)
        return (at, "purpose", None) if at else None
    if not candidate.places:
        return banned[0], "no-place", None
    for place in banned:
        if set(places.within(place)) & set(candidate.places):
            return place, "larger-place", None
        for mine in candidate.places:
            distance = places.distance(mine, place)
            if distance is not None and distance <= places.precision[mine] + places.precision[place]:
                return place, "outline", distance
    return None
