"""Rounds in which people were asked on different texts, for tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from tests.cases.stored import prepare_framed, submit
from tests.verdicts.results import judge, publish
from tests.verdicts.rounds import citizen, finish, give, reasons_of, start_round

from spreekruimte.ballots.actions.casting import Answer, GivenBallot
from spreekruimte.ballots.models import Question, Round
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.organisations.models import Organisation
from spreekruimte.verdicts.models import OfficialVerdict

SHARES: Mapping[str, float] = {
    "bare": 0.2,
    "function": 0.4,
    "distance": 0.5,
    "context": 0.9,
    "fuss": 0.45,
}
MIRROR = -0.35


def start_framed(people: int = 600, *, mirror: float = MIRROR, seed: int = 1) -> Round:
    """A round that is open, in which context, fuss and the mirror matter much."""
    round_ = start_round(case=submit(prepare_framed(Organisation.objects.first())))
    lot, rng = lot_of(round_, round_.case), np.random.default_rng(seed)
    reasons, ballots = reasons_of(round_), []
    for respondent in map(citizen, range(people)):
        framing, side = draw_arm(lot, respondent)
        share = SHARES[framing] + (mirror if side == "mirror" else 0.0)
        judgement = 1 if rng.random() < share else -1
        answers = [Answer(Question.JUDGEMENT, judgement), Answer(Question.MEASURE, 0)]
        answers += [Answer(Question.REASON, int(rng.choice([-1, 1])), pk) for pk in reasons]
        ballots += [GivenBallot(respondent, answer) for answer in answers]
    give(round_, ballots)
    return Round.objects.get(pk=round_.pk)


def publish_framed(people: int = 600, *, mirror: float = MIRROR, seed: int = 1) -> OfficialVerdict:
    """The official verdict of such a round, after it was closed."""
    round_ = start_framed(people, mirror=mirror, seed=seed)
    finish(round_)
    judge(round_)
    return publish(round_)
