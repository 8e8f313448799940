from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.channels.bluesky.connecting import network
from tests.peers.snac import Snac

__all__ = ["network"]


@pytest.fixture
def snac(trusted: Snac) -> Snac:
    """A server with accounts of alice and bob, at which we are not known yet."""
    cache.clear()
    return trusted
