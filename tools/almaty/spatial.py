"""The places of the packed Almaty and their geometry, one layer file for each licence.

Names and positions come from the compiled list of places; which of them may be given with a position, under which
licence, within which larger place and with what remark stands in `tables/place_rows.csv`. Positions that rest on
material without a stated licence are not given: their names stay, and they are listed as left out.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from aport.errors import BadData, Fault
from tools.almaty.sources import source_lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

TABLES = Path(__file__).parent / "tables"
PLACES = "data/almaty-places.csv"
FULL = "data/almaty/districts/districts.geojson"
SIMPLE = "data/almaty/districts/districts_simple.geojson"
ROWS = "place_rows.csv"
ROW_COLUMNS = ("place", "layer", "without", "within", "note", "reason")
DECIMALS = 5
NO_LAYER = "none"
SURE_M = 500  # beyond this error a position does not tell the district
SEAM_M = 30  # neighbouring outlines do not meet everywhere

COUNTRY = "kazakhstan"
CITY = "almaty"
DISTRICT_SOURCE = "osm-2026-districts"
_OSM = "© OpenStreetMap contributors"


@dataclass(frozen=True)
class Layer:
    """One layer file: its name, its licence and whom to credit."""

    file: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Around:
    """The full outlines of the districts and of the city they make up, in metres."""

    districts: Mapping[str, BaseGeometry]
    city: BaseGeometry


LAYERS = {
    "districts": Layer("layers/districts.geojson", "ODbL-1.0", _OSM),
    "facts": Layer(
        "layers/places-facts.geojson",
        "CC-BY-4.0",
        "Aport; positions as published by the sources named in each feature, among them GeoNames and the "
        "Global Power Plant Database of the World Resources Institute (both CC BY 4.0), or drawn by hand",
    ),
    "osm2012": Layer("layers/places-osm2012.geojson", "CC-BY-SA-2.0", f"{_OSM}, CC BY-SA 2.0, state of March 2012"),
    # A handful of points on the limit is no substantial part of the newer database, so that the licence of the roads
    # decides. They have a file of their own: who reads the licences otherwise can take it away whole.
    "gateways": Layer(
        "layers/places-gateways.geojson",
        "CC-BY-SA-2.0",
        f"{_OSM}, CC BY-SA 2.0, state of March 2012; contains information on the city limit of 2026 from "
        "OpenStreetMap, which is made available under the Open Database License (ODbL)",
    ),
    "odbl": Layer("layers/places-odbl.geojson", "ODbL-1.0", _OSM),
    "gem": Layer(
        "layers/places-gem-cc-by-sa.geojson",
        "CC-BY-SA-4.0",
        "GEM Global Active Faults Database, Styron and Pagani 2020, doi:10.1177/8755293020944182; cut and simplified",
    ),
}


class Spatial(NamedTuple):
    """What the compiler makes of the places."""

    places: list[dict[str, str]]
    """Rows of the schema table `places`, larger places before those within them."""
    layers: dict[str, dict[str, Any]]
    """GeoJSON feature collections by file."""
    left_out: list[dict[str, str]]
    """Rows `material, row, reason` for positions that are not given."""


def compile_spatial(
    shared: Path, source_id: Callable[[str, str], str | None] | None = None, *, tables: Path = TABLES
) -> Spatial:
    """Compile the table of places and the layers.

    Parameters
    ----------
    shared
        Folder with the compiled material.
    source_id
        Leads from the title and the address of a source to its identifier, or to None where it is left out; by
        default as `tables` has it.
    tables
        Folder with `place_rows.csv` and the tables of sources.

    Returns
    -------
    Spatial
        Rows of `places`, layers by file (WGS84, five decimals, features in the order of their identifiers) and what
        was left out.

    Raises
    ------
    aport.errors.BadData
        If the list of places and `place_rows.csv` do not name the same places, a row is incomplete or a geometry is
        not valid.
    """
    source_id = source_id or source_lookup(tables)
    listed = _listed(shared / PLACES)
    rules = _rules(tables / ROWS, listed)
    outlines = _outlines(shared / SIMPLE, "osmRelationId")
    full = _outlines(shared / FULL, "osm_id")
    relations = {place: _relation(row) for place, row in listed.items() if row["kind"] == "district"}
    geometries = _geometries(listed, rules, {place: outlines[relation] for place, relation in relations.items()})
    around = _around({place: full[relation] for place, relation in relations.items()})
    places = [*_larger_places()]
    for place in sorted(listed, key=lambda place: (listed[place]["kind"] != "district", place)):
        row, rule = listed[place], rules[place]
        shown = place in geometries
        places.append(
            {
                "place": place,
                "kind": row["kind"].replace("_", "-"),
                "name_kk": row["name_kk"],
                "name_ru": row["name_ru"],
                "name_en": row["name_en"],
                "within": rule["within"] or _within(geometries.get(place), float(row["precision_m"]), around),
                "osm_relation": str(relations.get(place, "")),
                "precision_m": _precision(row, outlines, full) if shown else "",
                "method": ("boundary" if place in relations else row["method"]) if shown else "",
                "source": _source(row, place, source_id),
                "note": rule["note"],
            }
        )
    return Spatial(places, _layers(places, geometries, rules), _left_out(listed, rules))


def _larger_places() -> Iterator[dict[str, str]]:
    """Give the country and the city, which have a name and no position of their own."""
    empty = dict.fromkeys(("osm_relation", "precision_m", "method", "source", "note"), "")
    names = (
        (COUNTRY, "country", "Қазақстан", "Казахстан", "Kazakhstan", ""),
        (CITY, "city", "Алматы", "Алматы", "Almaty", COUNTRY),
    )
    for place, kind, name_kk, name_ru, name_en, within in names:
        named = {"name_kk": name_kk, "name_ru": name_ru, "name_en": name_en}
        yield {"place": place, "kind": kind, **named, "within": within, **empty}


def _listed(path: Path) -> dict[str, dict[str, str]]:
    """Read the compiled list of places; every name must be there."""
    with path.open(encoding="utf-8", newline="") as stream:
        numbered = list(enumerate(csv.DictReader(stream), start=2))
    faults = [
        Fault(path.name, number, column, "the cell is empty", "Fill it in")
        for number, row in numbered
        for column in ("id", "kind", "name_kk", "name_ru", "name_en", "precision_m", "method")
        if not (row[column] or "").strip()
    ]
    if faults:
        raise BadData(faults)
    return {row["id"]: row for _, row in numbered}


def _rules(path: Path, listed: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Read what is decided for each place and hold it against the list."""
    faults: list[Fault] = []
    rules: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != ROW_COLUMNS:
            raise BadData([Fault(path.name, 1, None, "unknown columns", f"They must be {', '.join(ROW_COLUMNS)}")])
        for number, row in enumerate(reader, start=2):
            place = row["place"]
            if place in rules:
                faults.append(Fault(path.name, number, "place", f"'{place}' stands twice", "Keep one row"))
            if place not in listed:
                faults.append(Fault(path.name, number, "place", f"'{place}' is not in the list", "Take it out"))
            if row["layer"] not in LAYERS and row["layer"] != NO_LAYER:
                faults.append(Fault(path.name, number, "layer", f"no layer '{row['layer']}'", "Correct the name"))
            if row["layer"] == NO_LAYER and not row["reason"]:
                faults.append(Fault(path.name, number, "reason", "no position and no reason", "Say why"))
            rules[place] = row
    faults += [
        Fault(path.name, None, "place", f"'{place}' has no row", "Decide on its layer")
        for place in sorted(set(listed) - set(rules))
    ]
    if faults:
        raise BadData(faults)
    return rules


