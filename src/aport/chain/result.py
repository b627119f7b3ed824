"""What a run of the chain gives: results in memory, as tables, as JSON, as files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aport.chain.delivery_view import contradiction_json
from aport.chain.findings import Findings
from aport.chain.readings import DocumentReading, topics_of
from aport.chain.view import report_view
from aport.city import folder, saving, schema, tabular
from aport.city.package import FILE as PACKAGE_FILE
from aport.errors import UsageError
from aport.programme import as_json, portfolio_rows, programme_rows, score_rows
from aport.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from aport.chain.planning import Planned
    from aport.city import City
    from aport.delivery import Contradiction, Status
    from aport.indicators import CheckedStatement, Shortfall


class Result(Findings):
    """The findings of a run with the ways to give them away: tables, JSON, files."""

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give the computed tables by name."""
        rows = {
            "proposals": [row for reading in self.readings for row in proposal_rows(self.city, reading)],
            "shortfalls": [_shortfall_row(each) for each in self.shortfalls],
            "checked_statements": [_statement_row(each) for each in self.statements],
            "statuses": [_status_row(each) for each in self.followed.statuses],
            "contradictions": [_contradiction_row(each) for each in self.followed.contradictions],
        }
        if self.planned is not None:
            rows["effects"] = self.planned.effects
        if self.planned is not None and self.planned.programme is not None:
            programme = self.planned.programme
            rows["programme"] = programme_rows(programme)
            rows["portfolios"] = portfolio_rows(programme)
            rows["scores"] = score_rows(programme)
        return {name: tabular.from_rows(each, schema.table(name)) for name, each in rows.items()}

    def files(self) -> dict[str, bytes]:
        """Give the content of each file of results by name: computed tables, reports and the manifest."""
        from aport.pages import render_report

        files = {
            schema.table(name).file: tabular.table_bytes(frame, schema.table(name))
            for name, frame in self.tables().items()
        }
        manifest = self.manifest()
        view = report_view(self, manifest)
        editions = {language: report_file(language) for language in LANGUAGES}
        files |= {
            report_file(language): render_report(view, language=language, editions=editions).encode()
            for language in LANGUAGES
        }
        return files | {"manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()}

    def manifest(self) -> dict[str, Any]:
        """Say what the results were made from: hash of each input, versions, day of measuring."""
        from aport import __version__

        inputs = {file: hashlib.sha256(content).hexdigest() for file, content in folder.files_of(self.city).items()}
        inputs |= {
            f"new/{each.document}": each.reading.sha256
            for each in self.readings
            if each.reading is not None and not each.known
        }
        inputs.pop(PACKAGE_FILE)
        return {
            "city": self.city.name,
            "version": __version__,
            "schema": schema.version(),
            "seed": self.planned.state.draws.seed if self.planned else None,
            "budget": self.planned.programme.programme.budget if self.planned and self.planned.programme else None,
            "today": self.today.isoformat(),
            "inputs": dict(sorted(inputs.items())),
        }

    def save(self, out: str | Path) -> dict[str, Path]:
        """Write the results into a folder, all files together or none; other files there are left alone.

        Returns
        -------
        The report of each language.

        Raises
        ------
        UsageError
            When the folder lies inside the package.
        """
        root = Path(out)
        if folder.is_packed(root):
            raise UsageError(
                "results do not go into the package", where=str(root), repair="Name another folder with --out"
            )
        files = self.files()
        with saving.changing(root) as changes:
            for file, content in files.items():
                changes.write(file, content)
        return {language: root / report_file(language) for language in LANGUAGES}

    def as_json(self, reports: Mapping[str, Path] | None = None) -> dict[str, Any]:
        """Give the results as one object of plain values."""
        tasks = {row["task"]: row for row in self.city.rows("tasks")}
        return {
            "city": self.city.name,
            "today": self.today.isoformat(),
            "topics": [
                {
                    "id": row["topic"],
                    "name": _names(row),
                    "tasks": [e.task for e in self.shortfalls if tasks[e.task]["topic"] == row["topic"]],
                }
                for row in sorted(self.city.rows("topics"), key=lambda row: row["order"])
            ],
            "tasks": [
                {**shortfall_json(each, tasks[each.task]), "measured": each.state, "state": self.state_of[each.task]}
                for each in self.shortfalls
            ],
            "states": self.states,
            "statements": [_statement_row(each) for each in self.statements],
            "programme": programme_json(self.planned),
            "statuses": [status_json(each) for each in self.followed.statuses],
            "contradictions": [contradiction_json(each) for each in self.followed.contradictions],
            "readings": [_reading_json(each) for each in self.readings],
            "report": {language: str(path) for language, path in (reports or {}).items()},
        }


def programme_json(planned: Planned | None) -> dict[str, Any] | None:
    """Give the programme as an object of plain values, with what was assumed for it; None where nothing was chosen."""
    if planned is None or planned.programme is None:
        return None
    assumed = {"budget_assumed": planned.budget_assumed, "horizon": planned.horizon, "seed": planned.state.draws.seed}
    return as_json(planned.programme) | assumed


def _contradiction_row(each: Contradiction) -> dict[str, Any]:
    return {
        "contradiction": each.id,
        "rule": each.rule,
        "reason": each.reason,
        "task": each.task,
        "project": each.project,
        "since": each.since,
        "evidence": " ".join(each.evidence),
        "values": json.dumps(each.values, ensure_ascii=False),
    }


def _status_row(each: Status) -> dict[str, Any]:
    return {
        "subject": each.subject,
        "kind": each.kind,
        "status": each.status,
        "since": each.since,
        "output": each.output,
        "outcome": each.outcome,
        "data": each.data,
        "records": " ".join(each.records),
        "last": each.last,
        "due": each.due,
        "reason": each.reason,
        "values": json.dumps(each.values, ensure_ascii=False),
    }


def status_json(each: Status) -> dict[str, Any]:
    """Give a status as an object of plain values."""
    row = _plain(_status_row(each))
    return {**row, "records": list(each.records), "values": dict(each.values)}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row with None where a cell is empty."""
    return {key: None if value == "" else value for key, value in row.items()}


def report_file(language: str) -> str:
    """Name the report in a language."""
    return f"report.{language}.html"


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {language: row[f"name_{language}"] for language in LANGUAGES}


def shortfall_json(each: Shortfall, task: dict[str, Any]) -> dict[str, Any]:
    """Give a task with its shortfall as an object of plain values."""
    row = {key: value for key, value in _shortfall_row(each).items() if key != "task"}
    return {
        "id": each.task,
        "topic": task["topic"],
        "kind": task["kind"],
        "name": _names(task),
        **{key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()},
    }


def _shortfall_row(each: Shortfall) -> dict[str, Any]:
    row: dict[str, Any] = {
        "task": each.task,
        "indicator": each.indicator or None,
        "place": each.place or None,
        "unit": each.unit or None,
        "reference": each.reference.value if each.reference else None,
        "reference_kind": each.reference.kind if each.reference else "none",
        "target": each.reference.target or None if each.reference else None,
        "gap": each.gap,
        "closed": each.closed,
        "age_days": each.age_days,
        "state": each.state,
        "reason": each.reason,
    }
    for name, observation in (("baseline", each.baseline), ("latest", each.latest)):
        if observation is not None:
            row[name] = observation.value
            row[f"{name}_start"] = observation.start
            row[f"{name}_end"] = observation.end
            row[f"{name}_observation"] = observation.id
    return row


def _statement_row(each: CheckedStatement) -> dict[str, Any]:
    return {
        "statement": each.statement,
        "result": each.result,
        "observation": each.observation.id if each.observation else None,
        "observed": each.observation.value if each.observation else None,
        "difference": each.difference,
        "reason": each.reason,
    }


def proposal_rows(city: City, each: DocumentReading) -> list[dict[str, Any]]:
    """Give the proposals of one document as rows of the table `proposals`."""
    if each.reading is None:
        return []
    accepted = dict(each.comparison.matched) if each.comparison else {}
    return [
        {
            "document": each.document,
            "language": each.reading.language,
            "start": proposal.start,
            "end": proposal.end,
            "quote": proposal.quote,
            "sha256": each.reading.sha256,
            "kind": proposal.kind,
            "reader_topic": proposal.topic,
            "topics": " ".join(topics_of(city, proposal.topic)),
            "addressee": proposal.addressee,
            "deadline": proposal.deadline,
            "places": "; ".join(proposal.places),
            "figures": json.dumps([asdict(figure) for figure in proposal.figures], ensure_ascii=False),
            "trigger": proposal.trigger,
            "rule": proposal.rule,
            "entry": accepted.get(number),
        }
        for number, proposal in enumerate(each.reading.tasks)
    ]


def _reading_json(each: DocumentReading) -> dict[str, Any]:
    found: dict[str, Any] = {
        "document": each.document,
        "in_register": each.known,
        "language": each.reading.language if each.reading else None,
        "proposals": len(each.reading.tasks) if each.reading else None,
    }
    if each.comparison is not None:
        comparison = each.comparison
        found |= {
            "matched": len(comparison.matched),
            "missed": list(comparison.missed),
            "extra": len(comparison.extra),
            "precision": comparison.precision,
            "recall": comparison.recall,
            "f1": comparison.f1,
        }
    return found
