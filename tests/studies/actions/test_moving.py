from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from tests.organisations.people import NOW
from tests.studies.studied import answer_all, by_tone, make_closed, make_open, somebody

from spreekruimte.organisations.background import PATIENCE
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.estimating import take_up_silent
from spreekruimte.studies.actions.moving import close_study, publish_study
from spreekruimte.studies.models import StudyKey, StudyResult
from spreekruimte.studies.tasks import count, order_silent

pytestmark = pytest.mark.django_db


def test_closing_deletes_the_key_and_has_the_answers_counted() -> None:
    study = make_open()
    answer_all(study, somebody(1), by_tone)
    assert StudyKey.objects.exists()
    close_study(study=study, actor=OPERATOR, now=NOW)
    assert not StudyKey.objects.exists()
    assert DBTaskResult.objects.get().args_kwargs["args"] == [study.pk]
    assert StudyResult.objects.get().stage == "waiting"
    count.func(study.pk)
    assert StudyResult.objects.get().stage == "done"


def test_a_study_is_published_once_it_is_counted() -> None:
    study = close_study(study=make_open(), actor=OPERATOR, now=NOW)
    with pytest.raises(RefusedError):
        publish_study(study=study, actor=OPERATOR, now=NOW)
    count.func(study.pk)
    study = publish_study(study=study, actor=OPERATOR, now=NOW)
    assert (study.state, study.published_at) == ("published", NOW)


def test_counting_that_fell_silent_is_taken_up_again() -> None:
    close_study(study=make_open(), actor=OPERATOR, now=NOW)
    assert order_silent(now=NOW + PATIENCE) == 0
    assert order_silent(now=NOW + PATIENCE + timedelta(seconds=1)) == 1
    assert DBTaskResult.objects.count() == 2


def test_what_was_counted_is_not_taken_up_again() -> None:
    make_closed()
    assert take_up_silent(now=NOW + 2 * PATIENCE) == []


def test_counting_that_fails_says_so() -> None:
    study = close_study(study=make_open(), actor=OPERATOR, now=NOW)
    study.attributes = [["unknown"]]
    study.save()
    with pytest.raises(ValueError, match="unpack"):
        count.func(study.pk)
    assert StudyResult.objects.get().stage == "failed"
