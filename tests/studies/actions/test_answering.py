from secrets import token_bytes

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.organisations.people import NOW
from tests.studies.studied import answer_all, by_tone, lot_of, make_designed, make_open, somebody

from spreekruimte.ballots.models import Channel, Tier
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.answering import GivenAnswer, answer_vignettes, tell_about
from spreekruimte.studies.actions.inviting import invite_to_study
from spreekruimte.studies.actions.moving import close_study
from spreekruimte.studies.models import Study, StudyAnswer, StudyInvitation, StudyRespondent
from spreekruimte.studies.queries.respondents import Turn, turn_of

pytestmark = pytest.mark.django_db
ADMISSIBLE, NOT_ADMISSIBLE = StudyAnswer.Answer.ADMISSIBLE, StudyAnswer.Answer.NOT_ADMISSIBLE


def answer(study: Study, number: int, given: StudyAnswer.Answer = ADMISSIBLE) -> Turn:
    answer_vignettes(study=study, given=[GivenAnswer(somebody(1), number, given)])
    return turn_of(study, lot_of(study, somebody(1)))


def test_who_answers_sees_the_vignettes_of_one_block_each_once() -> None:
    study = make_open()
    answer_all(study, somebody(1), by_tone)
    answers = StudyAnswer.objects.order_by("number")
    assert [each.number for each in answers] == [1, 2, 3, 4]
    assert len({each.vignette_id for each in answers}) == 4
    assert len({each.vignette.block for each in answers}) == 1
    lot = lot_of(study, somebody(1))
    assert [each.vignette.place for each in answers] == list(lot.order)
    assert turn_of(study, lot).vignette is None


def test_an_answer_that_is_sent_twice_counts_once_and_the_first_one_stands() -> None:
    study = make_open()
    turn = answer(study, 1)
    assert answer(study, 1, NOT_ADMISSIBLE) == turn
    assert answer(study, 3, NOT_ADMISSIBLE) == turn
    assert list(StudyAnswer.objects.values_list("number", "answer")) == [(1, 1)]


def test_who_answered_all_is_asked_nothing_more() -> None:
    study = make_open()
    answer_all(study, somebody(1), by_tone)
    assert answer(study, 5).vignette is None
    assert StudyAnswer.objects.count() == 4


def test_many_answers_at_once_are_kept_as_one_by_one() -> None:
    study = make_open()
    people = [somebody(number) for number in range(3)]
    given = [GivenAnswer(each, number, ADMISSIBLE) for each in people for number in (1, 2, 2, 4)]
    answer_vignettes(study=study, given=given)
    answer_vignettes(study=study, given=given)
    kept = StudyAnswer.objects.values_list("respondent", "number")
    assert len(kept) == len(set(kept)) == 6
    for each in people:
        lot = lot_of(study, each)
        stored = StudyAnswer.objects.filter(respondent__pseudonym=lot.pseudonym)
        assert [each.vignette.place for each in stored.order_by("number")] == list(lot.order[:2])


def test_nothing_leads_from_a_respondent_to_a_person() -> None:
    study = make_open()
    answer(study, 1)
    stored = StudyRespondent.objects.get()
    assert stored.pseudonym != somebody(1).key
    assert stored.channel == Channel.OPEN


def test_who_was_invited_is_in_the_panel() -> None:
    study = make_open()
    answer_all(study, somebody(1, Tier.INVITATION), by_tone)
    assert StudyRespondent.objects.get().channel == Channel.PANEL


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_an_open_study_takes_answers(state: str) -> None:
    study = make_designed() if state == "draft" else make_open()
    if state == "closed":
        close_study(study=study, actor=OPERATOR, now=NOW)
    with pytest.raises(RefusedError):
        answer(study, 1)
    assert not StudyAnswer.objects.exists()


def test_nobody_answers_a_vignette_twice() -> None:
    study = make_open()
    answer(study, 1)
    stored = StudyAnswer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyAnswer.objects.create(
            respondent=stored.respondent, vignette=stored.vignette, number=2, answer=0
        )


def test_what_a_respondent_tells_is_kept_once_they_answered() -> None:
    study = make_open()
    with pytest.raises(RefusedError):
        tell_about(study=study, respondent=somebody(1), about={"gender": "woman"})
    answer(study, 1)
    tell_about(study=study, respondent=somebody(1), about={"gender": "woman", "age": ""})
    assert StudyRespondent.objects.get().about == {"gender": "woman"}
    with pytest.raises(ValidationError):
        tell_about(study=study, respondent=somebody(1), about={"gender": "sailor"})


def test_codes_are_kept_as_digests_only() -> None:
    study = make_open()
    made = invite_to_study(study=study, count=2, draw=token_bytes, actor=OPERATOR, now=NOW)
    digests = set(StudyInvitation.objects.values_list("digest", flat=True))
    assert len(digests) == len(made) == 2
    assert not digests & set(made)
    for count in (0, 10_001):
        with pytest.raises(RefusedError):
            invite_to_study(study=study, count=count, draw=token_bytes, actor=OPERATOR, now=NOW)
