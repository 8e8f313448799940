"""Hold what the engine found of a demonstration against what is true of its citizens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.verdicts import Rules
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
from spreekruimte.verdicts.framings import Figures, measure_framings
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


@dataclass(frozen=True)
class Effect:
    """What was found of one comparison, beside what is true; groups stand from the largest on."""

    entry: str
    name: str
    true: list[float]
    found: Figures

    @property
    def inside(self) -> list[bool]:
        """Whether what is true lies in the interval: over all, then in each group."""
        return [
            figure.anytime_low is not None
            and figure.anytime_high is not None
            and figure.anytime_low <= true <= figure.anytime_high
            for figure, true in zip(self.found, self.true, strict=True)
        ]

    def as_row(self) -> list[str]:
        """Write it as the documentation does: what is true, and the interval of everybody."""
        whole = self.found[0]
        low, high = whole.anytime_low or 0.0, whole.anytime_high or 0.0
        within = f"{sum(self.inside)} of {len(self.inside)}"
        return [
            self.entry,
            self.name,
            f"{100 * self.true[0]:+.1f}",
            f"{100 * low:+.1f} to {100 * high:+.1f}",
            within,
        ]


def find_effects() -> list[Effect]:
    """Measure what framings and the mirror change in the open channel of each case with several."""
    return [effect for truth in truths() if truth.framing_shares for effect in _find_effects(truth)]


def _find_effects(truth: Truth) -> list[Effect]:
    round_ = Round.objects.get(case__bank_entry=truth.entry)
    found = measure_framings(collect_votes(round_, Channel.OPEN), Rules(), round_.arms)
    assert found is not None
    assert not found.is_dealt_otherwise
    told = {
        "weight of context": (truth.true_effect("bare", "context"), "weight_of_context"),
        "pull of the fuss": (truth.true_effect("context", "fuss"), "pull_of_fuss"),
    }
    effects = [
        Effect(truth.entry, words, _sort(truth, true), found.effects[name])
        for words, (true, name) in told.items()
    ]
    gap = _sort(truth, truth.true_mirror_gap())
    return [*effects, Effect(truth.entry, "mirror gap", gap, found.mirror_gap)]


def _sort(truth: Truth, figures: list[float]) -> list[float]:
    """Put the figures of groups in the order of their sizes, as the engine names them."""
    places = range(len(truth.groups))
    order = sorted(places, key=lambda place: -truth.groups[place].share)
    return [figures[0], *(figures[1 + place] for place in order)]


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
