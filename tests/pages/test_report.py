"""The report: complete, self-contained, safe and legible."""

from __future__ import annotations

import copy
import re
from importlib.resources import files
from itertools import pairwise

import pytest

from aport.errors import AportError
from aport.pages import render_report
from aport.pages.report import chosen_quotes
from aport.text import LANGUAGES
from tests.pages.invented import HOSTILE
from tests.pages.reading import HEADINGS, Page

FETCHING = {"src", "srcset", "data", "poster", "action", "background", "xlink:href", "formaction", "ping", "manifest"}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def page(results, language):
    return Page(render_report(results, language=language))


def test_page_says_its_language(results, page, language):
    assert page.all("html") == [{"lang": language}]
    assert results["city"]["title"][language] in page.text


def test_every_slot_is_filled(page):
    assert not re.search(r"\{[a-z_]", page.text)
    assert "None" not in page.text


def test_page_asks_for_nothing_and_runs_nothing(results, language):
    html = render_report(results, language=language)
    page = Page(html)
    assert not page.all(
        "script", "link", "img", "iframe", "object", "embed", "form", "base", "use", "image", "video", "audio"
    )
    for tag, attrs in page.elements:
        assert not FETCHING & set(attrs), tag
        assert not any(name.startswith("on") for name in attrs), tag
        assert tag == "a" or "href" not in attrs
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(attrs for attrs in page.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy["content"]


def test_links_lead_to_the_web_or_to_a_place_on_the_page(page):
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    for attrs in page.all("a"):
        assert attrs["href"].startswith(("https://", "http://")) or attrs["href"].removeprefix("#") in ids
    for _, attrs in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attrs.get(name) or "").split()) <= ids


def test_ids_are_unique(page):
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_what_a_document_says_is_shown_and_never_run(page):
    assert HOSTILE in page.text
    # The address of a source that is no web page is text.
    assert "javascript:alert(1)" in page.text


def test_every_task_sentence_statement_and_source_is_there(results, page):
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {f"task-{task['task']}" for task in results["tasks"]} <= ids
    assert {f"statement-{item['statement']}" for item in results["statements"]} <= ids
    assert {f"source-{item['source']}" for item in results["sources"]} <= ids
    assert {f"topic-{task['topic']}" for task in results["tasks"] if task["role"] == "task"} <= ids
    for at, document in enumerate(results["documents"], start=1):
        anchor = document["document"] if document["in_register"] else f"new:{at}"
        assert f"doc-{anchor}" in ids
        assert {f"s-{anchor}-{item['number']}" for item in document["sentences"]} <= ids


def test_every_text_is_there_in_the_language_of_the_page(results, page, language):
    def words(names):
        return " ".join((names.get(language) or names.get("kk") or names["ru"]).split())

    for task in results["tasks"]:
        assert words(task["name"]) in page.text
        assert any(" ".join(quote["quote"].split()) in page.text for quote in task["quotes"])
    for document in results["documents"]:
        for sentence in document["sentences"]:
            assert words(sentence["text"]) in page.text
    for item in results["statements"]:
        assert words(item["name"]) in page.text
    for source in results["sources"]:
        assert source["address"] is None or source["address"] in page.text
        assert source["licence"] in page.text


def test_every_number_leads_to_its_source(page):
    numbers = 0
    for at, (tag, attrs) in enumerate(page.elements):
        if tag != "data":
            continue
        numbers += 1
        assert float(attrs["value"]) == float(attrs["value"])
        following = next(attrs for tag, attrs in page.elements[at + 1 :] if tag in ("a", "data"))
        assert (following.get("href") or "").startswith(("#source-", "#s-"))
    assert numbers > 30


def test_sentences_lead_to_the_entries_made_of_them(results, page):
    hrefs = {attrs["href"] for attrs in page.all("a")}
    for document in results["documents"]:
        for sentence in document["sentences"]:
            assert {f"#task-{entry}" for entry in sentence["entries"]} <= hrefs
    assert {f"#statement-{item['statement']}" for item in results["statements"]} <= hrefs


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.elements if tag in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page_has_landmarks_and_a_way_past_them(page):
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert page.all("nav")
    first = page.all("a")[0]
    assert first["href"] == "#main"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")


def test_tables_name_their_rows_and_columns(page):
    assert all(attrs.get("scope") in ("row", "col", "rowgroup") for attrs in page.all("th"))
    assert len(page.all("table")) == len([attrs for attrs in page.all("div") if attrs.get("class") == "scroll"])
    assert all(attrs.get("tabindex") == "0" for attrs in page.all("div") if attrs.get("class") == "scroll")


