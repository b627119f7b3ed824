"""How long the foundation takes: the whole run, the check of a large city, the start of the command line.

Run `python bench/foundation.py`. Each command is timed as a whole process after one warm-up; the median is given, with
its peak of memory. The check of a large city is held against the reference program `frictionless`, in the same run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
OBSERVATIONS = 100_000
GOALS = {
    "aport run": "under 15 s and 1 GB",
    "aport check, 100,000 observations": "under 5 s",
}


def timed(command: list[str], runs: int) -> tuple[float, float]:
    """Give the median wall time in seconds and the peak of memory in MB of a command."""
    times, peaks = [], []
    for _ in range(runs + 1):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.perf_counter() - began)
        peaks.append(usage.ru_maxrss / 1024)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return statistics.median(times[1:]), max(peaks[1:])


def large_city(folder: Path) -> Path:
    """Copy the packed city and give it many observations of many places, by days."""
    subprocess.run([BIN / "aport", "init", folder], check=True, stdout=subprocess.DEVNULL)
    path = folder / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    template = {
        "indicator": "population",
        "place": "almaty",
        "comparator": "eq",
        "unit": "person",
        "basis": "register",
        "derived": "false",
        "source": lines[1].split(",")[header.index("source")],
    }
    made = []
    for number in range(OBSERVATIONS - len(lines) + 1):
        year, month, day = 1990 + number // 336 % 35, 1 + number // 28 % 12, 1 + number % 28
        date = f"{year}-{month:02}-{day:02}"
        row = template | {"observation": f"made.{number}", "start": date, "end": date, "value": str(1000 + number)}
        made.append(",".join(row.get(name, "") for name in header))
    path.write_text("\n".join([*lines, *made]) + "\n", encoding="utf-8")
    return folder


def main() -> None:
    """Time the commands and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    work = Path(tempfile.mkdtemp())
    try:
        large = large_city(work / "large")
        commands = {
            "aport --help": [str(BIN / "aport"), "--help"],
            "aport check": [str(BIN / "aport"), "check"],
            "aport run": [str(BIN / "aport"), "run", "--out", str(work / "out")],
            "aport check, 100,000 observations": [str(BIN / "aport"), "check", str(large)],
            "frictionless validate, the same": [str(BIN / "frictionless"), "validate", str(large / "datapackage.json")],
        }
        print(f"{'command':<36} {'median s':>9} {'peak MB':>8}  goal")
        for name, command in commands.items():
            seconds, peak = timed(command, 1 if name.startswith("frictionless") else runs)
            print(f"{name:<36} {seconds:>9.2f} {peak:>8.0f}  {GOALS.get(name, '')}")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
