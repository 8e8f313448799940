"""The synthetic conversations that the benchmarks of the whole engine share."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from benchmarks.generators import (
    VOTE_SHAPES,
    Indices,
    SyntheticVotes,
    generate_continuum,
    generate_groups,
    generate_structureless,
)
from benchmarks.measuring import Arrays

SHARES = {
    2: (0.6, 0.4),
    3: (0.45, 0.35, 0.2),
    4: (0.35, 0.3, 0.2, 0.15),
    5: (0.3, 0.25, 0.2, 0.15, 0.1),
}


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Votes as the workers take them, with the true groups."""

    arrays: Arrays
    groups: Indices
    votes: int
    shape: tuple[int, int]


def draw_conversation(size: int, structure: str, seed: int) -> Conversation:
    """Draw votes with ``"2"`` to ``"5"`` groups, ``"none"``, or along a ``"continuum"``."""
    rng = np.random.default_rng([seed, size])
    drawn = _draw(rng, size, structure)
    matrix = drawn.matrix
    arrays: Arrays = {
        "indptr": matrix.indptr,
        "columns": matrix.columns,
        "values": matrix.values,
        "arrival": matrix.arrival,
        "statement_count": np.array(matrix.statement_count),
    }
    shape = (matrix.participant_count, matrix.statement_count)
    return Conversation(arrays, drawn.groups, matrix.vote_count, shape)


def _draw(rng: np.random.Generator, size: int, structure: str) -> SyntheticVotes:
    shape = VOTE_SHAPES[size]
    if structure == "none":
        return generate_structureless(rng, shape)
    if structure == "continuum":
        return generate_continuum(rng, shape)
    return generate_groups(rng, shape, shares=SHARES[int(structure)])


def read_size(text: str) -> int:
    """Read a number of votes such as 1e6, as an argument."""
    size = int(float(text))
    if size not in VOTE_SHAPES:
        known = ", ".join(f"{votes:.0e}".replace("e+0", "e") for votes in VOTE_SHAPES)
        raise argparse.ArgumentTypeError(f"choose from {known}")
    return size
