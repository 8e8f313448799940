"""The server that tests visit, with style and scripts as in service.

The fixtures are for the `conftest.py` above all tests: whoever asks for the server first starts it
for all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import handlers
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def served_by_ourselves() -> Iterator[None]:
    """Let style and scripts come from where they come from in service, not from the test server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", lambda application: application)
        yield


@pytest.fixture(scope="session")
def live_server(served_by_ourselves: None, live_server: LiveServer) -> LiveServer:  # noqa: ARG001
    """The server of pytest-django, with our own files."""
    return live_server
