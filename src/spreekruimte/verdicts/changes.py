"""How the same people judged before and after something: who moved, and toward what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from spreekruimte.analysis.framings import FEWEST_OPINIONS, NO_GROUP, compare_ballots
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.ballots.queries.changes import Pair
from spreekruimte.verdicts.documents import Document
from spreekruimte.verdicts.framings.documents import lay_figures_out, read_figures
from spreekruimte.verdicts.framings.measuring import group_by_reasons, read_estimates
from spreekruimte.verdicts.framings.results import Figures

Moves = tuple[tuple[int, ...], ...]
"""People by answer before (rows) and after: inadmissible, no opinion, admissible."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How judgements changed, of everybody first and then of each group.

    Attributes
    ----------
    moves
        For each, how many went from which answer to which.
    change
        The share that finds the post admissible after, less before, of who has an opinion both
        times.
    """

    moves: tuple[Moves, ...]
    change: Figures

    @property
    def people(self) -> int:
        """How many judged before it."""
        return sum(map(sum, self.moves[0]))

    @property
    def towards(self) -> int:
        """How many went up: to "admissible", or from "not admissible" to no opinion."""
        return self._count(1)

    @property
    def away(self) -> int:
        """How many went down."""
        return self._count(-1)

    def _count(self, direction: int) -> int:
        return sum(
            people
            for before, row in enumerate(self.moves[0])
            for after, people in enumerate(row)
            if (after > before) - (after < before) == direction
        )


def measure_changes(
    pairs: Sequence[Pair], names: Mapping[int, str], given: VoteMatrix, rules: Rules
) -> Changes | None:
    """Compare the judgements of the same people before and after something; None of nobody.

    Nothing tells what made them change: who comes back is no random part of who judged. Groups
    follow from the votes on reasons alone (`group_by_reasons`), and only where there are pairs
    enough.

    Parameters
    ----------
    names
        Of each participation, its name in the votes.
    """
    if not pairs:
        return None
    labels = (
        group_by_reasons(given, rules)
        if len(pairs) >= FEWEST_OPINIONS
        else np.full(given.participant_count, NO_GROUP, dtype=np.int64)
    )
    group_of = dict(zip(given.participant_ids, labels.tolist(), strict=True))
    found = compare_ballots(
        np.array([each.before for each in pairs], dtype=np.int64),
        np.array([each.after for each in pairs], dtype=np.int64),
        np.array([group_of.get(names[each.participation], NO_GROUP) for each in pairs]),
        int(labels.max(initial=NO_GROUP)) + 1,
        rules.anytime_level,
    )
    return Changes(_read_moves(found.moves.tolist()), read_estimates(found.change))


def to_document(changes: Changes) -> Document:
    """Lay the changes out as JSON holds them."""
    return {
        "moves": [[list(row) for row in moves] for moves in changes.moves],
        "change": lay_figures_out(changes.change),
    }


def from_document(document: Document) -> Changes:
    """Read back what `to_document` laid out."""
    return Changes(_read_moves(document["moves"]), read_figures(document["change"]))


def _read_moves(stored: list[list[list[int]]]) -> tuple[Moves, ...]:
    return tuple(tuple(tuple(row) for row in moves) for moves in stored)
