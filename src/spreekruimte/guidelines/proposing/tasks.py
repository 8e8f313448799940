"""Work in the background: finding rule lists."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from spreekruimte.guidelines.proposing.actions.finding import keep_lists, take_up_silent
from spreekruimte.organisations.models import Organisation


@task()
def find(organisation_id: int) -> None:
    """Find the lists that are proposed to an organisation."""
    keep_lists(organisation=Organisation.objects.get(pk=organisation_id), now=timezone.now())


def order_silent(*, now: datetime) -> int:
    """Have lists found again of which the finding fell silent; give how many."""
    found = take_up_silent(now=now)
    for organisation_id in found:
        find.enqueue(organisation_id)
    return len(found)
