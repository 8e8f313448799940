from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from tests.guidelines.written import holds_where
from tests.organisations.people import make_organisation
from tests.studies.studied import make_closed, make_published

from spreekruimte.analysis.rules import TRUE, UNKNOWN, evaluate
from spreekruimte.guidelines.queries.studied import (
    StudiedContexts,
    list_published,
    read_studies,
)
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.studies.models import Study, StudyAnswer, StudyResult

pytestmark = pytest.mark.django_db


def unsure(context: Mapping[str, str], number: int) -> int:
    """Find what is neutral admissible; the last of all do not know."""
    return 0 if number == 4 else 1 if context["tone"] == "neutral" else -1


def test_only_published_studies_with_enough_answers_are_read() -> None:
    organisation = make_organisation()
    make_closed(organisation, people=60)
    make_published(organisation, people=20)
    assert read_studies() == []
    first, second = (make_published(organisation, people=60) for _ in range(2))
    assert [each.study for each in read_studies()] == [first, second]


def test_contexts_are_those_that_were_asked_with_every_opinion_on_them() -> None:
    study = make_published(people=60, judge=unsure)
    (found,) = read_studies()
    answers = StudyAnswer.objects.filter(respondent__study=study).exclude(answer=0)
    asked = {tuple(vignette.context.items()) for vignette in study.vignettes.all()}
    assert len(found.codes) == len(np.unique(found.codes, axis=0)) == len(asked)
    assert len(found.places) == len(found.admissible) == len(found.respondents) == answers.count()
    assert found.respondents.max() == 59
    neutral = evaluate(holds_where(tone="neutral"), found.codes) == TRUE
    assert (neutral[found.places] == found.admissible).all()


def test_what_a_study_does_not_compare_is_not_known() -> None:
    make_published(people=60)
    (found,) = read_studies()
    names = [each.name for each in rule_attributes().columns]
    known = {names[column] for column in np.flatnonzero((found.codes != UNKNOWN).any(axis=0))}
    assert known == {"employer_type", "topic_distance", "tone"}
    assert (found.codes[:, [names.index(name) for name in known]] != UNKNOWN).all()


def test_studies_with_the_same_answers_are_read_the_same() -> None:
    organisation = make_organisation()
    for _study in range(2):
        make_published(organisation, people=60)
    first, second = map(_summarise, read_studies())
    assert first == second


def test_a_published_study_is_kept_until_something_of_it_changes() -> None:
    study = make_published(people=60)
    (before,) = list_published()
    assert list_published() == [before]
    Study.objects.filter(pk=study.pk).update(title_nl="Anders")
    (after,) = list_published()
    assert after != before
    assert after.study.title.nl == "Anders"
    StudyResult.objects.update(figures={})
    (without,) = list_published()
    assert without.channel is None
    assert read_studies() == []


def test_the_newest_study_stands_first_save_that_of_the_organisation() -> None:
    organisation = make_organisation()
    own = make_published(organisation)
    other = make_published(make_organisation("aasdorp"))
    assert [each.study for each in list_published()] == [other, own]
    assert [each.study for each in list_published(organisation)] == [own, other]


def _summarise(found: StudiedContexts) -> tuple[object, ...]:
    return found.codes.tolist(), found.places.tolist(), found.admissible.tolist()
