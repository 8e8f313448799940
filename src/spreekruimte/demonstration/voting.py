"""Let simulated citizens vote as citizens do: judge, choose a measure, give and answer reasons."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.routing import ReasonCounts, draw_reason, seed_draw, weigh_reasons
from spreekruimte.ballots.actions.about import tell_about
from spreekruimte.ballots.actions.casting import Answer, GivenBallot, append_ballots
from spreekruimte.ballots.actions.inviting import make_invitations
from spreekruimte.ballots.actions.looking import record_seen
from spreekruimte.ballots.actions.reasons import give_reason
from spreekruimte.ballots.actions.rounds import Seed, open_round
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.models import Moderation, Question, Reason, Round, Tier
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.refusals import BallotRefusedError
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.demonstration.citizens import Citizens, simulate
from spreekruimte.demonstration.truths import Truth
from spreekruimte.organisations.models import User

# So many come at a time; between them, what is asked next is weighed anew.
WAVE = 50
# One in so many came with a confirmed address.
WITH_ADDRESS = 5


@dataclass(slots=True)
class Asking:
    """A round in which simulated citizens vote.

    Attributes
    ----------
    reason_ids
        By the place of a reason in the truth, as far as it was given.
    counts
        Shape (3, reasons): how often each was passed on, agreed and disagreed with.
    """

    truth: Truth
    round: Round
    opened_at: datetime
    reason_ids: dict[int, int]
    counts: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.counts = np.zeros((3, len(self.truth.reasons)), dtype=np.int64)


def ask(case: Case, truth: Truth, editor: User, opened_at: datetime, today: datetime) -> Round:
    """Open a round, and let everybody vote in it; the caller holds a transaction."""
    asking = _open(case, truth, editor, opened_at, today)
    open_channel = [respondent_of(truth, number) for number in range(truth.people)]
    _vote(asking, truth.seed, open_channel)
    if truth.invited:
        # As many again got a letter and did not answer.
        codes = make_invitations(
            round_=asking.round,
            count=2 * truth.invited,
            draw=np.random.default_rng(truth.seed).bytes,
            actor=editor.actor,
            now=opened_at,
        )
        invited = [invited_with(code) for code in codes[: truth.invited]]
        _vote(asking, truth.seed + 1, invited)
    return Round.objects.get(pk=asking.round.pk)


def _open(case: Case, truth: Truth, editor: User, opened_at: datetime, today: datetime) -> Asking:
    seeds = [place for place, reason in enumerate(truth.reasons) if reason.is_seed]
    round_ = open_round(
        case=case,
        closes_at=opened_at + timedelta(days=truth.days),
        moderation=Moderation.AFTER,
        seeds=[Seed(truth.reasons[place].text, "nl") for place in seeds],
        # Nobody is behind these pseudonyms; so the same votes get the same names each time.
        new_key=hashlib.sha256(f"spreekruimte demonstration {truth.entry}".encode()).digest(),
        actor=editor.actor,
        today=today.date(),
        now=opened_at,
    )
    given = Reason.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True)
    return Asking(truth, round_, opened_at, dict(zip(seeds, given, strict=True)))


def respondent_of(truth: Truth, number: int) -> Respondent:
    """Give the citizen with a number, counted from 0, in the open channel."""
    key = hashlib.sha256(f"simulated citizen {truth.entry} {number}".encode()).hexdigest()
    return Respondent(Tier.EMAIL if number % WITH_ADDRESS == 0 else Tier.BROWSER, key)


def _vote(asking: Asking, seed: int, respondents: list[Respondent]) -> None:
    lot = lot_of(asking.round, asking.round.case)
    arms = [draw_arm(lot, respondent) for respondent in respondents]
    citizens = simulate(asking.truth, len(respondents), seed, arms)
    for start in range(0, len(citizens), WAVE):
        wave = range(start, min(start + WAVE, len(citizens)))
        now = asking.opened_at + timedelta(minutes=1 + start // WAVE)
        _judge(asking, citizens, respondents, wave, now)
        _give_next_reason(asking, citizens, respondents, wave, now)
        _answer_reasons(asking, citizens, respondents, wave, now)
        told = {respondents[each]: citizens.about[each] for each in wave if citizens.about[each]}
        tell_about(round_=asking.round, told=told, now=now)


def _judge(
    asking: Asking, citizens: Citizens, respondents: list[Respondent], wave: range, now: datetime
) -> None:
    looking = [person for person in wave if citizens.looks[person]]
    first = [Answer(Question.JUDGEMENT, int(citizens.first[person])) for person in looking]
    _cast(
        asking,
        [
            GivenBallot(respondents[each], answer)
            for each, answer in zip(looking, first, strict=True)
        ],
        now,
    )
    record_seen(round_=asking.round, respondents=[respondents[person] for person in looking])
    ballots = []
    for person in wave:
        judgement, measure = int(citizens.judgement[person]), int(citizens.measure[person])
        ballots += [
            GivenBallot(respondents[person], Answer(Question.JUDGEMENT, judgement)),
            GivenBallot(respondents[person], Answer(Question.MEASURE, measure)),
        ]
    _cast(asking, ballots, now)


def _give_next_reason(
    asking: Asking, citizens: Citizens, respondents: list[Respondent], wave: range, now: datetime
) -> None:
    """Let somebody who finds so give the next reason that nobody gave yet."""
    absent = (each for each in range(len(asking.truth.reasons)) if each not in asking.reason_ids)
    place = next(absent, None)
    if place is None:
        return
    author = next(person for person in wave if citizens.opinions[person, place] == 1)
    given = give_reason(
        round=asking.round,
        respondent=respondents[author],
        content=asking.truth.reasons[place].text,
        language="nl",
        now=now,
    )
    asking.reason_ids[place] = given.reason.pk


def _answer_reasons(
    asking: Asking, citizens: Citizens, respondents: list[Respondent], wave: range, now: datetime
) -> None:
    there = np.array(sorted(asking.reason_ids))
    passed, agreed, disagreed = asking.counts[:, there]
    weights = weigh_reasons(ReasonCounts(agreed, disagreed, passed))
    ballots = []
    for person in wave:
        for place in _choose(asking, there, weights, person, int(citizens.patience[person])):
            opinion = int(citizens.opinions[person, place])
            asking.counts[opinion, place] += 1
            answer = Answer(Question.REASON, opinion, asking.reason_ids[place])
            ballots.append(GivenBallot(respondents[person], answer))
    _cast(asking, ballots, now)


def _choose(
    asking: Asking,
    there: NDArray[np.int64],
    weights: NDArray[np.float64],
    person: int,
    count: int,
) -> list[int]:
    """Choose the reasons that somebody is asked about, as the pages do."""
    chosen: list[int] = []
    for answered in range(min(count, len(there))):
        seed = seed_draw(round_name=asking.truth.entry, pseudonym=str(person), answered=answered)
        draw = draw_reason(weights, ids=there.astype(np.uint64), without=chosen, seed=seed)
        if draw is None:
            break
        chosen.append(draw.place)
    return [int(there[place]) for place in chosen]


def _cast(asking: Asking, ballots: list[GivenBallot], now: datetime) -> None:
    for outcome in append_ballots(round_id=asking.round.pk, ballots=ballots, now=now):
        if isinstance(outcome, BallotRefusedError):
            raise outcome
