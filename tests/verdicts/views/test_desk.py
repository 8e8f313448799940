"""The verdict at the desk: editors make it official, auditors check it, others see nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ballots.views.citizen import read
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in
from tests.verdicts.results import asked, ended, published
from tests.verdicts.rounds import citizen

from spreekruimte.ballots.models import Ballot, Round
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.organisations.models import AuditEntry, Role, User
from spreekruimte.verdicts.models import Job, OfficialVerdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_soon", "storage")]


def desk_of(round_: Round) -> str:
    return f"/desk/{round_.case.organisation.slug}/cases/{round_.case_id}/verdict/"


def member(round_: Round, role: Role) -> User:
    return make_member(round_.case.organisation, role, email=f"{role}@waterdam.example")


def at_desk(round_: Round, role: Role) -> Client:
    return sign_in(Client(headers={"accept-language": "nl"}), member(round_, role))


def test_an_editor_makes_a_verdict_official_and_follows_the_work() -> None:
    round_ = ended()
    client = at_desk(round_, Role.EDITOR)
    assert "nog niet officieel" in read(client.get(desk_of(round_)))
    response = client.post(f"{desk_of(round_)}1/publish/")
    job = Job.objects.get()
    assert response["Location"] == f"{desk_of(round_)}jobs/{job.pk}/"
    assert OfficialVerdict.objects.get().number == 1
    editor = User.objects.get(email="editor@waterdam.example")
    assert AuditEntry.objects.get(action="publish_verdict").actor == editor.actor
    assert "wacht op zijn beurt" in read(client.get(response["Location"]))
    assert "Officieel sinds" in read(client.get(desk_of(round_)))


def test_a_round_that_is_open_is_not_made_official() -> None:
    round_ = asked()
    client = at_desk(round_, Role.EDITOR)
    response = client.post(f"{desk_of(round_)}1/publish/")
    assert response.status_code == 409
    assert "nog niet afgelopen" in read(response)
    assert not OfficialVerdict.objects.exists()


def test_work_that_is_forgotten_is_done() -> None:
    round_ = ended()
    client = at_desk(round_, Role.EDITOR)
    address = f"{desk_of(round_)}jobs/00000000-0000-4000-8000-000000000000/"
    assert "Dit werk is klaar" in read(client.get(address))


def test_an_auditor_opens_every_ballot() -> None:
    round_ = ended()
    client = at_desk(round_, Role.AUDITOR)
    assert "Alle 312 stemmen passen" in read(client.post(f"{desk_of(round_)}1/check/"))


def test_a_ballot_that_was_changed_is_found() -> None:
    round_ = ended()
    participation = find_participation(round_, citizen(3))
    assert participation
    changed = Ballot.objects.filter(participation=participation, question="judgement")
    changed.update(answer=-changed.get().answer)
    gone = Ballot.objects.filter(participation=participation, question="measure").get()
    position = gone.entry.position
    gone.delete()
    said = read(at_desk(round_, Role.AUDITOR).post(f"{desk_of(round_)}1/check/"))
    assert "310 stemmen passen bij het logboek, 1 niet, en 1 ontbreken" in said
    assert str(position) in said


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.AUDITOR, "1/publish/", 403),
        (Role.EDITOR, "1/check/", 403),
        (Role.MODERATOR, "1/publish/", 403),
        (Role.EDITOR, "9/publish/", 404),
        (Role.AUDITOR, "9/check/", 404),
    ],
)
def test_a_role_gives_what_it_gives_and_no_more(role: Role, path: str, status: int) -> None:
    round_ = ended()
    response = at_desk(round_, role).post(f"{desk_of(round_)}{path}")
    assert response.status_code == status
    assert not OfficialVerdict.objects.exists()


def test_another_organisation_has_no_such_case() -> None:
    from tests.organisations.people import make_organisation

    round_ = ended()
    other = make_organisation("elsewhere")
    editor = make_member(other, Role.EDITOR, email="e@elsewhere.example")
    client = sign_in(Client(), editor)
    response = client.get(f"/desk/elsewhere/cases/{round_.case_id}/verdict/")
    assert response.status_code == 404


def test_the_files_stand_at_the_desk_too() -> None:
    round_ = published()
    said = read(at_desk(round_, Role.AUDITOR).get(desk_of(round_)))
    assert "report.pdf" in said
    assert "votes.parquet" in said
