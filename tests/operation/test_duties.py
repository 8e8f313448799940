import logging
import threading
from datetime import datetime

import pytest

from spreekruimte.operation.duties import LONGEST_PAUSE, Duty, perform

# Between duties, connections that are no good any more are closed.
pytestmark = pytest.mark.django_db


class Hours:
    """A clock that is read, and a bell that rings after some waiting on it."""

    def __init__(self, until: float) -> None:
        self.now = 0.0
        self.until = until

    def clock(self) -> float:
        return self.now


class Stopping(threading.Event):
    """An event for which nobody waits really: waiting moves the clock on."""

    def __init__(self, hours: Hours) -> None:
        super().__init__()
        self.hours = hours

    def wait(self, timeout: float | None = None) -> bool:
        self.hours.now += max(timeout or 0.0, 0.01)
        if self.hours.now >= self.hours.until:
            self.set()
        return self.is_set()


def run(*given: Duty, until: float) -> None:
    hours = Hours(until)
    perform(given, Stopping(hours), clock=hours.clock)


def test_each_duty_is_done_at_its_own_pace() -> None:
    done: dict[str, int] = {"often": 0, "seldom": 0}

    def do(name: str) -> Duty:
        def count(_now: datetime) -> None:
            done[name] += 1

        return Duty(name, count, every={"often": 1.0, "seldom": 10.0}[name])

    run(do("often"), do("seldom"), until=30.5)
    assert done == {"often": 31, "seldom": 4}


def test_a_duty_gets_the_moment() -> None:
    moments: list[datetime] = []
    run(Duty("one", moments.append, every=1.0), until=0.5)
    assert len(moments) == 1
    assert moments[0].tzinfo is not None


def test_a_duty_that_fails_is_logged_and_pauses_longer_while_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[datetime] = []

    def fail(_now: datetime) -> None:
        raise ValueError("a bad day")

    failing = Duty("the bad one", fail, every=1.0)
    with caplog.at_level(logging.ERROR):
        run(failing, Duty("the good one", done.append, every=1.0), until=100.0)
    assert len(done) == 100
    # After 1, 2, 4, 8, 16, 32 and then 60 seconds each time.
    assert failing.failures == 7
    assert "the bad one failed (7 in a row)" in caplog.text
    assert failing.due - 63.0 == LONGEST_PAUSE


def test_a_duty_that_recovers_is_at_its_own_pace_again() -> None:
    times: list[datetime] = []

    def fail_at_first(now: datetime) -> None:
        times.append(now)
        if len(times) < 3:
            raise ValueError

    duty = Duty("one", fail_at_first, every=1.0)
    run(duty, until=10.5)
    # At 0, 1 and 3, and then each second.
    assert len(times) == 10
    assert duty.failures == 0
