"""The server of the pages: granian, on a place to listen that was taken before.

    python -m spreekruimte.config.server HANDLE

HANDLE is the number of the open socket.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import TYPE_CHECKING

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from spreekruimte.config.databases import DATABASE
from spreekruimte.operation.serving import BACKLOG
from spreekruimte.operation.supervising import end_with_parent

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

THREADS = 20
# What a process may take to finish what it is doing, in seconds.
PATIENCE = 20
# An idle thread lets go of its connection to the database after so many seconds.
IDLE = 300
# New objects between two searches for garbage: the usual 700 are those of a few requests.
OBJECTS = 20_000
# Such searches before one that goes over what outlived them: the usual 10 let so much gather that
# it holds up everybody for a tenth of a second.
SEARCHES = 2


class Server(MPServer):
    """Listens at a place that was taken before: who comes while it is started again, waits."""

    def __init__(self, place: socket.socket, *, processes: int) -> None:
        super().__init__(
            f"{__name__}:load",
            factory=True,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=processes,
            blocking_threads=THREADS,
            blocking_threads_idle_timeout=IDLE,
            backlog=BACKLOG,
            respawn_failed_workers=True,
            workers_kill_timeout=PATIENCE,
            # No log of who asked for what: nobody's address is kept.
            log_access=False,
            log_level=LogLevels.error,
        )
        self._place = place

    def _init_shared_socket(self) -> None:
        # Handed to the processes as granian hands them its own, of which its types know nothing.
        made: dict[str, object] = {
            "_sso": self._place,
            "_shd": SocketHolder(self._place.fileno(), False, BACKLOG),  # type: ignore[call-arg]
        }
        vars(self).update(made)


def load() -> WSGIHandler:
    """Load every page before the first reader asks; a server that cannot do so does not start."""
    from django.urls import get_resolver

    from spreekruimte.config.wsgi import application

    end_with_parent()
    get_resolver().check()
    keep_loaded()
    return application


def keep_loaded() -> None:
    """Let the search for garbage not go through what is loaded by now, since that stays.

    It would hold up everybody for tenths of a second, now and then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, SEARCHES)


def count_processes() -> int:
    """Give the number of processes that serve: as few as can, since each writes for itself.

    On SQLite one, so that ballots that come together share one write to the disk. On PostgreSQL one
    for each two processors: the database uses the other, and the fewer write, the more they share.
    """
    return max(1, (os.cpu_count() or 1) // 2) if os.environ.get(DATABASE) else 1


def main() -> None:
    """Serve until told to stop."""
    Server(socket.socket(fileno=int(sys.argv[1])), processes=count_processes()).serve()


if __name__ == "__main__":
    main()
