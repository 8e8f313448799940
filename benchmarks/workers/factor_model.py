"""Our factor model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.measuring import Arrays
from spreekruimte.analysis.bridging.factor_model import fit_factor_model


class Engine:
    """Fits the intercept-and-factor model."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Fit twenty ratings, in and out of order, so that all loops are compiled."""
        del settings
        users = np.repeat(np.arange(5, dtype=np.int32), 4)
        items = np.tile(np.arange(4, dtype=np.int32), 5)
        ratings = ((users * items) % 3 / 2).astype(np.float32)
        for order in (np.arange(20), np.arange(20)[::-1]):
            fit_factor_model(users[order], items[order], ratings[order], user_count=5, item_count=4)

    def load(self, arrays: Arrays) -> Arrays:
        """Read the ratings; they are taken as they are."""
        return dict(arrays)

    def run(self, data: Arrays) -> Arrays:
        """Fit."""
        model = fit_factor_model(
            data["users"],
            data["items"],
            data["ratings"],
            user_count=int(data["user_count"]),
            item_count=int(data["item_count"]),
        )
        return {
            "mu": np.array(model.mu),
            "user_intercepts": model.user_intercepts,
            "item_intercepts": model.item_intercepts,
            "user_factors": model.user_factors,
            "item_factors": model.item_factors,
            "sweeps": np.array(model.sweeps),
        }
