"""Work in the background: counting the answers of studies that closed."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from spreekruimte.studies.actions.estimating import estimate_study, take_up_silent
from spreekruimte.studies.models import Study


@task()
def count(study_id: int) -> None:
    """Count the answers of a study."""
    estimate_study(study=Study.objects.get(pk=study_id), now=timezone.now())


def order_silent(*, now: datetime) -> int:
    """Have studies counted again of which the counting fell silent; give how many."""
    found = take_up_silent(now=now)
    for study_id in found:
        count.enqueue(study_id)
    return len(found)
