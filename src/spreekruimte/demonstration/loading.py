"""Load the demonstration, as far as it is not there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from spreekruimte.analysis.votes import Progress
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.ballots.actions.rounds import end_rounds_past_closing
from spreekruimte.ballots.models import Round
from spreekruimte.cases.actions import load_case_bank
from spreekruimte.cases.models import Case
from spreekruimte.demonstration.cases import editors_of, make_example, prepare_case
from spreekruimte.demonstration.fuss import make_fuss
from spreekruimte.demonstration.guiding import make_guideline, make_mandates
from spreekruimte.demonstration.people import make_people, refuse_beside_others
from spreekruimte.demonstration.studying import make_study
from spreekruimte.demonstration.surveying import ask_about_voices, survey_servants
from spreekruimte.demonstration.talking import talk
from spreekruimte.demonstration.truths import Truth, examples, truths
from spreekruimte.demonstration.voting import ask
from spreekruimte.organisations.models import Organisation, User
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.queries.snapshots import channels_to_judge, official_verdict
from spreekruimte.verdicts.tasks import order_files

# What is open was opened some days ago.
OPEN_FOR = timedelta(days=3)


def load_demonstration(*, now: datetime, progress: Progress = ignore_progress) -> Organisation:
    """Load what is missing; what was begun and not ended is done anew.

    Raises
    ------
    RefusedError
        If there are organisations that are not made up.
    """
    refuse_beside_others()
    organisation = make_people(now=now)
    editors = editors_of(organisation)
    load_case_bank(organisation=organisation, is_simulated=True, actor=editors[0].actor, now=now)
    for example in examples():
        make_example(example, organisation, editors, now)
    for number, truth in enumerate(truths()):
        progress("demonstration", number, len(truths()))
        case = Case.objects.get(organisation=organisation, bank_entry=truth.entry)
        if case.state == "draft":
            _ask(case, truth, editors, now)
        _judge(case, truth, editors[0], now)
    judged = Case.objects.filter(organisation=organisation, state="closed").order_by("pk")
    make_study(organisation, editors[0], now)
    make_guideline(organisation, editors[0], now)
    make_mandates(organisation, editors[0], now)
    survey_servants(organisation, editors[0], now)
    ask_about_voices(organisation, editors[0], now)
    make_fuss(organisation, list(judged), editors[0], now)
    return organisation


@transaction.atomic
def _ask(case: Case, truth: Truth, editors: list[User], now: datetime) -> None:
    opened_at = now - OPEN_FOR
    if truth.closed_days_ago is not None:
        opened_at = now - timedelta(days=truth.closed_days_ago + truth.days)
    case = prepare_case(case, truth, editors, opened_at)
    round_ = ask(case, truth, editors[0], opened_at, now)
    if truth.closed_days_ago is not None:
        end_rounds_past_closing(now=round_.closes_at)


def _judge(case: Case, truth: Truth, editor: User, now: datetime) -> None:
    """Judge the round, and publish where it has ended; what was done already stays."""
    round_ = Round.objects.select_related("case").get(case=case, number=1)
    judged_at = round_.ended_at or now
    for channel in channels_to_judge(round_):
        judge_round(round=round_, channel=channel, now=judged_at)
    if round_.ended_at is None:
        return
    if official_verdict(round_.pk) is None:
        verdict = publish_verdict(round=round_, actor=editor.actor, now=judged_at)
        order_files(verdict=verdict, now=now)
    with transaction.atomic():
        talk(case, truth, editor, round_.opened_at)
