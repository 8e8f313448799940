"""What the worker does for channels: send, read, look for what was deleted, tell what follows."""

from __future__ import annotations

import secrets
from datetime import datetime

from spreekruimte.channels.following import order_what_follows
from spreekruimte.channels.reading import check_origins, read_next
from spreekruimte.channels.sending import send_next

_draw = secrets.SystemRandom().random


def send_waiting(now: datetime) -> None:
    """Send the act that is due for the longest time; to be called many times a second."""
    send_next(now=now, draw=_draw)


def read_due(now: datetime) -> None:
    """Read the question that is due for the longest time; to be called every few seconds."""
    read_next(now=now, draw=_draw)


def look_for_deleted(now: datetime) -> None:
    """See whether a few messages are still there; to be called every few seconds."""
    check_origins(now=now)


def tell_what_follows(now: datetime) -> None:
    """Order answers, results and withdrawals; to be called every few seconds."""
    order_what_follows(now=now, draw=secrets.token_bytes)
