"""Count the answers of a study that closed, and keep what came out."""

from __future__ import annotations

from datetime import datetime

from spreekruimte.organisations.background import take_up
from spreekruimte.studies.estimating import METHOD, estimate
from spreekruimte.studies.models import Study, StudyResult
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.answers import channels_of, gather_answers


def estimate_study(*, study: Study, now: datetime) -> StudyResult:
    """Estimate each channel of a study that closed, and keep the figures.

    Doing it twice does no harm: the answers do not change any more, and the same answers give the
    same figures.
    """
    StudyResult.objects.filter(study=study).exclude(stage=StudyResult.Stage.DONE).update(
        stage=StudyResult.Stage.RUNNING, seen_at=now
    )
    try:
        plan = Plan.of(study)
        figures = {
            str(channel): estimate(plan, gather_answers(study, channel))
            for channel in channels_of(study)
        }
    except Exception:
        StudyResult.objects.filter(study=study).update(stage=StudyResult.Stage.FAILED, seen_at=now)
        raise
    result = StudyResult.objects.get(study=study)
    result.stage, result.method = StudyResult.Stage.DONE.value, METHOD
    result.figures, result.seen_at = figures, now
    result.save()
    return result


def take_up_silent(*, now: datetime) -> list[int]:
    """Give the studies of which the estimating fell silent, which wait again from now on."""
    return take_up(StudyResult.objects.all(), now=now)
