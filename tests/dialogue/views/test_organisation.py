"""Everybody reads what part an organisation takes in the debate, of cases that are closed."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ballots.asking import ask
from tests.ballots.views.citizen import read
from tests.cases.stored import BY, in_state
from tests.dialogue.messages import QUESTION, pseudonym_for, say
from tests.organisations.people import make_organisation

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.dialogue.models import Speaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

ENGLISH = {"accept-language": "en"}


def test_it_tells_of_closed_cases_and_nothing_of_one_that_is_asked() -> None:
    organisation = make_organisation()
    client = Client(headers=ENGLISH)
    page = client.get(f"/organisations/{organisation.slug}/dialogue/")
    assert "No closed case was talked about yet." in read(page)
    round_ = ask(case=in_state("ready", organisation=organisation))
    question = say(round_.case)
    office = {"author": pseudonym_for("office"), "speaker": Speaker.ORGANISATION}
    say(round_.case, "Ja, dat mag.", parent=question, **office)
    asked = client.get(f"/organisations/{organisation.slug}/dialogue/")
    assert read(asked) == read(page)
    end_round(round=round_, step="close", **BY)
    told = client.get(f"/organisations/{organisation.slug}/dialogue/")
    assert "100%" in read(told)
    assert f"/cases/{round_.case_id}/dialogue/" in told.content.decode()
    assert QUESTION not in read(told)


def test_there_is_no_page_of_an_organisation_that_is_not_there() -> None:
    assert Client().get("/organisations/nowhere/dialogue/").status_code == 404
