from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from tests.organisations.people import NOW
from tests.studies.studied import make_closed, make_designed, make_open

from spreekruimte.studies.models import (
    Study,
    StudyInvitation,
    StudyKey,
    StudyRespondent,
    StudyResult,
    Vignette,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"state": "open"},
        {"opened_at": NOW},
        {"per_respondent": 1},
        {"blocks": 101},
    ],
)
def test_the_database_refuses_a_study_that_cannot_be(changes: dict[str, Any]) -> None:
    study = make_designed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(**changes)


def test_the_database_refuses_a_respondent_of_no_channel() -> None:
    study = make_open()
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyRespondent.objects.create(
            study=study, pseudonym="a" * 64, tier="browser", channel="mixed", block=0
        )


def test_a_result_has_a_method_once_it_is_done() -> None:
    study = make_closed()
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyResult.objects.filter(study=study).update(method="")


def test_no_row_prints_what_leads_to_a_person() -> None:
    study = make_open()
    secret = "b" * 64
    respondent = StudyRespondent(study=study, pseudonym=secret, block=0)
    rows: list[Model] = [
        study,
        StudyKey.objects.get(study=study),
        StudyInvitation(study=study, digest=secret),
        respondent,
        Vignette.objects.filter(study=study)[0],
    ]
    assert not any(secret in str(row) for row in rows)
