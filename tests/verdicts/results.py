"""Rounds that have come as far as a result, for tests."""

from __future__ import annotations

from tests.organisations.people import NOW
from tests.verdicts.rounds import fill, finish, start_round

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.queries.snapshots import channels_to_judge


def judge(round_: Round) -> None:
    """Judge every channel of a round as it stands now."""
    round_ = Round.objects.select_related("case").get(pk=round_.pk)
    for channel in channels_to_judge(round_):
        judge_round(round=round_, channel=channel, now=NOW)


def publish(round_: Round) -> OfficialVerdict:
    return publish_verdict(round=round_, actor=OPERATOR, now=NOW)


def asked(people: int = 40, panel: int = 12) -> Round:
    """A round that is asked, judged as it stands now."""
    round_ = start_round()
    fill(round_, people)
    fill(round_, panel, channel=Channel.PANEL, seed=2)
    judge(round_)
    return Round.objects.get(pk=round_.pk)


def ended(people: int = 40, panel: int = 12) -> Round:
    """A round that has ended and was judged."""
    round_ = start_round()
    fill(round_, people)
    fill(round_, panel, channel=Channel.PANEL, seed=2)
    finish(round_)
    judge(round_)
    return Round.objects.get(pk=round_.pk)


def published() -> Round:
    """A round with an official verdict and its files."""
    round_ = ended()
    make_files(verdict=publish(round_))
    return round_
