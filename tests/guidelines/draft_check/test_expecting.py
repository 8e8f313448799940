from __future__ import annotations

import pytest
from tests.organisations.people import NOW
from tests.studies.studied import make_closed, make_published

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.expecting import MOST_TURNS, Expectation, expect
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.studies.actions.moving import publish_study
from spreekruimte.studies.models import Study

pytestmark = pytest.mark.django_db

WHOLE = {"employer_type": "ministry", "topic_distance": "own_file", "tone": "sharp"}


@pytest.fixture
def study() -> Study:
    return make_published(people=120)


def expected_of(study: Study, **answers: str) -> Expectation:
    found = expect(study, Context.of(answers))
    assert found is not None
    return found


def test_the_share_of_a_context_has_its_interval(study: Study) -> None:
    sharp = expected_of(study, **WHOLE)
    neutral = expected_of(study, **{**WHOLE, "tone": "neutral"})
    assert sharp.expected is not None
    assert neutral.expected is not None
    assert sharp.expected.low < sharp.expected.value < sharp.expected.high < 0.5
    assert neutral.expected.low > 0.5
    assert (sharp.channel, sharp.respondents, sharp.answers) == (Channel.OPEN, 120, 480)
    assert (sharp.known, sharp.left_open) == (3, ())


def test_what_can_be_changed_is_told_by_what_it_changes(study: Study) -> None:
    sharp = expected_of(study, **WHOLE)
    assert [(each.attribute, each.value) for each in sharp.more] == [("tone", "neutral")]
    assert sharp.more[0].turn.low > 0.0
    neutral = expected_of(study, **{**WHOLE, "tone": "neutral"})
    assert [(each.attribute, each.value) for each in neutral.less] == [("tone", "sharp")]
    assert neutral.more == ()
    assert len(neutral.less) <= MOST_TURNS


def test_what_is_not_known_is_averaged_over_and_not_changed(study: Study) -> None:
    nothing = expected_of(study)
    assert nothing.expected is not None
    assert 0.0 < nothing.expected.low < nothing.expected.high < 1.0
    assert (nothing.known, nothing.more, nothing.less) == (0, (), ())


def test_a_value_that_the_study_did_not_ask_is_left_open(study: Study) -> None:
    found = expected_of(study, tone="threatening", act_type="like", employer_type="police")
    assert found.left_open == ("tone",)
    assert found.known == 1
    assert found.expected == expected_of(study, employer_type="police").expected


def test_what_cannot_occur_is_not_expected(study: Study) -> None:
    found = expected_of(study, employer_type="police", topic_distance="not_government")
    assert (found.expected, found.more, found.less) == (None, (), ())


def test_too_few_answers_make_nothing_expected() -> None:
    study = publish_study(study=make_closed(people=10), actor=OPERATOR, now=NOW)
    assert expect(study, Context()) is None
