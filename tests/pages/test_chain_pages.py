"""What follows the measures: every project, record and contradiction with its reason, and nothing made up."""

from __future__ import annotations

import copy
import re
from html import unescape

import pytest

from aport.errors import AportError
from aport.pages import render_report
from aport.pages.chain_parts import chain_parts, counted_states, effects_on, standing
from aport.pages.report import STATES
from aport.text import LANGUAGES, translator
from tests.pages.invented import HOSTILE
from tests.pages.invented_chain import chained, effect
from tests.pages.reading import Page

REASONS = [
    "chosen",
    "must",
    "required",
    "needed-by",
    "done",
    "in-work",
    "banned",
    "condition",
    "forbidden",
    "not-costed",
    "no-effect-on-a-scored-task",
    "does-not-fit-the-budget",
    "excluded-by",
    "missing-requirement",
    "not-only",
    "lowers-the-score",
    "adds-nothing",
    "undecided",
]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def html(whole, language):
    return render_report(whole, language=language)


@pytest.fixture
def page(html):
    return Page(html)


def article(html: str, name: str) -> str:
    """Cut out one article by its id."""
    start = html.index(f'id="{name}"')
    return html[start : html.index("</article>", start)]


def section(html: str, name: str) -> str:
    """Cut out one part of the page by its id."""
    start = html.index(f'<section id="{name}"')
    following = html.find('<section id="part-', start + 1)
    return html[start:following]


