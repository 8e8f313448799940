"""Ask simulated public servants whether they would post, and citizens about several voices."""

from __future__ import annotations

import hashlib
from datetime import datetime

import numpy as np
from django.db import transaction

from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.demonstration.guideline_truths import (
    SurveyTruth,
    VoicesTruth,
    survey_truth,
    voices_truth,
)
from spreekruimte.guidelines.chill.actions import (
    answer_case,
    close_survey,
    invite_to_survey,
    open_survey,
    publish_survey,
)
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer
from spreekruimte.guidelines.chill.queries import find_turn
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.voices.actions import answer_voices, ask_voices, close_voices
from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesQuestion
from spreekruimte.organisations.models import Organisation, User

# What each draw of `SurveyTruth.draw_silence` answers.
ANSWERS = {
    1: SurveyAnswer.Answer.SILENT,
    -1: SurveyAnswer.Answer.POST,
    0: SurveyAnswer.Answer.UNKNOWN,
}


@transaction.atomic
def survey_servants(organisation: Organisation, editor: User, now: datetime) -> None:
    """Hold the survey among public servants and publish it, unless it is there."""
    version = Version.objects.get(guideline__organisation=organisation, number=1)
    if version.surveys.exists():
        return
    truth = survey_truth()
    found = Case.objects.filter(organisation=organisation, bank_entry__in=list(truth.silent))
    cases = {case.bank_entry: case for case in found}
    survey = open_survey(
        version=version,
        cases=[cases[entry] for entry in truth.silent],
        entry=Survey.Entry.CODE,
        new_key=_make_key("survey"),
        actor=editor.actor,
        now=now - truth.opened_ago,
    )
    _answer(survey, truth, editor, now - truth.opened_ago)
    survey = close_survey(survey=survey, actor=editor.actor, now=now - truth.closed_ago)
    publish_survey(survey=survey, actor=editor.actor, now=now - truth.closed_ago)


@transaction.atomic
def ask_about_voices(organisation: Organisation, editor: User, now: datetime) -> None:
    """Ask citizens what several voices do to their trust, and close that, unless it was asked."""
    if VoicesQuestion.objects.filter(organisation=organisation).exists():
        return
    truth = voices_truth()
    question = ask_voices(
        organisation=organisation,
        topic=truth.topic,
        new_key=_make_key("voices"),
        actor=editor.actor,
        now=now - truth.opened_ago,
    )
    _give_answers(question, truth)
    close_voices(question=question, actor=editor.actor, now=now - truth.closed_ago)


def _answer(survey: Survey, truth: SurveyTruth, editor: User, now: datetime) -> None:
    codes = invite_to_survey(
        survey=survey,
        count=truth.invited,
        made=0,
        draw=np.random.default_rng(truth.seed).bytes,
        actor=editor.actor,
        now=now,
    )
    # The others got a code and did not answer.
    for code, answers in zip(codes, truth.draw_silence().tolist(), strict=False):
        respondent = invited_with(code)
        turn = find_turn(survey, respondent)
        while turn.asked is not None:
            place = turn.asked.place
            answer = ANSWERS[answers[place]]
            turn = answer_case(survey=survey, respondent=respondent, place=place, answer=answer)


def _give_answers(question: VoicesQuestion, truth: VoicesTruth) -> None:
    for number, answer in enumerate(truth.draw_answers()):
        name = hashlib.sha256(f"simulated citizen on voices {number}".encode()).hexdigest()
        answer_voices(
            question=question,
            respondent=Respondent(Tier.BROWSER, name),
            answer=VoicesAnswer.Answer(answer),
        )


def _make_key(name: str) -> bytes:
    # Nobody is behind the pseudonyms that it makes; so they are the same each time.
    return hashlib.sha256(f"spreekruimte demonstration {name}".encode()).digest()
