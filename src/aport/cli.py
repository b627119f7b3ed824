"""The command line: one thin command a verb."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aport import __version__
from aport.errors import AportError, BadData, UsageError

if TYPE_CHECKING:
    from aport.city import City
    from aport.errors import Fault
    from aport.programme import Call

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From the sentence of an official document to its outcome.",
    epilog="Exit codes: 0 well, 1 a check fell short, 2 usage, 3 bad data, 4 infeasible.",
)

CityArgument = Annotated[str, typer.Argument(metavar="CITY", help="A city folder, or the name of a packed city.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")]
DayOption = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help="Measure as on this day (YYYY-MM-DD); else as today.")
]


BudgetOption = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="Budget in tenge, like 300e9; else what the city assumes.")
]
BudgetYearOption = Annotated[
    list[str] | None, typer.Option(metavar="YEAR=AMOUNT", help="Limit of one year, like 2027=60e9; may be repeated.")
]
RequireOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="A project that must be in the programme; may be repeated.")
]
ForbidOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="A project that must stay out; may be repeated.")
]
WeightsOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Weights of topics: CSV with the columns topic and weight.")
]
SeedOption = Annotated[int | None, typer.Option(metavar="NUMBER", help="Seed of the random draws behind intervals.")]


class Progress:
    """Says each step on standard error when it begins, and how long it took when the next one does."""

    def __init__(self) -> None:
        self.began: float | None = None

    def __call__(self, step: str) -> None:
        """Begin a step."""
        self.end()
        self.began = time.perf_counter()
        print(f"{step} ...", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """End the step under way."""
        if self.began is not None:
            print(f" {time.perf_counter() - self.began:.1f} s", file=sys.stderr, flush=True)
        self.began = None


def main() -> None:
    """Run the command line; an error of ours becomes a message and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    progress = Progress()
    try:
        app(obj=progress)
    except AportError as error:
        if progress.began is not None:
            print(file=sys.stderr)
        print(f"aport: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    *,
    city: Annotated[str, typer.Option(help="Which packed city to copy.")] = "almaty",
    as_json: JsonOption = False,
) -> None:
    """Copy a packed city into a folder that you can edit."""
    from aport.city import init as copy

    made = copy(folder, city=city)
    if as_json:
        _print_json({"city": city, "folder": str(made)})
    else:
        print(f"{city} lies in {made}. Edit its tables, then `aport check {made}` and `aport run {made}`.")


@app.command()
def check(city: CityArgument = "almaty", *, as_json: JsonOption = False) -> None:
    """Check a city and name every fault with its file, row, column and repair."""
    from aport.city import read_city

    opened, faults = read_city(city)
    faults = faults or _record_faults(opened)
    if as_json:
        _print_json(
            {
                "city": opened.name,
                "faults": [
                    {"file": f.file, "row": f.row, "column": f.column, "message": f.message, "repair": f.repair}
                    for f in faults
                ],
                "rows": {name: len(frame) for name, frame in opened.tables.items()},
            }
        )
    elif faults:
        print(BadData(faults))
    else:
        rows = sum(len(frame) for frame in opened.tables.values())
        print(f"{opened.name}: {len(opened.tables)} tables, {rows} rows, {len(opened.texts)} texts, no fault.")
    if faults:
        raise typer.Exit(BadData.exit_code)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Documents as text files in UTF-8.")],
    *,
    city: Annotated[str | None, typer.Option(metavar="DIR", help="Add the proposals to this city folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each document.")] = False,
) -> None:
    """Read tasks out of documents and account for every sentence."""
    from aport.chain.proposing import add_proposals
    from aport.chain.screen import reading_lines
    from aport.tasks import read_files, to_json

    readings = read_files(files)
    added = add_proposals(city, readings) if city is not None else None
    for reading in readings:
        if as_json:
            print(json.dumps(to_json(reading), ensure_ascii=False))
        else:
            print("\n".join(reading_lines(reading)))
    if added is not None:
        print(f"Proposals lie in {added}", file=sys.stderr)


@app.command()
def measure(city: CityArgument = "almaty", *, today: DayOption = None, as_json: JsonOption = False) -> None:
    """Measure where the city stands on each task."""
    from aport.chain.result import shortfall_json
    from aport.chain.screen import shortfall_lines
    from aport.indicators import measure as shortfalls_of

    opened = _open(city)
    day = _day(today)
    found = shortfalls_of(opened, today=day)
    if as_json:
        tasks = {row["task"]: row for row in opened.rows("tasks")}
        _print_json(
            {
                "city": opened.name,
                "today": day.isoformat(),
                "tasks": [shortfall_json(each, tasks[each.task]) for each in found],
            }
        )
    else:
        print("\n".join(shortfall_lines(opened, found)))


