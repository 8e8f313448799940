"""What other sites are told, to show the ballot of a case."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.ballots.rounds import make_round
from tests.cases.stored import BY, in_state

from spreekruimte.cases.actions import stop_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

# What WordPress 6 leaves of the answer of a provider that it does not know.
WORDPRESS = re.compile(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", re.DOTALL)


Response = Any
"""What the test client gives: it has more than the class of a response says."""


def ask(address: str, **given: str) -> Response:
    return Client().get("/oembed", {"url": address, **given})


@pytest.mark.parametrize("way", ["", "/", "/result/", "/thanks/?note=saved", "/#top"])
def test_a_case_is_described_by_any_of_its_addresses(way: str) -> None:
    case_id = make_round().case_id
    response = ask(f"http://testserver/cases/{case_id}{way}")
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert (told["width"], told["height"]) == (600, 520)
    assert told["provider_name"] == "Spreekruimte"


def test_the_frame_survives_what_wordpress_leaves_of_it() -> None:
    case_id = make_round().case_id
    html = ask(f"http://testserver/cases/{case_id}/").json()["html"]
    found = WORDPRESS.search(html)
    assert found is not None
    assert f'<a href="http://testserver/cases/{case_id}/">' in found[1]
    assert f'src="http://testserver/embed/{case_id}/"' in found[2]
    assert "allow-same-origin" not in html


@pytest.mark.parametrize(
    ("most", "size"),
    [
        ({"maxwidth": "500"}, (500, 520)),
        ({"maxheight": "300"}, (600, 300)),
        ({"maxwidth": "9000", "maxheight": "9000"}, (600, 520)),
        ({"maxwidth": "500", "dnt": "1"}, (500, 520)),
    ],
)
def test_it_is_never_larger_than_asked_for(most: dict[str, str], size: tuple[int, int]) -> None:
    told = ask(f"http://testserver/cases/{make_round().case_id}/", **most).json()
    assert (told["width"], told["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in told["html"]


@pytest.mark.parametrize("most", ["0", "-1", "x", "", "1.5", "9" * 5000, "²"])
def test_a_size_that_is_no_number_is_refused(most: str) -> None:
    address = f"http://testserver/cases/{make_round().case_id}/"
    assert ask(address, maxwidth=most).status_code == 400


def test_xml_is_not_spoken() -> None:
    address = f"http://testserver/cases/{make_round().case_id}/"
    assert ask(address, format="xml").status_code == 501
    assert ask(address, format="json").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "/cases/1/",
        "http://testserver/",
        "http://testserver/cases/",
        "http://testserver/cases/2147483647/",
        "http://elsewhere.example/cases/{}/",
        "http://testserver:81/cases/{}/",
        "http://me@testserver/cases/{}/",
        "ftp://testserver/cases/{}/",
        "http://[::1/cases/{}/",
        "http://testserver/cases/9999999999999999999/",
        "http://testserver/cases/{}/\n",
        "http://testserver/cases/{}/" + "x" * 3000,
    ],
)
def test_an_address_that_leads_to_no_case_is_not_found(address: str) -> None:
    case_id = make_round().case_id
    response = ask(address.format(case_id))
    assert response.status_code == 404
    assert "html" not in response.json()


def test_a_case_that_is_not_shown_any_more_is_not_for_everybody() -> None:
    round_ = make_round()
    stop_case(case=round_.case, **BY)
    assert ask(f"http://testserver/cases/{round_.case_id}/").status_code == 401


def test_a_case_that_never_was_asked_is_not_found() -> None:
    assert ask(f"http://testserver/cases/{in_state('ready').pk}/").status_code == 404


def test_there_is_nothing_but_to_read() -> None:
    assert Client().post("/oembed").status_code == 405
