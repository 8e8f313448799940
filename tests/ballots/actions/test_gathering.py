"""Threads that want the same done at once have it done together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from spreekruimte.ballots.actions.gathering import AbandonedError, Gathering

Take = Callable[[], Sequence[int]]


class Doubling:
    """Doubles what is brought; each time waits until it may go on."""

    def __init__(self) -> None:
        self.done: list[tuple[str, list[int]]] = []
        self.began = threading.Semaphore(0)
        self.may_go_on = threading.Semaphore(0)
        self.gathering = Gathering(self.double)

    def double(self, key: str, take: Take) -> list[int]:
        brought = take()
        self.began.release()
        self.may_go_on.acquire()
        self.done.append((key, sorted(brought)))
        if 0 in brought:
            raise ZeroDivisionError
        return [2 * each for each in brought]


def bring(work: Doubling, threads: ThreadPoolExecutor, *items: int) -> list[Future[int]]:
    """Bring the first, and the others while it is being done."""
    first = threads.submit(work.gathering.bring, "a", items[0])
    work.began.acquire()
    others = [threads.submit(work.gathering.bring, "a", item) for item in items[1:]]
    while len(work.gathering._waiting["a"]) < len(others):
        time.sleep(0.001)
    return [first, *others]


def test_what_comes_meanwhile_is_done_together_and_each_gets_its_own() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as threads:
        brought = bring(work, threads, 1, 2, 3, 4)
        work.may_go_on.release(2)
        assert [each.result() for each in brought] == [2, 4, 6, 8]
    assert work.done == [("a", [1]), ("a", [2, 3, 4])]


def test_those_of_another_key_go_their_own_way() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as threads:
        bring(work, threads, 1)
        other = threads.submit(work.gathering.bring, "b", 5)
        work.began.acquire()
        work.may_go_on.release(2)
        assert other.result() == 10


def test_a_failure_is_that_of_all_who_were_done_together_and_of_nobody_else() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as threads:
        first, *others = bring(work, threads, 1, 0, 2)
        work.may_go_on.release(2)
        assert first.result() == 2
        failures = {type(each.exception()) for each in others}
    assert failures == {ZeroDivisionError, AbandonedError}
    work.may_go_on.release()
    assert work.gathering.bring("a", 3) == 6


def test_who_fails_before_taking_leaves_the_others_alone() -> None:
    began, may_fail = threading.Event(), threading.Event()

    def work(_key: str, take: Take) -> Sequence[int]:
        if not began.is_set():
            began.set()
            may_fail.wait()
            raise TimeoutError
        return take()

    gathering = Gathering(work)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(gathering.bring, "a", 1)
        began.wait()
        second = threads.submit(gathering.bring, "a", 2)
        while not gathering._waiting["a"]:
            time.sleep(0.001)
        may_fail.set()
        with pytest.raises(TimeoutError):
            first.result()
        assert second.result() == 2
