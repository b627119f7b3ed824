"""Layers as GeoJSON: one file for each licence, geometries checked, coordinates in WGS 84 (RFC 7946)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aport.city.tabular import decode
from aport.errors import Fault

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from aport.city.schema import Table

FRAME = ("place", "file", "licence", "attribution", "properties", "geometry")
"""Columns of a layer in memory: `properties` is a dict of what the file says besides, `geometry` a shapely geometry."""

_LONGITUDE, _LATITUDE = 180.0, 90.0


def read_layer(root: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """Read every file of a layer.

    Returns
    -------
    One row for each feature, with the columns of `FRAME`, and the faults found; `row` of a fault is the number of the
    feature in its file.
    """
    faults: list[Fault] = []
    collections: dict[str, dict[str, Any]] = {}
    for path in sorted(root.glob(table.file)):
        file = path.relative_to(root).as_posix()
        collections[file], found = _collection(path, file)
        faults += found
    frame, found = parse_layer(collections)
    return frame, faults + found


def parse_layer(collections: dict[str, dict[str, Any]]) -> tuple[pd.DataFrame, list[Fault]]:
    """Make the frame of a layer from GeoJSON feature collections by file name, and list the faults found."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for file, collection in collections.items():
        for number, feature in enumerate(collection.get("features", []), 1):
            row, found = _feature(feature, number, file)
            faults += found
            if row is not None:
                rows.append(row | {k: collection.get(k, "") for k in ("licence", "attribution")})
    frame = pd.DataFrame(rows, columns=list(FRAME))
    for place in frame["place"][frame["place"].duplicated()]:
        file = str(frame.loc[frame["place"] == place, "file"].iloc[-1])
        faults.append(Fault(file, None, "place", f"{place} stands in the layer twice", "Keep one feature for a place"))
    return frame, faults


def _collection(path: Path, file: str) -> tuple[dict[str, Any], list[Fault]]:
    text, faults = decode(path.read_bytes(), file)
    if faults:
        return {}, faults
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Fault(file, error.lineno, None, f"not JSON: {error.msg}", "Export the layer as GeoJSON again")]
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        return {}, [Fault(file, None, None, "not a GeoJSON feature collection", "Export the layer as GeoJSON again")]
    if not content.get("licence"):
        faults = [Fault(file, None, "licence", "the layer states no licence", 'Add "licence" beside "features"')]
    return content, faults


def _feature(feature: Any, number: int, file: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    import shapely
    from shapely.geometry import shape

    def fault(column: str, message: str, repair: str) -> list[Fault]:
        return [Fault(file, number, column, message, repair)]

    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(properties.get("place"), str):
        return None, fault("place", "the feature names no place", 'Add the property "place" with the identifier')
    try:
        geometry = shape(feature.get("geometry") or {})
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        return None, fault("geometry", f"the geometry cannot be read: {error}", "Draw it again")
    if geometry.is_empty:
        return None, fault("geometry", "the geometry is empty", "Draw it or take the feature out")
    row = {"place": properties["place"], "file": file, "properties": properties, "geometry": geometry}
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        return row, fault(
            "geometry",
            f"the outline of {row['place']} is not valid: {reason}",
            "Draw it so that it does not cross itself",
        )
    west, south, east, north = geometry.bounds
    if west < -_LONGITUDE or east > _LONGITUDE or south < -_LATITUDE or north > _LATITUDE:
        return row, fault(
            "geometry", "coordinates are not longitude and latitude", "Export the layer in WGS 84 (EPSG:4326)"
        )
    return row, []


def layer_files(frame: pd.DataFrame) -> dict[str, bytes]:
    """Write a layer: the content of each of its files by name."""
    from shapely.geometry import mapping

    return {
        str(file): geojson_bytes(
            {
                "type": "FeatureCollection",
                "licence": part["licence"].iloc[0],
                "attribution": part["attribution"].iloc[0],
                "features": [
                    {
                        "type": "Feature",
                        "id": row["place"],
                        "properties": row["properties"],
                        "geometry": mapping(row["geometry"]),
                    }
                    for row in part.to_dict("records")
                ],
            }
        )
        for file, part in frame.groupby("file", sort=True)
    }


def geojson_bytes(collection: dict[str, Any]) -> bytes:
    """Write a feature collection with one feature a line, so that two versions can be compared line by line."""
    head = {key: value for key, value in collection.items() if key != "features"}
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]
    )
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "features": [\n{lines}\n]}}\n'.encode()
