"""Which projects a rule speaks of: by purpose, and by place.

Place decides by identifier, by lying within, and by name: a project that bears the name of a place lies there, whatever
its row says. Outlines are rough, so they never ban anything: where they meet within their precision, a person is asked.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

from aport.programme.data import NearMiss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from aport.city import City
    from aport.programme.data import Candidate

LANGUAGES = ("kk", "ru", "en")
METRES_PER_DEGREE = 111_320.0
"""Length of a degree of latitude on the mean sphere."""

SHORTEST_NAME = 5
"""Letters that the name of a place must have to be looked for in names of projects."""


class Places:
    """Places of a city: what lies within what, what they are called, and their outlines."""

    def __init__(self, city: City) -> None:
        rows = {row["place"]: row for row in city.rows("places")}
        self.above = {place: row["within"] for place, row in rows.items()}
        self.called = {
            place: {plain(place), *(plain(row[f"name_{language}"]) for language in LANGUAGES)}
            for place, row in rows.items()
        }
        self.precision = {place: float(row["precision_m"] or 0.0) for place, row in rows.items()}
        self.outlines: dict[str, BaseGeometry] = {}
        for layer in ("districts", "places_geometry"):
            frame = city[layer]
            self.outlines |= dict(zip(frame["place"], frame["geometry"], strict=True))

    def within(self, place: str) -> Iterator[str]:
        """Give a place and all larger ones that it lies within."""
        seen: set[str] = set()
        while place and place not in seen:
            yield place
            seen.add(place)
            place = self.above.get(place, "")

    def located(self, candidate: Candidate, places: Iterable[str]) -> str:
        """Give the first of some places that a project lies at, within, or bears the name of; "" where none."""
        mine = {above for place in candidate.places for above in self.within(place)}
        names = [plain(name) for name in candidate.names]
        for place in places:
            called = [each for each in self.called.get(place, ()) if len(each) >= SHORTEST_NAME]
            if place in mine or any(each in name for each in called for name in names):
                return place
        return ""

    def concerned(self, candidate: Candidate, rule: Mapping[str, Any]) -> bool:
        """Whether a project lies where a rule holds; a rule without places holds everywhere."""
        places = rule["places"].split()
        return not places or bool(self.located(candidate, places))

    def banned(self, candidate: Candidate, rule: Mapping[str, Any]) -> str:
        """Give the place at which a ban forbids a project; "" where it does not."""
        return self.located(candidate, rule["places"].split()) if _purpose_fits(candidate, rule) else ""

    def distance(self, one: str, other: str) -> float | None:
        """Give the metres between two outlines; None where one of them is not known."""
        if one not in self.outlines or other not in self.outlines:
            return None
        from shapely.affinity import scale

        latitude = math.radians(self.outlines[other].centroid.y)
        # On the few kilometres that precision is about, a degree of longitude is its share of one of latitude.
        flat = [
            scale(self.outlines[each], xfact=math.cos(latitude), yfact=1.0, origin=(0.0, 0.0)) for each in (one, other)
        ]
        return float(flat[0].distance(flat[1])) * METRES_PER_DEGREE


def plain(name: str) -> str:
    """Strip a name to its letters and digits, so that spelling with hyphens or spaces does not matter.

    >>> plain("Көк-Жайлау") == plain("көк жайлау")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _purpose_fits(candidate: Candidate, rule: Mapping[str, Any]) -> bool:
    purposes = frozenset(rule["purposes"].split())
    return not purposes or bool(purposes & candidate.purposes)


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
    if not _purpose_fits(candidate, rule):
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
