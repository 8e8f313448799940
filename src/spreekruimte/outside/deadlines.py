"""An end to an exchange, whatever it waits for.

A time limit of a socket holds for one read: whoever sends a byte now and then is never out of time.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from types import TracebackType
from typing import Any

# Events of the connection that httpx tells of: the second one replaces the socket of the first.
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")


class Deadline:
    """Cuts a connection off after a time, so that who reads from it finds its end.

    Parameters
    ----------
    seconds
        From when it is entered.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._socket: socket.socket | None = None
        self._is_over = False

    def __enter__(self) -> Deadline:
        """Begin to count."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop counting."""
        self._timer.cancel()

    def watch(self, event: str, told: Mapping[str, Any]) -> None:
        """Take note of the connection, as the ``trace`` of a request in httpx."""
        if event in _CONNECTED:
            self._socket = told["return_value"].get_extra_info("socket")
            if self._is_over:
                self._cut()

    def _cut(self) -> None:
        self._is_over = True
        if self._socket is not None:
            # It may be closed by now.
            with suppress(OSError):
                # Not by the method of an encrypted socket, which forgets what another thread uses.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
