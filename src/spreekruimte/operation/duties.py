"""Do several things again and again, each at its own pace, whatever happens to the others."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)

# A duty that fails is tried again later and later, up to this many seconds.
LONGEST_PAUSE = 60.0


@dataclass(slots=True)
class Duty:
    """One thing that is to be done every so many seconds.

    Attributes
    ----------
    due
        When it is done next, on the clock of `perform`.
    failures
        How often in a row it failed.
    """

    name: str
    do: Callable[[datetime], object]
    every: float
    due: float = float("-inf")
    failures: int = 0


def perform(
    duties: Sequence[Duty],
    stopping: threading.Event,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Perform duties until told to stop. One that fails leaves a line in the log."""
    while not stopping.is_set():
        close_old_connections()
        for duty in duties:
            if clock() >= duty.due and not stopping.is_set():
                _perform_once(duty)
                duty.due = clock() + _pause_after(duty)
        stopping.wait(max(0.0, min(duty.due for duty in duties) - clock()))


def _perform_once(duty: Duty) -> None:
    try:
        duty.do(timezone.now())
    except Exception:
        duty.failures += 1
        logger.exception("%s failed (%d in a row)", duty.name, duty.failures)
    else:
        duty.failures = 0


def _pause_after(duty: Duty) -> float:
    if not duty.failures:
        return duty.every
    return min(LONGEST_PAUSE, max(1.0, duty.every) * 2.0 ** min(duty.failures - 1, 10))
