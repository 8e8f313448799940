"""Measures CPU seconds and peak memory of one run of an engine.

Every measurement has an interpreter of its own, which imports and warms up the engine
and notes its memory: that is *the interpreter*. It then loads the votes, forgets the
highest memory so far, and runs the engine.

Run as ``python -m benchmarks.measuring WORKER FOLDER``, this module is that interpreter.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
OUT_OF_MEMORY = 3
# Writing 5 here sets the highest memory so far back to what is resident now.
FORGET_PEAK = Path("/proc/self/clear_refs")

Arrays = Mapping[str, NDArray[Any]]
Form = TypeVar("Form")


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """One run.

    Attributes
    ----------
    cpu_seconds
        User and system time, of all threads, from votes in memory to the answer.
    votes_mib
        What the votes, as loaded, take above the interpreter.
    peak_mib
        The highest memory above the interpreter, votes included.
    answer
        What the engine found.
    """

    cpu_seconds: float
    votes_mib: float
    peak_mib: float
    answer: Arrays


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take before it is stopped; `seconds` are those of the clock."""

    seconds: float = 1800.0
    memory_gib: float = 16.0


class Engine(Protocol[Form]):
    """What each module of `benchmarks.workers` has, under the name ``Engine``."""

    def load(self, arrays: Arrays) -> Form:
        """Bring votes into the form that the engine takes."""

    def run(self, data: Form) -> Arrays:
        """Give the answer to what `load` gave."""


class NoAnswerError(RuntimeError):
    """The engine gave no answer; says why in few words."""


def measure(
    worker: str,
    arrays: Arrays,
    *,
    settings: Mapping[str, str] | None = None,
    python: str = sys.executable,
    limits: Limits | None = None,
) -> Measurement:
    """Measure one run of `worker`, the name of a module in `benchmarks.workers`.

    Parameters
    ----------
    arrays
        The votes, as the engine's ``load`` takes them.
    settings
        Given to the engine when it is made.
    python
        The interpreter that has the engine installed.

    Raises
    ------
    NoAnswerError
        Out of memory, out of time, or a failure of the engine.
    """
    allowed = limits or Limits()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _store(folder / "votes.npz", arrays)
        order = {"settings": dict(settings or {}), "memory_gib": allowed.memory_gib}
        (folder / "order.json").write_text(json.dumps(order))
        _run_interpreter([python, "-m", "benchmarks.measuring", worker, name], allowed)
        figures = json.loads((folder / "figures.json").read_text())
        with np.load(folder / "answer.npz") as stored:
            return Measurement(answer=dict(stored), **figures)


def _run_interpreter(command: list[str], limits: Limits) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise NoAnswerError(f"no answer within {limits.seconds:.0f} s") from None
    if process.returncode == OUT_OF_MEMORY:
        raise NoAnswerError(f"out of memory at {limits.memory_gib:.0f} GiB")
    if process.returncode:
        raise NoAnswerError((errors.decode().strip().splitlines() or ["it died"])[-1])


def _serve(worker: str, folder: Path) -> None:
    """Load, run, write down."""
    order = json.loads((folder / "order.json").read_text())
    module = importlib.import_module(f"benchmarks.workers.{worker}")
    engine: Engine[object] = module.Engine(order["settings"])
    limit = int(order["memory_gib"] * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    interpreter = _read_memory("VmRSS")
    with np.load(folder / "votes.npz") as stored:
        data = engine.load(stored)
    loaded = _read_memory("VmRSS")
    FORGET_PEAK.write_text("5")
    before = _read_clock()
    answer = engine.run(data)
    figures = {
        "cpu_seconds": _read_clock() - before,
        "votes_mib": loaded - interpreter,
        "peak_mib": _read_memory("VmHWM") - interpreter,
    }
    _store(folder / "answer.npz", answer)
    (folder / "figures.json").write_text(json.dumps(figures))


def _store(path: Path, arrays: Arrays) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.asarray(array))


def _read_clock() -> float:
    """CPU seconds of this process, its threads and its ended children."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usage)


def _read_memory(figure: str) -> float:
    """One figure of this process's memory in MiB: what is resident, or the most that was."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{figure}:"):
            return int(line.split()[1]) / 1024
    raise NoAnswerError(f"the system does not tell {figure}")


def main() -> None:
    """Be the interpreter of one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worker", help="name of a module in benchmarks.workers")
    parser.add_argument("folder", type=Path, help="where the votes are and the answer goes")
    given = parser.parse_args()
    try:
        _serve(given.worker, given.folder)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
