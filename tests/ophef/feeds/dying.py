"""Poll a feed in processes that die: one in the middle of fetching, then one before each step.

Run as ``python -m tests.ophef.feeds.dying``. It reads the settings of a database from its input as
JSON, and writes the number of each process that polls, and what became of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

import django


def main() -> None:
    """Poll, die, and poll again where the lease of the dead one has ended, until one lives."""
    given = json.loads(sys.stdin.readline())
    from django.conf import settings

    settings.DATABASES["default"] = given["database"]
    django.setup()
    from spreekruimte.ophef.actions.polling import LEASE
    from spreekruimte.ophef.feeds.polling import poll_next

    now = datetime.fromisoformat(given["now"])
    # Before the first step there is none to die at: the one who waits for the server.
    for step in count():
        child = os.fork()
        if child == 0:
            with dying_at(step):
                poll_next(now=now + step * LEASE, draw=lambda: 0.5, allow_loopback=True)
            os._exit(0)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("died" if died else f"ended with {status}", flush=True)
        if not died:
            return


@contextmanager
def dying_at(step: int) -> Iterator[None]:
    """End this process just before a step: a statement or a commit, counted from 1."""
    from django.db import connection as of_this_thread

    connection: Any = of_this_thread
    steps = count(1)

    def take_step() -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(run: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - as Django has it
        take_step()
        return run(*arguments)

    commit = connection._commit

    def commit_or_die() -> None:
        take_step()
        commit()

    connection._commit = commit_or_die
    with connection.execute_wrapper(execute):
        yield
    connection.close()


if __name__ == "__main__":
    main()
