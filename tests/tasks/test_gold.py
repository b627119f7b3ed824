"""The reader against the annotated corpus, judged by the corpus's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aport.tasks import read_text, to_json

if TYPE_CHECKING:
    from pathlib import Path

SEED_F1 = 0.95
KAZAKH_F1 = 0.95
KIND_ACCURACY = 0.95
TOPIC_ACCURACY = 0.90
FIGURE_F1 = 0.90


def scores(shared: Path, folder: Path, ids: set[str] | None) -> dict[str, Any]:
    lines = (shared / "readouts" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line.strip()]
    documents = [one for one in documents if one["lang"] == "kk" and (ids is None or one["id"] in ids)]
    gold, found = folder / "gold.jsonl", folder / "found.jsonl"
    gold.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    readings = [to_json(read_text(one["text"], document=one["id"])) for one in documents]
    found.write_text("".join(json.dumps(one) + "\n" for one in readings), encoding="utf-8")
    command = [sys.executable, str(shared / "readouts" / "score.py"), str(gold), str(found), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["all"]
    return result


def test_seed(shared: Path, tmp_path: Path) -> None:
    assert scores(shared, tmp_path, {"seed"})["f1"] >= SEED_F1


def test_all_kazakh_documents(shared: Path, tmp_path: Path) -> None:
    result = scores(shared, tmp_path, None)
    assert result["f1"] >= KAZAKH_F1
    assert result["kind_acc"] >= KIND_ACCURACY
    assert result["topic_acc"] >= TOPIC_ACCURACY
    assert result["figure_f1"] >= FIGURE_F1
    clean, negative = result["negatives_clean"].split("/")
    assert clean == negative


def test_word_lists_know_no_city() -> None:
    folder = files("aport.tasks.kazakh").joinpath("lexicon")
    listed = "\n".join(one.read_text(encoding="utf-8").lower() for one in folder.iterdir())
    for name in ("алматы", "астана", "шымкент", "жайлау", "ақсай", "тоқаев", "медеу"):
        assert name not in listed
