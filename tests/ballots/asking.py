"""Rounds that were opened by their action, and respondents who have judged, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.ballots.rounds import someone
from tests.cases.stored import BY, LATER, TODAY, in_state
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.reasons import give_reason
from spreekruimte.ballots.actions.rounds import Seed, open_round
from spreekruimte.ballots.models import Moderation, Question, Reason, Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case

KEY = b"k" * 32
OPENING = Seed("Iedereen mag een mening hebben.", "nl")


def ask(
    moderation: Moderation = Moderation.AFTER,
    seeds: Sequence[Seed] = (OPENING,),
    case: Case | None = None,
) -> Round:
    """A round that is asked now."""
    return open_round(
        case=case or in_state("ready"),
        closes_at=LATER,
        moderation=moderation,
        seeds=seeds,
        new_key=KEY,
        today=TODAY,
        **BY,
    )


def judge(round_: Round, respondent: Respondent | None = None) -> Respondent:
    """Someone who has answered what comes before the reasons."""
    respondent = respondent or someone()
    for answer in (Answer(Question.JUDGEMENT, 1), Answer(Question.MEASURE, 0)):
        cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=NOW)
    return respondent


def agree(round_: Round, respondent: Respondent, reason: Reason, value: int = 1) -> None:
    answer = Answer(Question.REASON, value, reason.pk)
    cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=NOW)


def give(round_: Round, content: str, respondent: Respondent | None = None) -> Reason:
    """A reason of somebody."""
    given: dict[str, Any] = {"content": content, "language": "nl", "now": NOW}
    author = respondent or judge(round_)
    return give_reason(round=round_, respondent=author, **given).reason
