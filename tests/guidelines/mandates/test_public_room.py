from __future__ import annotations

import pytest
from tests.guidelines.chill.surveyed import make_judged
from tests.organisations.people import NOW, make_organisation
from tests.studies.studied import fill, make_draft

from spreekruimte.analysis.errors import InputError
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.mandates.cells import Place
from spreekruimte.guidelines.mandates.public_room import PublicRoom, find_public_room
from spreekruimte.organisations.models import OPERATOR, Organisation
from spreekruimte.studies.actions.designing import choose_attributes, draw_vignettes
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
from spreekruimte.studies.models import Study

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]
PLACE: Place = ("team_lead", "own_file")
VALUES = {
    "rank_level": ("support", "team_lead"),
    "topic_distance": ("own_file", "not_government"),
    "tone": ("neutral", "sharp"),
}


def make_found(admissible: int, inadmissible: int) -> Case:
    """A case of a team leader on the own file, judged so."""
    case = make_judged(admissible, inadmissible)
    context = {**case.context, "rank_level": PLACE[0], "topic_distance": PLACE[1]}
    Case.objects.filter(pk=case.pk).update(context=context)
    return case


def make_study(organisation: Organisation) -> Study:
    """A published study of roles and topics: those on the own file are to be silent."""
    study = choose_attributes(
        study=make_draft(organisation),
        values=VALUES,
        forbidden=(),
        pairs=(),
        actor=OPERATOR,
        now=NOW,
    )
    study = draw_vignettes(study=study, per_respondent=4, blocks=9, actor=OPERATOR, now=NOW)
    study = open_study(study=study, new_key=bytes(32), actor=OPERATOR, now=NOW)
    fill(
        study,
        120,
        lambda context, number: (
            (-1 if context["topic_distance"] == "own_file" else 1) * (-1 if number == 4 else 1)
        ),
    )
    study = close_study(study=study, actor=OPERATOR, now=NOW)
    estimate_study(study=study, now=NOW)
    return publish_study(study=study, actor=OPERATOR, now=NOW)


def test_nobody_was_asked_about_a_role_and_topic_without_cases_and_studies() -> None:
    make_judged(8, 2)
    assert find_public_room(Organisation.objects.get()) == {}


def test_cases_of_a_role_and_topic_count_as_much_each() -> None:
    make_found(90, 10)
    make_found(5, 5)
    (place,) = (room := find_public_room(Organisation.objects.get()))
    found = room[place]
    assert place == PLACE
    assert (found.source, found.number) == ("cases", 2)
    assert found.share == pytest.approx(0.7, abs=0.02)
    assert found.low < found.share < found.high
    assert found.high - found.low > 0.1


def test_a_study_of_roles_and_topics_comes_before_cases() -> None:
    make_found(90, 10)
    organisation = Organisation.objects.get()
    study = make_study(organisation)
    room = find_public_room(organisation)
    found = room[PLACE]
    assert (found.source, found.number) == ("study", study.pk)
    assert found.low <= found.share <= found.high < 0.5
    assert room["support", "not_government"].low > 0.5
    assert len(room) == 4


def test_the_study_of_another_organisation_counts_where_there_is_no_own_one() -> None:
    other = make_organisation("polderdam")
    study = make_study(other)
    found = find_public_room(make_organisation())[PLACE]
    assert isinstance(found, PublicRoom)
    assert found.number == study.pk


def test_where_a_study_leaves_nothing_to_show_cases_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_found(90, 10)
    organisation = Organisation.objects.get()
    make_study(organisation)

    def refuse(*_arguments: object) -> None:
        raise InputError("nothing to show")

    monkeypatch.setattr("spreekruimte.guidelines.mandates.public_room.map_study", refuse)
    assert find_public_room(organisation)[PLACE].source == "cases"
