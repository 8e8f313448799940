"""Who voted inside a page of somebody else takes that ballot back on ours, by a link of theirs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.ballots.rounds import make_round
from tests.cases.stored import BY
from tests.channels.embed.test_views import JUDGEMENT, bring, show, token_of

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Ballot, LogEntry, Round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def round_() -> Round:
    return make_round()


def vote(round_: Round) -> str:
    """Vote in a frame; give the link that stands with the receipt."""
    page = show(round_.case_id)
    assert bring(round_.case_id, JUDGEMENT | {"token": token_of(page)}).status_code == 201
    links = set(re.findall(r'href="([^"]+/withdraw/[^"]+)"', page.content.decode()))
    (link,) = links
    return str(urlsplit(link).path)


def test_a_ballot_is_taken_back_and_the_log_says_so(round_: Round) -> None:
    link, _other = vote(round_), vote(round_)
    asked = Client().get(link)
    assert asked.status_code == 200
    assert Ballot.objects.count() == 2
    done = Client().post(link)
    assert done["Location"] == f"/cases/{round_.case_id}/erased/"
    assert Ballot.objects.count() == 1
    assert LogEntry.objects.latest("position").concerns is not None


def test_what_was_voted_is_not_shown(round_: Round) -> None:
    link = vote(round_)
    page = Client(headers={"accept-language": "en"}).get(link).content.decode()
    assert "take your ballot back" in page
    assert not re.search(r"admissible", page, re.IGNORECASE)


def test_nothing_is_done_by_looking_and_nothing_by_doing_it_again(round_: Round) -> None:
    link = vote(round_)
    for _time in range(2):
        Client().get(link)
    assert Ballot.objects.count() == 1
    for _time in range(2):
        assert Client().post(link).status_code == 302
    assert LogEntry.objects.count() == 2
    assert b"<form method" not in Client().get(link).content


def test_it_is_possible_when_the_round_is_over(round_: Round) -> None:
    link = vote(round_)
    end_round(round=Round.objects.get(pk=round_.pk), step="close", **BY)
    assert Client().post(link).status_code == 302
    assert not Ballot.objects.exists()


def test_a_page_elsewhere_cannot_have_it_done(round_: Round) -> None:
    link = vote(round_)
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
    assert Client().get(link).headers["X-Frame-Options"] == "DENY"
    assert Ballot.objects.count() == 1


def test_a_link_that_is_not_whole_or_of_another_case_leads_nowhere(round_: Round) -> None:
    link = vote(round_)
    for wrong in (link[:-3] + "/", link.replace(f"/{round_.case_id}/", "/123456/")):
        assert Client().post(wrong).status_code == 404
    token = token_of(show(round_.case_id))
    assert Client().post(f"/cases/{round_.case_id}/withdraw/{token}/").status_code == 404
    assert Ballot.objects.count() == 1


def test_who_took_a_ballot_back_can_cast_another_in_the_same_frame(round_: Round) -> None:
    page = show(round_.case_id)
    body = JUDGEMENT | {"token": token_of(page)}
    assert bring(round_.case_id, body).status_code == 201
    link = re.search(r"/cases/\d+/withdraw/[^\"]+", page.content.decode())
    assert link
    Client().post(link[0])
    assert bring(round_.case_id, body | {"answer": -1}).status_code == 201
    assert Ballot.objects.get().answer == -1