def _outlines(path: Path, identifier: str) -> dict[int, BaseGeometry]:
    """Read polygons by the number of their boundary relation in OpenStreetMap."""
    from shapely.geometry import shape

    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    outlines = {int(feature["properties"][identifier]): shape(feature["geometry"]) for feature in features}
    faults = [
        Fault(path.name, None, None, f"the outline of relation {relation} is not valid", "Repair the polygon")
        for relation, outline in outlines.items()
        if not outline.is_valid
    ]
    if faults:
        raise BadData(faults)
    return outlines


def _relation(row: Mapping[str, str]) -> int:
    """Take the number of the boundary relation out of a remark such as `...; osm_relation=3072216`."""
    for part in row["note"].split(";"):
        key, _, value = part.strip().partition("=")
        if key == "osm_relation":
            return int(value)
    message = f"'{row['id']}' names no boundary relation"
    raise BadData([Fault(PLACES, None, "note", message, "Add osm_relation=NUMBER")])


def _geometries(
    listed: Mapping[str, Mapping[str, str]],
    rules: Mapping[str, Mapping[str, str]],
    outlines: Mapping[str, BaseGeometry],
) -> dict[str, BaseGeometry]:
    """Build the geometry of every place that is given with a position."""
    import shapely

    geometries: dict[str, BaseGeometry] = {}
    faults: list[Fault] = []
    for place, row in listed.items():
        rule = rules[place]
        if rule["layer"] == NO_LAYER:
            continue
        geometry = outlines[place] if rule["layer"] == "districts" else _geometry(row)
        for other in rule["without"].split():
            geometry = _without(geometry, _geometry({**listed[other], "geometry_wkt": ""}))
        geometry = shapely.transform(geometry, lambda points: points.round(DECIMALS))
        if geometry.is_empty or not geometry.is_valid:
            message = f"the geometry of '{place}' is not valid"
            faults.append(Fault(PLACES, None, "geometry_wkt", message, "Repair it"))
        geometries[place] = geometry
    if faults:
        raise BadData(faults)
    return geometries


