"""Sends what waits in the outbox, until it is killed.

Run as ``python -m benchmarks.sending_worker``, with the environment of the installation. A lease
lasts a few seconds, and pauses are short: what is measured is what happens, not how long it takes.
"""

from __future__ import annotations

import random
import threading
from datetime import timedelta

import django


def main() -> None:
    """Send, one act after the other."""
    django.setup()
    from spreekruimte.channels import turns
    from spreekruimte.channels.actions import outbox
    from spreekruimte.channels.sending import send_next
    from spreekruimte.operation.duties import Duty, perform

    turns.SPACING = timedelta(0)
    outbox.LEASE, outbox.FIRST_PAUSE = timedelta(seconds=LEASE_SECONDS), timedelta(seconds=0.2)
    duty = Duty("sending", lambda now: send_next(now=now, draw=random.random), every=0.01)
    perform([duty], threading.Event())


# More than one answer may take, so that no act is tried while an earlier try still runs.
LEASE_SECONDS = 12.0

if __name__ == "__main__":
    main()
