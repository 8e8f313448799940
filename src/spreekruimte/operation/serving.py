"""Serve the pages and work in the background, as two programs under one supervisor."""

from __future__ import annotations

import http.client
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType

from django.utils.translation import gettext as _

from spreekruimte.operation.supervising import Program, Supervisor
from spreekruimte.organisations.refusals import RefusedError

PORT = 8000
# Connections that wait while the server is busy, or is started again.
BACKLOG = 2048
# How often is looked whether all still run, in seconds.
INTERVAL = 0.25
# How long a first answer may take before it is asked for again.
ANSWER = 1.0


def listen(host: str, port: int | None) -> socket.socket:
    """Take a place where browsers can connect.

    It is ours as long as we run, so that nobody is turned away while a server is started again.

    Parameters
    ----------
    port
        None for the usual one, or any that is free where that one is taken.

    Raises
    ------
    RefusedError
        If the place cannot be had.
    """
    try:
        return _bind(host, PORT if port is None else port)
    except OSError as error:
        if port is not None:
            raise RefusedError(
                _("Cannot listen at %(host)s, port %(port)s: %(reason)s.")
                % {"host": host, "port": port, "reason": error.strerror or error}
            ) from error
    try:
        return _bind(host, 0)
    except OSError as error:
        raise RefusedError(
            _("Cannot listen at %(host)s: %(reason)s.")
            % {"host": host, "reason": error.strerror or error}
        ) from error


def address_of(place: socket.socket) -> str:
    """Give the address by which a browser on this machine finds the place.

    It is a name where it can be: browsers keep passkeys for names only.
    """
    host, port = _reach(place)
    if host == "127.0.0.1":
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(
    place: socket.socket,
    *,
    environment: Mapping[str, str],
    tell_ready: Callable[[], None],
    tell_mended: Callable[[str], None],
) -> None:
    """Serve until told to stop, by SIGINT or SIGTERM; then end everything that was started.

    Parameters
    ----------
    environment
        For the programs.
    tell_ready
        Called once pages are answered.
    tell_mended
        Called with the name of a program that ended and was started again.

    Raises
    ------
    GivenUpError
        If a program ends again and again.
    """
    supervisor = Supervisor(_programs(place), environment)
    is_ready = False
    with watch_signals() as stopping:
        try:
            supervisor.start()
            while not stopping.wait(INTERVAL):
                for name in supervisor.mend():
                    tell_mended(name)
                if not is_ready and _answers(place):
                    is_ready = True
                    tell_ready()
        finally:
            supervisor.stop()


@contextmanager
def watch_signals() -> Iterator[threading.Event]:
    """Turn SIGINT and SIGTERM into an event, for who ends in good order."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    watched = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(each, stop) for each in watched]
    try:
        yield stopping
    finally:
        for each, handler in zip(watched, before, strict=True):
            signal.signal(each, handler)


def _programs(place: socket.socket) -> list[Program]:
    return [
        Program(
            "server",
            [
                *(sys.executable, "-m", "spreekruimte.config.server"),
                str(place.fileno()),
            ],
            handles=(place.fileno(),),
        ),
        Program("worker", [sys.executable, "-m", "spreekruimte.cli", "worker"]),
    ]


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    try:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((host, port))
        place.listen(BACKLOG)
    except BaseException:
        place.close()
        raise
    return place


def _reach(place: socket.socket) -> tuple[str, int]:
    """Give host and port by which this machine reaches the place."""
    host, port = place.getsockname()[:2]
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not listened at
    return everywhere.get(host, host), port


def _answers(place: socket.socket) -> bool:
    """Tell whether the first page comes."""
    # By number: a machine need not know its own name.
    connection = http.client.HTTPConnection(*_reach(place), timeout=ANSWER)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
