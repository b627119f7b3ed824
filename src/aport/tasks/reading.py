"""Read documents: find their sentences, the tasks in them and the figures outside the tasks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from aport.errors import UnreadableDocument
from aport.tasks.files import document_id, read_document_file
from aport.tasks.kazakh import read_kazakh
from aport.tasks.language import guess_language
from aport.tasks.model import Reading
from aport.tasks.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from aport.tasks.model import Figure, Proposal, Sentence

    Reader = Callable[
        [str, Sequence[tuple[int, int]]],
        tuple[tuple[Sentence, ...], tuple[Proposal, ...], tuple[Figure, ...]],
    ]

READERS: Final[Mapping[str, Reader]] = {"kk": read_kazakh}
"""The reader of each language; a language that is not here is refused by name."""

_NAMES: Final = {"kk": "Kazakh", "ru": "Russian", "en": "English"}


def read_text(text: str, *, document: str, language: str | None = None) -> Reading:
    """Read one document.

    Parameters
    ----------
    text
        The document; offsets of the result count its Unicode code points.
    document
        Its id.
    language
        Its language; told from the text where it is not given.

    Returns
    -------
    Reading
        Sentences with their roles, proposed tasks in the order of the text, and figures outside them. The same
        text always gives the same reading.

    Raises
    ------
    UnreadableDocument
        If the text is empty or in a language that no reader knows.
    """
    if not text.strip():
        raise UnreadableDocument("the document is empty", where=document, repair="Give a text with words in it")
    reason = "as the call says"
    if language is None:
        guess = guess_language(text)
        language, reason = guess.language, guess.reason
    known = ", ".join(_NAMES.get(name, name) for name in READERS)
    reader = READERS.get(language) if language is not None else None
    if language is None or reader is None:
        name = "none that is known" if language is None else _NAMES.get(language, language)
        raise UnreadableDocument(
            f"its language is {name} ({reason}), and the readers know only {known}",
            where=document,
            repair=f"Give a document in {known}, or name its language if this was told wrong",
        )
    sentences, tasks, facts = reader(text, split_sentences(text))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Reading(document, language, text, digest, sentences, tasks, facts)


def read_files(paths: Iterable[str | Path], *, language: str | None = None) -> list[Reading]:
    """Read files; a document's id is its file's name up to the first dot.

    Parameters
    ----------
    paths
        Text files in UTF-8.
    language
        Their language; told from each text where it is not given.

    Returns
    -------
    list of Reading
        One a file, in the order given.

    Raises
    ------
    UnreadableDocument
        If any file cannot be read; all those that cannot are named together, and nothing is returned.
    """
    readings: list[Reading] = []
    faults: list[UnreadableDocument] = []
    seen: dict[str, str] = {}
    for path in paths:
        name = document_id(path)
        if name in seen:
            message = f"its id {name} is that of {seen[name]} too"
            faults.append(UnreadableDocument(message, where=str(path), repair="Rename one of the two files"))
            continue
        seen[name] = str(path)
        try:
            text = read_document_file(path)
            readings.append(read_text(text, document=name, language=language))
        except UnreadableDocument as fault:
            faults.append(UnreadableDocument(fault.message, where=str(path), repair=fault.repair))
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise UnreadableDocument("\n".join([f"{len(faults)} documents cannot be read", *map(str, faults)]))
    return readings


def to_json(reading: Reading) -> dict[str, Any]:
    """Give a reading as plain data, ready for one line of JSON.

    Returns
    -------
    dict
        ``id, lang, sha256, tasks, facts, sentences``; a task has ``n, start, end, quote, kind, topic, addressee,
        deadline, figures, places, trigger, rule``; offsets count Unicode code points.
    """
    return {
        "id": reading.document,
        "lang": reading.language,
        "sha256": reading.sha256,
        "tasks": [_task(number, task) for number, task in enumerate(reading.tasks, 1)],
        "facts": [_figure(figure) for figure in reading.facts],
        "sentences": [
            {"n": one.number, "start": one.start, "end": one.end, "roles": list(one.roles)} for one in reading.sentences
        ],
    }


def _task(number: int, task: Proposal) -> dict[str, Any]:
    return {
        "n": number,
        "start": task.start,
        "end": task.end,
        "quote": task.quote,
        "kind": task.kind,
        "topic": task.topic,
        "addressee": task.addressee,
        "deadline": task.deadline,
        "figures": [_figure(figure) for figure in task.figures],
        "places": list(task.places),
        "trigger": task.trigger,
        "rule": task.rule,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value = int(figure.value) if figure.value.is_integer() else figure.value
    return {"value": value, "unit": figure.unit, "what": figure.what, "start": figure.start, "end": figure.end}
