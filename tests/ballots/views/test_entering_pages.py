"""Citizens come in with an invitation, an address or an account, and nothing of it is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.serializers import serialize
from django.db import connection
from pytest_django.fixtures import Settings
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen, Response, in_dutch, read, stored
from tests.ballots.views.provider import FakeProvider, running_provider
from tests.cases.stored import BY
from tests.organisations.people import make_member

from spreekruimte.ballots.actions.inviting import make_invitations
from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.confirming import LASTS_SECONDS
from spreekruimte.ballots.entering import COOKIE
from spreekruimte.ballots.models import Invitation, Participation, Round
from spreekruimte.ballots.views import entering
from spreekruimte.config.single_sign_on import Provider, list_apps
from spreekruimte.organisations.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

ADDRESS = "iemand@waterdam.example"
BROKEN = ["", "abc", "x" * 5000, "<script>alert(1)</script>", "ж" * 12, "7K3D-9QXM-0A1B-C2D3-E4F5"]


@pytest.fixture(autouse=True)
def nothing_tried() -> None:
    cache.clear()


def invite(round_: Round, count: int = 1) -> list[str]:
    draws = iter(range(10**12, 10**18, 7**19))
    return make_invitations(
        round_=round_, count=count, draw=lambda size: next(draws).to_bytes(size, "big"), **BY
    )


def tiers() -> list[tuple[str, str]]:
    return list(Participation.objects.order_by("pk").values_list("tier", "channel"))


# Invitations


def test_with_a_code_one_votes_in_the_panel() -> None:
    round_ = ask()
    (code,) = invite(round_)
    citizen = Citizen(round_.case_id)
    sent = citizen.send("invitation", {"code": code.lower().replace("-", " ")})
    assert sent["Location"] == citizen.address("case") + "?note=entered"
    assert sent.cookies[f"{COOKIE}-{round_.pk}"]["path"] == f"/cases/{round_.case_id}/"
    assert Participation.objects.count() == 0
    citizen.judge()
    assert tiers() == [("invitation", "panel")]


def test_a_link_fills_in_the_code_and_does_nothing_else() -> None:
    round_ = ask()
    (code,) = invite(round_)
    page = Citizen(round_.case_id).go("invitation", query={"code": code})
    assert f'value="{code}"' in page.content.decode()
    assert COOKIE not in "".join(page.cookies)


def test_a_code_used_in_two_browsers_is_one_respondent() -> None:
    round_ = ask()
    (code,) = invite(round_)
    for answer in (1, -1):
        citizen = Citizen(round_.case_id)
        citizen.send("invitation", {"code": code})
        citizen.judge(answer)
    assert tiers() == [("invitation", "panel")]


def test_who_voted_in_this_browser_is_not_counted_twice() -> None:
    round_ = ask()
    (code,) = invite(round_)
    citizen = Citizen(round_.case_id).judge()
    before = stored()
    page = citizen.send("invitation", {"code": code})
    assert page.status_code == 409
    assert "al gestemd" in read(page)
    assert stored() == before
    assert f"{COOKIE}-{round_.pk}" not in page.cookies


def test_coming_in_again_leads_on() -> None:
    round_ = ask()
    (code,) = invite(round_)
    citizen = Citizen(round_.case_id)
    citizen.send("invitation", {"code": code})
    citizen.judge()
    assert citizen.send("invitation", {"code": code})["Location"] == (
        citizen.address("reasons") + "?note=entered"
    )


@pytest.mark.parametrize("typed", [*BROKEN, "7K3D-9QXM-0A1B"])
def test_what_is_no_code_lets_nobody_in(typed: str) -> None:
    citizen = Citizen(ask().case_id)
    page = citizen.send("invitation", {"code": typed})
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert COOKIE not in "".join(page.cookies)


def test_a_code_of_another_round_lets_nobody_in() -> None:
    first = ask()
    (code,) = invite(first)
    end_round(round=first, step="close", **BY)
    case = first.case
    case.refresh_from_db()
    case.state = "ready"
    case.save()
    second = ask(case=case)
    citizen = Citizen(second.case_id)
    assert citizen.send("invitation", {"code": code}).status_code == 400


def test_guessing_codes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "MOST_CODES", 2)
    round_ = ask()
    (code,) = invite(round_)
    citizen = Citizen(round_.case_id)
    for _try in range(2):
        assert citizen.send("invitation", {"code": "7K3D-9QXM-0A1B"}).status_code == 400
    assert citizen.send("invitation", {"code": code}).status_code == 429


def test_codes_are_kept_as_digests() -> None:
    round_ = ask()
    codes = invite(round_, 3)
    assert len(set(codes)) == Invitation.objects.count() == 3
    kept = serialize("json", Invitation.objects.all())
    assert not any(part in kept for code in codes for part in (code, code.replace("-", "")))


# Addresses


def ask_for_link(citizen: Citizen, address: str = ADDRESS) -> str:
    """The path of the link that arrives."""
    assert citizen.send("email", {"address": address}).status_code == 200
    message = mail.outbox[-1]
    assert message.to == [address]
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found is not None
    return found[1]


def confirm(citizen: Citizen, link: str) -> Response:
    citizen.go()
    token = citizen.client.cookies["csrftoken"].value
    return citizen.client.post(link, {"csrfmiddlewaretoken": token})


def test_a_link_by_mail_lets_in_after_one_more_button() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id)
    link = ask_for_link(citizen)
    opened = citizen.client.get(link)
    assert opened.status_code == 200
    assert COOKIE not in "".join(opened.cookies)
    assert confirm(citizen, link)["Location"] == citizen.address("case") + "?note=entered"
    citizen.judge()
    assert tiers() == [("email", "open")]


def test_the_mail_speaks_the_language_of_the_reader() -> None:
    ask_for_link(Citizen(ask().case_id))
    assert "Bevestig uw e-mailadres" in mail.outbox[0].subject
    assert "Iemand, waarschijnlijk u" in str(mail.outbox[0].body)


def test_all_spellings_of_an_address_are_one_respondent() -> None:
    round_ = ask()
    for answer, address in ((1, ADDRESS), (-1, "IEMAND+stem@Waterdam.example")):
        citizen = Citizen(round_.case_id)
        confirm(citizen, ask_for_link(citizen, address))
        citizen.judge(answer)
    assert tiers() == [("email", "open")]


def test_a_link_works_once_for_one_hour_for_its_round(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = ask()
    citizen, other = Citizen(round_.case_id), Citizen(round_.case_id)
    link = ask_for_link(citizen)
    assert confirm(citizen, link).status_code == 302
    assert confirm(citizen, link).status_code == 302
    assert confirm(other, link).status_code == 410
    assert "werkt niet meer" in read(confirm(other, link))
    Round.objects.update(ended_at=BY["now"])
    second = ask_for_other_round(round_)
    assert confirm(Citizen(second.case_id), link).status_code == 410
    late = ask_for_link(Citizen(second.case_id))
    now = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: now() + LASTS_SECONDS + 1)
    assert Citizen(second.case_id).client.get(late).status_code == 410


def ask_for_other_round(round_: Round) -> Round:
    case = round_.case
    case.refresh_from_db()
    case.state = "ready"
    case.save()
    return ask(case=case)


@pytest.mark.parametrize("token", ["x", "a:b:c", "ж", "x" * 3000])
def test_a_link_that_was_not_made_here_lets_nobody_in(token: str) -> None:
    citizen = Citizen(ask().case_id)
    page = citizen.go("confirm-email", token=token)
    assert page.status_code == 410
    assert "Vraag een nieuwe aan" in read(page)


@pytest.mark.parametrize(
    "address",
    ["", "abc", f"{'x' * 250}@a.example", "<script>@a.example", "a@b\r\nBcc: c@d.example", "@"],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    citizen = Citizen(ask().case_id)
    page = citizen.send("email", {"address": address})
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    assert not mail.outbox


def test_nobody_can_fill_a_mailbox_nor_see_that_somebody_tried() -> None:
    citizen = Citizen(ask().case_id)
    pages = [read(citizen.send("email", {"address": ADDRESS})) for _try in range(5)]
    assert len(set(pages)) == 1
    assert len(mail.outbox) == entering.MOST_MAILS_TO_ONE


def test_nobody_can_write_to_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "MOST_MAILS", 2)
    citizen = Citizen(ask().case_id)
    statuses = [
        citizen.send("email", {"address": f"{number}@a.example"}).status_code for number in range(3)
    ]
    assert statuses == [200, 200, 429]
    assert len(mail.outbox) == 2


def test_a_mail_that_cannot_be_sent_is_said(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = Citizen(ask().case_id).send("email", {"address": ADDRESS})
    assert page.status_code == 503
    assert in_dutch("The mail could not be sent. Try again later.") in read(page)


def test_where_no_mail_leaves_no_link_is_offered(settings: Settings) -> None:
    citizen = Citizen(ask().case_id)
    assert citizen.address("email") in citizen.go().content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert citizen.address("email") not in citizen.go().content.decode()
    assert citizen.go("email").status_code == 409


def test_no_address_is_kept_anywhere() -> None:
    citizen = Citizen(ask().case_id)
    confirm(citizen, ask_for_link(citizen))
    citizen.judge()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert "waterdam.example" not in str(cursor.fetchall()), table


# OpenID Connect


@pytest.fixture
def provider(settings: Settings) -> Iterator[FakeProvider]:
    with running_provider() as running:
        found = Provider(running.issuer, "id", "secret", "Voorbeeld-ID", False, False)
        settings.OPENID_CONNECT = found
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list_apps(found)}}
        yield running


def identify(citizen: Citizen) -> Response:
    """Go to the provider and come back."""
    page = citizen.go().content.decode()
    assert "Eerst inloggen met Voorbeeld-ID" in page
    link = re.search(r'href="(/account/oidc/[^"]*)"', page)
    assert link is not None
    sent = citizen.client.get(unescape(link[1]))
    asked = parse_qs(urlsplit(sent["Location"]).query)
    back = {"code": "c", "state": asked["state"][0]}
    returned = citizen.client.get(urlsplit(asked["redirect_uri"][0]).path, back)
    assert returned["Location"] == citizen.address("openid")
    return citizen.go("openid")


def test_an_account_elsewhere_tells_people_apart_and_lets_nobody_in(
    provider: FakeProvider,
) -> None:
    round_ = ask()
    first, again, other = (Citizen(round_.case_id) for _number in range(3))
    for answer, citizen in ((1, first), (-1, again)):
        assert identify(citizen)["Location"] == citizen.address("case") + "?note=entered"
        citizen.judge(answer)
    provider.subject = "another"
    identify(other)
    other.judge()
    assert tiers() == [("openid", "open"), ("openid", "open")]
    assert not SocialAccount.objects.exists()
    assert not User.objects.exists()
    assert not Session.objects.exists()
    assert first.client.get("/desk/").status_code == 302


def test_who_works_here_votes_without_its_being_kept(provider: FakeProvider) -> None:
    round_ = ask()
    user = make_member(round_.case.organisation, email="iemand@waterdam.example")
    SocialAccount.objects.create(user=user, provider="sso", uid=provider.subject)
    citizen = Citizen(round_.case_id)
    identify(citizen)
    citizen.judge()
    assert SocialAccount.objects.get().extra_data == {}
    assert citizen.client.get("/desk/").status_code == 302
    assert tiers() == [("openid", "open")]


def test_where_there_is_no_provider_none_is_offered() -> None:
    citizen = Citizen(ask().case_id)
    assert "/account/oidc/" not in citizen.go().content.decode()
    assert citizen.go("openid")["Location"] == citizen.address("case")


def test_an_address_of_another_site_is_not_gone_to(provider: FakeProvider) -> None:
    citizen = Citizen(ask().case_id)
    sent = citizen.client.get(
        "/account/oidc/sso/login/", {"process": "redirect", "next": "https://elsewhere.example/"}
    )
    asked = parse_qs(urlsplit(sent["Location"]).query)
    returned = citizen.client.get(
        "/account/oidc/sso/login/callback/", {"code": "c", "state": asked["state"][0]}
    )
    assert "elsewhere.example" not in returned.get("Location", "")
    assert provider.subject not in returned.content.decode()
