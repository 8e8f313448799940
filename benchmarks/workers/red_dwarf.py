"""The Polis implementation of red-dwarf, from the package index."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.measuring import Arrays


class Engine:
    """Runs its whole pipeline: matrix, components, groups, statistics."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Import it; there is nothing to compile."""
        del settings
        self.polis: Any = importlib.import_module("reddwarf.implementations.polis")

    def load(self, arrays: Arrays) -> list[dict[str, int]]:
        """Make one record per vote, which is what it takes."""
        counts = np.diff(arrays["indptr"])
        rows = np.repeat(np.arange(len(counts)), counts).tolist()
        columns, values = arrays["columns"].tolist(), arrays["values"].tolist()
        return [
            {"participant_id": row, "statement_id": column, "vote": value}
            for row, column, value in zip(rows, columns, values, strict=True)
        ]

    def run(self, data: list[dict[str, int]]) -> Arrays:
        """Run, seeded; -1 for whom it leaves out."""
        people = self.polis.run_pipeline(votes=data, random_state=1).participants_df
        labels = people["cluster_id"].to_numpy(dtype=float, na_value=-1.0)
        return {"labels": labels.astype(np.int32)}