@app.command()
def plan(
    context: typer.Context,
    city: CityArgument = "almaty",
    *,
    budget: BudgetOption = None,
    budget_year: BudgetYearOption = None,
    require: RequireOption = None,
    forbid: ForbidOption = None,
    weights: WeightsOption = None,
    seed: SeedOption = None,
    today: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Choose the programme that closes most of the shortfalls under a budget, with a reason for each project."""
    from aport.chain import SEED
    from aport.chain import run as run_chain
    from aport.chain.result import programme_json
    from aport.chain.screen import programme_lines

    progress: Progress = context.obj
    progress(f"Opening {city}")
    opened = _open(city)
    demands = _demands(budget, budget_year, require, forbid, weights)
    result = run_chain(
        opened, today=_day(today), call=_call(opened, demands), seed=SEED if seed is None else seed, progress=progress
    )
    progress.end()
    if as_json:
        _print_json({"city": opened.name, "programme": programme_json(result.planned)})
    else:
        print("\n".join(programme_lines(result)))


@app.command()
def follow(city: CityArgument = "almaty", *, today: DayOption = None, as_json: JsonOption = False) -> None:
    """Say what became of each task and project, and what does not fit together."""
    from aport.chain.delivery_view import contradiction_json
    from aport.chain.result import status_json
    from aport.chain.screen import followed_lines
    from aport.delivery import follow as followed_of
    from aport.indicators import measure as shortfalls_of

    opened = _open(city)
    day = _day(today)
    states = {each.task: each.state for each in shortfalls_of(opened, today=day)}
    found = followed_of(opened, today=day, states=states)
    if as_json:
        _print_json(
            {
                "city": opened.name,
                "today": day.isoformat(),
                "statuses": [status_json(each) for each in found.statuses],
                "contradictions": [contradiction_json(each) for each in found.contradictions],
            }
        )
    else:
        print("\n".join(followed_lines(opened, found)))


@app.command()
def run(
    context: typer.Context,
    city: CityArgument = "almaty",
    *,
    document: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A new document; may be repeated.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for the results; else CITY/results, or results here for a packed city."
        ),
    ] = None,
    budget: BudgetOption = None,
    budget_year: BudgetYearOption = None,
    require: RequireOption = None,
    forbid: ForbidOption = None,
    weights: WeightsOption = None,
    seed: SeedOption = None,
    today: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the whole chain: read, measure, model, plan, follow, and write results with a report in three languages."""
    from aport.chain import SEED
    from aport.chain import run as run_chain
    from aport.chain.screen import closing
    from aport.city.folder import RESULTS, is_packed

    progress: Progress = context.obj
    day = _day(today)
    progress(f"Opening {city}")
    opened = _open(city)
    call = _call(opened, _demands(budget, budget_year, require, forbid, weights))
    result = run_chain(
        opened, documents=document or (), today=day, call=call, seed=SEED if seed is None else seed, progress=progress
    )
    inside = opened.root is not None and not is_packed(opened.root)
    target = out or (opened.root / RESULTS if inside and opened.root is not None else Path(RESULTS))
    progress("Writing results and reports")
    reports = result.save(target)
    progress.end()
    if as_json:
        _print_json(result.as_json(reports))
        return
    print("\n".join(closing(result)))
    print(f"\nResults lie in {target.resolve()}")
    for language, path in reports.items():
        print(f"Report ({language}): {path.resolve().as_uri()}")


@app.command()
def doctor(*, as_json: JsonOption = False) -> None:
    """Say whether this installation can do its work."""
    from aport.chain.doctor import findings

    found = findings()
    if as_json:
        _print_json({"findings": [{"what": f.what, "well": f.well, "said": f.said} for f in found]})
    else:
        for finding in found:
            print(f"{'well ' if finding.well else 'WRONG'}  {finding.what}: {finding.said}")
    if not all(finding.well for finding in found):
        raise typer.Exit(1)


def _open(city: str) -> City:
    """Open a city whose records can be true: none is of a later day."""
    from aport.city import open_city

    opened = open_city(city)
    faults = _record_faults(opened)
    if faults:
        raise BadData(faults)
    return opened


def _record_faults(city: City) -> list[Fault]:
    from aport.delivery import record_faults

    units = dict(zip(city["indicators"]["indicator"], city["indicators"]["unit"], strict=True))
    return record_faults(city.rows("records"), today=_day(None), units=units)


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day", where="--today", repair="Write it like 2026-11-25") from error


def _demands(
    budget: str | None,
    budget_year: list[str] | None,
    require: list[str] | None,
    forbid: list[str] | None,
    weights: Path | None,
) -> dict[str, Any]:
    """Read what the user demands of a programme; what was not said is absent."""
    from aport.programme import amount, amount_of_year, read_weights

    demands: dict[str, Any] = {}
    if budget is not None:
        demands["budget"] = amount(budget)
    if budget_year:
        demands["budget_by_year"] = dict(amount_of_year(text) for text in budget_year)
    if require:
        demands["require"] = tuple(require)
    if forbid:
        demands["forbid"] = tuple(forbid)
    if weights is not None:
        demands["weights"] = read_weights(weights)
    return demands


def _call(city: City, demands: dict[str, Any]) -> Call | None:
    """Make the call of the user, or None where nothing was said."""
    from aport.chain.planning import call_of

    return call_of(city, **demands) if demands else None


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))
