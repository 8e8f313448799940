from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from tests.verdicts.rounds import SOON


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Path]:
    """The file storage is a folder of this test."""
    folder = tmp_path / "files"
    chosen = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }
    with override_settings(STORAGES={**settings.STORAGES, "default": chosen}):
        yield folder


@pytest.fixture
def at_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages see a moment at which the rounds of the tests are asked."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
