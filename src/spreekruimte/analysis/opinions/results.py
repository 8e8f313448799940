"""What is found about opinions: the space, the groups, and what represents them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class OpinionSpace:
    """The two main directions in which opinions differ.

    Attributes
    ----------
    positions
        Shape (participants, 2); NaN for who gave no opinion on a judged statement.
    axes
        Shape (statements, 2): what each statement contributes to each direction.
    explained
        Shape (2,): share of the variation among opinions along each direction, 0 to 1.
    """

    positions: NDArray[np.float64]
    axes: NDArray[np.float64]
    explained: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement on which a group differs from all others.

    `group_share` and `other_share` are shares of agreement among opinions, and
    `adjusted_p` the p-value after control of the false discovery rate over all
    statements and groups.
    """

    group: int
    column: int
    group_share: float
    other_share: float
    adjusted_p: float


@dataclass(frozen=True, slots=True, eq=False)
class OpinionGroups:
    """Opinion groups, or none.

    Attributes
    ----------
    outcome
        ``"groups"`` only where structure beats the null model and groups predict
        votes that they have not seen.
    p_value
        Of the test against the null model, 0 to 1.
    labels
        Shape (participants,): 0 for the largest group, and so on; -1 unassigned.
    certainty
        Shape (participants,): probability of the most likely group; 0 without groups.
    representatives
        Ordered by group, then by strength.
    """

    outcome: Literal["groups", "no groups"]
    p_value: float
    labels: NDArray[np.int32]
    certainty: NDArray[np.float64]
    representatives: tuple[Representative, ...]

    @property
    def count(self) -> int:
        """Number of groups; 0 without groups."""
        return int(self.labels.max(initial=-1)) + 1

    @property
    def sizes(self) -> tuple[int, ...]:
        """Members per group."""
        assigned = self.labels[self.labels >= 0]
        return tuple(int(size) for size in np.bincount(assigned, minlength=self.count))
