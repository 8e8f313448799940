"""The scripts of the repository set up what they need, and pass on what they are given."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repository import ROOT, named

SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "script").iterdir())]
BASH = shutil.which("bash") or "/bin/bash"


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_a_script_can_be_run_and_says_how(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[1].startswith(f"# Usage: {named(script)}")
    assert "set -euo pipefail" in lines
    assert subprocess.run([BASH, "-n", script], check=False).returncode == 0


def run_setup(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASH, ROOT / "script" / "setup", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["nothing-of-the-kind"]])
def test_set_up_refuses_a_set_that_it_does_not_know(arguments: list[str]) -> None:
    outcome = run_setup(*arguments)
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "run, test, benchmarks or lock" in outcome.stderr


def checkout(place: Path) -> Path:
    """A checkout in `place` with its scripts, a lock and a source, but nothing set up."""
    shutil.copytree(ROOT / "script", place / "script")
    analysis = place / "src" / "spreekruimte" / "analysis"
    analysis.mkdir(parents=True)
    (analysis / "module.py").write_text("")
    (place / "requirements").mkdir()
    (place / "requirements" / "run.txt").write_text("")
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def set_up_checkout(place: Path) -> Path:
    """The same, set up, with a command that tells where it is and what it was given."""
    root = checkout(place)
    programs = root / ".venv" / "bin"
    installed = root / ".venv" / "installed"
    programs.mkdir(parents=True)
    installed.mkdir()
    shutil.copy(root / "requirements" / "run.txt", installed)
    shutil.copy(root / "pyproject.toml", installed)
    (root / ".venv" / "place").write_text(f"{root}\n")
    (programs / "python").symlink_to(sys.executable)
    command = programs / "spreekruimte"
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\nexit 2\n')
    command.chmod(0o755)
    return root


def test_run_passes_everything_on_from_the_folder_of_the_caller(tmp_path: Path) -> None:
    root = set_up_checkout(tmp_path / "a checkout")
    here = tmp_path / "elsewhere"
    here.mkdir()
    outcome = subprocess.run(
        [root / "script" / "run", "judge", "two words", "--out", "../out"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.stdout.splitlines() == [str(here), "judge", "two words", "--out", "../out"]
    assert outcome.stderr == ""
    assert outcome.returncode == 2


def run_with_other_python(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the command where no Python may be found to make .venv anew."""
    return subprocess.run(
        [root / "script" / "run"],
        env={"PATH": os.environ["PATH"], "PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_set_up_installs_again_when_the_lock_or_the_project_changed(
    tmp_path: Path, changed: str
) -> None:
    root = set_up_checkout(tmp_path)
    python = root / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text('#!/bin/sh\n[ "$1" = -c ] || { echo "asked: $*" >&2; exit 3; }\n')
    python.chmod(0o755)
    assert run_with_other_python(root).stderr == ""

    with (root / changed).open("a") as file:
        file.write("# changed\n")
    outcome = run_with_other_python(root)
    assert outcome.returncode == 3
    assert outcome.stdout == ""
    assert "setting up .venv from requirements/run.txt" in outcome.stderr
    install = "install --no-compile --no-deps --require-hashes --only-binary :all: --requirement"
    assert install in outcome.stderr


def test_set_up_makes_its_environment_anew_when_the_checkout_moved(tmp_path: Path) -> None:
    moved = set_up_checkout(tmp_path / "before").rename(tmp_path / "after")
    outcome = run_with_other_python(moved)
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert "needs Python 3.11 or newer" in outcome.stderr


def test_compiled_kernels_go_when_any_source_of_the_analysis_changes(tmp_path: Path) -> None:
    root = set_up_checkout(tmp_path)
    analysis = root / "src" / "spreekruimte" / "analysis"
    kernel = analysis / "__pycache__" / "module.kernel-1.py311.nbi"
    kernel.parent.mkdir()
    assert run_with_other_python(root).returncode == 2
    kernel.touch()
    assert run_with_other_python(root).returncode == 2
    assert kernel.exists()

    (analysis / "another.py").write_text("CHANGED = True\n")
    assert run_with_other_python(root).returncode == 2
    assert not kernel.exists()
