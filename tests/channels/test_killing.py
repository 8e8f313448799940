"""Worker and server are killed while posts go out: each is posted once, and shown as it is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.databases import DATABASES
from tests.peers.installing import AbsentError, install
from tests.postgresql import AbsentError as NoPostgreSQLError
from tests.postgresql import find_programs

FEW = ["--acts", "12", "--kills", "3"]


@pytest.mark.parametrize("name", DATABASES)
def test_nothing_is_lost_and_nothing_posted_twice_when_both_are_killed(name: str) -> None:
    try:
        install("snac")
        if name == "postgresql":
            find_programs()
    except (AbsentError, NoPostgreSQLError) as reason:
        pytest.skip(str(reason))
    seed = str(int.from_bytes(os.urandom(3)))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.outbox_killing", name, "--seed", seed, *FEW],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{seed}: {done.stdout}{done.stderr}"
    assert done.stdout.endswith("held\n"), f"{seed}: {done.stdout}"
