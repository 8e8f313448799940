"""A poller is killed in the middle of a feed, and at every step of storing it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from tests.ophef.feeds.newsroom import Answer, item, make_feed, open_newsroom, rss
from tests.ophef.register import make_incident
from tests.organisations.people import NOW

from spreekruimte.ophef.actions.deciding import accept_item
from spreekruimte.ophef.feeds.items import read_items
from spreekruimte.ophef.models import Feed, FeedItem, Signal, Tally
from spreekruimte.organisations.models import OPERATOR

MANY = 120


@pytest.mark.django_db(transaction=True)
def test_a_poller_that_dies_at_any_moment_loses_and_doubles_nothing() -> None:
    content = rss([item(number) for number in range(MANY)])
    pollers: queue.Queue[int] = queue.Queue()

    def send() -> Iterator[bytes]:
        yield content[: len(content) // 2]
        poller = pollers.get(timeout=60)
        if poller == first:
            os.kill(poller, signal.SIGKILL)
        yield content[len(content) // 2 :]

    with open_newsroom() as room:
        room.answers["/feed"] = Answer(send)
        incident = make_incident(words=["plan"])
        feed = make_feed(incident.organisation, f"{room.home}/feed")
        connection.close()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.ophef.feeds.dying"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "spreekruimte.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            given = {"database": connection.settings_dict, "now": NOW.isoformat()}
            process.stdin.write(json.dumps(given, default=str) + "\n")
            process.stdin.flush()
            ends = []
            first = 0
            for line in process.stdout:
                if line.strip().isdecimal():
                    first = first or int(line)
                    pollers.put(int(line))
                else:
                    ends.append(line.strip())
    # Those who died before they asked left their numbers; nobody was killed for them.
    assert process.returncode == 0
    assert ends[-1] == "ended with 0"
    assert set(ends[:-1]) == {"died"}
    assert len(ends) > 10
    expected = {each.digest for each in read_items(content, address=feed.address, now=NOW).items}
    stored = FeedItem.objects.filter(feed=feed, incident=incident)
    assert sorted(stored.values_list("digest", flat=True)) == sorted(expected)
    assert len(expected) == FeedItem.objects.count() == MANY
    polled = Feed.objects.get()
    assert (polled.problem, polled.failures, polled.items_found) == ("", 0, MANY)
    for each in stored:
        accept_item(item=each, actor=OPERATOR, now=NOW)
    assert Signal.objects.count() == Tally.objects.get().count == MANY
