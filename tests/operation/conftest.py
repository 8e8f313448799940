from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.operation.processes import said_by, spreekruimte, wait_until


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first start leaves on SQLite, made once: making the tables takes the longest."""
    folder = tmp_path_factory.mktemp("first") / "data"
    with spreekruimte(folder, "up") as process:
        wait_until(lambda: "staat op" in said_by(folder), process, folder)
    return folder


@pytest.fixture
def folder(first_start: Path, tmp_path: Path) -> Path:
    """A folder in which there was a first start."""
    return Path(shutil.copytree(first_start, tmp_path / "data"))
