"""What the worker does beside its tasks."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection
from tests.ophef.feeds.newsroom import make_feed
from tests.organisations.people import make_organisation

from spreekruimte.operation.worker import _duties_outside, _perform_alone
from spreekruimte.ophef.models import Feed

PATIENCE = 60.0


@pytest.mark.django_db(transaction=True)
def test_feeds_are_polled_in_a_thread_of_their_own_until_the_worker_stops() -> None:
    # A private address: it is refused without asking anybody.
    make_feed(make_organisation(), "http://10.0.0.1/feed")
    stopping = threading.Event()
    duty = next(duty for duty in _duties_outside() if duty.name == "polling a feed")
    poller = threading.Thread(target=_perform_alone, args=(duty, stopping))
    poller.start()
    deadline = time.monotonic() + PATIENCE
    while not Feed.objects.exclude(problem="").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    stopping.set()
    poller.join(PATIENCE)
    assert not poller.is_alive()
    feed = Feed.objects.get()
    assert (feed.problem, feed.failures) == ("private", 1)
    connection.close()