def test_drawings_are_said_in_words_or_hidden(results, page):
    for attrs in page.all("svg"):
        assert attrs.get("aria-hidden") == "true" or (attrs["role"] == "img" and attrs["aria-labelledby"])
    drawn = [attrs for attrs in page.all("svg") if attrs.get("role") == "img"]
    assert len(drawn) == len(page.all("desc")) == (7 if "programme" in results else 6)


def test_text_in_another_language_is_marked(results, language):
    html = render_report(results, language=language)
    if language != "ru":
        assert '<p lang="ru">Приказ вступает в силу со дня подписания.</p>' in html
    if language != "kk":
        assert '<blockquote lang="kk">' in html


def test_unknown_is_shown_as_unknown(results):
    html = render_report(results, language="en")
    card = html[html.index('id="task-investment"') : html.index('id="task-public-safety"')]
    assert "figure-unknown" in card
    assert "none set" in card
    assert "none in the source" in card


def test_kinds_of_figures_have_a_word_and_a_shape_beside_the_colour(whole):
    html = render_report(whole, language="en")
    shapes = {
        kind: re.search(rf'<data class="value kind-{kind}"[^>]*><span class="keep">(<svg.*?</svg>)', html)[1]
        for kind in ("measured", "claimed", "modelled", "target")
    }
    assert len(set(shapes.values())) == 4


def test_results_of_before_there_were_projects_still_render(measured, language):
    html = render_report(measured, language=language)
    page = Page(html)
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert not ids & {"part-projects", "part-programme", "part-happened", "summary-programme", "model-card"}
    assert "kind-modelled" not in html[html.index("</style>") :]
    measured |= {"projects": [], "records": {}, "contradictions": [], "programme": None}
    assert render_report(measured, language=language) == html


def test_editions_link_the_languages(results):
    editions = {code: f"report.{code}.html" for code in LANGUAGES}
    page = Page(render_report(results, language="kk", editions=editions))
    assert {attrs["href"] for attrs in page.all("a") if attrs.get("hreflang")} == {"report.ru.html", "report.en.html"}


def test_city_without_tasks_documents_and_statements(measured, language):
    measured.update(tasks=[], worst=[], statements=[], documents=[], sources=[])
    measured["states"] = dict.fromkeys(measured["states"], 0)
    page = Page(render_report(measured, language=language))
    assert page.all("h1")


def test_source_that_is_not_listed_is_an_error(results):
    results["sources"] = results["sources"][1:]
    with pytest.raises(AportError, match="'bureau-2024' is cited and not listed"):
        render_report(results, language="en")


def test_part_that_is_missing_is_an_error(results):
    del results["statements"]
    with pytest.raises(AportError, match="the results lack 'statements'"):
        render_report(results, language="en")


def test_value_that_is_missing_is_an_error(results):
    del results["tasks"][0]["tolerance"], results["tasks"][0]["gap"]
    with pytest.raises(AportError, match="gap"):
        render_report(results, language="en")


def test_reason_that_nobody_agreed_on_is_an_error(results):
    results["tasks"][0]["reason_key"] = "weather"
    with pytest.raises(AportError, match=r"reason\.task\.weather"):
        render_report(results, language="en")


def test_results_are_left_as_they_were(results):
    before = copy.deepcopy(results)
    render_report(results, language="ru")
    assert results == before


def test_quotes_are_taken_in_one_language_for_each_document():
    quotes = [
        {"document": "a", "language": "ru", "number": 2},
        {"document": "a", "language": "kk", "number": 1},
        {"document": "a", "language": "ru", "number": 1},
        {"document": "b", "language": "kk", "number": 1},
    ]
    taken = [(quote["document"], quote["language"], quote["number"]) for quote in chosen_quotes(quotes, language="ru")]
    assert taken == [("a", "ru", 1), ("a", "ru", 2), ("b", "kk", 1)]


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_is_legible_on_every_ground():
    style = (files("aport.pages") / "static" / "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style[: style.index("}")]))
    inks = {name: _luminance(colour) for name, colour in colours.items() if name.startswith("ink")}
    grounds = {name: _luminance(colour) for name, colour in colours.items() if name.startswith("ground")}
    assert len(inks) > 8
    assert len(grounds) == 3
    for ink, dark in inks.items():
        for ground, light in grounds.items():
            assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{ink} on {ground}"
    kinds = [colours[f"ink-{kind}"] for kind in ("measured", "modelled", "claimed", "target", "unknown")]
    assert len(set(kinds)) == len(kinds)


def test_colours_are_set_in_one_place():
    style = (files("aport.pages") / "static" / "report.css").read_text(encoding="utf-8")
    assert not re.search(r"(?<!-)\b(?:color|background|stroke|fill|border[a-z-]*):[^;]*#[0-9a-f]{3}", style)
    assert not re.search(r"rgba?\(|hsla?\(", style)
