"""Who took part in a round, in cells that nobody can be picked out of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from spreekruimte.ballots.models import Ballot, Channel, Participation, Question, Round

LEAST = 20
"""A cell of fewer people is not published."""
UNANSWERED = ""
SAYS_MOST = ("region", "government", "age", "gender")
"""The questions whose answers are left out, in this order, until nobody is alone in the rest."""

Cells = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Participants:
    """Who judged in one channel of a round.

    Attributes
    ----------
    total
        How many.
    tiers
        How many by way in; None where that is withheld.
    about
        By question about themselves, how many gave which answer, `UNANSWERED` included.
    """

    total: int
    tiers: Cells
    about: Mapping[str, Cells]


def count_participants(round_: Round, channel: Channel) -> Participants:
    """Count who judged in a channel, by way in and by each optional answer."""
    tiers: Counter[str] = Counter()
    profiles: Counter[tuple[tuple[str, str], ...]] = Counter()
    counted = _judging(round_, channel).values_list("tier", "about").annotate(count=Count("pk"))
    for tier, about, count in counted.order_by():
        tiers[tier] += count
        profiles[_profile(about)] += count
    total = tiers.total()
    return Participants(
        total, withhold(tiers), {question: withhold(cells) for question, cells in _fold(profiles)}
    )


def withhold(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Leave out the cells of fewer than `LEAST`.

    Where that is one cell, the smallest of the others goes too: it would follow from the total.
    """
    small = {name for name, count in counts.items() if count < LEAST}
    if len(small) == 1 and len(counts) > 1:
        others = [(count, name) for name, count in counts.items() if name not in small]
        small.add(min(others)[1])
    return {name: None if name in small else count for name, count in sorted(counts.items())}


def publishable_answers(round_: Round, channel: Channel) -> dict[int, Mapping[str, str]]:
    """Give what participants say about themselves, by the id of their participation.

    What is told of a participant is told, word for word, of at least `LEAST`. Where all answers
    together would single somebody out, those that say most go first, in the order of `SAYS_MOST`;
    of who is left nothing is told.
    """
    given = _judging(round_, channel).exclude(about={}).values_list("pk", "about")
    return coarsen({pk: dict(_profile(about)) for pk, about in given})


def coarsen(answers: Mapping[int, Mapping[str, str]]) -> dict[int, Mapping[str, str]]:
    """Leave out answers until each participant says what at least `LEAST` say."""
    told: dict[int, Mapping[str, str]] = {}
    left = {pk: _profile(about) for pk, about in answers.items() if about}
    for question in (None, *SAYS_MOST):
        left = {
            pk: shorter
            for pk, profile in left.items()
            if (shorter := tuple(each for each in profile if each[0] != question))
        }
        sizes = Counter(left.values())
        told |= {pk: dict(profile) for pk, profile in left.items() if sizes[profile] >= LEAST}
        left = {pk: profile for pk, profile in left.items() if pk not in told}
    return told


def _judging(round_: Round, channel: Channel) -> QuerySet[Participation]:
    judgement = Ballot.objects.filter(
        participation=OuterRef("pk"), question=Question.JUDGEMENT, is_latest=True
    )
    return Participation.objects.filter(Exists(judgement), round=round_, channel=channel)


def _profile(about: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((question, str(answer)) for question, answer in about.items() if answer))


def _fold(
    profiles: Counter[tuple[tuple[str, str], ...]],
) -> list[tuple[str, Counter[str]]]:
    """Count the answers to each question that anybody answered."""
    questions = sorted({question for profile in profiles for question, _answer in profile})
    folded = []
    for question in questions:
        cells: Counter[str] = Counter()
        for profile, count in profiles.items():
            cells[dict(profile).get(question, UNANSWERED)] += count
        folded.append((question, cells))
    return folded
