from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aport.errors import UsageError
from aport.models import Baseline, Draws, card_texts, difference, effect_rows
from aport.models.contract import best_grade_alone, interval
from aport.models.evidence import Z95, bounds_of, two_piece_normal
from aport.models.texts import TEXTS
from tests.building import year
from tests.models.invented import YEARS, asked, change, effect, project, town

RELATIVE = {"form": "relative"}


def test_relative_effects_multiply():
    city = town(effect("a", -0.2, **RELATIVE), effect("b", -0.5, **RELATIVE))
    assert change(city, {"a", "b"}) == pytest.approx(100 * 0.8 * 0.5 - 100)


def test_amounts_add():
    assert change(town(effect("a", -30), effect("b", 12)), {"a", "b"}) == pytest.approx(-18)


def test_reductions_take_no_more_than_there_is():
    assert change(town(effect("a", -80), effect("b", -50)), {"a", "b"}) == -100


def test_amounts_reduce_what_relative_effects_left():
    city = town(effect("a", -0.5, **RELATIVE), effect("b", -70), effect("c", 8))
    assert change(city, {"a", "b"}) == -100
    assert change(city, {"a", "b", "c"}) == -92


def test_a_negative_value_has_nothing_to_reduce():
    city = town(effect("a", -5), effect("b", 4), baseline=-2.0)
    assert change(city, {"a"}) == 0
    assert change(city, {"a", "b"}) == 4


def test_the_best_grade_answers_alone_for_a_project_and_an_indicator():
    city = town(effect("a", -10), effect("a", -40, grade="C"), effect("b", -3, grade="C"))
    model, state = asked(city)
    found = model.apply(state, {"a", "b"}).by_key["rate", "town", 2030]
    assert found.value == pytest.approx(-13)
    assert found.grade == "C"
    assert state.silent == {"a.rate.town.c": "lower-grade"}
    assert model.apply(state, {"a"}).by_key["rate", "town", 2030].grade == "B"


def test_the_best_grade_is_found_for_each_pair():
    answers = [("p", "i", "C"), ("p", "i", "A"), ("p", "j", "C"), ("q", "i", "B")]
    assert best_grade_alone(answers) == {("p", "i"): "A", ("p", "j"): "C", ("q", "i"): "B"}


def test_two_effects_of_one_grade_are_refused():
    two = [effect("a", -1), effect("a", -2, effect="again")]
    with pytest.raises(UsageError, match="2 effects of one grade answer for a, rate and town"):
        asked(town(*two))


def test_an_effect_works_from_the_year_after_building_and_lag():
    city = town(effect("a", -10, lag=1), projects=[project("a", end=2028)])
    model, state = asked(city)
    effects = model.apply(state, {"a"})
    assert [effects.change("rate", "town", when) for when in YEARS] == [0, 0, 0, -10, -10]


@pytest.mark.parametrize(
    ("row", "first"),
    [
        ({"start": None, "end": None}, 2030),
        ({"start": 2023, "end": 2024}, 2030),
        ({"start": 2028, "end": None}, 2031),
        ({"start": 2027, "end": 2028}, 2029),
    ],
)
def test_years_that_are_not_stated_or_have_passed_are_assumed(row, first):
    city = town(effect("a", -10), projects=[project("a", **row)])
    model, state = asked(city)
    effects = model.apply(state, {"a"})
    assert min(when for when in YEARS if effects.change("rate", "town", when)) == first
    assert state.assumed_years == ({"a"} if first != 2029 else set())


def test_what_worked_before_the_observation_is_in_it_already():
    done = project("a", state="done", start=2020, end=2023)
    model, state = asked(town(effect("a", -10), projects=[done]))
    assert state.silent == {"a.rate.town.b": "in-baseline"}
    assert not model.apply(state, {"a"}).by_key


def test_work_done_in_an_unknown_year_is_taken_as_in_the_baseline():
    _, state = asked(town(effect("a", -10), projects=[project("a", state="done", start=None, end=None)]))
    assert state.silent == {"a.rate.town.b": "no-year"}


def test_work_under_way_is_part_of_the_world_to_which_a_set_is_applied():
    projects = [project("a", state="in-work"), project("b")]
    city = town(effect("a", -80), effect("b", -50), projects=projects)
    model, state = asked(city)
    assert model.values(state, (), year=2030) == {("rate", "town"): 20}
    joint = model.apply(state, {"b"}).by_key["rate", "town", 2030]
    assert (joint.baseline, joint.value, joint.projects) == (20, -20, ("b",))
    alone = model.apply(state, {"a"}).by_key["rate", "town", 2030]
    assert (alone.baseline, alone.value) == (100, -80)


def test_without_an_observation_no_effect_is_computed():
    model, state = asked(town(effect("a", -10, indicator="other")))
    assert state.silent == {"a.other.town.b": "no-observation"}
    assert not model.apply(state, {"a"}).by_key


def test_the_baseline_is_the_latest_observation_that_is_known_today():
    city = town(effect("a", -0.5, **RELATIVE), projects=[project("a")])
    rows = [year(80, 2024), year(100, 2025), year(60, 2026)]
    from aport.city import schema, tabular

    city = city.with_tables(observations=tabular.from_rows(rows, schema.table("observations")))
    assert change(city, {"a"}) == -50
    model, state = asked(city, baselines={("rate", "town"): Baseline(value=10.0, unit="percent", year=2025)})
    assert model.apply(state, {"a"}).change("rate", "town", 2030) == -5


def test_no_project_no_effect():
    model, state = asked(town(effect("a", -10)))
    assert not model.apply(state, ()).by_key
    assert model.values(state, (), year=2030) == {}


