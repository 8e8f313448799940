"""Let simulated citizens answer a study, with known effects of what they are told."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.demonstration.study_truths import StudyTruth, study_truth
from spreekruimte.organisations.models import Organisation, User
from spreekruimte.studies.actions.answering import GivenAnswer, answer_vignettes, tell_about
from spreekruimte.studies.actions.designing import (
    choose_attributes,
    create_study,
    draw_vignettes,
    word_vignettes,
)
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
from spreekruimte.studies.models import Study, StudyAnswer
from spreekruimte.studies.queries.respondents import draw_lot, key_of

OPEN_FOR, CLOSED_FOR = timedelta(days=14), timedelta(days=2)


@transaction.atomic
def make_study(organisation: Organisation, editor: User, now: datetime) -> None:
    """Make the study of the demonstration and have it answered, unless it is there."""
    if Study.objects.filter(organisation=organisation).exists():
        return
    truth = study_truth()
    study = _open(organisation, truth, editor, now - CLOSED_FOR - OPEN_FOR)
    _answer(study, truth)
    study = close_study(study=study, actor=editor.actor, now=now - CLOSED_FOR)
    estimate_study(study=study, now=now - CLOSED_FOR)
    publish_study(study=study, actor=editor.actor, now=now - CLOSED_FOR)


def _open(organisation: Organisation, truth: StudyTruth, editor: User, now: datetime) -> Study:
    study = create_study(
        organisation=organisation,
        title=truth.title,
        introduction=truth.introduction,
        is_simulated=True,
        actor=editor.actor,
        now=now,
    )
    study = choose_attributes(
        study=study,
        values=truth.values,
        forbidden=truth.forbidden,
        pairs=truth.pairs,
        actor=editor.actor,
        now=now,
    )
    sentences = {
        (attribute, value): Bilingual.read(dict(told))
        for attribute, values in truth.wording.items()
        for value, told in values.items()
    }
    study = word_vignettes(
        study=study, opening=study.opening, sentences=sentences, actor=editor.actor, now=now
    )
    study = draw_vignettes(
        study=study,
        per_respondent=truth.per_respondent,
        blocks=truth.blocks,
        actor=editor.actor,
        now=now,
    )
    # Nobody is behind these pseudonyms; so the same lots are drawn each time.
    key = hashlib.sha256(b"spreekruimte demonstration study").digest()
    return open_study(study=study, new_key=key, actor=editor.actor, now=now)


def _answer(study: Study, truth: StudyTruth) -> None:
    key, groups = key_of(study), truth.group_of()
    contexts = {(each.block, each.place): each.context for each in study.vignettes.all()}
    given: list[GivenAnswer] = []
    respondents = [_respondent(number) for number in range(truth.people)]
    for number, respondent in enumerate(respondents):
        lot = draw_lot(study, key, respondent)
        seen = [contexts[lot.block, place] for place in lot.order]
        answers = truth.answer(number, int(groups[number]), seen)
        given += [
            GivenAnswer(respondent, place, StudyAnswer.Answer(answer))
            for place, answer in enumerate(answers, start=1)
        ]
    answer_vignettes(study=study, given=given)
    for number, respondent in enumerate(respondents[: int(truth.telling * truth.people)]):
        about = truth.groups[int(groups[number])]["about"]
        tell_about(study=study, respondent=respondent, about=about)


def _respondent(number: int) -> Respondent:
    name = f"simulated respondent {number}"
    return Respondent(Tier.BROWSER, hashlib.sha256(name.encode()).hexdigest())
