"""Who was shown what and what they answered, and the table of counts that this comes down to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Framing(IntEnum):
    """How much of the context a respondent is shown."""

    BARE = 0
    FUNCTION = 1
    DISTANCE = 2
    CONTEXT = 3
    FUSS = 4


class Side(IntEnum):
    """Whether a respondent is shown the post, or the same with its direction turned round."""

    POST = 0
    MIRROR = 1


NO_GROUP = -1
INADMISSIBLE, NO_OPINION, ADMISSIBLE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Respondents:
    """One entry per respondent, in any order; each array has shape (respondents,).

    Attributes
    ----------
    framing, side
        Codes of `Framing` and `Side`.
    answer
        1 admissible, -1 not, 0 no opinion: did not know, or passed.
    group
        The opinion group, from 0, found without these answers; `NO_GROUP` for none.
    """

    framing: Ints
    side: Ints
    answer: Ints
    group: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How many respondents of each group gave each answer in each arm.

    All that is estimated follows from this table, so it does not depend on the order of
    the respondents, and tables of parts of them can be added up.

    Attributes
    ----------
    counts
        Shape (groups + 1, framings, sides, answers), the last row for those without a
        group; the answers stand in the order inadmissible, no opinion, admissible.
    """

    counts: Ints

    @property
    def assigned(self) -> Ints:
        """Shape (framings, sides): the respondents in each arm, whatever they answered."""
        return np.asarray(self.counts.sum(axis=(0, 3)))


def make_respondents(framing: Ints, side: Ints, answer: Ints, group: Ints) -> Respondents:
    """Check the codes of respondents.

    Raises
    ------
    ValueError
        Where arrays are not of one length, or hold codes that do not exist.
    """
    columns = {
        "framing": (framing, 0, len(Framing) - 1),
        "side": (side, 0, len(Side) - 1),
        "answer": (answer, -1, 1),
        "group": (group, NO_GROUP, np.inf),
    }
    for name, (codes, low, high) in columns.items():
        if codes.ndim != 1 or codes.shape != framing.shape:
            raise ValueError(f"every respondent has one {name}")
        if codes.size and not low <= codes.min() <= codes.max() <= high:
            raise ValueError(f"a {name} has a code out of range")
    return Respondents(*(codes.astype(np.int64) for codes, _, _ in columns.values()))


def count_cells(respondents: Respondents, groups: int) -> Cells:
    """Count the answers of each group in each arm, in one pass.

    Parameters
    ----------
    respondents
        From `make_respondents`; there may be none.
    groups
        Number of opinion groups, from 0; groups may be empty.

    Raises
    ------
    ValueError
        Where a respondent is in a group that there is not.
    """
    if respondents.group.max(initial=NO_GROUP) >= groups:
        raise ValueError(f"a respondent is in a group beyond the {groups} that there are")
    shape = (groups + 1, len(Framing), len(Side), 3)
    places = np.ravel_multi_index(
        (
            np.where(respondents.group == NO_GROUP, groups, respondents.group),
            respondents.framing,
            respondents.side,
            respondents.answer + 1,
        ),
        shape,
    )
    return Cells(np.bincount(places, minlength=int(np.prod(shape))).reshape(shape))
