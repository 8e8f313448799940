from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from tests.guidelines.chill.surveyed import close, make_published, make_survey

from spreekruimte.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def test_everybody_sees_what_came_out_as_sentence_picture_and_table(client: Client) -> None:
    survey = make_published(40)
    page = client.get(f"/surveys/{survey.pk}/results/").content.decode()
    assert "50% of public servants would stay silent (margin" in page
    assert "<svg" in page
    assert "R1. Be kind." in page
    assert "People who answered: 40." in page
    listed = client.get(f"/organisations/{survey.version.guideline.organisation.slug}/surveys/")
    assert f"/surveys/{survey.pk}/results/" in listed.content.decode()


def test_the_numbers_can_be_downloaded(client: Client) -> None:
    survey = make_published(40)
    address = f"/surveys/{survey.pk}/results/chill"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").content.decode())))
    assert [row["line"] for row in rows] == ["all", "R1"]
    figures = client.get(f"{address}.json").json()
    assert figures["overall"]["share"] == float(rows[0]["share"])
    assert figures["method"] == "spreekruimte-chill-1"
    assert figures["simulated"] is False
    assert client.get(f"{address}.svg").content.startswith(b"<svg")


def test_what_is_simulated_says_so_on_pages_and_in_files(client: Client) -> None:
    survey = make_published(40)
    Case.objects.update(is_simulated=True)
    slug = survey.version.guideline.organisation.slug
    for page in (f"/surveys/{survey.pk}/results/", f"/organisations/{slug}/surveys/"):
        assert 'class="simulated"' in client.get(page).content.decode()
    address = f"/surveys/{survey.pk}/results/chill"
    kept = client.get(f"{address}.csv")
    assert "-simulated.csv" in kept["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(kept.content.decode())))
    assert {row["simulated"] for row in rows} == {"yes"}
    assert "people here are simulated" in client.get(f"{address}.svg").content.decode()
    assert client.get(f"{address}.json").json()["simulated"] is True


def test_too_few_answers_give_a_plain_sentence_and_no_picture(client: Client) -> None:
    survey = make_published(12)
    page = client.get(f"/surveys/{survey.pk}/results/").content.decode()
    assert "Fewer than 20 people answered, so there are no figures." in page
    assert "Lines without a figure" in page
    assert "<svg" not in page
    assert "12 " not in page.split("<main")[1].split("Asked from")[0]
    assert client.get(f"/surveys/{survey.pk}/results/chill.csv").status_code == 404
    assert client.get(f"/surveys/{survey.pk}/results/chill.json").json()["overall"] is None


def test_nothing_shows_before_it_is_published(client: Client) -> None:
    survey = close(make_survey())
    assert client.get(f"/surveys/{survey.pk}/results/").status_code == 404
    slug = survey.version.guideline.organisation.slug
    assert (
        "No results are published yet"
        in client.get(f"/organisations/{slug}/surveys/").content.decode()
    )
