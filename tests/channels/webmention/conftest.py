from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.ballots.views.conftest import at_now
from tests.channels.webmention.blog import Blog, running_blog

# Pytest takes from here what it finds by name.
__all__ = ["at_now"]


@pytest.fixture
def blog(settings: Settings) -> Iterator[Blog]:
    """A blog that may be asked although it is on this machine."""
    with running_blog() as blog:
        settings.TRUSTED_SERVERS = frozenset({blog.host})
        yield blog
