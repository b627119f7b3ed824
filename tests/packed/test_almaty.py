"""The packed Almaty: complete, sourced, accepted by another program, and the same bytes when compiled again."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from aport.chain.register import Register
from aport.chain.view import account
from aport.city import City, folder, open_city
from aport.tasks import read_text
from tests.conftest import ROOT, TENGRI

PACKED = folder.PACKED / "almaty"
DOCUMENT = "almaty-2019-10-29"


@pytest.fixture(scope="module")
def city() -> City:
    return open_city("almaty")


def test_it_passes_its_own_checks(city):
    assert city.name == "almaty"


@pytest.mark.parametrize("root", [PACKED, TENGRI], ids=lambda root: root.name)
def test_the_reference_program_for_data_packages_accepts_it(root):
    command = [sys.executable, "-m", "frictionless", "validate", str(root / "datapackage.json"), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_the_register_holds_the_tasks_of_the_document(city):
    roles = Counter(city["tasks"]["role"])
    assert roles["task"] == 34
    assert roles["criterion"] == 5
    tasks = set(city["tasks"]["task"][city["tasks"]["role"] == "task"])
    quotes = city["quotes"][city["quotes"]["task"].isin(tasks)]
    assert Counter(quotes["language"]) == {"kk": 38, "ru": 38, "en": 38}


def test_every_topic_has_an_entry(city):
    assert len(city["topics"]) == 22
    with_entry = set(city["tasks"]["topic"]) | set(city["statements"]["topic"])
    assert set(city["topics"]["topic"]) == with_entry


def test_every_sentence_leads_to_an_entry_or_a_statement(city):
    lines = account(Register(city), DOCUMENT)
    assert len(lines) == 63
    assert all(line["entries"] or line["statements"] for line in lines)
    assert all(set(line["text"]) == {"kk", "ru", "en"} for line in lines)


def test_the_documents_say_that_they_are_restatements(city):
    assert city["documents"]["restated"].all()
    assert (city["documents"]["source"] != "").all()


def test_there_are_enough_indicators_and_observations(city):
    assert len(city["indicators"]) >= 45
    assert len(city["observations"]) >= 200
    assert set(city["observations"]["indicator"]) <= set(city["indicators"]["indicator"])
    assert set(city["observations"]["basis"]) <= {"statistics", "register", "sensor", "press", "study"}


def test_left_out_rows_have_a_reason(city):
    assert len(city["left_out"]) > 300
    assert (city["left_out"]["reason"].str.len() > 10).all()


def test_sources_are_addresses_that_anybody_can_open(city):
    addresses = city["sources"]["address"]
    for strange in ("t.me", "telegram", "dzen.ru", "localhost", "file:", "wikizero", "test."):
        assert not addresses.str.contains(strange, regex=False).any(), strange


def test_suburbs_are_places_and_the_districts_eight(city):
    kinds = Counter(city["places"]["kind"])
    assert kinds["district"] == len(city["districts"]) == 8
    assert kinds["town"] == 7
    towns = city["places"][city["places"]["kind"] == "town"]
    assert (towns["within"] != "almaty").all()
    assert city["districts"]["geometry"].map(lambda geometry: geometry.is_valid).all()


def test_layers_are_split_by_licence_and_hold_no_rupture_traces(city):
    for frame in city.layers.values():
        assert (frame.groupby("file")["licence"].nunique() == 1).all()
    assert not city["places_geometry"]["place"].str.startswith("fault-amey").any()
    assert (city["districts"]["attribution"].str.contains("OpenStreetMap")).all()
    licences = (PACKED / "LICENCES.md").read_text(encoding="utf-8")
    for file in {file for frame in city.layers.values() for file in frame["file"]}:
        assert file in licences


def test_money_and_population_agree_with_their_published_values(city):
    """Values copied by hand from the pages of the Bureau of National Statistics and the meeting's report."""
    value = dict(zip(city["observations"]["observation"], city["observations"]["value"], strict=True))
    assert value["unemployment-rate.almaty.2019"] == 5.1
    population = city["observations"][city["observations"]["indicator"] == "population"]
    assert 2_351_424 in set(population["value"])
    assert 156e9 in set(city["statements"]["value"])


def test_compiling_again_gives_the_same_bytes(shared, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "tools.almaty", "--source", str(shared), "--out", str(tmp_path)], check=True, cwd=ROOT
    )
    for path in PACKED.rglob("*"):
        if path.is_file() and path.name != "LICENCES.md":
            assert (tmp_path / path.relative_to(PACKED)).read_bytes() == path.read_bytes(), path.name


def test_the_compiler_says_what_folder_it_wants(tmp_path):
    command = [sys.executable, "-m", "tools.almaty", "--source", str(tmp_path)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "almaty-facts.csv is missing" in done.stderr


def test_every_sentence_of_the_official_text_is_accounted_for(shared, city):
    """Where the official report lies beside the project, each of its lines is read and has its restated sentence."""
    text = next((shared / "seed").glob("*.kk.txt")).read_text(encoding="utf-8")
    reading = read_text(text, document="seed")
    assert all(sentence.roles for sentence in reading.sentences)
    covered = "".join(text[sentence.start : sentence.end] for sentence in reading.sentences)
    assert "".join(covered.split()) == "".join(text.split())
    restated = set(city["sentences"]["original_line"].dropna())
    assert restated == {number for number, line in enumerate(text.splitlines(), 1) if line.strip()}
