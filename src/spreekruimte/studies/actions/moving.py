"""Open, close and publish a study."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.changing import hold, record
from spreekruimte.studies.models import Study, StudyKey, StudyRespondent, StudyResult
from spreekruimte.studies.tasks import count
from spreekruimte.studies.telling import require_short


@transaction.atomic
def open_study(*, study: Study, new_key: bytes, actor: Actor, now: datetime) -> Study:
    """Let respondents in.

    Parameters
    ----------
    new_key
        32 random bytes, from which pseudonyms and lots follow.

    Raises
    ------
    ValidationError
        If a vignette can have more than 80 words.
    RefusedError
        If the study is no draft, or nothing was drawn.
    """
    study = hold(study, "open")
    if study.efficiency is None:
        raise RefusedError(_("First draw the vignettes."))
    require_short(study)
    study.opened_at = now
    study.save()
    StudyKey.objects.create(study=study, key=new_key)
    record(study, "open_study", actor=actor, now=now)
    return study


@transaction.atomic
def close_study(*, study: Study, actor: Actor, now: datetime) -> Study:
    """Let nobody answer any more, and have the answers estimated.

    The key is deleted, and with it the only way from an answer to who gave it; so is what was
    kept of those who erased their answers.

    Raises
    ------
    RefusedError
        If the study is not open.
    """
    study = hold(study, "close")
    study.closed_at = now
    study.save()
    StudyKey.objects.filter(study=study).delete()
    StudyRespondent.objects.filter(study=study, has_erased=True).delete()
    StudyResult.objects.create(study=study, seen_at=now)
    count.enqueue(study.pk)
    record(study, "close_study", actor=actor, now=now)
    return study


@transaction.atomic
def publish_study(*, study: Study, actor: Actor, now: datetime) -> Study:
    """Let everybody see the results.

    Raises
    ------
    RefusedError
        If the study is not closed, or its answers were not estimated yet.
    """
    study = hold(study, "publish")
    result = StudyResult.objects.get(study=study)
    if result.stage != StudyResult.Stage.DONE:
        raise RefusedError(_("The answers are being counted. Try again in a moment."))
    study.published_at = now
    study.save()
    record(study, "publish_study", actor=actor, now=now)
    return study
