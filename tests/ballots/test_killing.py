"""Server and worker are killed while ballots come in, and no acknowledged ballot is lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.databases import DATABASES
from tests.postgresql import AbsentError, find_programs

FEW = ["--kills", "2", "--ballots", "150", "--clients", "6", "--wait", "0"]


@pytest.mark.parametrize("name", DATABASES)
def test_no_acknowledged_ballot_is_lost_when_everything_is_killed(name: str) -> None:
    if name == "postgresql":
        try:
            find_programs()
        except AbsentError as reason:
            pytest.skip(str(reason))
    seed = str(int.from_bytes(os.urandom(3)))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.killing", name, "--seed", seed, *FEW],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{seed}: {done.stdout}{done.stderr}"
    assert done.stdout.endswith("held\n")
