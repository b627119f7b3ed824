"""Results arranged for the report: plain values that the pages only have to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aport.chain.delivery_view import contradiction_views, evidence_observations, record_views, task_statuses
from aport.chain.programme_view import programme_view, project_views
from aport.chain.register import Register, named, optional, plain
from aport.city import Quantity
from aport.city.schema import units
from aport.indicators.measure import BASELINE_MONTHS, worst
from aport.indicators.series import why_not
from aport.text import LANGUAGES

if TYPE_CHECKING:
    from aport.chain.findings import Findings
    from aport.chain.readings import DocumentReading
    from aport.indicators import CheckedStatement, Shortfall


def report_view(result: Findings, manifest: dict[str, Any]) -> dict[str, Any]:
    """Arrange the results of a run for `aport.pages.render_report`."""
    city = result.city
    register = Register(city)
    shortfalls = {each.task: each for each in result.shortfalls}
    projects = project_views(result, register)
    records = record_views(result, register)
    contradictions = contradiction_views(result)
    statuses = task_statuses(result)

    def _followed(task: str) -> dict[str, Any]:
        return {
            "status": statuses.get(task),
            "records": [each["record"] for each in records.values() if each["task"] == task],
            "contradictions": [each["contradiction"] for each in contradictions if each["task"] == task],
            "projects": [each["project"] for each in projects if task in each["tasks"]],
        }

    return {
        "city": {"id": city.name, "title": register.title},
        "generated": result.today,
        "today": result.today,
        "topics": [
            {"topic": row["topic"], "name": named(row), "order": row["order"]}
            for row in sorted(city.rows("topics"), key=lambda row: row["order"])
        ],
        "tasks": [
            _entry(register, row, shortfalls.get(row["task"])) | _followed(row["task"]) for row in city.rows("tasks")
        ],
        "states": result.states,
        "worst": [each.task for each in worst(result.shortfalls)],
        "statements": [
            _statement(register, row, each)
            for row, each in zip(city.rows("statements"), result.statements, strict=True)
        ],
        "documents": [
            *[_document(register, each) for each in result.readings if each.known],
            *[_new_document(each) for each in result.readings if not each.known],
        ],
        "projects": projects,
        "programme": programme_view(result, register),
        "records": records,
        "contradictions": contradictions,
        "evidence_observations": evidence_observations(result, register),
        "followed_until": result.followed.until,
        "sources": city.rows("sources"),
        "baseline_months": BASELINE_MONTHS,
        "manifest": manifest,
    }


def _entry(register: Register, row: dict[str, Any], shortfall: Shortfall | None) -> dict[str, Any]:
    """Arrange one entry of the register; a task comes with its shortfall."""
    task = row["task"]
    return {
        "task": task,
        "document": row["document"],
        "role": row["role"],
        "topic": row["topic"],
        "kind": row["kind"],
        "scope": row["scope"],
        "name": named(row),
        "addressee": optional(row, "addressee"),
        "deadline": optional(row, "deadline"),
        "deadline_date": row["deadline"].date() if row["deadline"] is not None else None,
        "places": [register.places[place] for place in row["places"].split()],
        "quotes": [
            {
                **{key: quote[key] for key in ("document", "language", "number", "quote")},
                "sentence": register.sentence_of(quote),
            }
            for quote in register.quotes.get(task, [])
        ],
        **(_standing(register, shortfall) if shortfall else {}),
    }


def _standing(register: Register, each: Shortfall) -> dict[str, Any]:
    """Arrange where the city stands on a task."""
    indicator = register.indicators.get(each.indicator)
    known = register.series.get((each.indicator, each.place), [])
    anchor = each.baseline or each.latest
    linked = register.task_indicators.get(each.task, [])
    return {
        "state": each.state,
        "reason_key": each.reason,
        "reason_values": each.values,
        "indicator": _indicator(indicator) if indicator else None,
        "place_name": register.places.get(each.place),
        "baseline": plain(each.baseline.quantity) if each.baseline else None,
        "latest": plain(each.latest.quantity) if each.latest else None,
        "reference": _reference(register, each) if each.reference else None,
        "reference_kind": each.reference.kind if each.reference else "none",
        "standard_name": indicator["standard_name"]
        if indicator and each.reference and not each.reference.target
        else None,
        "target": _target(register, each),
        "gap": each.gap,
        "closed": each.closed,
        "age_days": each.age_days,
        "tolerance": next((row["tolerance"] for row in linked if row["primary"]), None),
        "series": [plain(o.quantity) for o in known if anchor and why_not(anchor, o) is None],
        "other_indicators": [_other(register, row) for row in linked if not row["primary"]],
    }


def _indicator(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "indicator": row["indicator"],
        "name": named(row),
        "definition": named(row, "definition"),
        "formula": named(row, "formula"),
        "unit": row["unit"],
        "symbol": units()[row["unit"]].symbol,
        "direction": row["direction"],
        "form": row["form"],
        "standard_code": row["standard_code"],
    }


def _reference(register: Register, each: Shortfall) -> dict[str, Any] | None:
    if each.reference is None:
        return None
    target = register.targets.get(each.reference.target)
    source = target["source"] if target else register.indicators[each.indicator]["standard_source"]
    kind = "target"
    quantity = Quantity(
        value=each.reference.value,
        unit=each.unit,
        kind=kind,
        source=source,
        comparator=each.reference.comparator,
    )
    return plain(quantity)


def _target(register: Register, each: Shortfall) -> dict[str, Any] | None:
    target = register.targets.get(each.reference.target) if each.reference else None
    if target is None:
        return None
    return {
        "set_by": named(target, "set_by"),
        "set_on": target["set_on"],
        "due": target["due"],
        "source": target["source"],
    }


def _other(register: Register, row: dict[str, Any]) -> dict[str, Any]:
    known = register.series.get((row["indicator"], row["place"]), [])
    indicator = register.indicators[row["indicator"]]
    return {
        "indicator": row["indicator"],
        "name": named(indicator),
        "place_name": register.places[row["place"]],
        "latest": plain(known[-1].quantity) if known else None,
    }


def _statement(register: Register, row: dict[str, Any], each: CheckedStatement) -> dict[str, Any]:
    document = register.documents[row["document"]]
    stated = Quantity(
        value=row["value"],
        unit=row["unit"],
        kind=row["kind"],
        basis="press" if row["kind"] == "measured" else None,
        comparator=row["comparator"],
        start=row["start"].date() if row["start"] is not None else None,
        end=row["end"].date() if row["end"] is not None else None,
        price_year=row["price_year"],
        source=document["source"],
    )
    return {
        "statement": row["statement"],
        "topic": row["topic"],
        "task": row["task"] or None,
        "name": named(row),
        "document": row["document"],
        "sentence": row["sentence"],
        "place_name": register.places.get(row["place"]),
        "stated": plain(stated),
        "result": each.result,
        "reason_key": each.reason,
        "reason_values": {},
        "observed": plain(each.observation.quantity) if each.observation else None,
        "difference": each.difference,
    }


def _document(register: Register, each: DocumentReading) -> dict[str, Any]:
    row = register.documents[each.document]
    return {
        "document": each.document,
        "in_register": True,
        "title": named(row, "title"),
        "date": row["date"].date(),
        "authority": row["authority"],
        "restated": row["restated"],
        "source": row["source"],
        "languages": row["languages"].split(),
        "original_language": row["original_language"],
        "sentences": account(register, each.document),
        "reading": _reading(each),
        "no_reader": each.reading is None,
    }


def account(register: Register, document: str) -> list[dict[str, Any]]:
    """Account for every sentence of a document: its text, its roles, the entries and statements it led to.

    The roles follow from the register: those of the entries whose quotes lie in the sentence, `statement` where it
    holds one, `context` where it holds nothing else.
    """
    role = {row["task"]: row["role"] for row in register.city.rows("tasks")}
    found: dict[int, dict[str, Any]] = {}
    for row in register.sentences.get(document, []):
        line = found.setdefault(row["number"], {"number": row["number"], "text": {}, "entries": [], "statements": []})
        text = register.city.texts[document, row["language"]]
        line["text"][row["language"]] = text[row["start"] : row["end"]]
        line["original_line"] = row["original_line"]
    for quotes in register.quotes.values():
        for quote in quotes:
            if quote["document"] == document:
                line = found[register.sentence_of(quote)]
                if quote["task"] not in line["entries"]:
                    line["entries"].append(quote["task"])
    for statement in register.statements.get(document, []):
        found[statement["sentence"]]["statements"].append(statement["statement"])
    for line in found.values():
        roles = {role[entry] for entry in line["entries"]} | ({"statement"} if line["statements"] else set())
        line["roles"] = [each for each in ("task", "criterion", "statement", "context") if each in roles] or ["context"]
    return [found[number] for number in sorted(found)]


def _reading(each: DocumentReading) -> dict[str, Any] | None:
    if each.reading is None:
        return None
    view: dict[str, Any] = {"language": each.reading.language, "proposals": len(each.reading.tasks)}
    if each.comparison is not None:
        comparison = each.comparison
        view |= {
            "matched": len(comparison.matched),
            "missed": list(comparison.missed),
            "extra": [{"quote": each.reading.tasks[number].quote} for number in comparison.extra],
            "f1": comparison.f1,
        }
    return view


def _new_document(each: DocumentReading) -> dict[str, Any]:
    """Arrange a document that is not in the register: its sentences as the reader sees them."""
    reading = each.reading
    if reading is None:
        raise ValueError(each.document)
    return {
        "document": each.document,
        "in_register": False,
        "title": dict.fromkeys(LANGUAGES, each.document),
        "date": None,
        "authority": None,
        "restated": False,
        "source": None,
        "languages": [reading.language],
        "original_language": reading.language,
        "sentences": [
            {
                "number": sentence.number,
                "text": {reading.language: reading.text[sentence.start : sentence.end]},
                "roles": list(sentence.roles),
                "entries": [],
                "statements": [],
                "original_line": None,
            }
            for sentence in reading.sentences
        ],
        "reading": _reading(each),
        "no_reader": False,
    }
