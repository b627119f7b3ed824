"""The places of the packed Almaty: names complete, licences apart, nothing that may not be given."""

from __future__ import annotations

import csv
import json
import math
import shutil

import pytest
from shapely.geometry import Point, box, mapping, shape

from aport.city import geo
from aport.city.schema import table
from aport.city.tabular import from_rows
from aport.errors import BadData
from tools.almaty import sources, spatial

DISTRICTS = {"alatau", "almaly", "auezov", "bostandyk", "jetysu", "medeu", "nauryzbai", "turksib"}


@pytest.fixture(scope="module")
def compiled(shared):
    return spatial.compile_spatial(shared)


@pytest.fixture(scope="module")
def places(compiled):
    return {row["place"]: row for row in compiled.places}


@pytest.fixture(scope="module")
def features(compiled):
    return {feature["id"]: feature for layer in compiled.layers.values() for feature in layer["features"]}


@pytest.fixture
def material(shared, tmp_path):
    """Give a copy of the material that a test may spoil."""
    (tmp_path / "shared" / "data" / "almaty").mkdir(parents=True)
    for file in (spatial.PLACES, spatial.FULL, spatial.SIMPLE):
        target = tmp_path / "shared" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared / file, target)
    shutil.copytree(spatial.TABLES, tmp_path / "tables")
    return tmp_path


@pytest.fixture
def invented(tmp_path):
    """Give the material of an invented city of two square districts, 0.1 degrees wide, that meet at 77.1 E."""
    outlines = {"west": (1, 77.0), "east": (2, 77.1)}
    for file, identifier in ((spatial.FULL, "osm_id"), (spatial.SIMPLE, "osmRelationId")):
        collection = [
            {"properties": {identifier: number}, "geometry": mapping(box(left, 43.2, left + 0.1, 43.3))}
            for number, left in outlines.values()
        ]
        target = tmp_path / "shared" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps({"features": collection}), encoding="utf-8")
    line = "LINESTRING (77.01 43.21, 77.05 43.25, 77.09 43.21)"
    listed = [
        *(
            ("district-" + n, "district", "", "", 0, "approximate", f"x; osm_relation={k}")
            for n, (k, _) in outlines.items()
        ),
        ("bridge", "old_bridge", "77.05,43.25", "", 100, "osm_2012", ""),
        ("border-post", "post", "77.1,43.25", "", 100, "published", ""),
        ("vague-field", "field", "77.05,43.25", "", 600, "approximate", ""),
        ("far-town", "town", "77.5,43.25", "", 100, "published", ""),
        ("tram", "tram", "", line, 100, "crossing", ""),
        ("hidden", "field", "77.05,43.25", "", 100, "approximate", ""),
    ]
    with (tmp_path / "shared" / spatial.PLACES).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        header = "id kind name_kk name_ru name_en lon lat geometry_wkt precision_m method source_title source_url note"
        writer.writerow(header.split())
        for place, kind, point, wkt, precision, method, note in listed:
            lon, lat = point.split(",") if point else ("", "")
            writer.writerow([place, kind, "a", "b", "c", lon, lat, wkt, precision, method, "t", "u", note])
    layers = {"bridge": "osm2012", "tram": "osm2012", "hidden": "none"}
    rows = [",".join(spatial.ROW_COLUMNS)]
    for place, *_ in listed:
        layer = "districts" if place.startswith("district-") else layers.get(place, "facts")
        without, reason = "hidden" if place == "tram" else "", "no licence" if layer == "none" else ""
        rows.append(f"{place},{layer},{without},,,{reason}")
    (tmp_path / spatial.ROWS).write_text("\n".join([*rows, ""]), encoding="utf-8")
    return spatial.compile_spatial(tmp_path / "shared", lambda _title, _url: "atlas-1990", tables=tmp_path)


@pytest.mark.parametrize(
    ("place", "within"),
    [
        ("bridge", "district-west"),
        ("border-post", "almaty"),  # its error reaches into both districts
        ("vague-field", "almaty"),  # its error is too large to tell
        ("far-town", "kazakhstan"),
        ("tram", "district-west"),
    ],
)
def test_invented_places_lie_where_it_is_sure(invented, place, within):
    assert next(row["within"] for row in invented.places if row["place"] == place) == within


def test_an_invented_line_does_not_give_away_a_point_left_out(invented):
    layer = invented.layers["layers/places-osm2012.geojson"]
    assert [feature["id"] for feature in layer["features"]] == ["bridge", "tram"]
    assert layer["features"][1]["geometry"]["coordinates"] == [[77.01, 43.21], [77.09, 43.21]]
    assert [row["row"] for row in invented.left_out] == [
        "position of hidden (c)",
        "point of hidden on the line of tram",
    ]


