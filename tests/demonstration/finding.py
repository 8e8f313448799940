"""Hold what the engine found of a demonstration against what is true of its citizens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.ballots.models import Channel, Reason, Round
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.ballots.queries.votes import (
    JUDGEMENT,
    collect_votes,
    name_participant,
    name_statement,
)
from spreekruimte.cases.models import Case
from spreekruimte.demonstration.citizens import simulate
from spreekruimte.demonstration.truths import Truth, truths
from spreekruimte.demonstration.voting import respondent_of
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement, StatementResult


@dataclass(frozen=True)
class Finding:
    """What was found of one case in the open channel, beside what is true.

    Attributes
    ----------
    placed
        Which part of those that were put in a group were put in their own; None without groups.
    inside
        Of the post and each reason, whether the true share lies in the interval.
    """

    truth: Truth
    people: int
    groups: int
    placed: float | None
    post: StatementResult
    inside: tuple[bool, ...]

    def as_row(self) -> list[str]:
        """Write it as the documentation does."""
        true = self.truth.true_shares()[0]
        support = self.post.support
        placed = "—" if self.placed is None else f"{self.placed:.0%}"
        return [
            self.truth.entry,
            f"{self.people:,}",
            "none" if len(self.truth.groups) == 1 else str(len(self.truth.groups)),
            str(self.groups) if self.groups else "none",
            placed,
            f"{true:.1%}",
            f"{support.low:.1%} to {support.high:.1%}",
            self.post.outcome,
            f"{sum(self.inside)} of {len(self.inside)}",
        ]


def find_all() -> list[Finding]:
    """Judge the open channel of every case from its ballots, and compare."""
    return [_find(truth) for truth in truths()]


def _find(truth: Truth) -> Finding:
    case = Case.objects.get(bank_entry=truth.entry)
    round_ = Round.objects.get(case=case)
    judgement = judge_votes(collect_votes(round_, Channel.OPEN))
    results = {result.statement.id: result for result in judgement.results}
    names = [JUDGEMENT, *(_name(round_, reason.text) for reason in truth.reasons)]
    shares = truth.true_shares()
    found = [results[name] for name in names]
    return Finding(
        truth=truth,
        people=judgement.matrix.participant_count,
        groups=judgement.groups.count,
        placed=_place(truth, round_, judgement) if judgement.groups.count else None,
        post=found[0],
        inside=tuple(
            each.support.low <= share <= each.support.high
            for each, share in zip(found, shares, strict=True)
        ),
    )


def _name(round_: Round, text: str) -> str:
    return name_statement(Reason.objects.get(round=round_, content=text).pk)


def _place(truth: Truth, round_: Round, judgement: Judgement) -> float:
    true = simulate(truth, truth.people, truth.seed).group
    own = {}
    for number in range(truth.people):
        pseudonym = pseudonym_of(round_.case_id, respondent_of(truth, number))
        assert pseudonym is not None
        own[name_participant(round_.log_name, pseudonym)] = true[number]
    own_group = np.array([own[name] for name in judgement.matrix.participant_ids])
    return _agree(own_group, judgement.groups.labels)


def _agree(true: NDArray[np.int64], found: NDArray[np.int32]) -> float:
    """Give the part on which two groupings agree, under the best naming of the groups."""
    assigned = found >= 0
    names = range(int(max(true.max(), found.max())) + 1)
    return max(
        float((np.array(naming)[found[assigned]] == true[assigned]).mean())
        for naming in permutations(names)
    )
