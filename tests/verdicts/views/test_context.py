"""The page of what context changes over all closed cases."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.verdicts.framed import publish_framed, start_framed
from tests.verdicts.results import judge, published

from spreekruimte.cases.models import Case
from spreekruimte.verdicts.queries.context import list_framings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]

PAGE = "/what-context-changes/"


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_closed_case_with_several_texts_it_says_so(client: Client) -> None:
    published()
    # What is still asked is told nowhere.
    judge(start_framed(60))
    assert list_framings() == []
    page = read(client)
    assert "There is no closed case yet in which people saw different texts." in page
    assert "<svg" not in page
    assert read(client, "/what-context-changes.csv").count("\n") == 1


def test_one_case_has_its_figures_and_there_is_none_over_all(client: Client) -> None:
    verdict = publish_framed()
    page = read(client)
    assert "There are not yet two cases with figures" in page
    assert page.count("<svg") == 6
    assert f"/cases/{verdict.round.case_id}/result/" in page


def test_of_several_cases_it_says_what_holds_over_all(client: Client) -> None:
    for seed in (1, 2, 3):
        publish_framed(700, seed=seed)
    page = read(client)
    assert "All context changes the judgement: +" in page
    assert "That is over 3 cases" in page
    rows = read(client, "/what-context-changes.csv").splitlines()
    assert rows[0].startswith("simulated,channel,comparison,case,round,estimate,low,high")
    # Six comparisons of three cases, and of each the figure over all.
    assert len(rows) == 1 + 6 * 4
    pooled = [row for row in rows if row.startswith("no,open,weight_of_context,all,")]
    assert len(pooled) == 1
    assert float(pooled[0].split(",")[5]) > 0.4


def test_each_picture_can_be_downloaded_and_no_other(client: Client) -> None:
    publish_framed()
    answer = client.get(f"{PAGE}open/weight_of_context.svg")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    for name in ("open/other", "panel/weight_of_context"):
        assert client.get(f"{PAGE}{name}.svg").status_code == 404


def test_files_of_what_is_simulated_say_so_and_others_do_not(client: Client) -> None:
    verdict = publish_framed()
    numbers, picture = "/what-context-changes.csv", f"{PAGE}open/weight_of_context.svg"
    assert read(client, numbers).splitlines()[1].startswith("no,open,")
    assert "simulated" not in read(client, picture)
    assert "simulated" not in client.get(numbers)["Content-Disposition"]
    assert "simulated" not in client.get(picture)["Content-Disposition"]
    Case.objects.filter(pk=verdict.round.case_id).update(is_simulated=True)
    assert all(row.startswith("yes,open,") for row in read(client, numbers).splitlines()[1:])
    assert "Demonstration: the people here are simulated." in read(client, picture)
    assert (
        'filename="what-context-changes-simulated.csv"'
        in (client.get(numbers)["Content-Disposition"])
    )
    assert (
        'filename="open-weight_of_context-simulated.svg"'
        in (client.get(picture)["Content-Disposition"])
    )


def test_home_and_how_it_works_lead_to_it(client: Client) -> None:
    publish_framed(60)
    assert PAGE in read(client, "/")
    assert PAGE in read(client, "/how-it-works/")
