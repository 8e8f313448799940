"""Which votes a verdict on a case rests on, where participants were asked on different texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.shares import FULL_CONTEXT, name_arm
from spreekruimte.verdicts.measures import MEASURE

ARM = "arm"
"""The attribute of a participant that holds the text that was shown, as `name_arm` writes it."""
JUDGEMENT = "judgement"
"""The statement whether the post is admissible."""

ARM_NAMES = tuple(name_arm(arm) for arm in product(FRAMINGS, SIDES))
"""In order: the bare post first, and of each framing the post before the mirror."""

_NOT_IN_FULL = frozenset(ARM_NAMES) - {name_arm(FULL_CONTEXT)}


def find_elsewhere(matrix: VoteMatrix) -> NDArray[np.bool_]:
    """Tell who was shown another text than the post with all context: shape (participants,).

    Empty where nothing is known of what was shown.
    """
    shown = matrix.attributes.get(ARM, ())
    return np.array([arm in _NOT_IN_FULL for arm in shown], dtype=np.bool_)


def is_about_the_post(matrix: VoteMatrix) -> NDArray[np.bool_]:
    """Tell which statement asks whether the post is admissible: shape (statements,)."""
    return np.array([each.id == JUDGEMENT for each in matrix.statements], dtype=np.bool_)


def select_counted(matrix: VoteMatrix) -> VoteMatrix:
    """Keep the votes that a verdict rests on.

    Of participants who were not shown the post with all context, the answers about the post do not
    count: the judgement and the measure. Their votes on reasons do, since everybody is shown the
    same reasons.

    Returns
    -------
    VoteMatrix
        The same one where everybody was shown the post with all context, and where nothing is
        known of what was shown.
    """
    elsewhere = find_elsewhere(matrix)
    if not elsewhere.any():
        return matrix
    kept = ~(elsewhere[matrix.rows] & is_about_the_post(matrix)[matrix.columns])
    counts = np.bincount(matrix.rows[kept], minlength=matrix.participant_count)
    measures = matrix.attributes.get(MEASURE, (None,) * matrix.participant_count)
    counted = replace(
        matrix,
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        columns=matrix.columns[kept],
        values=matrix.values[kept],
        attributes={
            **matrix.attributes,
            MEASURE: tuple(
                None if out else measure
                for out, measure in zip(elsewhere.tolist(), measures, strict=True)
            ),
        },
    )
    return counted.select_participants(counts > 0)
