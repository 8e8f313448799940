"""Keep programs running: start them, start them again when they end, stop them all together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

# A program that ends more often than this within a minute will not get better by itself.
MOST_ENDS, WITHIN = 5, 60.0
# How long a program may take to finish what it is doing before it is ended.
PATIENCE = 30.0
PAUSE = 0.05

_PARENT_DEATH_SIGNAL = 1


class GivenUpError(Exception):
    """A program ends again and again.

    Attributes
    ----------
    name
        Which one.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Program:
    """What is to run.

    Attributes
    ----------
    command
        The program and its arguments.
    handles
        The open files that it takes over.
    """

    name: str
    command: Sequence[str]
    handles: tuple[int, ...] = ()


@dataclass(slots=True)
class Supervisor:
    """Programs that run until `stop`; use it from one thread."""

    programs: Sequence[Program]
    environment: Mapping[str, str]
    clock: Callable[[], float] = time.monotonic
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _ends: dict[str, deque[float]] = field(default_factory=dict)

    def start(self) -> None:
        """Start every program."""
        for program in self.programs:
            self._running[program.name] = self._launch(program)

    def mend(self) -> list[str]:
        """Start again what has ended; name it.

        Raises
        ------
        GivenUpError
            If a program has ended too often.
        """
        ended = [each for each in self.programs if self._running[each.name].poll() is not None]
        for program in ended:
            self._count(program)
            self._running[program.name] = self._launch(program)
        return [program.name for program in ended]

    def stop(self, patience: float = PATIENCE) -> None:
        """Tell every program to end, wait for that, and end what does not."""
        for process in self._running.values():
            process.terminate()
        until = self.clock() + patience
        for process in self._running.values():
            try:
                process.wait(max(0.0, until - self.clock()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _launch(self, program: Program) -> subprocess.Popen[bytes]:
        # In a session of its own, so that Ctrl-C reaches us alone and each ends in good order.
        return subprocess.Popen(  # noqa: S603 - our own programs
            program.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            pass_fds=program.handles,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def _count(self, program: Program) -> None:
        now = self.clock()
        ends = self._ends.setdefault(program.name, deque(maxlen=MOST_ENDS))
        ends.append(now)
        if len(ends) == MOST_ENDS and now - ends[0] < WITHIN:
            raise GivenUpError(program.name)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Let this process be told to end when the one that started it is gone, however that came."""
    if _libc is not None:
        _libc.prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
