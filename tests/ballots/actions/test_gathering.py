"""What several threads bring at once is done together, each once, and fails together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from spreekruimte.ballots.actions.gathering import AbandonedError, Gathering

PATIENCE = 10.0


class Work:
    """Work that can be held up, and that remembers what it was given together.

    It is begun with one item; as long as the gate is closed, more can be brought.
    """

    def __init__(self) -> None:
        self.done: list[Sequence[int]] = []
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()

    def __call__(self, _key: str, take: Callable[[], Sequence[int]]) -> list[int]:
        items = take()
        self.begun.release()
        assert self.gate.wait(PATIENCE)
        if -1 in items:
            raise OSError("the disk is full")
        self.done.append(items)
        return [item * 10 for item in items]


class Callers:
    """Threads that bring something."""

    def __init__(self, gathering: Gathering[str, int, int], pool: ThreadPoolExecutor) -> None:
        self.gathering = gathering
        self.pool = pool

    def bring(self, item: int, key: str = "a") -> Future[int]:
        return self.pool.submit(self.gathering.bring, key, item)

    def bring_all(self, *items: int) -> list[Future[int]]:
        """Have these wait, in this order."""
        brought = []
        for number, item in enumerate(items, start=1):
            brought.append(self.bring(item))
            while len(self.gathering._waiting["a"]) < number:
                pass
        return brought


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def callers(work: Work) -> Callers:
    return Callers(Gathering(work), ThreadPoolExecutor(16))


def begin(work: Work, callers: Callers, item: int = 1) -> Future[int]:
    first = callers.bring(item)
    assert work.begun.acquire(timeout=PATIENCE)
    return first


def test_who_comes_alone_is_served_alone(work: Work, callers: Callers) -> None:
    work.gate.set()
    assert [callers.gathering.bring("a", item) for item in (1, 2)] == [10, 20]
    assert work.done == [[1], [2]]
    assert callers.gathering._waiting == {}


def test_who_comes_meanwhile_is_served_together(work: Work, callers: Callers) -> None:
    first = begin(work, callers)
    others = callers.bring_all(2, 3, 4)
    work.gate.set()
    assert [each.result(PATIENCE) for each in [first, *others]] == [10, 20, 30, 40]
    assert work.done == [[1], [2, 3, 4]]


def test_who_comes_before_the_last_moment_is_taken_along() -> None:
    """As where the row of a round has to be waited for."""
    begun, gate = threading.Event(), threading.Event()

    def work(_key: str, take: Callable[[], Sequence[int]]) -> Sequence[int]:
        begun.set()
        assert gate.wait(PATIENCE)
        return [len(items) for items in [take()] for _ in items]

    callers = Callers(Gathering(work), ThreadPoolExecutor(16))
    first = callers.bring(1)
    assert begun.wait(PATIENCE)
    others = callers.bring_all(2, 3)
    gate.set()
    assert [each.result(PATIENCE) for each in [first, *others]] == [3, 3, 3]


def test_what_fails_fails_for_all_of_it_and_for_nobody_else(work: Work, callers: Callers) -> None:
    first = begin(work, callers)
    second = callers.bring_all(2, -1, 3)
    work.gate.set()
    assert first.result(PATIENCE) == 10
    failures = [each.exception(PATIENCE) for each in second]
    assert isinstance(failures[0], OSError)
    for each in failures[1:]:
        assert isinstance(each, AbandonedError)
        assert each.__cause__ is failures[0]
    assert callers.gathering.bring("a", 5) == 50


def test_what_fails_before_anything_was_taken_leaves_the_others_to_the_next() -> None:
    begun, gate = threading.Event(), threading.Event()

    def work(_key: str, take: Callable[[], Sequence[int]]) -> Sequence[int]:
        if not begun.is_set():
            begun.set()
            assert gate.wait(PATIENCE)
            raise OSError("there is no connection")
        return take()

    callers = Callers(Gathering(work), ThreadPoolExecutor(16))
    first = callers.bring(1)
    assert begun.wait(PATIENCE)
    others = callers.bring_all(2, 3)
    gate.set()
    assert isinstance(first.exception(PATIENCE), OSError)
    assert [each.result(PATIENCE) for each in others] == [2, 3]


def test_other_keys_do_not_wait(work: Work, callers: Callers) -> None:
    first = begin(work, callers)
    other = callers.bring(2, "b")
    assert work.begun.acquire(timeout=PATIENCE)
    assert not first.done()
    work.gate.set()
    assert (first.result(PATIENCE), other.result(PATIENCE)) == (10, 20)


def test_each_of_many_is_done_once(work: Work, callers: Callers) -> None:
    work.gate.set()
    outcomes = list(callers.pool.map(lambda item: callers.gathering.bring("a", item), range(3000)))
    assert outcomes == [item * 10 for item in range(3000)]
    assert sorted(item for items in work.done for item in items) == list(range(3000))
    assert callers.gathering._waiting == {}