def plain(html: str) -> str:
    """Give the words of a piece of a page, with plain spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_every_project_record_and_contradiction_is_there_once(whole, page):
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    wanted = [f"project-{each['project']}" for each in whole["projects"]]
    wanted += [f"record-{record}" for record in whole["records"]]
    wanted += [f"contradiction-{each['contradiction']}" for each in whole["contradictions"]]
    assert [each for each in wanted if ids.count(each) != 1] == []


def test_every_text_is_there_in_the_language_of_the_page(whole, page, language):
    for each in whole["projects"]:
        assert each["name"][language] in page.text
    for each in whole["records"].values():
        assert each["text"][language] in page.text
    assert {attrs["datetime"] for attrs in page.all("time")} >= {
        str(each["date"]) for each in whole["records"].values()
    }


def test_a_task_is_followed_from_its_quote_to_its_contradictions(html, language):
    said = translator(language)
    card = article(html, "task-hill-ban")
    steps = [
        "<blockquote",
        said.text("task.forbids"),
        'href="#project-hill-resort"',
        said.text("verdict.not-chosen"),
        said.text("happened.title"),
        "<ol",
        'id="record-ban-told"',
        'id="record-resort-planned"',
        said.text("contradictions.title"),
        'href="#contradiction-banned-but-planned.hill-resort"',
    ]
    places = [card.index(step) for step in steps]
    assert places == sorted(places)


def test_ban_is_shown_with_its_words(whole, html, language):
    quote = next(task for task in whole["tasks"] if task["task"] == "hill-ban")["quotes"]
    words = next(each["quote"] for each in quote if each["language"] == language)
    for part in (article(html, "project-hill-resort"), section(html, "part-programme")):
        assert f"<q>{words}</q>" in part
        assert translator(language).text("decision.banned") in part


def test_words_of_a_ban_in_another_language_are_marked(whole):
    task = next(task for task in whole["tasks"] if task["task"] == "hill-ban")
    task["quotes"] = [each for each in task["quotes"] if each["language"] == "kk"]
    assert '<q lang="kk">' in article(render_report(whole, language="en"), "project-hill-resort")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_the_planner_is_said(whole, reason, language):
    taken = whole["projects"][2]["decision"]
    taken |= {"reason_key": reason, "reason_values": {"other": "survey", "amount": 20e9, "year": 2027}}
    words = plain(article(render_report(whole, language=language), "project-tram"))
    named = translator(language).text(f"decision.{reason}", other=whole["projects"][3]["name"][language])
    assert named in words
    assert reason not in words or len(reason.split("-")) == 1


def test_reason_whose_value_is_missing_is_said_without_it(whole, language):
    whole["projects"][4]["decision"]["reason_values"] = {}
    words = plain(article(render_report(whole, language=language), "project-wide-road"))
    assert translator(language).text("decision.excluded-by.bare") in words


def test_reason_that_the_catalogue_does_not_know_is_shown_as_it_stands(whole, language):
    whole["projects"][4]["decision"]["reason_key"] = "weather"
    words = plain(article(render_report(whole, language=language), "project-wide-road"))
    assert translator(language).text("decision.other", key="weather") in words


def test_unknown_cost_is_never_a_number(html, language):
    said = translator(language)
    card = article(html, "project-survey")
    assert said.text("cost.unknown") in card
    assert said.text("cost.basis.none") in card
    assert "<data" not in card
    row = re.search(r'<tr><th scope="row"><a href="#project-survey">.*?</tr>', html, re.DOTALL)[0]
    assert said.text("cost.unknown") in row
    assert not re.search(r">\s*0\b", row)


def test_costs_are_said_for_people(whole):
    html = render_report(whole, language="en")
    schools = plain(article(html, "project-two-schools"))
    assert "12.25 billion tenge" in schools
    assert "derived by us from a unit cost · prices of 2024 · range: 9.5 to 15 billion tenge" in schools
    resort = plain(article(html, "project-hill-resort"))
    assert "at least 48 billion tenge" in resort
    assert "in the source: 120 million US dollars, prices of 2021" in resort
    road = plain(article(html, "project-wide-road"))
    assert "range: 1 to 2 billion tenge" in road


def test_kind_of_a_cost_and_of_an_effect_is_marked(whole):
    html = render_report(whole, language="en")
    assert 'class="value kind-modelled" value="12250000000.0"' in article(html, "project-two-schools")
    assert 'class="value kind-claimed" value="388000000000.0"' in article(html, "project-tram")
    tram = article(html, "project-tram")
    assert 'class="value kind-modelled" value="-2.5"' in tram
    assert 'class="value kind-claimed" value="7.3"' in tram
    assert "+7.3 percentage points" in plain(tram)


def test_effect_shows_its_grade_and_its_interval(whole):
    html = render_report(whole, language="en")
    schools = plain(article(html, "project-two-schools"))
    assert "-14%" in schools
    assert "90% between -20% and -8%" in schools
    assert "grade B" in schools
    assert translator("en").text("effect.unused") in schools
    assert translator("en").text("effect.assumed") in plain(article(html, "project-hill-resort"))
    # One exact figure has no interval.
    assert "between -1,200" not in schools


def test_card_of_a_task_shows_the_effects_on_its_own_indicators(whole):
    tasks = {task["task"]: task for task in whole["tasks"]}
    schools = whole["projects"][0]
    assert [each["indicator"] for each in effects_on(tasks["school-places"], schools)] == ["missing-school-places"]
    assert [each["indicator"] for each in effects_on(tasks["public-safety"], schools)] == ["crime-rate"]
    assert effects_on(tasks["groundwater"], schools) == []
    tasks["public-safety"]["other_indicators"] = [{"indicator": "missing-school-places"}]
    assert [each["indicator"] for each in effects_on(tasks["public-safety"], schools)] == [
        "crime-rate",
        "missing-school-places",
    ]


def test_notes_in_english_are_marked_and_never_run(whole, language):
    html = render_report(whole, language=language)
    card = article(html, "project-two-schools")
    assert ('<ul lang="en">' in card) == (language != "en")
    assert HOSTILE not in html
    assert "alert(&#34;x&#34;)" in card


def test_programme_says_what_is_assumed_and_what_stands_beside_it(html, language):
    said = translator(language)
    part = section(html, "part-programme")
    words = plain(part)
    for key in (
        "programme.budget_assumed",
        "programme.development",
        "compared.officials",
        "compared.nothing",
        "fits.no",
        "programme.bound.if-submodular",
        "near.why.outline",
        "preferences.held",
        "preferences.not_held",
        "unscored.no-reference",
        "curve.budget",
    ):
        assert said.text(key) in words, key
    assert said.text("programme.seed", seed=2019) in words
    assert said.plural("conditions.unknown", 3) in words
    assert part.count("<svg role") == 1
    # The same values stand in a table: a head and four budgets.
    table = part[part.index("<details class") :]
    assert table[: table.index("</table>")].count("<tr>") == 5


def test_given_budget_is_not_called_an_assumption(whole):
    whole["programme"]["budget_assumed"] = False
    html = render_report(whole, language="en")
    assert translator("en").text("programme.budget_given") in section(html, "part-programme")
    assert translator("en").text("summary.programme.assumed") not in html


def test_programme_needs_none_of_its_lists(whole, language):
    kept = ("budget", "budget_assumed", "cost", "score", "chosen", "not_chosen", "baseline")
    whole["programme"] = {key: whole["programme"][key] for key in kept}
    page = Page(render_report(whole, language=language))
    assert "None" not in page.text
    assert not re.search(r"\{[a-z_]", page.text)


def test_summary_counts_contradictions_and_tells_of_the_programme(whole, html, language):
    said = translator(language)
    start = html.index('<section id="part-summary"')
    summary = html[start : html.index('<section id="part-shortfalls"')]
    assert said.plural("summary.contradictions", 3) in plain(summary)
    for each in whole["contradictions"]:
        assert f'href="#contradiction-{each["contradiction"]}"' in summary
    assert said.text("summary.programme.assumed") in summary
    assert said.plural("summary.programme.out", 4) in summary
    assert said.plural("summary.programme.scored", 2) in summary


def test_contradiction_shows_what_does_not_fit(whole, html, language):
    said = translator(language)
    card = article(html, "contradiction-banned-but-planned.hill-resort")
    for record in whole["contradictions"][0]["evidence"]:
        assert f'href="#record-{record}"' in card
    dates = {"banned": said.partial_date("2019-10-29"), "since": said.partial_date("2024")}
    assert plain(said.text("contradiction.banned-but-planned.built", **dates)) in plain(card)
    counted = article(html, "contradiction-done-but-data-disagree.gas")
    assert whole["evidence_observations"]["gas-counted"]["indicator_name"][language] in counted
    assert '<data class="value kind-measured" value="91.5">' in counted
    assert "<code>obs-nobody-shows</code>" in counted


def test_contradiction_of_a_rule_without_a_sentence_is_shown_all_the_same(whole, language):
    whole["contradictions"][1]["rule"] = "moon-phase"
    card = plain(article(render_report(whole, language=language), "contradiction-contract-ended.tram"))
    assert translator(language).text("rule.other", key="moon-phase") in card
    assert translator(language).text("contradiction.other") in card


def test_record_is_told_once_and_led_to_from_elsewhere(whole, language):
    html = render_report(whole, language=language)
    words = whole["records"]["resort-planned"]["text"][language]
    assert words in article(html, "task-hill-ban")
    resort = article(html, "project-hill-resort")
    assert words not in resort
    assert 'href="#record-resort-planned"' in resort
    assert whole["records"]["resort-started"]["text"][language] in resort


def test_tally_follows_the_states_on_the_cards(whole):
    counted = counted_states(whole, STATES)
    tasks = [task for task in whole["tasks"] if task["role"] == "task"]
    assert counted["further"] == whole["states"]["further"] + 1
    assert sum(counted.values()) == len(tasks)
    assert {standing(task) for task in tasks} <= set(STATES)
    card = article(render_report(whole, language="en"), "task-hill-ban")
    assert "state-further" in card[: card.index("</div>")]


def test_task_that_needs_records_is_not_told_that_there_are_none(whole, language):
    said = translator(language)
    card = plain(article(render_report(whole, language=language), "task-hill-ban"))
    assert said.text("reason.task.needs-records.recorded") in card
    assert said.text("reason.task.needs-records") not in card


def test_record_that_is_named_and_missing_is_an_error(whole):
    del whole["records"]["ban-told"]
    with pytest.raises(AportError, match="the results lack 'ban-told'"):
        render_report(whole, language="en")


def test_parts_are_sorted_and_results_left_as_they_were(whole):
    before = copy.deepcopy(whole)
    parts = chain_parts(whole)
    assert [each["project"] for each in parts["running"]] == ["lamps"]
    assert [year for year, _ in parts["years"]] == ["2025", "2024", "2022", "2021", "2019"]
    assert [each["record"] for each in parts["loose"]] == ["city-award"]
    assert [len(group) for group in parts["programme"]["reasons"]] == [1, 1, 1, 1]
    assert whole == before == chained()


def test_projects_that_stay_out_for_one_reason_stand_together(whole):
    for each in whole["projects"][2:4]:
        each["decision"] |= {"reason_key": "adds-nothing", "reason_values": {}}
    assert [len(group) for group in chain_parts(whole)["programme"]["reasons"]] == [1, 2, 1]


def test_effect_on_a_rank_has_no_ordinal_ending(whole):
    whole["projects"][2]["effects"] = [effect("place-in-ranking", "rank", -3, "C")]
    assert "-3-е" not in plain(article(render_report(whole, language="ru"), "project-tram"))