def _geometry(row: Mapping[str, str]) -> BaseGeometry:
    from shapely import wkt
    from shapely.geometry import Point

    return wkt.loads(row["geometry_wkt"]) if row["geometry_wkt"] else Point(float(row["lon"]), float(row["lat"]))


def _without(line: BaseGeometry, point: BaseGeometry) -> BaseGeometry:
    """Take a vertex out of a line, so that the line does not give away a position that is left out."""
    from shapely.geometry import LineString

    return LineString([vertex for vertex in line.coords if vertex[:2] != point.coords[0][:2]])


def _metres(geometry: BaseGeometry) -> BaseGeometry:
    """Scale degrees to metres about the latitude of the city, right to one in a thousand there."""
    import shapely

    degree = math.pi / 180 * 6_371_008.8
    scale = (degree * math.cos(math.radians(43.25)), degree)
    return shapely.transform(geometry, lambda points: points * scale)


def _around(districts: Mapping[str, BaseGeometry]) -> Around:
    import shapely

    outlines = {district: _metres(outline) for district, outline in sorted(districts.items())}
    closed = shapely.union_all([outline.buffer(SEAM_M) for outline in outlines.values()]).buffer(-SEAM_M)
    # What is left open between three outlines is no hole in the city.
    city = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(closed)])
    return Around(outlines, city)


def _within(geometry: BaseGeometry | None, precision: float, around: Around) -> str:
    """Give the smallest larger place that surely holds a place, its error allowed for."""
    if geometry is None:
        return COUNTRY
    reach = _metres(geometry).buffer(precision)
    if precision <= SURE_M:
        for district, outline in around.districts.items():
            if outline.contains(reach):
                return district
    return CITY if around.city.contains(reach) else COUNTRY


def _precision(row: Mapping[str, str], outlines: Mapping[int, BaseGeometry], full: Mapping[int, BaseGeometry]) -> str:
    """Give the error of a position; of a simplified outline, its largest distance from the full one."""
    if row["kind"] != "district":
        return row["precision_m"]
    relation = _relation(row)
    outline, original = (_metres(shapes[relation]).boundary for shapes in (outlines, full))
    return str(math.ceil(outline.hausdorff_distance(original) / 10) * 10)


def _source(row: Mapping[str, str], place: str, source_id: Callable[[str, str], str | None]) -> str:
    source = source_id(row["source_title"], row["source_url"])
    if source is None:
        message = f"the source of '{place}' was left out"
        raise BadData([Fault(PLACES, None, "source_title", message, "Name another source")])
    return source


def _layers(
    places: Sequence[Mapping[str, str]],
    geometries: Mapping[str, BaseGeometry],
    rules: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, Any]]:
    """Sort the features into one collection for each licence."""
    rows = {row["place"]: row for row in places}
    layers: dict[str, dict[str, Any]] = {
        layer.file: {
            "type": "FeatureCollection",
            "licence": layer.licence,
            "attribution": layer.attribution,
            "features": [],
        }
        for layer in LAYERS.values()
    }
    for place in sorted(geometries):
        layer = rules[place]["layer"]
        layers[LAYERS[layer].file]["features"].append(
            {
                "type": "Feature",
                "id": place,
                "properties": _properties(rows[place], layer),
                "geometry": _plain(geometries[place]),
            }
        )
    return layers


def _properties(row: Mapping[str, str], layer: str) -> dict[str, str | int]:
    properties: dict[str, str | int] = {"place": row["place"]}
    if layer == "districts":
        properties["osm_relation"] = int(row["osm_relation"])
    return {
        **properties,
        "precision_m": int(row["precision_m"]),
        "method": row["method"],
        "source": row["source"],
        "name_en": row["name_en"],
    }


def _plain(geometry: BaseGeometry) -> dict[str, Any]:
    """Give the geometry as GeoJSON with right-handed rings and five decimals."""
    from shapely.geometry import MultiPolygon, Polygon, mapping
    from shapely.geometry.polygon import orient

    if isinstance(geometry, Polygon):
        geometry = orient(geometry)
    elif isinstance(geometry, MultiPolygon):
        geometry = MultiPolygon([orient(part) for part in geometry.geoms])
    plain = mapping(geometry)
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, tuple | list):
        return [_rounded(part) for part in coordinates]
    return round(float(coordinates), DECIMALS)


def _left_out(listed: Mapping[str, Mapping[str, str]], rules: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """List the positions that are not given, with the reason; the names are in the table all the same."""
    return [
        {"material": "places", "row": f"position of {place} ({row['name_en']})", "reason": rules[place]["reason"]}
        for place, row in sorted(listed.items())
        if rules[place]["reason"]
    ] + [
        {
            "material": "places",
            "row": f"point of {other} on the line of {place}",
            "reason": rules[other]["reason"],
        }
        for place in sorted(rules)
        for other in rules[place]["without"].split()
    ]
