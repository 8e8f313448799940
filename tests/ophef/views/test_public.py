"""The fuss beside the verdict, for everybody."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.ophef.register import START, make_incident, make_signal
from tests.ophef.test_comparing import compare_drawn, draw_incidents
from tests.organisations.people import NOW
from tests.verdicts.results import asked, ended

from spreekruimte.ballots.models import Round
from spreekruimte.ophef.actions.acts import record_measure, record_rule_change
from spreekruimte.ophef.actions.measuring import (
    measure_incident,
    refresh_comparison,
    start_measuring,
)
from spreekruimte.ophef.measuring.comparing import METHOD, predict_all
from spreekruimte.ophef.models import Act, Comparison, Incident, Kind, Tally
from spreekruimte.organisations.models import OPERATOR

pytestmark = pytest.mark.django_db
BY: Any = {"actor": OPERATOR, "now": NOW, "on": START.date(), "today": NOW.date()}


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def make_fuss(round_: Round, *, calls: int = 60) -> Incident:
    """Fuss about the case of a round: a quiet month with one loud morning."""
    incident = make_incident(round_.case.organisation, case=round_.case)
    for number in range(20):
        make_signal(incident, f"q{number}", START + timedelta(days=number, hours=number % 5))
    for number in range(calls - 20):
        make_signal(incident, f"c{number}", START + timedelta(days=20, minutes=2 * number))
    for number in range(3):
        make_signal(incident, f"m{number}", START + timedelta(days=20), kind=Kind.MEDIA)
    make_signal(incident, "t", START + timedelta(days=21), kind=Kind.THREAT)
    Tally.objects.create(incident=incident, kind=Kind.CALL, count=calls)
    Tally.objects.create(incident=incident, kind=Kind.MEDIA, count=3)
    record_measure(incident=incident, measure=7, **BY)
    change = Act.Strictness.STRICTER
    on = {**BY, "on": (START + timedelta(days=10)).date()}
    record_rule_change(incident=incident, guideline="On social media", strictness=change, **on)
    Incident.objects.filter(pk=incident.pk).update(revision=1)
    return Incident.objects.get(pk=incident.pk)


def address(round_: Round, rest: str = "") -> str:
    return f"/cases/{round_.case_id}/ophef/{rest}"


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_a_case_without_an_incident_says_so(client: Client) -> None:
    assert "No fuss about this case" in read(client, address(ended()))


def test_before_it_is_measured_the_page_says_how_far_it_is(client: Client) -> None:
    round_ = ended()
    incident = make_fuss(round_)
    assert "has not been measured yet" in read(client, address(round_))
    start_measuring(incident=incident, now=NOW)
    assert "being measured: waits for its turn" in read(client, address(round_))
    read(client, address(round_, "timeline.svg"), 404)


def test_fuss_and_verdict_stand_beside_each_other(client: Client) -> None:
    round_ = ended()
    measure_incident(incident=make_fuss(round_), now=NOW)
    refresh_comparison(organisation=None, now=NOW)
    page = read(client, address(round_))
    assert "3 media items and 60 phone calls" in page
    assert "find it admissible" in page
    assert "It takes 30 incidents of which all is known; there are 1." in page
    assert 'class="timeline"' in page
    assert "There was 1 burst" in page
    assert "A: On social media, stricter" in page


def test_the_formula_says_what_usually_followed(client: Client) -> None:
    round_ = ended()
    incident = make_fuss(round_)
    assert "is being worked out" in read(client, address(round_))
    own = draw_incidents(40)
    figures = {**predict_all(own), "measures": {str(incident.pk): [3, 2, 5]}}
    Comparison.objects.create(method=METHOD, input_digest="", figures=figures, computed_at=NOW)
    page = read(client, address(round_))
    assert "give an official reprimand, on paper" in page
    assert "anything from “give a warning”" in page
    assert "in 40 incidents" in page


def test_what_could_point_at_a_person_is_told_nowhere(client: Client) -> None:
    round_ = ended()
    measure_incident(incident=make_fuss(round_), now=NOW)
    page = read(client, address(round_))
    # One threat, and the measure that was taken.
    assert "<th" in page
    assert "fewer than 5" in page
    assert "Dismiss" not in page
    rows = list(csv.DictReader(io.StringIO(read(client, address(round_, "timeline.csv")))))
    assert {row["signals"] for row in rows if row["at_most"] == "4"} == {""}
    assert not {row["signals"] for row in rows} & {"1", "2", "3", "4"}


def test_the_picture_can_be_downloaded(client: Client) -> None:
    round_ = ended()
    measure_incident(incident=make_fuss(round_), now=NOW)
    response = client.get(address(round_, "timeline.svg"))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].endswith(f'"case-{round_.case_id}-ophef-timeline.svg"')
    assert b"simulated" not in response.content
    read(client, address(round_, "other.svg"), 404)


def test_what_is_simulated_says_so_on_the_page_and_in_every_file(client: Client) -> None:
    round_ = ended()
    round_.case.is_simulated = True
    round_.case.save()
    measure_incident(incident=make_fuss(round_), now=NOW)
    assert "none of it happened" in read(client, address(round_))
    assert "this is simulated" in read(client, address(round_, "timeline.svg"))
    response = client.get(address(round_, "timeline.csv"))
    assert "simulated.csv" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert {row["simulated"] for row in rows} == {"yes"}


def test_while_a_case_is_asked_its_fuss_is_shown_to_nobody(client: Client) -> None:
    round_ = asked()
    make_fuss(round_)
    for rest, status in (("", 302), ("timeline.csv", 403)):
        assert client.get(address(round_, rest)).status_code == status
    client.post(f"/cases/{round_.case_id}/look/")
    for rest in ("", "timeline.csv"):
        read(client, address(round_, rest), 404)


def test_the_result_of_a_closed_case_leads_to_its_fuss(client: Client) -> None:
    round_ = ended()
    assert address(round_) in read(client, f"/cases/{round_.case_id}/result/")


def organisation_with(round_: Round, count: int) -> str:
    """Compare so many made-up incidents, of which the case of the round is the first."""
    make_fuss(round_)
    figures = dict(compare_drawn(count))
    first, *_others = figures["gaps"]
    others = [{**each, "case": None} for each in figures["gaps"][1:]]
    figures["gaps"] = [{**first, "case": round_.case_id}, *others]
    Comparison.objects.create(
        organisation=round_.case.organisation,
        method=METHOD,
        input_digest="",
        figures=figures,
        computed_at=NOW,
    )
    return f"/organisations/{round_.case.organisation.slug}/ophef/"


def test_an_organisation_that_was_not_compared_says_so(client: Client) -> None:
    round_ = ended()
    place = f"/organisations/{round_.case.organisation.slug}/ophef/"
    assert "No incidents have been compared yet" in read(client, place)
    read(client, f"{place}apart.svg", 404)
    read(client, "/organisations/nowhere/ophef/", 404)


def test_an_organisation_shows_what_explains_its_measures(client: Client) -> None:
    place = organisation_with(ended(), 40)
    page = read(client, place)
    assert "Of the differences between measures, fuss explains" in page
    assert "Rank correlation" in page
    assert "Where the formula expects the mildest measures" in page
    for name in ("explained", "rules", "calibration"):
        assert read(client, f"{place}{name}.svg").startswith("<svg")
        assert read(client, f"{place}{name}.csv").count("\n") >= 3


def test_an_organisation_with_few_incidents_says_what_it_would_take(client: Client) -> None:
    page = read(client, organisation_with(ended(), 3))
    assert page.count("It takes 30 incidents of which all is known; there are 3.") == 2
    assert page.count("It takes 10 incidents of which all is known; there are 3.") == 2


def test_a_case_that_is_not_closed_is_in_no_list(client: Client) -> None:
    round_ = ended()
    place = organisation_with(round_, 12)
    assert address(round_) in read(client, place)
    round_.case.state = "draft"
    round_.case.save()
    assert address(round_) not in read(client, place)


def test_the_incidents_of_an_organisation_are_compared_by_their_open_vote() -> None:
    round_ = ended()
    make_fuss(round_)
    organisation = round_.case.organisation
    assert refresh_comparison(organisation=organisation, now=NOW)
    assert not refresh_comparison(organisation=organisation, now=NOW)
    figures = Comparison.objects.get(organisation=organisation).figures
    assert (figures["incidents"], figures["judged"]) == (1, 1)
    assert 0.0 < figures["gaps"][0]["inadmissible"] < 1.0
    Act.objects.update(withdrawn_at=NOW)
    assert refresh_comparison(organisation=organisation, now=NOW)
    assert Comparison.objects.count() == 1
