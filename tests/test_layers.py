"""Imports point down the layers, and one that does not is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repository import ROOT


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package in which an import can be planted."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_layers_hold(copied: Path) -> None:
    outcome = lint_imports(copied)
    assert outcome.returncode == 0, outcome.stdout
    assert "0 broken" in outcome.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("analysis", "django.conf"),
        ("analysis", "rich.console"),
        ("analysis", "socket"),
        ("analysis", "time"),
        ("analysis", "spreekruimte.look"),
        ("look", "spreekruimte.verdicts"),
        ("verdicts", "spreekruimte.config"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_caught(
    copied: Path, importer: str, imported: str
) -> None:
    planted = copied / "src" / "spreekruimte" / importer / "planted.py"
    planted.write_text(f"import {imported}\n")
    outcome = lint_imports(copied)
    assert outcome.returncode == 1
    assert "1 broken" in outcome.stdout
    assert f"spreekruimte.{importer}.planted -> {imported.split('.')[0]}" in outcome.stdout


def test_a_room_without_a_layer_is_caught(copied: Path) -> None:
    room = copied / "src" / "spreekruimte" / "annex"
    room.mkdir()
    (room / "__init__.py").touch()
    outcome = lint_imports(copied)
    assert outcome.returncode == 1
    assert "- spreekruimte.annex" in outcome.stdout
