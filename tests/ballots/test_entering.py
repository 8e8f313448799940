"""Who a citizen is follows from a cookie that only this installation can make."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from spreekruimte.ballots.entering import (
    COOKIE,
    LONGEST_COOKIE,
    forget,
    keyed_digest,
    let_in,
    newcomer,
    respondent_of,
)
from spreekruimte.ballots.models import Channel, Tier
from spreekruimte.ballots.respondents import Respondent

ROUND, CASE = 7, 3
DIGEST = keyed_digest("email", "someone@waterdam.example")


def cookies_after(*respondents: Respondent, round_id: int = ROUND) -> dict[str, str]:
    response = HttpResponse()
    for each in respondents:
        let_in(response, each, case_id=CASE, round_id=round_id)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def met_again(cookies: dict[str, str], round_id: int = ROUND) -> Respondent | None:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return respondent_of(request, round_id)


def test_nobody_is_known_without_a_cookie() -> None:
    assert met_again({}) is None


def arriving(secret: str | None = None) -> Respondent:
    request = RequestFactory().get("/")
    if secret:
        request.META["CSRF_COOKIE"] = secret
    return newcomer(request)


def test_newcomers_differ() -> None:
    assert arriving() != arriving()
    assert arriving("one") != arriving("other")


def test_who_presses_twice_is_one_arriving() -> None:
    assert arriving("one") == arriving("one")
    assert "one" not in arriving("one").key


@pytest.mark.parametrize("tier", Tier)
def test_whoever_was_let_in_is_known_again(tier: Tier) -> None:
    respondent = Respondent(tier, DIGEST)
    assert met_again(cookies_after(respondent)) == respondent


def test_a_browser_is_known_in_every_round() -> None:
    respondent = arriving()
    assert met_again(cookies_after(respondent), round_id=ROUND + 1) == respondent


def test_who_came_in_for_a_round_is_the_browser_elsewhere() -> None:
    browser, invited = arriving(), Respondent(Tier.INVITATION, DIGEST)
    cookies = cookies_after(browser, invited)
    assert met_again(cookies) == invited
    assert met_again(cookies, round_id=ROUND + 1) == browser
    assert invited.channel == Channel.PANEL
    assert browser.channel == Channel.OPEN


def test_a_cookie_of_one_round_is_worth_nothing_in_another() -> None:
    (value,) = cookies_after(Respondent(Tier.INVITATION, DIGEST)).values()
    assert met_again({f"{COOKIE}-{ROUND + 1}": value}, round_id=ROUND + 1) is None
    assert met_again({COOKIE: value}) is None


def test_a_browser_is_no_invitation() -> None:
    (value,) = cookies_after(arriving()).values()
    assert met_again({f"{COOKIE}-{ROUND}": value}) is None


@pytest.mark.parametrize(
    "value",
    ["", "browser:token", "browser:token:forged", "x" * (LONGEST_COOKIE + 1), "é:ü:ж", "\x00"],
)
def test_what_was_not_made_here_is_nobody(value: str) -> None:
    assert met_again({COOKIE: value, f"{COOKIE}-{ROUND}": value}) is None


def test_another_installation_makes_other_cookies() -> None:
    cookies = cookies_after(arriving(), Respondent(Tier.EMAIL, DIGEST))
    with override_settings(SECRET_KEY="another"):  # noqa: S106 - a test
        assert met_again(cookies) is None


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_no_script_and_no_other_site_gets_the_cookie(is_encrypted: bool) -> None:
    response = HttpResponse()
    with override_settings(SESSION_COOKIE_SECURE=is_encrypted):
        let_in(response, arriving(), case_id=CASE, round_id=ROUND)
        let_in(response, Respondent(Tier.EMAIL, DIGEST), case_id=CASE, round_id=ROUND)
    paths = {name: morsel["path"] for name, morsel in response.cookies.items()}
    assert paths == {COOKIE: "/", f"{COOKIE}-{ROUND}": f"/cases/{CASE}/"}
    for morsel in response.cookies.values():
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert bool(morsel["secure"]) is is_encrypted


def test_a_browser_can_forget_who_came_in() -> None:
    response = HttpResponse()
    forget(response, case_id=CASE, round_id=ROUND)
    morsel = response.cookies[f"{COOKIE}-{ROUND}"]
    assert (morsel.value, morsel["max-age"], morsel["path"]) == ("", 0, f"/cases/{CASE}/")


def test_digests_of_two_purposes_are_unrelated() -> None:
    assert keyed_digest("email", "a") != keyed_digest("openid", "a")
    assert keyed_digest("email", "a") == keyed_digest("email", "a")
    assert len(DIGEST) == 64
