from __future__ import annotations

from datetime import timedelta

import pytest
from tests.organisations.people import NOW
from tests.studies.studied import make_closed

from spreekruimte.organisations.background import PATIENCE, take_up
from spreekruimte.studies.models import StudyResult


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["waiting", "running", "failed"])
def test_what_was_not_heard_of_for_too_long_waits_again(stage: str) -> None:
    study = make_closed(people=1)
    results = StudyResult.objects.filter(study=study)
    results.update(stage=stage, seen_at=NOW, method="")
    assert take_up(results, now=NOW + PATIENCE) == []
    later = NOW + PATIENCE + timedelta(seconds=1)
    assert take_up(results, now=later) == [study.pk]
    assert results.get().stage == "waiting"
    assert take_up(results, now=later) == []
