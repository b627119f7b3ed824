"""What the rules find on the records of Almaty, as they are written down for the packed city."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

import aport
from aport.city import schema, tabular
from aport.delivery import follow, record_faults
from tools.almaty import records

TODAY = dt.date(2026, 3, 31)


def frame(name, rows=None):
    """Make a table of the schema from a hand-written one; columns that the compiler adds are left empty."""
    table = schema.table(name)
    if rows is None:
        with (records.TABLES / table.file).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    return tabular.from_rows([{k: v for k, v in row.items() if k in table.names} for row in rows], table)


@pytest.fixture(scope="module")
def city():
    tables = {
        "records": frame("records", records.load_records()),
        "projects": frame("projects"),
        "rules": frame("rules"),
    }
    return aport.open("almaty").with_tables(**tables)


@pytest.fixture(scope="module")
def followed(city):
    states = {each.task: each.state for each in aport.measure(city, today=TODAY)}
    return follow(city, today=TODAY, states=states)


@pytest.fixture(scope="module")
def statuses(followed):
    return {(each.kind, each.subject): each for each in followed.statuses}


def test_there_are_many_records_and_none_is_wrong(city):
    rows = city.rows("records")
    assert len(rows) >= 120
    units = {row["indicator"]: row["unit"] for row in city.rows("indicators")}
    assert not record_faults(rows, today=TODAY, units=units)


@pytest.mark.parametrize(
    ("rule", "subject", "since"),
    [
        ("banned-but-planned", "kok-zhailau-resort", "2025-07-15"),
        ("abolished-but-restored", "abolish-registration", "2025-11-17"),
        ("contract-ended", "aksai-dam", "2024-04"),
        ("promise-passed", "street-lighting", "2025-01-01"),
        ("promise-passed", "tpp-2-gas", "2024-01-01"),
        ("claim-shrank", "mountain-cluster", "2025-04"),
        ("done-but-data-disagree", "clean-bus-fuel", "2025-12-08"),
        ("sources-differ", "school-kindergarten-places", "2025-10-22"),
    ],
)
def test_what_does_not_fit_is_found(followed, rule, subject, since):
    assert (subject, since) in {
        (name, each.since)
        for each in followed.contradictions
        if each.rule == rule
        for name in (each.task, each.project)
    }


def test_street_lighting_was_promised_for_the_end_of_2025(city, followed):
    [each] = [e for e in followed.contradictions if (e.rule, e.task) == ("promise-passed", "street-lighting")]
    due = {row["record"]: row["due"] for row in city.rows("records")}
    assert "2025-12-31" in {due[record] for record in each.evidence}


def test_the_jobs_of_the_mountain_cluster_shrank_from_30_000_to_10_000(followed):
    [each] = [e for e in followed.contradictions if e.rule == "claim-shrank" and e.values["first"]["unit"] == "place"]
    assert (each.task, each.values["first"]["value"], each.values["last"]["value"]) == (
        "mountain-cluster",
        30_000,
        10_000,
    )


def test_what_was_finished_in_time_or_late_is_no_contradiction(followed):
    named = {each.project for each in followed.contradictions}
    assert not named & {"ayusai-dam", "bakad", "metro-two-stations", "brt-first-line"}


def test_every_piece_of_evidence_is_there(city, followed):
    known = {row["record"] for row in city.rows("records")} | {row["observation"] for row in city.rows("observations")}
    for each in (*followed.statuses, *followed.contradictions):
        assert set(getattr(each, "evidence", ()) or getattr(each, "records", ())) <= known


@pytest.mark.parametrize(
    ("kind", "subject", "status"),
    [
        ("project", "ayusai-dam", "completed"),
        ("project", "aksai-dam", "stopped"),
        ("project", "bakad", "completed"),
        ("project", "tpp-2-gas", "in-work"),
        ("project", "metro-barlyk", "planned"),
        ("project", "kok-zhailau-resort", "planned"),
        ("task", "dams-aksai-ayusai", "nearer"),
        ("task", "kok-zhailau-ban", "further"),
        ("task", "abolish-registration", "met"),
        ("task", "mountain-cluster", "unchanged"),
        ("task", "public-opinion", "unknown"),
        ("task", "metro-lines", "nearer"),
        ("task", "school-kindergarten-places", "further"),
    ],
)
def test_how_things_stand(statuses, kind, subject, status):
    assert statuses[kind, subject].status == status


def test_the_registration_is_back_once_its_day_has_come(city):
    later = follow(city, today=dt.date(2026, 7, 1), states={})
    found = next(each for each in later.statuses if each.subject == "abolish-registration")
    assert (found.status, found.output) == ("unchanged", "reversed")


def test_it_says_how_far_the_records_reach(followed):
    assert followed.until == "2026-03-20"
