import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.organisations.people import make_organisation
from tests.studies.studied import VALUES, make_closed, make_published

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.bank import closed_cases
from spreekruimte.guidelines.queries.studied import list_published
from spreekruimte.studies.occurrence import count_values, is_in_bank
from spreekruimte.studies.queries.room import (
    MapChoice,
    channel_with_room,
    map_study,
    model_of,
    pooled_model,
    predict_room,
    published_studies,
    studies_alike,
)


@pytest.mark.django_db
def test_a_published_study_has_a_share_for_each_context_that_it_allows() -> None:
    study = make_published()
    room = predict_room(study)
    assert room is not None
    assert room.channel == Channel.OPEN
    assert room.values == VALUES
    assert room.shares.values.shape == (3, 3, 2)
    assert np.isnan(room.shares.values[2, 2]).all()
    context = {"employer_type": "ministry", "topic_distance": "own_file"}
    neutral = room.share_of({**context, "tone": "neutral", "capacity": "expert"})
    sharp = room.share_of({**context, "tone": "sharp"})
    assert sharp[1] < sharp[0] < sharp[2]
    assert sharp[0] < 0.5 < neutral[0]
    assert neutral[1] < neutral[0] < neutral[2]
    with pytest.raises(KeyError):
        room.share_of(context)
    with pytest.raises(ValueError, match="index"):
        room.share_of({**context, "tone": "mocking"})


@pytest.mark.django_db
def test_a_map_averages_over_the_other_attributes_or_fixes_them() -> None:
    study = make_published()
    room = predict_room(study)
    assert room is not None
    choice = MapChoice("tone", "employer_type", {"topic_distance": "own_file"}, "equal")
    shares = map_study(study, Channel.OPEN, choice)
    assert shares is not None
    np.testing.assert_allclose(shares.values, room.shares.values[:, 0, :])
    averaged = map_study(study, Channel.OPEN, MapChoice("tone", "employer_type", {}, "equal"))
    assert averaged is not None
    np.testing.assert_allclose(averaged.values, np.nanmean(room.shares.values, axis=1))


@pytest.mark.django_db
def test_what_is_not_published_or_has_too_few_answers_has_no_room() -> None:
    study = make_closed(people=60)
    assert predict_room(study) is None
    assert published_studies() == []


@pytest.mark.django_db
def test_a_study_with_too_few_answers_is_published_without_a_room() -> None:
    study = make_published(people=3)
    assert channel_with_room(study) is None
    assert predict_room(study) is None
    assert map_study(study, Channel.OPEN, MapChoice("tone", "employer_type", {}, "bank")) is None
    assert model_of(study, Channel.PANEL) is None
    assert published_studies(study.organisation) == [study]


@pytest.mark.django_db
def test_a_model_that_does_not_say_what_is_pull_is_read_as_it_was() -> None:
    study = make_published()
    model = model_of(study, Channel.OPEN)
    assert model is not None
    assert model.pull.any()
    del study.result.figures["open"]["model"]["pull"]
    earlier = model_of(study, Channel.OPEN)
    assert earlier is not None
    assert not earlier.pull.any()
    np.testing.assert_array_equal(earlier.covariance, model.covariance)


@pytest.mark.django_db
def test_the_studies_of_one_body_can_stand_before_those_of_others() -> None:
    bodies = [make_organisation(slug) for slug in ("aasdorp", "beesdorp", "ceesdorp")]
    own, other, newest = (make_published(body, people=3) for body in bodies)
    assert published_studies() == [newest, other, own]
    kept = list_published(first=own.organisation)
    assert [each.study for each in kept] == [own, newest, other]


@pytest.mark.django_db
def test_studies_that_compare_the_same_are_taken_together() -> None:
    study = make_published()
    assert studies_alike(study, Channel.OPEN) == [study]
    alone = map_study(study, Channel.OPEN, MapChoice("tone", "employer_type", {}, "equal"))
    choice = MapChoice("tone", "employer_type", {}, "equal", "alike")
    first = map_study(study, Channel.OPEN, choice)
    assert alone is not None
    assert first is not None
    np.testing.assert_allclose(first.values, alone.values)
    make_published(study.organisation)
    make_published(study.organisation, people=3)
    both = map_study(study, Channel.OPEN, choice)
    assert both is not None
    # The same answers once more: the same shares, known better.
    np.testing.assert_allclose(both.values, alone.values, atol=0.1)
    assert (both.high - both.low < alone.high - alone.low).all()
    assert len(studies_alike(study, Channel.OPEN)) == 2
    assert pooled_model(study, Channel.PANEL) is None


@given(st.sampled_from(sorted(VALUES)))
def test_the_bank_is_counted_case_by_case(attribute: str) -> None:
    values = VALUES[attribute]
    counted = count_values(attribute, values, "bank")
    for value, count in zip(values, counted, strict=True):
        has_it = [
            answer
            for case in closed_cases()
            for answer in case.context
            if (answer.attribute, answer.value) == (attribute, value)
        ]
        assert count == len(has_it)
    assert count_values(attribute, values, "equal").tolist() == [1.0] * len(values)


def test_values_that_the_bank_does_not_know_count_as_often_as_each_other() -> None:
    values = ("2", "3")
    assert is_in_bank("harm_gravity", values) == bool(
        count_values("harm_gravity", values, "bank").tolist() != [1.0, 1.0]
    )