def test_invented_places_keep_their_kind_and_source(invented):
    bridge = next(row for row in invented.places if row["place"] == "bridge")
    assert (bridge["kind"], bridge["source"], bridge["precision_m"]) == ("old-bridge", "atlas-1990", "100")


def compile_in(folder):
    return spatial.compile_spatial(folder / "shared", tables=folder / "tables")


def test_rows_fit_the_schema(compiled):
    columns = [column.name for column in table("places").columns]
    assert all(list(row) == columns for row in compiled.places)
    assert len(from_rows(compiled.places, table("places"))) == 146


def test_every_place_has_its_name_in_three_languages(places):
    assert all(row[f"name_{language}"].strip() for row in places.values() for language in ("kk", "ru", "en"))


def test_larger_places_come_first_and_exist(compiled):
    known = {""}
    for row in compiled.places:
        assert row["within"] in known
        known.add(row["place"])


def test_kinds_are_slugs(places):
    assert not [row["kind"] for row in places.values() if "_" in row["kind"]]
    assert places["metro-kalkaman"]["kind"] == "metro-station-planned"


def test_eight_districts_with_valid_outlines(compiled, places):
    layer = compiled.layers["layers/districts.geojson"]
    assert {feature["id"] for feature in layer["features"]} == {f"district-{name}" for name in DISTRICTS}
    for feature in layer["features"]:
        outline = shape(feature["geometry"])
        assert outline.is_valid
        assert outline.geom_type in ("Polygon", "MultiPolygon")
        assert str(feature["properties"]["osm_relation"]) == places[feature["id"]]["osm_relation"]
        assert places[feature["id"]]["within"] == "almaty"


def test_districts_add_up_to_the_city(compiled):
    # 702 km2 is what the polygons are known to give, against 682 km2 of the official area.
    square_degree = (math.pi / 180 * 6371.0088) ** 2
    outlines = [shape(feature["geometry"]) for feature in compiled.layers["layers/districts.geojson"]["features"]]
    area = sum(o.area * square_degree * math.cos(math.radians(o.centroid.y)) for o in outlines)
    assert area == pytest.approx(702, abs=2)


def test_join_by_relation_whatever_the_spelling(compiled):
    # The simplified file says "zhetysu" and the list says "jetysu".
    layer = compiled.layers["layers/districts.geojson"]
    jetysu = next(feature for feature in layer["features"] if feature["id"] == "district-jetysu")
    assert jetysu["properties"]["osm_relation"] == 3072130
    assert shape(jetysu["geometry"]).contains(Point(76.9248, 43.3090))


def test_suburbs_are_towns_of_the_country(places):
    towns = [row for row in places.values() if row["kind"] == "town"]
    assert len(towns) == 7
    assert {row["within"] for row in towns} == {"kazakhstan"}


def test_rupture_traces_are_not_given(places, features):
    faults = {place for place in places if place.startswith("fault-amey-")}
    assert len(faults) == 4
    assert not faults & set(features)


def test_nothing_from_the_table_of_street_blocks_is_given(shared, features):
    with (shared / spatial.PLACES).open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    medians = [row for row in listed if "median of" in row["note"]]
    assert len(medians) == 19
    assert not {row["id"] for row in medians} & set(features)
    centres = [row for row in listed if "centre of population" in row["note"]]
    given = {tuple(point) for feature in features.values() for point in points(feature["geometry"]["coordinates"])}
    for row in [*medians, *centres]:
        assert (float(row["lon"]), float(row["lat"])) not in given


def points(coordinates):
    if isinstance(coordinates[0], float):
        return [coordinates]
    return [point for part in coordinates for point in points(part)]


def test_what_has_no_position_says_neither_method_nor_precision(places, features):
    for place, row in places.items():
        assert bool(row["method"]) == bool(row["precision_m"]) == (place in features)


def test_positions_left_out_are_listed_with_the_reason(compiled, places, features):
    without = set(places) - set(features) - {"kazakhstan", "almaty"}
    said = [row["row"] for row in compiled.left_out]
    assert all(any(f"of {place} " in row for row in said) for place in without)
    assert all(row["material"] == "places" and row["reason"] for row in compiled.left_out)


def test_each_licence_has_its_own_file(compiled, features):
    licences = {file: layer["licence"] for file, layer in compiled.layers.items()}
    assert licences == {
        "layers/districts.geojson": "ODbL-1.0",
        "layers/places-facts.geojson": "CC-BY-4.0",
        "layers/places-gateways.geojson": "CC-BY-SA-2.0",
        "layers/places-gem-cc-by-sa.geojson": "CC-BY-SA-4.0",
        "layers/places-odbl.geojson": "ODbL-1.0",
        "layers/places-osm2012.geojson": "CC-BY-SA-2.0",
    }
    assert all(layer["attribution"] for layer in compiled.layers.values())
    assert sum(len(layer["features"]) for layer in compiled.layers.values()) == len(features)


