from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from tests.outside.answering import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def home(server: Server) -> str:
    server.asked.clear()
    server.received.clear()
    return f"http://127.0.0.1:{server.server_address[1]}"
