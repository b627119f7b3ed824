"""The sources of the packed Almaty: every fact has one or a reason, and none is a copy."""

from __future__ import annotations

import csv
from urllib.parse import urlsplit

import pytest

from aport.city.schema import table
from aport.city.tabular import from_rows
from aport.errors import BadData
from tools.almaty import sources
from tools.almaty.spatial import TABLES

HEADER = ",".join(sources.COLUMNS)
GOOD = 'gazette-2020,Gazette,A page,https://example.org/page,2020-05,press,"facts, cited",'


@pytest.fixture(scope="module")
def rows():
    return sources.load_sources(TABLES)


def material(shared, name):
    with (shared / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def folder(tmp_path, *lines, keys=()):
    (tmp_path / sources.SOURCES).write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    header = ",".join(sources.KEY_COLUMNS)
    (tmp_path / sources.KEYS).write_text("\n".join([header, *keys, ""]), encoding="utf-8")
    return tmp_path


def fault(tmp_path, *lines):
    with pytest.raises(BadData) as caught:
        sources.load_sources(folder(tmp_path, *lines))
    return str(caught.value)


def test_every_published_fact_has_a_source_or_a_reason(shared):
    source_of, reason_of = sources.source_lookup(TABLES), sources.reason_lookup(TABLES)
    facts = [row for row in material(shared, "almaty-facts.csv") if row["checked"] in ("confirmed", "corrected")]
    pairs = {(row["source_title"], row["source_url"]) for row in facts}
    left_out = {pair for pair in pairs if source_of(*pair) is None}
    assert len(facts) == 670
    assert all(reason_of(*pair) for pair in left_out)
    assert {url for _, url in left_out} == {"https://group-telegram.com/pl/ayel_kz.com/2447"}


def test_every_place_has_a_source(shared):
    source_of = sources.source_lookup(TABLES)
    assert all(source_of(row["source_title"], row["source_url"]) for row in material(shared, "almaty-places.csv"))


def test_a_page_under_another_address_says_why(rows):
    addresses = {row["source"]: row["address"] for row in rows}
    for key in sources.load_keys(TABLES):
        if key.source and sources.is_copy(key.url):
            assert not sources.is_copy(addresses[key.source])
            assert key.reason


def test_one_row_for_each_page(rows):
    addresses = [row["address"] for row in rows if row["address"]]
    assert len(addresses) == len(set(addresses))


def test_rows_fit_the_schema(rows):
    columns = table("sources").columns
    assert tuple(column.name for column in columns) == sources.COLUMNS
    kinds = next(column.allowed for column in columns if column.name == "kind")
    assert {row["kind"] for row in rows} <= set(kinds)
    assert len(from_rows(rows, table("sources"))) == len(rows)


def test_an_encyclopedia_is_cited_at_its_own_address(rows):
    pages = [row for row in rows if row["publisher"].startswith("Wikipedia")]
    assert len(pages) == 20
    for page in pages:
        host = urlsplit(page["address"]).hostname
        assert host.endswith(".wikipedia.org")
        assert not host.endswith(".m.wikipedia.org")
        assert page["licence"] == "CC-BY-SA-4.0"


def test_the_bureau_of_statistics_is_the_publisher_of_its_figures(rows):
    read = [row for row in rows if "open-data-kazakhstan/" in row["address"]]
    assert len(read) == 11
    assert {row["kind"] for row in read} == {"statistics"}
    assert all("repository" in row["note"] for row in read)


def test_one_spelling_for_each_publisher(rows):
    spellings = {}
    for row in rows:
        plain = "".join(filter(str.isalnum, row["publisher"].casefold()))
        spellings.setdefault(plain, set()).add(row["publisher"])
    assert all(len(names) == 1 for names in spellings.values())


def test_the_document_is_cited_by_its_official_publisher(rows):
    row = next(row for row in rows if row["source"] == "akorda-2019-10-29")
    assert row["publisher"].startswith("Akorda")
    assert row["published"] == "2019-10-29"
    assert row["note"]


def test_an_inferred_date_says_so(rows):
    by_id = {row["source"]: row for row in rows}
    for key in sources.load_keys(TABLES):
        if "n.d. (" in key.title and key.source and not key.reason:
            assert "inferred" in by_id[key.source]["note"], key.title


@pytest.mark.parametrize(
    "address",
    [
        "https://t.me/channel/5",
        "https://dzen.ru/a/1",
        "https://www.youtube.com/watch?v=1",
        "https://de.wiki7.org/wiki/Town",
        "https://staging.example.org/page",
    ],
)
def test_copies_and_test_hosts_are_refused(tmp_path, address):
    said = fault(tmp_path, GOOD.replace("https://example.org/page", address))
    assert "row 2" in said
    assert address in said


@pytest.mark.parametrize("address", ["https://example.org/t.me", "https://en.wikipedia.org/wiki/Test"])
def test_other_addresses_are_taken(tmp_path, address):
    line = GOOD.replace("https://example.org/page", address)
    assert sources.load_sources(folder(tmp_path, line))[0]["address"] == address


def test_a_local_path_is_no_address(tmp_path):
    assert "is no web address" in fault(tmp_path, GOOD.replace("https://example.org/page", "texts/page.txt"))


def test_a_missing_address_needs_a_note(tmp_path):
    line = GOOD.replace("https://example.org/page", "")
    assert "Say why in the note" in fault(tmp_path, line)
    assert len(sources.load_sources(folder(tmp_path, line + "The paper is not on the web."))) == 1


def test_faults_are_reported_together_with_their_rows(tmp_path):
    said = fault(tmp_path, GOOD, GOOD, GOOD.replace("2020-05", "May 2020").replace("gazette-2020", "Gazette 2020"))
    assert "row 3, column source" in said
    assert "row 4, column published" in said
    assert "row 4, column source" in said


def test_an_empty_cell_is_a_fault(tmp_path):
    assert "row 2, column publisher: the cell is empty" in fault(tmp_path, GOOD.replace("Gazette,", ","))


def test_a_key_needs_a_source_or_a_reason(tmp_path):
    keys = ("A page,https://example.org/page,gazette-2020,", "Another,https://example.org/other,,")
    with pytest.raises(BadData, match="neither a source nor a reason"):
        sources.load_keys(folder(tmp_path, GOOD, keys=keys))


def test_a_key_of_an_unknown_source_is_a_fault(tmp_path):
    with pytest.raises(BadData, match="row 2, column source"):
        sources.load_keys(folder(tmp_path, GOOD, keys=("A page,https://example.org/page,bulletin-1999,",)))


def test_an_unknown_pair_is_named(tmp_path):
    lookup = sources.source_lookup(folder(tmp_path, GOOD))
    with pytest.raises(BadData, match="no row for 'Some page'"):
        lookup("Some page", "https://example.org/some")


def test_pruning_keeps_what_is_referred_to(rows):
    kept = sources.prune(rows, {"who-air-2021", "akorda-2019-10-29", ""})
    assert [row["source"] for row in kept] == ["akorda-2019-10-29", "who-air-2021"]


def test_pruning_refuses_a_dangling_reference(rows):
    with pytest.raises(BadData, match="no source 'nobody-1900'"):
        sources.prune(rows, {"nobody-1900"})
