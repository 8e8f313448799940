"""Let threads that want the same done at once have it done together.

Who brings something while nothing is being done, does it at once. Who comes while it is being
done, waits; when that is over, the first who waits takes along all that came meanwhile. So nobody
waits for a clock, and the more come together, the less each costs. There is no thread that has to
be started, survive a fork or be stopped: whoever brings something does the work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class AbandonedError(Exception):
    """What was done together failed as a whole; the cause says how."""


class Gathering(Generic[Key, Item, Outcome]):
    """Does things of one key together and one after the other; those of others go their own way.

    Parameters
    ----------
    work
        Does what was brought for a key. It is given the key and a function that hands out what
        was brought until then, to be called once, as late as can be; and it gives an outcome for
        each item in the same order. It runs in the thread of one of those who brought something.
    """

    def __init__(
        self, work: Callable[[Key, Callable[[], Sequence[Item]]], Sequence[Outcome]]
    ) -> None:
        self._work = work
        self._lock = threading.Lock()
        # Of each key that is being worked on: who waits.
        self._waiting: dict[Key, list[_Brought[Item, Outcome]]] = {}

    def bring(self, key: Key, item: Item) -> Outcome:
        """Have something done, together with what others bring, and give its outcome.

        Raises
        ------
        AbandonedError
            If the work failed for all that was done together, in the thread of another.
        Exception
            What the work raised, in the thread that did it.
        """
        mine: _Brought[Item, Outcome] = _Brought(item)
        with self._lock:
            queue = self._waiting.get(key)
            if queue is None:
                self._waiting[key] = []
            else:
                queue.append(mine)
        if queue is not None:
            mine.wait()
            if not mine.is_next:
                return mine.give()
        return self._lead(key, mine)

    def _lead(self, key: Key, mine: _Brought[Item, Outcome]) -> Outcome:
        together = [mine]

        def take() -> Sequence[Item]:
            with self._lock:
                together.extend(self._waiting[key])
                self._waiting[key] = []
            return [each.item for each in together]

        try:
            outcomes = self._work(key, take)
            for each, outcome in zip(together, outcomes, strict=True):
                each.outcomes.append(outcome)
        except BaseException as error:
            for each in together:
                each.failure = error
            raise
        finally:
            self._hand_over(key)
            for each in together[1:]:
                each.wake()
        return mine.give()

    def _hand_over(self, key: Key) -> None:
        with self._lock:
            queue = self._waiting[key]
            if not queue:
                del self._waiting[key]
                return
            follower = queue.pop(0)
        follower.is_next = True
        follower.wake()


class _Brought(Generic[Item, Outcome]):
    """Something that was brought, and what came of it."""

    __slots__ = ("_is_waiting", "failure", "is_next", "item", "outcomes")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.outcomes: list[Outcome] = []
        self.failure: BaseException | None = None
        self.is_next = False
        # The cheapest thing to wait for: a lock that another thread releases.
        self._is_waiting = threading.Lock()
        self._is_waiting.acquire()

    def wait(self) -> None:
        """Wait until it was done, or until it is up to this thread."""
        self._is_waiting.acquire()

    def wake(self) -> None:
        """Let the thread that waits go on."""
        self._is_waiting.release()

    def give(self) -> Outcome:
        """Give what came of it."""
        if self.failure is not None:
            raise AbandonedError from self.failure
        return self.outcomes[0]
