import re
from typing import Any

import pytest
from django.test import Client
from tests.organisations.people import NOW, make_member, make_organisation
from tests.organisations.signing_in import sign_in
from tests.studies.studied import VALUES, make_designed, make_draft, make_open

from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.models import Study, StudyInvitation

# What the test client answers: a response, with the context of its template.
Answer = Any
pytestmark = pytest.mark.django_db
TEXTS = {
    "title_nl": "Over toon",
    "title_en": "About tone",
    "introduction_nl": "Wat vindt u?",
    "introduction_en": "What do you think?",
}


def desk_of(organisation: Organisation, *roles: Role) -> Client:
    member = make_member(organisation, *(roles or (Role.EDITOR,)), email="e@waterdam.example")
    return sign_in(Client(headers={"accept-language": "en"}), member)


def address(study: Study, page: str = "") -> str:
    return f"/desk/{study.organisation.slug}/studies/{study.pk}/{page}"


def text_of(answer: Answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_editor_makes_designs_and_opens_a_study() -> None:
    organisation = make_organisation()
    client = desk_of(organisation)
    assert "There are no studies yet" in text_of(client.get("/desk/waterdam/studies/"))
    assert client.get("/desk/waterdam/studies/new/").status_code == 200
    client.post("/desk/waterdam/studies/new/", TEXTS)
    study = Study.objects.get()

    assert client.get(address(study, "attributes/")).status_code == 200
    assert client.post(address(study, "attributes/"), VALUES).status_code == 302
    given = {
        "never_0_0": "employer_type:police",
        "never_0_1": "topic_distance:not_government",
        "pair_1": "employer_type:tone",
    }
    assert client.post(address(study, "combinations/"), given).status_code == 302
    study.refresh_from_db()
    assert study.forbidden == [{"employer_type": "police", "topic_distance": "not_government"}]
    assert study.pairs == [["employer_type", "tone"]]

    page = client.get(address(study, "wording/"))
    sentences = dict(
        re.findall(r'name="([a-z_]+:[a-z_]+:[a-z]+)" value="([^"]*)"', page.content.decode())
    )
    assert len(sentences) == 16
    sentences["tone:sharp:en"] = "It is sharp."
    openings = {"opening_nl": "Iemand schrijft iets.", "opening_en": "Somebody writes something."}
    assert client.post(address(study, "wording/"), sentences | openings).status_code == 302
    study.refresh_from_db()
    assert list(study.wording) == ["tone"]

    assert (
        client.post(address(study, "draw/"), {"per_respondent": 4, "blocks": 9}).status_code == 302
    )
    desk = text_of(client.get(address(study)))
    assert "D-efficiency" in desk
    assert "Somebody writes something." in desk
    assert "Iemand schrijft iets." in desk

    assert client.get(address(study, "open/")).status_code == 200
    assert client.post(address(study, "open/")).status_code == 302
    study.refresh_from_db()
    assert study.state == "open"
    assert client.post(address(study, "open/")).status_code == 409
    assert (
        client.post(address(study, "draw/"), {"per_respondent": 4, "blocks": 9}).status_code == 409
    )
    assert client.post(address(study, "texts/"), TEXTS).status_code == 409


def test_choices_that_are_no_longer_compared_are_dropped() -> None:
    study = make_designed()
    client = desk_of(study.organisation)
    fewer = {**VALUES, "employer_type": ("ministry", "municipality")}
    assert client.post(address(study, "attributes/"), fewer).status_code == 302
    study.refresh_from_db()
    assert study.forbidden == []
    assert study.pairs == [["employer_type", "tone"]]


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("attributes/", {}),
        ("attributes/", {"tone": ["neutral"]}),
        ("attributes/", {"tone": ["purple", "neutral"]}),
        ("attributes/", {"tone": ["neutral", "sharp"]}),
        ("combinations/", {"never_0_0": "tone:sharp"}),
        ("combinations/", {"never_0_0": "tone:sharp", "never_0_1": "tone:neutral"}),
        ("combinations/", {"pair_0": "tone:tone"}),
        ("wording/", {"opening_nl": "x"}),
        ("texts/", {**TEXTS, "introduction_nl": "woord " * 81}),
        ("texts/", {**TEXTS, "title_nl": "<b>x"}),
        ("draw/", {"per_respondent": "1", "blocks": "9"}),
        ("draw/", {"per_respondent": "", "blocks": "many"}),
        ("draw/", {"per_respondent": "2", "blocks": "2"}),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_changes_nothing(
    page: str, given: dict[str, Any]
) -> None:
    study = make_designed()
    before = Study.objects.values().get()
    answer = desk_of(study.organisation).post(address(study, page), given)
    assert answer.status_code == 400
    assert "This is not complete yet" in text_of(answer)
    assert Study.objects.values().get() == before
    assert study.vignettes.count() == 36


def test_an_impossible_design_says_which_value_is_never_shown() -> None:
    study = make_designed()
    client = desk_of(study.organisation)
    given = {
        f"never_{row}_{side}": choice
        for row, distance in enumerate(VALUES["topic_distance"])
        for side, choice in enumerate(("employer_type:police", f"topic_distance:{distance}"))
    }
    assert client.post(address(study, "combinations/"), given).status_code == 302
    answer = client.post(address(study, "draw/"), {"per_respondent": 4, "blocks": 9})
    assert answer.status_code == 400
    assert "no vignette with the police of Kind of organisation" in text_of(answer)


def test_what_comes_after_the_choice_of_values_waits_for_it() -> None:
    study = make_draft()
    client = desk_of(study.organisation)
    answer = client.get(address(study, "wording/"), follow=True)
    assert "First choose what the study compares" in text_of(answer)
    assert (
        client.post(address(study, "draw/"), {"per_respondent": 4, "blocks": 9}).status_code == 409
    )
    assert client.post(address(study, "open/")).status_code == 409


def test_a_study_is_closed_counted_and_published() -> None:
    study = make_open()
    client = desk_of(study.organisation)
    codes = client.post(address(study, "invitations/"), {"count": 3})
    assert codes["Content-Type"].startswith("text/csv")
    assert StudyInvitation.objects.count() == 3
    assert client.post(address(study, "invitations/"), {"count": "none"}).status_code == 400
    assert client.post(address(study, "publish/")).status_code == 409
    assert client.post(address(study, "close/")).status_code == 302
    assert "waits for its turn" in text_of(client.get(address(study)))
    assert client.get(address(study, "results/")).status_code == 404
    assert client.post(address(study, "publish/")).status_code == 409
    assert client.post(address(study, "invitations/"), {"count": 3}).status_code == 409
    estimate_study(study=study, now=NOW)
    assert "Nobody answered this study" in text_of(client.get(address(study, "results/")))
    assert client.post(address(study, "publish/")).status_code == 302
    assert Client().get(f"/studies/{study.pk}/results/").status_code == 200


def test_only_editors_change_studies_and_only_of_their_organisation() -> None:
    study = make_draft()
    auditor = desk_of(study.organisation, Role.AUDITOR)
    assert auditor.get(address(study)).status_code == 200
    assert auditor.get(address(study, "texts/")).status_code == 403
    assert auditor.post(address(study, "open/")).status_code == 403
    other = make_organisation("elders")
    assert auditor.get(f"/desk/{other.slug}/studies/{study.pk}/").status_code == 403
    editor = sign_in(Client(), make_member(other, Role.EDITOR, email="o@elders.example"))
    assert editor.get(f"/desk/{other.slug}/studies/{study.pk}/").status_code == 404
