"""The report: one page in one language that carries each sentence of a document to where things stand today.

The page is a single file without scripts or outside requests. It is given plain results and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aport.errors import AportError
from aport.pages.chain_parts import chain_parts, counted_states, effects_on
from aport.pages.chart import JOIN_MONTHS, Chart, line_chart
from aport.pages.curve import Curve, value_curve
from aport.pages.wording import Wording, is_web
from aport.text import LANGUAGES, translator
from aport.text.cldr import as_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

STATES = ("met", "nearer", "unchanged", "further", "unknown")
SHOWN_WORST = 10
# Content that a browser must never fetch or run, whatever a document says: nothing but our own style is let in.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

Results = Mapping[str, Any]


def render_report(results: Results, *, language: str, editions: Mapping[str, str] | None = None) -> str:
    """Render the report of a city.

    Parameters
    ----------
    results : mapping
        What the chain found, as plain data: `city, generated, today, topics, tasks, states, statements, documents,
        sources, baseline_months, manifest`, arranged as `aport.chain.view.report_view` does. Names are mappings from
        language to text; numbers are mappings with the fields of a `Quantity` and the symbol of the unit. What
        follows the measures may be absent: `projects, programme, records, contradictions`.
    language : str
        Language of the page: kk, ru or en. Texts that lack it are shown in another one and marked as such.
    editions : mapping from str to str, optional
        Address of the same report in each language, for the links between them.

    Returns
    -------
    str
        A complete HTML document with its style inside, without scripts, that asks for nothing from outside.

    Raises
    ------
    AportError
        Where the language has no catalogue, the results lack a part, or a number cites a source that is not listed.
    """
    from jinja2 import UndefinedError

    try:
        numbers = {item["source"]: at for at, item in enumerate(results["sources"], start=1)}
        wording = Wording(translator(language), numbers, _called(results))
        return _environment().get_template("report.html.j2").render(_context(results, wording, editions or {}))
    except KeyError as error:
        raise AportError(f"the results lack {error}", where="results", repair="Run the whole chain again.") from error
    except UndefinedError as error:
        raise AportError(f"{error}", where="results", repair="Run the whole chain again.") from error


def _context(results: Results, wording: Wording, editions: Mapping[str, str]) -> dict[str, Any]:
    """Put together all that the templates may name."""
    words, parts = wording.words, _parts(results)
    return {
        "results": results,
        "parts": parts,
        "language": words.language,
        "languages": LANGUAGES,
        "editions": editions,
        "policy": POLICY,
        "style": _style(),
        "states": STATES,
        "tally": counted_states(results, STATES),
        "worst": [parts["entries"][task] for task in results["worst"][:SHOWN_WORST]],
        "join_months": JOIN_MONTHS,
        "t": words,
        "text": words.text,
        "plural": words.plural,
        "w": wording,
        "pick": wording.pick,
        "day": lambda value: words.date(value) if value else "",
        "is_web": is_web,
        "quotes": lambda task: chosen_quotes(task["quotes"], language=words.language),
        "chart": lambda task: _chart(task, results, wording),
        "curve": lambda programme: _curve(programme, wording),
        "effects_on": effects_on,
    }


def chosen_quotes(quotes: Iterable[Results], *, language: str) -> list[Results]:
    """Take the quotes of each document in one language: that of the page, else the first in our order."""
    by_document: dict[str, list[Results]] = {}
    for quote in quotes:
        by_document.setdefault(quote["document"], []).append(quote)
    chosen: list[Results] = []
    for group in by_document.values():
        spoken = {quote["language"] for quote in group}
        best = next((code for code in (language, *LANGUAGES) if code in spoken), None)
        chosen += sorted((quote for quote in group if quote["language"] == best), key=lambda quote: quote["number"])
    return chosen


def _parts(results: Results) -> dict[str, Any]:
    """Sort results into the parts of the page and index what the parts link to."""
    tasks = results["tasks"]
    topics = sorted(results["topics"], key=lambda topic: topic["order"])
    under: dict[str, list[Results]] = {topic["topic"]: [] for topic in topics}
    for task in tasks:
        if task["role"] == "task":
            if task["topic"] not in under:
                raise AportError(
                    f"the topic {task['topic']!r} of {task['task']!r} is not listed", where="results.topics"
                )
            under[task["topic"]].append(task)
    return {
        "topics": [(topic, under[topic["topic"]]) for topic in topics if under[topic["topic"]]],
        "bare_topics": [topic for topic in topics if not under[topic["topic"]]],
        "criteria": [task for task in tasks if task["role"] == "criterion"],
        "context": [task for task in tasks if task["role"] == "context"],
        "differing": [item for item in results["statements"] if item["result"] == "differs"],
        "restated": [document for document in results["documents"] if document["restated"]],
        "entries": {task["task"]: task for task in tasks},
        "documents": _registered(results),
        "sources": {source["source"]: source for source in results["sources"]},
        "statements": {item["statement"]: item for item in results["statements"]},
        "total": sum(results["states"].values()),
        **chain_parts(results),
    }


def _called(results: Results) -> dict[str, Mapping[str, str]]:
    """Name what reasons refer to by identifier."""
    programme = results.get("programme") or {}
    return {
        **{rule["rule"]: rule["name"] for rule in programme.get("preferences") or []},
        **{task["task"]: task["name"] for task in results["tasks"]},
        **{project["project"]: project["name"] for project in results.get("projects") or []},
    }


def _registered(results: Results) -> dict[str, Results]:
    """Index the documents of the register; a new one may bear the name of one of them."""
    return {document["document"]: document for document in results["documents"] if document["in_register"]}


def _chart(task: Results, results: Results, wording: Wording) -> Chart | None:
    """Lay out the course of a task's indicator, with the document that the task is from."""
    if not task["series"]:
        return None
    told = _registered(results)[task["document"]]["date"]
    reference = task["reference"]
    return line_chart(
        task["series"],
        form=task["indicator"]["form"],
        reference=None if reference is None else float(reference["value"]),
        document=as_date(told),
        label=wording.words.compact,
        say=wording.told,
    )


def _curve(programme: Results, wording: Wording) -> Curve | None:
    """Lay out what a larger or smaller budget would buy."""
    words = wording.words
    return value_curve(
        programme["curve"],
        budget=programme["budget"],
        beside=programme["officials"],
        number=words.number,
        share=lambda value: words.percent(value * 100),
        say=lambda point: words.text(
            "curve.point", cost=wording.money(point["cost"]), share=wording.share(point["score"])
        ),
    )


@cache
def _environment() -> Environment:
    """Open the templates; everything put into them is escaped, and a missing value is a fault."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("aport.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _style() -> str:
    """Read the style sheet that goes into the page as it is."""
    return (files("aport.pages") / "static" / "report.css").read_text(encoding="utf-8")
