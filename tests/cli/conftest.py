import signal
from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.cli.running import Command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    handler = signal.getsignal(signal.SIGTERM)
    yield Command(capsys, monkeypatch)
    signal.signal(signal.SIGTERM, handler)
    translation.deactivate()
