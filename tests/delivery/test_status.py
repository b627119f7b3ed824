"""How projects and tasks stand: output apart from outcome, and more than the owner's word for what is met."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.city import schema
from aport.delivery.status import OUTPUTS, PROJECT_STATES, state_after
from tests.delivery.invented import followed, project, record, task

EVENTS = schema.table("records").column("event").allowed
DAM = [project("dam")]


def status_of(subject, *records, **more):
    return next(each for each in followed(*records, **more).statuses if each.subject == subject)


def dam(*events, said_by="owner", **more):
    records = [record(f"202{i}-03", event, project="dam", said_by=said_by) for i, event in enumerate(events)]
    return status_of("dam", *records, projects=DAM, **more)


@pytest.mark.parametrize(
    ("events", "state", "since"),
    [
        (["planned"], "planned", "2020-03"),
        (["planned", "funded", "contracted"], "planned", "2020-03"),
        (["planned", "started", "progress"], "in-work", "2021-03"),
        (["started", "funded"], "in-work", "2020-03"),
        (["started", "completed", "progress"], "completed", "2021-03"),
        (["completed", "started"], "in-work", "2021-03"),
        (["started", "contract-ended"], "stopped", "2021-03"),
        (["started", "stopped", "progress"], "in-work", "2022-03"),
        (["planned", "banned"], "cancelled", "2021-03"),
        (["banned", "planned"], "planned", "2021-03"),
        (["stopped", "restored"], "planned", "2021-03"),
    ],
)
def test_a_project_stands_where_its_records_brought_it(events, state, since):
    status = dam(*events)
    assert (status.status, status.since, status.reason) == (state, since, state)
    assert status.values == {"since": since}


@pytest.mark.parametrize(
    ("register", "state"),
    [("idea", "idea"), ("in-work", "in-work"), ("done", "completed"), ("banned", "cancelled")],
)
def test_a_project_without_records_stands_as_the_register_says(register, state):
    status = status_of("dam", projects=[project("dam", state=register)])
    assert (status.status, status.reason, status.data, status.records) == (state, "register", "none", ())


def test_what_was_only_said_or_looked_at_moves_no_project():
    status = dam("claimed", "audited", "ordered")
    assert (status.status, status.reason, status.last) == ("idea", "register", "2022-03")


@pytest.mark.parametrize(("who", "data"), [("owner", "owner"), ("press", "independent")])
def test_whose_word_stands_behind_a_project(who, data):
    assert dam("completed", said_by=who).data == data


@given(st.sampled_from(PROJECT_STATES), st.sampled_from(EVENTS))
def test_every_event_leads_to_a_state_and_twice_is_once(state, event):
    after = state_after(state, event)
    assert after in PROJECT_STATES
    assert state_after(after, event) == after


@pytest.mark.parametrize(
    ("records", "status", "output", "reason"),
    [
        ([], "unknown", "none", "no-records"),
        ([("2023-01", "ordered")], "unknown", "none", "no-records"),
        ([("2023-01", "planned")], "unchanged", "planned", "planned"),
        ([("2023-01", "progress")], "nearer", "under-way", "under-way"),
        ([("2023-01", "completed")], "nearer", "done", "done-owner-only"),
        ([("2023-01", "completed", "official")], "met", "done", "done"),
        ([("2023-01", "abolished", "official")], "met", "done", "done"),
        ([("2023-01", "abolished", "official"), ("2024-01", "restored")], "unchanged", "reversed", "reversed"),
    ],
)
def test_a_task_that_asks_for_an_act(records, status, output, reason):
    made = [record(date, event, said_by=(who or ["owner"])[0]) for date, event, *who in records]
    found = status_of("cut-rate", *made)
    assert (found.status, found.output, found.outcome, found.reason) == (status, output, "unknown", reason)


def test_what_is_to_be_taken_back_later_still_holds():
    records = [record("2023-01", "abolished", said_by="official"), record("2024-01", "restored", due="2024-07-01")]
    found = status_of("cut-rate", *records)
    assert (found.status, found.output, found.reason) == ("met", "done", "reversal-announced")
    assert found.values == {"since": "2023-01", "due": "2024-07-01"}
    later = status_of("cut-rate", *records, today=dt.date(2024, 7, 1))
    assert (later.status, later.output, later.reason) == ("unchanged", "reversed", "reversed")


@pytest.mark.parametrize(
    ("states", "status", "output"),
    [
        (["done", "done"], "nearer", "done"),
        (["done", "stopped"], "nearer", "partly"),
        (["in-work", "planned"], "nearer", "under-way"),
        (["planned", "idea"], "unchanged", "planned"),
        (["stopped"], "unchanged", "stopped"),
        (["idea", "banned"], "unknown", "none"),
    ],
)
def test_the_projects_of_a_task_make_its_output(states, status, output):
    projects = [project(f"p{i}", state=state) for i, state in enumerate(states)]
    found = status_of("cut-rate", projects=projects)
    assert (found.status, found.output) == (status, output)
    assert found.reason == ("register" if output != "none" else "no-records")


def test_two_works_of_which_one_is_done():
    found = status_of(
        "cut-rate",
        record("2023-06-01", "completed", project="one", said_by="official"),
        record("2024-04", "contract-ended", project="two", said_by="official"),
        projects=[project("one"), project("two")],
    )
    assert (found.status, found.output, found.since, found.data) == ("nearer", "partly", "2023-06-01", "independent")
    assert found.records == ("one.completed.2023-06-01", "two.contract-ended.2024-04")


@pytest.mark.parametrize("outcome", ["met", "nearer", "unchanged", "further"])
def test_the_outcome_decides_where_it_is_known_whatever_was_built(outcome):
    found = status_of("cut-rate", record("2023-01", "completed"), state=outcome, tasks=[task(measured_by="indicator")])
    assert (found.status, found.output, found.outcome, found.reason) == (outcome, "done", outcome, "measured")


def test_what_was_built_is_no_outcome():
    found = status_of("cut-rate", record("2023-01", "completed"), tasks=[task(measured_by="indicator")])
    assert (found.status, found.output, found.reason) == ("unknown", "done", "not-measured")


BANNED = record("2021-05", "banned", said_by="official")


@pytest.mark.parametrize(
    ("records", "status", "reason"),
    [
        ([BANNED], "unknown", "ban-unknown"),
        ([BANNED, record("2022-02", "completed")], "unknown", "ban-unknown"),
        ([BANNED, record("2022-02", "completed", said_by="press")], "met", "ban-kept"),
        ([BANNED, record("2023-07", "planned", project="dam", task="cut-rate")], "further", "ban-planned"),
        ([BANNED, record("2023-07", "started", project="dam", task="cut-rate")], "further", "ban-built"),
        ([record("2019-07", "planned", project="dam", task="cut-rate")], "unknown", "ban-unknown"),
    ],
    ids=["only said", "the owner's word", "kept", "planned", "begun", "planned before the document"],
)
def test_a_ban(records, status, reason):
    found = status_of("cut-rate", *records, tasks=[task(kind="ban")], projects=DAM)
    assert (found.status, found.reason) == (status, reason)
    assert (found.output == "reversed") == (status == "further")


def test_what_binds_every_project_is_never_met_by_one():
    done = record("2023-01", "completed", said_by="official")
    found = status_of("cut-rate", done, tasks=[task(scope="all-projects")])
    assert (found.status, found.reason) == ("unknown", "all-projects")


@given(st.lists(st.sampled_from(EVENTS), max_size=6))
def test_statuses_keep_to_the_words_of_the_schema(events):
    from aport.delivery.record import Record
    from aport.delivery.status import TASK_STATES, task_status

    plain = dict.fromkeys(("due", "indicator", "place", "unit", "source"), "")
    records = [
        Record(
            id=f"r{i}",
            date=str(2020 + i),
            task="t",
            project="",
            event=event,
            said_by="press",
            value=None,
            position=i,
            **plain,
        )
        for i, event in enumerate(events)
    ]
    day = dt.date(2020, 1, 1)
    row = {"task": "t", "kind": "order", "scope": "object", "measured_by": "records"}
    found = task_status(row, records, [], outcome="unknown", asked=day, today=dt.date(2030, 1, 1))
    assert found.status in TASK_STATES
    assert found.output in OUTPUTS
