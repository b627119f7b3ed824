"""What was found is said in three languages, with its dates and amounts written out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from aport import delivery
from aport.delivery import RULES
from aport.delivery.contradictions import Contradiction
from aport.delivery.status import OUTPUTS, PROJECT_STATES, Status
from aport.delivery.words import contradiction_sentence, status_sentence, worded
from aport.text import LANGUAGES, translator
from aport.text.catalogue import Text

CASES = {
    "banned-but-planned": ("", "built"),
    "abolished-but-restored": ("", "from"),
    "contract-ended": ("",),
    "done-but-data-disagree": ("unchanged", "further", "observed"),
    "promise-passed": ("", "moved", "again"),
    "due-but-silent": ("", "never"),
    "sources-differ": ("", "promised"),
    "claim-shrank": ("",),
}
TASK_REASONS = (
    *("measured", "not-measured", "no-records", "all-projects", "register", "done", "done-owner-only"),
    *("reversal-announced", "reversed", "partly", "under-way", "planned", "stopped"),
    *("ban-kept", "ban-unknown", "ban-planned", "ban-built"),
)


def invented(**messages):
    table = translator("en").table
    return Text("en", messages, table)


def test_dates_amounts_and_counts_are_written_for_people():
    said = worded(
        {"day": "2025-07-15", "month": "2024-04", "year": "2023", "none": "", "count": 3}
        | {"money": {"value": 17.6e9, "unit": "KZT"}, "share": {"value": 52.6, "unit": "percent"}},
        text=translator("en"),
    )
    assert said["day"] == translator("en").partial_date("2025-07-15")
    assert said["year"] == "2023"
    assert (said["none"], said["count"]) == ("", "3")
    assert "17.6" in said["money"]
    assert "tenge" in said["money"]
    assert said["share"].startswith("52.6")


def test_a_case_of_a_rule_has_a_sentence_of_its_own():
    text = invented(**{"contradiction.x": "Plain {since}.", "contradiction.x.from": "From {due}."})
    plain = Contradiction(id="x.a", rule="x", since="2023", evidence=(), values={"since": "2023", "due": "2024"})
    assert contradiction_sentence(plain, text=text) == "Plain 2023."
    case = Contradiction(id="x.a", rule="x", reason="from", since="2023", evidence=(), values={"due": "2024"})
    assert contradiction_sentence(case, text=text) == "From 2024."


def test_the_reason_of_a_status_is_said():
    text = invented(**{"status.project.stopped": "Stopped: {since}."})
    stopped = Status(subject="dam", kind="project", status="stopped", reason="stopped", values={"since": "2024-04"})
    assert status_sentence(stopped, text=text) == f"Stopped: {text.partial_date('2024-04')}."


def test_the_cases_listed_here_are_those_of_the_rules():
    assert list(CASES) == sorted(CASES, key=list(RULES).index)
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_have_every_sentence(language):
    text = translator(language)
    keys = [".".join(filter(None, ("contradiction", rule, case))) for rule, cases in CASES.items() for case in cases]
    keys += [f"rule.{rule}" for rule in RULES]
    keys += [f"status.task.{reason}" for reason in TASK_REASONS]
    keys += [f"status.project.{state}" for state in PROJECT_STATES if state != "idea"] + ["status.project.register"]
    keys += [f"project.status.{state}" for state in PROJECT_STATES] + [f"output.{output}" for output in OUTPUTS]
    assert not [key for key in keys if not text.has(key)]


def test_every_rule_says_when_it_fires():
    """The first line of a rule is what it looks for: the manual shows it."""
    tree = ast.parse(Path(delivery.contradictions.__file__).read_text(encoding="utf-8"))
    functions = {node.name: ast.get_docstring(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    for rule in RULES.values():
        assert functions[rule.__name__]
