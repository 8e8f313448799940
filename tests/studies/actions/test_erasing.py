import pytest
from tests.organisations.people import NOW
from tests.studies.studied import answer_all, by_tone, lot_of, make_open, somebody

from spreekruimte.organisations.models import OPERATOR
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.answering import GivenAnswer, answer_vignettes, tell_about
from spreekruimte.studies.actions.erasing import erase_answers
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study
from spreekruimte.studies.models import Study, StudyAnswer, StudyRespondent, StudyResult
from spreekruimte.studies.queries.answers import given_answers
from spreekruimte.studies.queries.respondents import Turn, turn_of

pytestmark = pytest.mark.django_db


def answered_by(*names: int) -> Study:
    study = make_open()
    for name in names:
        answer_all(study, somebody(name), by_tone, {"gender": "woman"})
    return study


def test_who_erases_leaves_nothing_and_others_stay() -> None:
    study = answered_by(1, 2)
    assert erase_answers(study=study, respondent=somebody(1)) == 4
    erased = StudyRespondent.objects.get(has_erased=True)
    assert (erased.pseudonym, erased.about) == (lot_of(study, somebody(1)).pseudonym, {})
    left = StudyRespondent.objects.get(has_erased=False)
    assert left.about == {"gender": "woman"}
    assert {each.respondent_id for each in StudyAnswer.objects.all()} == {left.pk}
    assert turn_of(study, lot_of(study, somebody(1))) == Turn(0, 4, None, has_erased=True)


def test_erasing_again_or_without_an_answer_changes_nothing() -> None:
    study = answered_by(1)
    assert erase_answers(study=study, respondent=somebody(1)) == 4
    assert erase_answers(study=study, respondent=somebody(1)) == 0
    assert erase_answers(study=study, respondent=somebody(2)) == 0
    assert StudyRespondent.objects.count() == 1


def test_nobody_tries_answers_out_by_erasing() -> None:
    study = answered_by(1)
    erase_answers(study=study, respondent=somebody(1))
    given = [GivenAnswer(each, 1, StudyAnswer.Answer.ADMISSIBLE) for each in map(somebody, (2, 1))]
    with pytest.raises(RefusedError):
        answer_vignettes(study=study, given=given)
    with pytest.raises(RefusedError):
        tell_about(study=study, respondent=somebody(1), about={"gender": "man"})
    assert not StudyAnswer.objects.exists()


def test_results_are_computed_without_who_erased() -> None:
    study = answered_by(1, 2, 3)
    erase_answers(study=study, respondent=somebody(2))
    close_study(study=study, actor=OPERATOR, now=NOW)
    estimate_study(study=study, now=NOW)
    assert StudyRespondent.objects.count() == 2
    assert len(list(given_answers(study))) == 8
    assert StudyResult.objects.get().figures["open"]["respondents"] == 2


def test_nothing_can_be_erased_once_no_answer_leads_to_anybody() -> None:
    study = answered_by(1)
    close_study(study=study, actor=OPERATOR, now=NOW)
    with pytest.raises(RefusedError):
        erase_answers(study=study, respondent=somebody(1))
    assert StudyAnswer.objects.count() == 4
