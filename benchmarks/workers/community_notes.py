"""The factorisation of Community Notes, from a checkout of their repository."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Arrays


class Engine:
    """Runs their model by gradient descent, with their defaults."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Import their modules; settings: `checkout`, the path, and `seed`, of their start.

        They report to a service by a package that no fit needs; what stands in for it
        does nothing.
        """
        silent = SimpleNamespace(log=_ignore, finish=_ignore)
        reporter = ModuleType("wandb")
        vars(reporter).update(Settings=_ignore, init=lambda **_: silent)
        sys.modules["wandb"] = reporter
        sys.path.insert(0, str(Path(settings["checkout"]) / "scoring" / "src"))
        self.pandas: Any = importlib.import_module("pandas")
        self.names: Any = importlib.import_module("scoring.constants")
        self.model: Any = importlib.import_module(
            "scoring.matrix_factorization.matrix_factorization"
        )
        self.seed = int(settings["seed"])
        self.counts = (0, 0)

    def load(self, arrays: Arrays) -> object:
        """Make the table that they take."""
        self.counts = (int(arrays["user_count"]), int(arrays["item_count"]))
        frame: object = self.pandas.DataFrame(
            {
                self.names.noteIdKey: arrays["items"].astype(np.int64),
                self.names.raterParticipantIdKey: arrays["users"].astype(np.int64),
                self.names.helpfulNumKey: arrays["ratings"].astype(np.float64),
            }
        )
        return frame

    def run(self, data: object) -> Arrays:
        """Fit."""
        notes, raters, mu = self.model.MatrixFactorization(log=False, seed=self.seed).run_mf(data)
        user_count, item_count = self.counts
        names = self.names

        def place(
            table: Mapping[str, object], key: str, name: str, count: int
        ) -> NDArray[np.float64]:
            placed = np.zeros(count)
            placed[np.asarray(table[key])] = np.asarray(table[name], dtype=np.float64)
            return placed

        note, rater = names.noteIdKey, names.raterParticipantIdKey
        return {
            "mu": np.array(mu),
            "user_intercepts": place(raters, rater, names.internalRaterInterceptKey, user_count),
            "item_intercepts": place(notes, note, names.internalNoteInterceptKey, item_count),
            "user_factors": place(raters, rater, names.rater_factor_key(1), user_count),
            "item_factors": place(notes, note, names.note_factor_key(1), item_count),
        }


def _ignore(*_: object, **__: object) -> None:
    """Report nothing."""
