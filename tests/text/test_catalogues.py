"""The catalogues agree with each other, with the templates that ask them and with the schema that feeds them."""

from __future__ import annotations

import csv
import json
import re
from importlib.resources import files

import pytest

from aport.errors import AportError
from aport.text import LANGUAGES, translator

SLOT = re.compile(r"\{([^{}]*)\}")
# text("key"), plural("key") and text("prefix." ~ name) in templates; .text("key") and f"prefix.{name}" in code.
ASKED = re.compile(r"""(?:text|plural)\(\s*f?"([a-z][\w.-]*)(\{)?["\w.{}\[\]'-]*"?(\s*~)?""")
CHOSEN = re.compile(r"""(?:text|plural)\("([a-z][\w.-]*)" if .*? else "([a-z][\w.-]*)\"""")
# w.known("prefix", key) looks for a key under its prefix and falls back on `prefix.other`.
KNOWN = re.compile(r"""known\(\s*"([a-z][\w.-]*)\"""")
KEYS = {language: translator(language).messages for language in LANGUAGES}
REASONS = {
    "task": "no-indicator needs-records needs-records.recorded no-baseline no-latest unequal-periods unequal-prices "
    "no-direction compared.nearer compared.unchanged compared.further reached reached-owner-only",
    "statement": "matches differs not-a-report no-period no-indicator no-observation same-document-only "
    "unequal-periods unequal-prices",
}


def _sources() -> list[str]:
    pages = files("aport.pages")
    templates = [item.read_text(encoding="utf-8") for item in (pages / "templates").iterdir()]
    return [
        *templates,
        *(item.read_text(encoding="utf-8") for item in pages.iterdir() if item.name.endswith(".py")),
        # The screen and the delivery room say some of the same sentences.
        (files("aport.delivery") / "words.py").read_text(encoding="utf-8"),
    ]


def _asked() -> tuple[set[str], set[str]]:
    """Give the whole keys and the prefixes of keys that templates and code ask for."""
    whole: set[str] = set()
    prefixes: set[str] = {"reason.task.", "reason.statement.", "status.task.", "contradiction."}
    for source in _sources():
        for key, opened, joined in ASKED.findall(source):
            (prefixes if opened or joined else whole).add(key)
        for first, second in CHOSEN.findall(source):
            whole |= {first, second}
        prefixes |= {f"{prefix}." for prefix in KNOWN.findall(source)}
        whole |= set(re.findall(r'"(interval\.[a-z]+)"', source))
    return whole, prefixes


