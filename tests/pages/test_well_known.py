from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from spreekruimte.config.operator import Operator

SECURITY = "/.well-known/security.txt"


def test_robots_are_kept_from_what_is_of_no_use_to_them() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /desk/" in lines
    # They have to read a case to see that it is not for them.
    assert not [line for line in lines if "cases" in line]


def test_a_weakness_can_be_reported_where_the_operator_says(settings: Settings) -> None:
    settings.OPERATOR = Operator("Waterdam", "mailto:safe@waterdam.example")
    response = Client().get(SECURITY)
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:safe@waterdam.example"
    assert fields["Canonical"] == f"http://testserver{SECURITY}"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=150) < expires - timezone.now() < timedelta(days=365)


def test_without_a_contact_nothing_is_promised(settings: Settings) -> None:
    settings.OPERATOR = Operator("", "")
    assert Client().get(SECURITY).status_code == 404


def test_an_old_browser_finds_the_icon() -> None:
    response = Client().get("/favicon.ico")
    assert response.status_code == 301
    assert response.headers["Location"].startswith("/static/look/icon.svg?v=")


def test_files_at_a_fixed_address_are_only_read() -> None:
    assert Client().post("/robots.txt").status_code == 405
