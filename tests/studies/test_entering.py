import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.studies.studied import somebody

from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.studies.entering import let_in, respondent_of


def come_back(response: HttpResponse, study_id: int) -> Respondent | None:
    request = RequestFactory().get("/")
    request.COOKIES.update({name: each.value for name, each in response.cookies.items()})
    return respondent_of(request, study_id)


@pytest.mark.parametrize("tier", [Tier.BROWSER, Tier.INVITATION])
def test_who_was_let_in_is_known_on_the_next_page(tier: Tier) -> None:
    response = let_in(HttpResponse(), somebody(1, tier), 7)
    assert come_back(response, 7) == somebody(1, tier)


def test_an_invitation_is_of_one_study_and_before_the_browser() -> None:
    response = let_in(HttpResponse(), somebody(1), 7)
    let_in(response, somebody(2, Tier.INVITATION), 7)
    assert come_back(response, 7) == somebody(2, Tier.INVITATION)
    assert come_back(response, 8) == somebody(1)


@pytest.mark.parametrize("forged", ["", "abc", "abc:def", "x" * 300])
def test_a_cookie_that_was_not_made_here_is_of_nobody(forged: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["study-7"] = forged
    assert respondent_of(request, 7) is None


def test_a_cookie_moved_to_another_study_is_of_nobody() -> None:
    response = let_in(HttpResponse(), somebody(2, Tier.INVITATION), 7)
    request = RequestFactory().get("/")
    request.COOKIES["study-8"] = response.cookies["study-7"].value
    assert respondent_of(request, 8) is None