def _forms(message) -> list[str]:
    return [message] if isinstance(message, str) else list(message.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_in_the_same_order(language):
    assert list(KEYS[language]) == list(KEYS["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language):
    path = files("aport.text") / "catalogues" / f"{language}.json"
    pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=lambda pairs: [key for key, _ in pairs])
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("key", list(KEYS["en"]))
def test_every_language_takes_the_same_values(key):
    slots = {
        language: {frozenset(SLOT.findall(form)) for form in _forms(KEYS[language][key])} for language in LANGUAGES
    }
    assert slots["kk"] == slots["ru"] == slots["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain_and_complete(language):
    text = translator(language)
    forms = {*text.table["plurals"], "other"}
    for key, message in text.messages.items():
        assert isinstance(message, str) or set(message) == forms, key
        for form in _forms(message):
            assert form.strip() == form != "", key
            assert not re.search(r"[<>]\w|&\w+;", form), f"{key} holds markup"


def test_templates_ask_only_for_texts_that_exist():
    whole, prefixes = _asked()
    assert len(whole) > 80
    assert whole <= set(KEYS["en"])
    for prefix in prefixes:
        assert any(key.startswith(prefix) for key in KEYS["en"]), prefix


def test_no_text_is_unused():
    whole, prefixes = _asked()
    assert {key for key in KEYS["en"] if key not in whole and not key.startswith(tuple(prefixes))} == set()


@pytest.mark.parametrize(
    ("prefix", "table", "column"),
    [
        ("role", "tasks", "role"),
        ("role.help", "tasks", "role"),
        ("kind", "tasks", "kind"),
        ("direction", "indicators", "direction"),
        ("form", "indicators", "form"),
        ("comparator", "observations", "comparator"),
        ("comparator", "targets", "comparator"),
        ("basis", "observations", "basis"),
        ("quantity", "statements", "kind"),
        ("reference", "shortfalls", "reference_kind"),
        ("state", "shortfalls", "state"),
        ("state.help", "shortfalls", "state"),
        ("result", "checked_statements", "result"),
        ("language.in", "documents", "languages"),
        ("project.state", "projects", "state"),
        ("payer", "projects", "payer"),
        ("cost.basis", "projects", "cost_basis"),
        ("cost.short", "projects", "cost_basis"),
        ("grade.help", "effects_published", "grade"),
        ("grade.short", "effects_published", "grade"),
        ("event", "records", "event"),
        ("said_by", "records", "said_by"),
        ("output", "statuses", "output"),
        ("evidence", "statuses", "data"),
        ("state", "statuses", "outcome"),
        ("rule", "contradictions", "rule"),
    ],
)
def test_every_value_that_the_schema_allows_has_a_text(prefix, table, column):
    schema = files("aport.city") / "schema" / "columns.csv"
    rows = csv.DictReader(schema.read_text(encoding="utf-8").splitlines())
    allowed = next(row["allowed"].split() for row in rows if (row["table"], row["column"]) == (table, column))
    assert allowed
    assert {f"{prefix}.{value}" for value in allowed} <= set(KEYS["en"])


@pytest.mark.parametrize("what", REASONS)
def test_every_agreed_reason_has_a_text_and_no_other(what):
    written = {key.removeprefix(f"reason.{what}.") for key in KEYS["en"] if key.startswith(f"reason.{what}.")}
    assert written == set(REASONS[what].split())


def test_reasons_of_other_rooms_have_a_text_for_what_nobody_foresaw():
    prefixes = {prefix for source in _sources() for prefix in KNOWN.findall(source)}
    assert prefixes == {"decision", "rule", "contradiction", "near.why", "unscored"}
    assert {f"{prefix}.other" for prefix in prefixes} <= set(KEYS["en"])


def test_text_names_the_values_that_it_needs():
    assert translator("ru").needs("contradiction.claim-shrank") == {"first", "said", "last", "since"}
    assert translator("kk").needs("summary.tasks") == {"count"}


def test_missing_text_is_an_error_that_names_it():
    with pytest.raises(AportError, match=r"en\.json: the catalogue has no text 'state\.lost'"):
        translator("en").text("state.lost")


def test_missing_value_is_an_error_that_names_it():
    with pytest.raises(AportError, match=r"'report\.title' needs a value for 'city'"):
        translator("kk").text("report.title")


def test_missing_language_is_an_error():
    with pytest.raises(AportError, match="no texts in the language 'de'"):
        translator("de")


def test_plural_text_is_asked_with_a_count():
    text = translator("ru")
    assert text.plural("method.inputs", 21) == "Исходные данные: 21 файл"
    assert text.plural("method.inputs", 3) == "Исходные данные: 3 файла"
    assert text.plural("method.inputs", 5) == "Исходные данные: 5 файлов"
    with pytest.raises(AportError, match="has plural forms"):
        text.text("method.inputs")
    with pytest.raises(AportError, match="lacks the plural form"):
        text.plural("state.met", 2)


def test_value_is_put_in_as_it_stands():
    # Braces in a value are a value's own; nothing in them is looked up.
    assert translator("en").text("report.title", city="{count} {0.__class__}").startswith("{count} {0.__class__}:")


def test_full_stop_is_not_doubled_after_an_abbreviation():
    assert translator("ru").text("task.gap", gap="0,8 п. п.") == "Осталось: 0,8 п. п."
    assert translator("ru").text("task.gap", gap="5 км") == "Осталось: 5 км."
