"""What the page of a case tells whoever passes it on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from tests.ballots.rounds import make_round
from tests.ballots.views.conftest import at_now
from tests.cases.stored import TELLING, in_state

# Pytest takes from here what it finds by name.
__all__ = ["at_now"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def head_of(path: str, language: str = "nl") -> str:
    page = Client(headers={"accept-language": language}).get(path).content.decode()
    return unescape(page[: page.index("</head>")])


def told(head: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', head))


def test_the_page_of_a_case_tells_its_card() -> None:
    case_id = make_round().case_id
    properties = told(head_of(f"/cases/{case_id}/", "en"))
    assert properties["og:title"] == "What do you think of this post?"
    assert properties["og:description"] == TELLING.en
    assert properties["og:url"] == f"http://testserver/cases/{case_id}/"
    assert properties["og:image"] == f"http://testserver/cards/{case_id}/en.png?open"
    assert properties["og:image:alt"].endswith("Is this post admissible, in your opinion?")
    assert properties["og:image:width"] == "1200"
    assert properties["twitter:card"] == "summary_large_image"
    assert properties["og:locale"] == "en_GB"


def test_the_card_is_where_the_page_says() -> None:
    case_id = make_round().case_id
    address = told(head_of(f"/cases/{case_id}/"))["og:image"]
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=300" in response["Cache-Control"]
    assert not response.cookies


def test_other_sites_find_how_to_show_it() -> None:
    case_id = make_round().case_id
    found = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"',
        head_of(f"/cases/{case_id}/"),
    )
    assert found is not None
    assert Client().get(found[1]).json()["type"] == "rich"


def test_the_page_of_a_result_tells_the_same() -> None:
    case = in_state("closed")
    assert "og:title" in told(head_of(f"/cases/{case.pk}/result/"))


@pytest.mark.parametrize("path", ["/", "/how-it-works/", "/cases/9999/", "/receipt/", "/nowhere/"])
def test_other_pages_tell_nothing(path: str) -> None:
    assert not [name for name in told(head_of(path)) if name.startswith("og:")]


def test_a_case_that_is_not_public_tells_nothing() -> None:
    case = in_state("ready")
    assert TELLING.nl not in head_of(f"/cases/{case.pk}/")
    assert Client().get(f"/cards/{case.pk}/nl.png").status_code == 404


def test_there_is_a_page_with_all_ways_to_share() -> None:
    case_id = make_round().case_id
    page = unescape(Client().get(f"/cases/{case_id}/share/").content.decode())
    assert f'src="http://testserver/embed/{case_id}/"' in page
    assert f"/cases/{case_id}/poster/" in page
    assert f'href="/cards/{case_id}/nl.png?open"' in page


def test_a_case_that_is_over_has_no_poster() -> None:
    case = in_state("closed")
    page = Client().get(f"/cases/{case.pk}/share/")
    assert page.status_code == 200
    assert "/poster/" not in page.content.decode()
    assert Client().get(f"/cases/{case.pk}/poster/").status_code == 404


@pytest.mark.parametrize(("language", "telling"), [("nl", TELLING.nl), ("en", TELLING.en)])
def test_a_poster_holds_the_case_its_address_and_a_code(language: str, telling: str) -> None:
    case_id = make_round().case_id
    client = Client(headers={"accept-language": language})
    page = client.get(f"/cases/{case_id}/poster/").content.decode()
    assert telling in page
    assert f"http://testserver/cases/{case_id}/" in page
    assert 'src="data:image/svg+xml' in page


@pytest.mark.parametrize("name", ["share", "poster"])
def test_of_a_case_that_is_not_public_there_is_nothing_to_share(name: str) -> None:
    assert Client().get(f"/cases/{in_state('ready').pk}/{name}/").status_code == 404
