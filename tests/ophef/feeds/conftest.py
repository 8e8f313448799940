"""A newsroom that runs, a feed of it and an incident that its news can be about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from tests.ophef.feeds.newsroom import Newsroom, make_feed, open_newsroom
from tests.ophef.register import make_incident

from spreekruimte.ophef.models import Feed, Incident


@pytest.fixture(scope="module")
def running() -> Iterator[Newsroom]:
    with open_newsroom() as room:
        yield room


@pytest.fixture
def room(running: Newsroom) -> Newsroom:
    running.answers.clear()
    running.asked.clear()
    running.sent = 0
    return running


@pytest.fixture
def incident() -> Incident:
    return make_incident(words=["plan"])


@pytest.fixture
def feed(room: Newsroom, incident: Incident) -> Feed:
    return make_feed(incident.organisation, f"{room.home}/feed")


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    caplog.set_level(logging.INFO, logger="spreekruimte.ophef")
    return lambda: caplog.text
