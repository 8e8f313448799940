"""Run the `spreekruimte` command in this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from spreekruimte.cli import main


@dataclass(frozen=True)
class Outcome:
    """How a run of the command ended, and what it said."""

    status: object
    said: str
    complained: str


class Command:
    """The command; call it with its arguments."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: object) -> Outcome:
        self._monkeypatch.setattr(sys, "argv", ["spreekruimte", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = self._capsys.readouterr()
        return Outcome(left.value.code or 0, captured.out, captured.err)
