"""Rounds with ballots in them, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np
from tests.cases.stored import BY, LATER, TODAY, prepare, submit
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, Cast, GivenBallot, append_ballots
from spreekruimte.ballots.actions.rounds import Seed, end_round, open_round
from spreekruimte.ballots.chain import ErasureEntry, Head
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    Invitation,
    LogEntry,
    Moderation,
    Question,
    Reason,
    Round,
    Tier,
)
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Organisation

SOON = NOW + timedelta(minutes=1)
REASONS = (
    "Het plan is openbaar.",
    "De toon is scherp, maar eerlijk.",
    "Wie over dit plan gaat, hoort te zwijgen.",
    "Iedereen mag meepraten over de stad.",
)


def start_round(reasons: Sequence[str] = REASONS, case: Case | None = None) -> Round:
    """A round that is open, with reasons to vote on."""
    return open_round(
        case=case or submit(prepare(organisation=Organisation.objects.first())),
        closes_at=LATER,
        moderation=Moderation.BEFORE,
        seeds=[Seed(content, "nl") for content in reasons],
        new_key=b"k" * 32,
        today=TODAY,
        **BY,
    )


def finish(round_: Round) -> Round:
    return end_round(round=round_, step="close", **BY)


def reasons_of(round_: Round) -> list[int]:
    return list(Reason.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True))


def citizen(number: int, tier: Tier = Tier.BROWSER) -> Respondent:
    return Respondent(tier, f"{tier.value}-{number:020d}")


def invite(round_: Round, numbers: Iterable[int]) -> list[Respondent]:
    # The code of an invitation is for one round.
    invited = [citizen(round_.pk * 1_000_000 + number, Tier.INVITATION) for number in numbers]
    Invitation.objects.bulk_create(Invitation(round=round_, digest=each.key) for each in invited)
    return invited


def vote(
    round_: Round,
    respondent: Respondent,
    judgement: int = 1,
    measure: int = 0,
    reasons: dict[int, int] | None = None,
) -> None:
    """Let a respondent answer everything."""
    answers = [Answer(Question.JUDGEMENT, judgement), Answer(Question.MEASURE, measure)]
    answers += [Answer(Question.REASON, value, pk) for pk, value in (reasons or {}).items()]
    give(round_, [GivenBallot(respondent, answer) for answer in answers])


def give(round_: Round, ballots: Sequence[GivenBallot]) -> None:
    outcomes = append_ballots(round_id=round_.pk, ballots=ballots, now=SOON)
    assert all(isinstance(outcome, Cast) for outcome in outcomes), outcomes


def fill(
    round_: Round, people: int, *, channel: Channel = Channel.OPEN, seed: int = 1, first: int = 0
) -> None:
    """Let people of two minds vote on all that there is."""
    rng = np.random.default_rng(seed)
    numbers = range(first, first + people)
    respondents = (
        invite(round_, numbers)
        if channel == Channel.PANEL
        else [citizen(number) for number in numbers]
    )
    reasons = reasons_of(round_)
    ballots = []
    for place, respondent in enumerate(respondents):
        leaning = 0.85 if place % 2 else 0.2
        draws = rng.random(len(reasons) + 1)
        votes = [int(v) for v in np.where(draws < 0.05, 0, np.where(draws < leaning, 1, -1))]
        step = int(rng.integers(-1, 4 if place % 2 else 9))
        answers = [Answer(Question.JUDGEMENT, votes[0]), Answer(Question.MEASURE, step)]
        answers += [
            Answer(Question.REASON, vote, pk) for vote, pk in zip(votes[1:], reasons, strict=True)
        ]
        ballots += [GivenBallot(respondent, answer) for answer in answers]
    give(round_, ballots)


def erase(round_: Round, respondent: Respondent) -> None:
    """Erase what a respondent voted in a round, as the log tells it."""
    participation = find_participation(round_, respondent)
    assert participation is not None
    held = Round.objects.get(pk=round_.pk)
    head = Head(held.head_length, held.head_digest)
    for ballot in Ballot.objects.filter(participation=participation).select_related("entry"):
        entry = ErasureEntry(head.length + 1, head.digest, ballot.entry.position)
        LogEntry.objects.create(
            round=held, position=entry.position, previous=entry.previous, concerns=entry.concerns
        )
        head = Head.after(entry)
        ballot.delete()
    held.head_length, held.head_digest = head.length, head.digest
    held.save()