def test_sources_keep_to_the_licence_of_their_file(compiled):
    licences = {row["source"]: row["licence"] for row in sources.load_sources(spatial.TABLES)}
    free = {"facts, cited", "CC-BY-4.0", "CC-BY-SA-4.0"}
    for feature in compiled.layers["layers/places-facts.geojson"]["features"]:
        assert licences[feature["properties"]["source"]] in free
        assert feature["properties"]["method"] in ("published", "approximate")
    for feature in compiled.layers["layers/places-gem-cc-by-sa.geojson"]["features"]:
        assert feature["properties"]["source"] == "gem-active-faults"


def test_what_is_placed_on_the_old_network_lies_in_its_file(compiled, places):
    old = {feature["id"] for feature in compiled.layers["layers/places-osm2012.geojson"]["features"]}
    gateways = {feature["id"] for feature in compiled.layers["layers/places-gateways.geojson"]["features"]}
    placed = {place for place, row in places.items() if row["method"] in ("osm_2012", "crossing")}
    assert placed <= old | gateways
    assert gateways == {place for place, row in places.items() if row["kind"] == "gateway"}


def test_no_free_line_runs_along_the_old_network(compiled):
    shared_points = {
        tuple(point)
        for feature in compiled.layers["layers/places-osm2012.geojson"]["features"]
        for point in points(feature["geometry"]["coordinates"])
    }
    for feature in compiled.layers["layers/places-facts.geojson"]["features"]:
        if feature["geometry"]["type"] != "Point":
            assert not shared_points & {tuple(point) for point in points(feature["geometry"]["coordinates"])}


def test_features_are_sorted_and_rounded(compiled):
    for layer in compiled.layers.values():
        identifiers = [feature["id"] for feature in layer["features"]]
        assert identifiers == sorted(identifiers)
        for feature in layer["features"]:
            assert feature["properties"]["place"] == feature["id"]
            for longitude, latitude in points(feature["geometry"]["coordinates"]):
                assert (round(longitude, 5), round(latitude, 5)) == (longitude, latitude)
                assert 76.2 <= longitude <= 77.9
                assert 42.9 <= latitude <= 43.95


def test_layers_are_read_without_a_fault(compiled):
    frame, faults = geo.parse_layer(compiled.layers)
    assert not faults
    assert len(frame) == 121


def test_a_district_is_named_only_where_it_is_sure(places):
    assert places["hospital-city-7"]["within"] == "district-nauryzbai"
    assert places["metro-alatau"]["within"] == "almaty"  # on the limit of two districts
    assert places["tpp-3"]["within"] == "kazakhstan"
    for row in places.values():
        if row["within"].startswith("district-") and row["method"] in ("published", "osm_2012"):
            assert float(row["precision_m"]) <= spatial.SURE_M


def test_same_material_gives_the_same_bytes(shared, compiled):
    again = spatial.compile_spatial(shared)
    assert json.dumps(again) == json.dumps(compiled)


def test_a_place_without_a_decision_is_named(material):
    rows = material / "tables" / spatial.ROWS
    lines = rows.read_text(encoding="utf-8").splitlines(keepends=True)
    rows.write_text("".join(line for line in lines if not line.startswith("kok-zhailau,")), encoding="utf-8")
    with pytest.raises(BadData, match="'kok-zhailau' has no row"):
        compile_in(material)


def test_a_missing_name_is_named_with_its_row(material):
    file = material / "shared" / spatial.PLACES
    file.write_text(file.read_text(encoding="utf-8").replace("Алатау ауданы,", ",", 1), encoding="utf-8", newline="")
    with pytest.raises(BadData, match=r"row 2, column name_kk: the cell is empty"):
        compile_in(material)


def test_a_line_that_crosses_itself_is_refused(material):
    file = material / "shared" / spatial.PLACES
    text = file.read_text(encoding="utf-8")
    bow = "POLYGON ((76.80 43.28, 76.82 43.30, 76.82 43.28, 76.80 43.30, 76.80 43.28))"
    start = text.index("POLYGON ((76.803 43.279")
    file.write_text(text[:start] + bow + text[text.index('"', start) :], encoding="utf-8", newline="")
    with pytest.raises(BadData, match="the geometry of 'industrial-zone' is not valid"):
        compile_in(material)


def test_a_place_whose_source_is_left_out_is_named(shared):
    with pytest.raises(BadData, match="the source of 'district-alatau' was left out"):
        spatial.compile_spatial(shared, lambda _title, _url: None)
