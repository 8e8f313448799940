"""The worker: what goes on in the background, on one machine or on many."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from datetime import datetime

from django.db import connection

from spreekruimte.operation.duties import Duty, perform
from spreekruimte.operation.tasks import run_waiting, show_alive, show_gone, take_back_abandoned
from spreekruimte.operation.warming import warm_kernels

# How long a task may go on after the worker was told to stop, in seconds.
PATIENCE = 20.0


def work(*, stopping: threading.Event, started_at: datetime) -> None:
    """Work until told to stop.

    What has to follow ballots closely does not wait for long tasks, such as a report: these run
    beside it.
    """
    name = f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"

    def run_one(_now: datetime) -> None:
        run_waiting(worker=name)

    def sign(now: datetime) -> None:
        show_alive(worker=name, started_at=started_at, now=now)

    def take_back(now: datetime) -> None:
        take_back_abandoned(now=now)

    sign(started_at)
    beside = threading.Thread(
        target=_perform_beside, args=([Duty("the queue", run_one, every=0.5)], stopping)
    )
    beside.daemon = True
    beside.start()
    warm_kernels()
    perform(
        [
            Duty("the sign of life", sign, every=10.0),
            Duty("the search for abandoned tasks", take_back, every=30.0),
        ],
        stopping,
    )
    beside.join(PATIENCE)
    show_gone(worker=name)


def _perform_beside(duties: list[Duty], stopping: threading.Event) -> None:
    try:
        perform(duties, stopping)
    finally:
        connection.close()
