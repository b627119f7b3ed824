"""Where projects lie, and which of them a rule speaks of: by purpose, and by place.

Place decides by identifier, by lying within, and by name: a project that bears the name of a place lies there, whatever
its row says. Outlines are rough, so they never ban anything.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from aport.city.container import City

LANGUAGES = ("kk", "ru", "en")
METRES_PER_DEGREE = 111_320.0
"""Length of a degree of latitude on the mean sphere."""

SHORTEST_NAME = 5
"""Letters that the name of a place must have to be looked for in names of projects."""


class Lying(Protocol):
    """What of a project tells where it lies and what it is for."""

    @property
    def names(self) -> Collection[str]:
        """Its identifier and its names in every language."""
        ...

    @property
    def places(self) -> Collection[str]:
        """Places that its row names."""
        ...

    @property
    def purposes(self) -> frozenset[str]:
        """What it is for."""
        ...


@dataclass(frozen=True)
class Sited:
    """A project as a row of the table tells it."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    purposes: frozenset[str]


def sited(row: Mapping[str, Any]) -> Sited:
    """Read from a row of the table `projects` where a project lies and what it is for."""
    return Sited(
        names=(row["project"], *(row[f"name_{language}"] for language in LANGUAGES)),
        places=tuple(row["places"].split()),
        purposes=frozenset(row["purposes"].split()),
    )


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

    def located(self, project: Lying, wanted: Iterable[str]) -> str:
        """Give the first of some places that a project lies at, within, or bears the name of; "" where none."""
        mine = {above for place in project.places for above in self.within(place)}
        names = [plain(name) for name in project.names]
        for place in wanted:
            called = [each for each in self.called.get(place, ()) if len(each) >= SHORTEST_NAME]
            if place in mine or any(each in name for each in called for name in names):
                return place
        return ""

    def concerned(self, project: Lying, rule: Mapping[str, Any]) -> bool:
        """Whether a project lies where a rule holds; a rule without places holds everywhere."""
        places = rule["places"].split()
        return not places or bool(self.located(project, places))

    def banned(self, project: Lying, rule: Mapping[str, Any]) -> str:
        """Give the place at which a ban forbids a project; "" where it does not."""
        return self.located(project, rule["places"].split()) if purpose_fits(project, rule) else ""

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


def purpose_fits(project: Lying, rule: Mapping[str, Any]) -> bool:
    """Whether a rule speaks of a purpose of a project; a rule without purposes speaks of all."""
    purposes = frozenset(rule["purposes"].split())
    return not purposes or bool(purposes & project.purposes)