def test_a_project_that_is_not_there_is_named():
    model, state = asked(town(effect("a", -10)))
    with pytest.raises(UsageError, match="no project 'z'"):
        model.apply(state, {"z"})


def test_draws_stand_on_the_bounds_of_the_source():
    normal = np.array([-Z95, 0.0, Z95])
    assert two_piece_normal(-30, -20, -18, normal).tolist() == pytest.approx([-30, -20, -18])


def test_five_percent_of_the_draws_lie_beyond_each_bound():
    drawn = two_piece_normal(-30, -20, -18, Draws(seed=7, count=40_000).normal("any"))
    assert np.quantile(drawn, [0.05, 0.5, 0.95]) == pytest.approx([-30, -20, -18], abs=0.2)


def test_an_interval_that_nobody_states_is_half_of_the_value_and_marked():
    assert bounds_of({"value": -20, "low": None, "high": None}) == (-30, -10, True)
    assert bounds_of({"value": 20, "low": 18, "high": None}) == (18, 30, True)
    assert bounds_of({"value": 20, "low": 18, "high": 21}) == (18, 21, False)
    model, state = asked(town(effect("a", -20, low=None, high=None)), draws=Draws(count=20_000))
    found = model.apply(state, {"a"}).by_key["rate", "town", 2030]
    assert found.assumed
    assert (found.low, found.high) == (pytest.approx(-30, abs=0.5), pytest.approx(-10, abs=0.5))


def test_bounds_always_hold_the_value():
    assert interval(5.0, np.array([6.0, 7.0, 8.0])) == (5.0, pytest.approx(7.9))


def test_draws_depend_on_seed_and_name_alone():
    one = Draws(seed=1, count=50)
    first = one.normal("a")
    one.normal("b")
    assert (one.normal("a") == first).all()
    assert (Draws(seed=1, count=50).normal("a") == first).all()
    assert not (Draws(seed=2, count=50).normal("a") == first).any()
    assert not (one.normal("b") == first).any()


def test_the_same_question_has_the_same_answer():
    city = town(effect("a", -20), effect("b", -0.3, **RELATIVE))
    (model, state), (again, other) = asked(city), asked(city)
    one, two = (m.apply(s, {"a", "b"}).by_key for m, s in ((model, state), (again, other)))
    assert one == two
    assert all((one[key].draws == two[key].draws).all() for key in one)


def test_what_two_sets_share_is_no_noise_in_their_difference():
    city = town(effect("shared", -40, low=-80, high=-5), effect("b", -10, low=-11, high=-9))
    model, state = asked(city, years=(2030,))
    apart = difference(model.apply(state, {"shared", "b"}), model.apply(state, {"shared"}))
    alone = model.apply(state, {"b"}).by_key["rate", "town", 2030]
    found = apart["rate", "town", 2030]
    assert (found.value, found.low, found.high) == pytest.approx((alone.value, alone.low, alone.high))
    assert difference(model.apply(state, {"b"}), model.apply(state, {"b"}))["rate", "town", 2030].low == 0


SIZES = st.floats(-1.5, 1.0).filter(lambda value: abs(value) > 1e-3)


@st.composite
def towns(draw):
    names = [f"p{i}" for i in range(draw(st.integers(1, 5)))]
    effects = []
    for name in names:
        relative = draw(st.booleans())
        value = max(draw(SIZES), -1.0) if relative else draw(SIZES) * 100
        bounds = {} if draw(st.booleans()) else {"low": None, "high": None}
        effects.append(effect(name, value, form="relative" if relative else "amount", **bounds))
    return town(*effects), names


@given(towns(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_joint_effects_keep_their_laws(drawn, source):
    city, names = drawn
    model, state = asked(city, years=(2030,), draws=Draws(count=60))
    shuffled = source.sample(names, len(names))
    joint = model.apply(state, names).by_key
    assert joint == model.apply(state, tuple(shuffled)).by_key
    for found in joint.values():
        assert found.low <= found.value <= found.high
        reducing = found.draws[found.draws < 0]
        assert (reducing >= -found.baseline - 1e-9).all()
    assert model.values(state, names, year=2030) == {
        (found.indicator, found.place): pytest.approx(found.after) for found in joint.values()
    }
    for name in names:
        less = model.apply(state, set(names) - {name}).change("rate", "town", 2030)
        size = state.by_project[name][0].value
        step = joint["rate", "town", 2030].value - less
        assert step <= 1e-9 if size < 0 else step >= -1e-9


def test_rows_hold_what_each_project_alone_does():
    city = town(effect("a", -80), effect("b", -50, low=None, high=None))
    model, state = asked(city, years=(2030,))
    rows = effect_rows(model, state, ["b", "a"])
    assert [(row["project"], row["value"], row["assumed"]) for row in rows] == [("a", -80, False), ("b", -50, True)]
    from aport.city import schema, tabular

    assert len(tabular.from_rows(rows, schema.table("effects"))) == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_card_is_said_in_every_language_with_its_assumptions(language):
    model, _ = asked(town(effect("a", -80)))
    said = card_texts(model.card, language=language)
    assert "2027" in " ".join(said["limits"])
    assert "50" in " ".join(said["limits"])
    assert "{" not in "".join([said["method"], said["benchmark"], *said["limits"]])


def test_every_text_is_there_in_every_language():
    assert all(set(texts) == {"kk", "ru", "en"} for texts in TEXTS.values())


def test_the_model_says_what_it_may_touch():
    model, state = asked(town(effect("a", -10), effect("b", -0.5, **RELATIVE)))
    assert model.touches(state) == {"a": {("rate", "town")}, "b": {("rate", "town")}}
    assert model.indicators == {"rate"}
