"""The rules that find what does not fit together: each on small invented records, and where it must stay silent."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aport.delivery import RULES
from aport.delivery.amounts import differ
from tests.building import indicator, observed, year
from tests.delivery.invented import TODAY, followed, found, project, record, task

HOTEL = [project("hotel", tasks="", purposes="tourism", places="town")]
BAN_RULE = [
    {"rule": "no-hotels", "kind": "ban", "task": "cut-rate", "purposes": "tourism", "places": "town"}
    | {f"name_{language}": "No hotels" for language in ("kk", "ru", "en")}
]
MEASURED = {"tasks": [task(measured_by="indicator")]}
DECIDES = {
    "task_indicators": [{"task": "cut-rate", "indicator": "rate", "place": "town", "primary": "true", "tolerance": 0}]
}


def rate(value, **more):
    return {"indicator": "rate", "place": "town", "value": value, "unit": "percent", **more}


class TestBannedButPlanned:
    def test_a_plan_after_a_ban(self):
        [each] = found(
            "banned-but-planned",
            record("2021-05", "banned", project="hotel", task="cut-rate"),
            record("2023-02", "planned", project="hotel"),
            projects=HOTEL,
        )
        assert (each.task, each.project, each.since, each.reason) == ("cut-rate", "hotel", "2023-02", "")
        assert each.evidence == ("hotel.banned.2021-05", "hotel.planned.2023-02")
        assert each.values == {"banned": "2021-05", "since": "2023-02"}

    def test_work_after_a_ban_is_said_to_be_work(self):
        [each] = found(
            "banned-but-planned",
            record("2021-05", "banned", project="hotel"),
            record("2023-02", "planned", project="hotel"),
            record("2023-09", "started", project="hotel"),
            projects=HOTEL,
        )
        assert each.reason == "built"

    def test_a_ban_of_a_document_covers_what_its_rule_covers(self):
        [each] = found(
            "banned-but-planned",
            record("2023-02", "planned", project="hotel"),
            projects=HOTEL,
            tasks=[task(kind="ban")],
            rules=BAN_RULE,
        )
        assert (each.project, each.evidence) == ("hotel", ("hotel.planned.2023-02",))
        assert each.values["banned"] == "2020-07-01"

    def test_a_project_of_another_purpose_is_not_covered(self):
        lamps = [project("lamps", purposes="lighting", places="town")]
        records = [record("2023-02", "planned", project="lamps")]
        assert not found("banned-but-planned", *records, projects=lamps, tasks=[task(kind="ban")], rules=BAN_RULE)

    @pytest.mark.parametrize(
        "records",
        [
            [record("2020-01", "planned", project="hotel"), record("2021-05", "banned", project="hotel")],
            [record("2021", "banned", project="hotel"), record("2021-05", "planned", project="hotel")],
            [record("2021-05", "banned", project="hotel"), record("2023-02", "audited", project="hotel")],
            [
                record("2021-05", "banned", project="hotel"),
                record("2023-02", "planned", project="hotel"),
                record("2023-03", "cancelled", project="hotel"),
            ],
        ],
        ids=["planned before", "order not known", "only looked at", "refused again"],
    )
    def test_silent(self, records):
        assert not found("banned-but-planned", *records, projects=HOTEL)

    def test_carrying_out_the_ban_is_no_breach(self):
        records = [record("2021-05", "banned"), record("2022-03", "completed", said_by="official")]
        assert not found("banned-but-planned", *records)


class TestAbolishedButRestored:
    def test_brought_back(self):
        [each] = found(
            "abolished-but-restored",
            record("2021-12-27", "abolished"),
            record("2023-11-17", "restored", due="2024-07-01"),
        )
        assert (each.task, each.since, each.reason) == ("cut-rate", "2023-11-17", "from")
        assert each.values == {"abolished": "2021-12-27", "since": "2023-11-17", "due": "2024-07-01"}

    @pytest.mark.parametrize(
        "dates",
        [
            [("2021", "abolished"), ("2021-06", "restored")],
            [("2021-01", "restored"), ("2021-06", "abolished")],
            [("2021-01", "abolished"), ("2021-06", "restored"), ("2022-01", "abolished")],
            [("2021-01", "stopped"), ("2021-06", "restored")],
        ],
        ids=["order not known", "abolished last", "abolished again", "never abolished"],
    )
    def test_silent(self, dates):
        assert not found("abolished-but-restored", *(record(*each) for each in dates))


class TestContractEnded:
    def test_nothing_after_the_end_of_the_contract(self):
        [each] = found(
            "contract-ended",
            record("2022-03", "started", project="dam"),
            record("2023-04", "contract-ended", project="dam"),
            record("2023-06", "audited", project="dam"),
            projects=[project("dam")],
        )
        assert (each.task, each.project, each.since) == ("cut-rate", "dam", "2023-04")
        assert each.values == {"since": "2023-04", "until": "2023-06"}

    @pytest.mark.parametrize("event", ["contracted", "started", "progress", "completed", "cancelled"])
    def test_silent_once_the_work_goes_on_or_is_given_up(self, event):
        records = [record("2023-04", "contract-ended", project="dam"), record("2024-01", event, project="dam")]
        assert not found("contract-ended", *records, projects=[project("dam")])


class TestDoneButDataDisagree:
    @pytest.mark.parametrize("state", ["unchanged", "further"])
    def test_reported_done_and_the_figures_say_no(self, state):
        [each] = found("done-but-data-disagree", record("2023-02", "completed"), state=state, **MEASURED)
        assert (each.task, each.reason, each.evidence) == ("cut-rate", state, ("cut-rate.completed.2023-02",))

    @pytest.mark.parametrize("state", ["met", "nearer", "unknown"])
    def test_silent_where_the_figures_do_not_object(self, state):
        assert not found("done-but-data-disagree", record("2023-02", "completed"), state=state, **MEASURED)

    def test_silent_where_a_project_is_done_and_the_task_is_not(self):
        done = record("2023-02", "completed", project="dam", task="cut-rate")
        assert not found("done-but-data-disagree", done, state="further", projects=[project("dam")], **MEASURED)

    def test_a_claim_and_a_lower_count_after_it(self):
        share = indicator("rate", form="stock", direction="up")
        counted = observed(52.6, "2023-12-08", "2023-12-08")
        [each] = found(
            "done-but-data-disagree",
            record("2023-01", "claimed", **rate(70)),
            indicators=[share],
            observations=[counted],
        )
        assert (each.reason, each.since) == ("observed", "2023-12-08")
        assert each.evidence == ("cut-rate.claimed.2023-01", counted["observation"])
        assert each.values["claimed"] == {"value": 70.0, "unit": "percent"}
        assert each.values["observed"] == {"value": 52.6, "unit": "percent"}

    @pytest.mark.parametrize(
        ("claim", "count", "direction"),
        [
            ({}, observed(71, "2023-12-08", "2023-12-08"), "up"),
            ({}, observed(68, "2023-12-08", "2023-12-08"), "up"),
            ({}, observed(52.6, "2023-12-08", "2023-12-08"), "down"),
            ({}, observed(52.6, "2022-12-08", "2022-12-08"), "up"),
            ({"source": "office"}, observed(52.6, "2023-12-08", "2023-12-08"), "up"),
            ({"said_by": "research"}, observed(52.6, "2023-12-08", "2023-12-08"), "up"),
            ({"date": "2021-01"}, observed(52.6, "2023-12-08", "2023-12-08"), "up"),
        ],
        ids=["higher", "rounding", "lower is better", "before", "one source", "not the owner's", "too long ago"],
    )
    def test_silent_on_counts_that_do_not_object(self, claim, count, direction):
        claimed = record("2023-01", "claimed", **rate(70)) | claim
        share = indicator("rate", form="stock", direction=direction)
        assert not found("done-but-data-disagree", claimed, indicators=[share], observations=[count])


class TestPromisePassed:
    def test_a_date_that_has_passed(self):
        [each] = found("promise-passed", record("2023-01", "promised", due="2023"))
        assert (each.task, each.since, each.reason) == ("cut-rate", "2024-01-01", "")
        assert each.values == {"due": "2023", "count": 1, "next": "", "until": "2023-01"}

    def test_a_date_that_was_moved(self):
        [each] = found(
            "promise-passed", record("2022-01", "promised", due="2023"), record("2024-01", "promised", due="2025")
        )
        assert (each.reason, each.values["next"]) == ("moved", "2025")

    def test_dates_that_slipped_again_and_again_are_one_finding(self):
        [each] = found(
            "promise-passed",
            record("2021-01", "promised", due="2021"),
            record("2022-01", "promised", due="2022"),
            record("2023-01", "promised", due="2024-03"),
        )
        assert (each.reason, each.values["count"], each.since) == ("again", 3, "2022-01-01")
        assert len(each.evidence) == 3

    def test_a_figure_that_falls_short(self):
        promise = record("2022-01", "promised", due="2023", **rate(3))
        assert found("promise-passed", promise, observations=[year(4, 2023)])

    @pytest.mark.parametrize(
        ("records", "observations"),
        [
            ([record("2023-01", "promised", due="2024-06-30")], []),
            ([record("2023-01", "promised")], []),
            ([record("2023-01", "planned", due="2023")], []),
            ([record("2022-01", "promised", due="2022"), record("2023-05", "completed")], []),
            ([record("2022-01", "promised", due="2022"), record("2022-05", "cancelled")], []),
            ([record("2022-01", "promised", due="2023", **rate(3))], [year(2.5, 2023)]),
            ([record("2022-01", "promised", due="2022", **rate(3)), record("2023-05", "progress", **rate(3))], []),
        ],
        ids=["not yet", "no date", "a plan only", "kept late", "given up", "reached", "reported reached"],
    )
    def test_silent(self, records, observations):
        assert not found("promise-passed", *records, observations=observations)


class TestDueButSilent:
    def test_nothing_is_said_after_a_due_date(self):
        [each] = found(
            "due-but-silent",
            record("2021-01", "planned", due="2023", project="depot"),
            projects=[project("depot")],
        )
        assert (each.project, each.since, each.reason) == ("depot", "2023", "")
        assert each.values == {"due": "2023", "last": "2021-01", "months": 6, "until": "2021-01"}

    def test_the_deadline_of_a_task_of_which_nobody_ever_spoke(self):
        [each] = found("due-but-silent", tasks=[task(deadline="2023-06-30")])
        assert (each.task, each.since, each.reason, each.evidence) == ("cut-rate", "2023-06-30", "never", ())

    @pytest.mark.parametrize(
        "more",
        [
            [record("2023-07", "progress")],
            [record("2024-05", "audited")],
            [record("2022-01", "completed")],
            [record("2022-01", "planned", due="2025")],
        ],
        ids=["before", "after", "done long before", "moved"],
    )
    def test_silent_where_something_was_said(self, more):
        assert not found("due-but-silent", record("2021-01", "planned", due="2023"), *more)

    def test_silent_until_some_months_have_gone(self):
        due = record("2021-01", "planned", due="2023-12-31")
        assert not found("due-but-silent", due, today=dt.date(2024, 6, 29))
        assert found("due-but-silent", due, today=TODAY)

    def test_a_figure_is_a_word(self):
        promise = record("2021-01", "promised", due="2023", **rate(3))
        assert not found("due-but-silent", promise, observations=[year(4, 2023)])

    def test_silent_on_a_deadline_that_was_measured(self):
        assert not found("due-but-silent", tasks=[task(deadline="2023-06-30")], state="nearer")


class TestSourcesDiffer:
    def test_two_values_for_one_period(self):
        one = year(55.8, 2023)
        other = year(50.8, 2023, observation="rate.other", source="paper")
        [each] = found("sources-differ", observations=[one, other], **DECIDES)
        assert (each.task, each.since, each.evidence) == ("cut-rate", "2023-12-31", (one["observation"], "rate.other"))

    def test_two_promises_for_one_date(self):
        [each] = found(
            "sources-differ",
            record("2023-10-09", "promised", due="2024-12", **rate(5)),
            record("2023-10-22", "promised", due="2024-12", source="office", **rate(2)),
        )
        assert (each.reason, each.since, each.values["due"]) == ("promised", "2023-10-22", "2024-12")

    @pytest.mark.parametrize(
        "other",
        [
            {"value": 54.9},
            {"source": "office"},
            {"comparator": "gt"},
            {"start": "2023-07-01"},
            {"place": "land"},
        ],
        ids=["rounding", "one source", "a bound", "another period", "another place"],
    )
    def test_silent(self, other):
        places = [
            {"place": place, "kind": "city", "name_kk": "x", "name_ru": "x", "name_en": "x"}
            for place in ("town", "land")
        ]
        rows = [year(55.8, 2023), year(50.8, 2023, observation="rate.other", source="paper") | other]
        assert not found("sources-differ", observations=rows, places=places)


class TestClaimShrank:
    def test_a_claim_that_became_smaller(self):
        [each] = found(
            "claim-shrank",
            record("2020-10-29", "claimed", value=30_000, unit="place"),
            record("2023-04", "claimed", value=10_000, unit="place"),
        )
        assert (each.task, each.since) == ("cut-rate", "2023-04")
        assert each.values["first"] == {"value": 30_000.0, "unit": "place"}
        assert each.values["last"] == {"value": 10_000.0, "unit": "place"}

    def test_where_less_is_better_a_higher_claim_is_the_smaller_one(self):
        records = [record("2021-01", "claimed", **rate(3)), record("2022-01", "claimed", **rate(5))]
        assert found("claim-shrank", *records)
        assert not found("claim-shrank", *records, indicators=[indicator("rate", direction="up")])

    @pytest.mark.parametrize(
        "later",
        [
            {"value": 29_500},
            {"value": 40_000},
            {"unit": "person"},
            {"date": "2020"},
            {"event": "progress"},
        ],
        ids=["rounding", "grew", "another unit", "order not known", "no claim"],
    )
    def test_silent(self, later):
        first = record("2020-10-29", "claimed", value=30_000, unit="place")
        second = record("2023-04", "claimed", value=10_000, unit="place") | {"record": "second"} | later
        assert not found("claim-shrank", first, second)


def test_a_town_without_records_has_no_contradictions():
    everything = followed()
    assert (everything.contradictions, everything.until) == ((), "")


def test_what_lies_after_today_is_not_looked_at():
    records = [record("2021-12", "abolished"), record("2023-11", "restored")]
    assert not followed(*records, today=dt.date(2023, 10, 31)).contradictions


EVENTS = [
    "planned",
    "promised",
    "started",
    "progress",
    "completed",
    "stopped",
    "contract-ended",
    "banned",
    "abolished",
    "restored",
    "claimed",
]


def rows(events):
    """Make records of one project in successive months, each promise due in the next year."""
    months = itertools.count()
    made = []
    for event in events:
        years, month = divmod(next(months), 12)
        due = {"due": str(2021 + years)} if event in ("planned", "promised") else {}
        made.append(record(f"{2020 + years}-{month + 1:02d}", event, project="dam", **due))
    return made


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(EVENTS), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_table_tells_nothing_where_dates_do(events, random):
    told = rows(events)
    shuffled = random.sample(told, len(told))
    projects = [project("dam")]
    one, other = followed(*told, projects=projects), followed(*shuffled, projects=projects)
    assert one.statuses == other.statuses
    assert {each.id for each in one.contradictions} == {each.id for each in other.contradictions}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(EVENTS), max_size=8))
def test_every_finding_is_of_a_rule_and_names_records_that_are_there(events):
    told = rows(events)
    everything = followed(*told, projects=[project("dam")])
    known = {each["record"] for each in told}
    assert len({each.id for each in everything.contradictions}) == len(everything.contradictions)
    for each in everything.contradictions:
        assert each.rule in RULES
        assert each.id.startswith(each.rule)
        assert set(each.evidence) <= known
        assert each.evidence


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_to_differ_is_mutual_and_nothing_differs_from_itself(one, other):
    assert differ(one, other) == differ(other, one)
    assert not differ(one, one)
