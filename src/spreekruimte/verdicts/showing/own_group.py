"""Which opinion group a respondent answers most like: computed when asked, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from spreekruimte.analysis.opinions.placing import FEWEST_VOTES, SURE, weigh_groups
from spreekruimte.ballots.queries.standing import Standing
from spreekruimte.ballots.queries.votes import JUDGEMENT, name_statement
from spreekruimte.look.numbers import write_chance, write_count
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import StatementResult
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import count_people


@dataclass(frozen=True, slots=True)
class Placed:
    """What a respondent is told: a sentence, and where a group fits, what it agrees with."""

    sentence: str
    sayings: tuple[str, ...] = ()


def place_among_groups(result: ChannelResult, standing: Standing) -> Placed:
    """Compare the votes of a respondent with those of each group."""
    sizes = result.document["groups"]["sizes"]
    if not sizes:
        return Placed(_("There are no opinion groups in this case, so you are in none."))
    votes = {name_statement(pk): vote for pk, vote in standing.reasons.items() if vote}
    if standing.judgement:
        votes[JUDGEMENT] = standing.judgement
    if len(votes) < FEWEST_VOTES:
        return Placed(
            _("Vote on at least %(least)s reasons, then we can tell.")
            % {"least": write_count(FEWEST_VOTES)}
        )
    chances = place_votes((result.judgement, *result.reasons), sizes, votes)
    group = max(range(len(sizes)), key=lambda each: chances[each])
    if chances[group] < SURE:
        return Placed(_("Your answers fit no group clearly better than the others."))
    sentence = _(
        "You answer most like group %(name)s (%(people)s). We are %(chance)s sure of that."
    ) % {
        "name": name_group(group),
        "people": count_people(sizes[group]),
        "chance": write_chance(chances[group]),
    }
    return Placed(sentence, _sayings_of(result, group))


def place_votes(
    results: tuple[StatementResult, ...], sizes: list[int], votes: Mapping[str, int]
) -> list[float]:
    """Give the chance of each group, given the votes of one person (`weigh_groups`)."""
    known = [result for result in results if result.statement.id in votes]
    counts = np.array(
        [[(each.agree, each.disagree) for each in result.by_group] for result in known],
        dtype=np.int64,
    ).reshape(len(known), len(sizes), 2)
    values = np.array([votes[result.statement.id] for result in known], dtype=np.int64)
    rows, columns = np.zeros(len(known), dtype=np.int64), np.arange(len(known))
    agree, disagree = counts[..., 0].T, counts[..., 1].T
    chances = weigh_groups(agree, disagree, np.array(sizes), rows, columns, values)
    return [float(chance) for chance in chances[0]]


def _sayings_of(result: ChannelResult, group: int) -> tuple[str, ...]:
    """Give the reasons on which the group differs most from all others."""
    texts = {reason.statement.id: reason.statement.text for reason in result.reasons}
    return tuple(
        texts[each["statement"]]
        for each in result.document["representatives"]
        if each["group"] == group
        and each["group_share"] > each["other_share"]
        and each["statement"] in texts
    )[:3]
