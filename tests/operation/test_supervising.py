import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from spreekruimte.operation.supervising import MOST_ENDS, GivenUpError, Program, Supervisor

PATIENCE = 20.0
# Writes its number down, and runs until told to end.
STAYS = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""
DEAF = STAYS.replace("lambda *_: sys.exit()", "signal.SIG_IGN")


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
        return state != "Z"
    return False


class Programs:
    """Programs that note their numbers in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, name: str, source: str = STAYS) -> Program:
        return Program(name, [sys.executable, "-c", source, str(self.folder / name)])

    def numbers(self, name: str) -> list[int]:
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    made = Programs(tmp_path)
    yield made
    for path in tmp_path.iterdir():
        for number in made.numbers(path.name):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


def test_programs_run_until_they_are_stopped(programs: Programs) -> None:
    supervisor = Supervisor([programs.make("one"), programs.make("other")], os.environ)
    supervisor.start()
    wait_until(lambda: bool(programs.numbers("one") and programs.numbers("other")))
    assert supervisor.mend() == []
    supervisor.stop()
    numbers = programs.numbers("one") + programs.numbers("other")
    assert not any(is_alive(number) for number in numbers)


def test_a_program_that_ends_is_started_again_and_the_other_left_alone(programs: Programs) -> None:
    supervisor = Supervisor([programs.make("one"), programs.make("other")], os.environ)
    supervisor.start()
    wait_until(lambda: bool(programs.numbers("one") and programs.numbers("other")))
    os.kill(programs.numbers("one")[0], signal.SIGKILL)
    wait_until(lambda: supervisor.mend() == ["one"])
    wait_until(lambda: len(programs.numbers("one")) == 2)
    assert len(programs.numbers("other")) == 1
    supervisor.stop()


def test_a_program_that_ends_again_and_again_is_given_up(programs: Programs) -> None:
    supervisor = Supervisor([programs.make("one", "raise SystemExit(3)")], os.environ)
    supervisor.start()
    for _time in range(1, MOST_ENDS):
        wait_until(lambda: supervisor.mend() == ["one"])
    with pytest.raises(GivenUpError) as given_up:
        wait_until(lambda: supervisor.mend() != [])
    assert given_up.value.name == "one"
    supervisor.stop()


def test_a_program_that_ends_now_and_then_is_not_given_up(programs: Programs) -> None:
    hours = iter(range(0, 1_000_000, 3_600))
    supervisor = Supervisor(
        [programs.make("one", "pass")], os.environ, clock=lambda: float(next(hours))
    )
    supervisor.start()
    ends = 0
    while ends < 2 * MOST_ENDS:
        ends += len(supervisor.mend())
        time.sleep(0.01)
    supervisor.stop()


def test_a_program_that_does_not_listen_is_ended(programs: Programs) -> None:
    supervisor = Supervisor([programs.make("deaf", DEAF)], os.environ)
    supervisor.start()
    wait_until(lambda: bool(programs.numbers("deaf")))
    supervisor.stop(patience=0.2)
    assert not is_alive(programs.numbers("deaf")[0])


def test_programs_end_with_who_started_them(programs: Programs) -> None:
    path = str(programs.folder / "one")
    parent = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import os, sys, time\n"
            "from spreekruimte.operation.supervising import Program, Supervisor\n"
            "command = [sys.executable, '-c', sys.argv[1], sys.argv[2]]\n"
            "Supervisor([Program('one', command)], os.environ).start()\n"
            "time.sleep(60)\n",
            STAYS,
            path,
        ]
    )
    wait_until(lambda: bool(programs.numbers("one")))
    parent.kill()
    parent.wait()
    wait_until(lambda: not is_alive(programs.numbers("one")[0]))
