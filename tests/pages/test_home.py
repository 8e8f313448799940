"""The home page: which cases there are, and nothing about what people find of an open one."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.stored import TELLING, in_state, prepare, submit
from tests.organisations.people import make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import OPERATOR, Organisation
from spreekruimte.pages.queries import PAGE, home_at

pytestmark = pytest.mark.django_db


def open_case(
    now: datetime, *, days: float = 3, organisation: Organisation | None = None, **changes: object
) -> Case:
    case = submit(prepare(organisation=organisation))
    case = actions.open_case(
        case=case,
        closes_at=now + timedelta(days=days),
        actor=OPERATOR,
        now=now,
        today=now.date(),
    )
    Case.objects.filter(pk=case.pk).update(**changes)
    return case


def read_home(query: str = "", language: str = "nl") -> str:
    response = Client(headers={"Accept-Language": language}).get(f"/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_open_case_is_told_with_the_time_that_is_left() -> None:
    case = open_case(timezone.now(), days=10.1)
    page = read_home()
    assert TELLING.nl in page
    assert f'href="/cases/{case.pk}/"' in page
    assert "Nog 1\xa0week<" in page
    assert TELLING.en in read_home(language="en")


def test_what_closes_first_comes_first() -> None:
    now = timezone.now()
    organisation = make_organisation()
    later = open_case(now, days=9, organisation=organisation)
    sooner = open_case(now, days=2, organisation=organisation)
    assert [case.id for case in home_at(now).open] == [sooner.pk, later.pk]


def test_a_case_that_is_past_its_day_is_not_offered() -> None:
    now = timezone.now()
    case = open_case(now, days=1)
    home = home_at(now + timedelta(days=2))
    assert home.open == ()
    assert [ended.id for ended in home.ended] == [case.pk]


def test_a_closed_case_leads_to_its_result() -> None:
    case = in_state("closed")
    assert f'href="/cases/{case.pk}/result/"' in read_home()


def test_a_protected_case_leads_to_its_ground() -> None:
    case = in_state("protected")
    page = read_home()
    assert "Waarom dit beschermd is" in page
    assert f'href="/cases/{case.pk}/"' in page
    assert f"/cases/{case.pk}/result/" not in page


@pytest.mark.parametrize("state", ["draft", "stopped", "ready", "withdrawn"])
def test_a_case_that_is_not_for_the_public_is_not_there(state: str) -> None:
    in_state(state)
    assert TELLING.nl not in read_home()


def test_without_cases_the_page_says_so() -> None:
    assert "Er is nu geen casus open." in read_home()


def test_simulated_citizens_are_told_in_a_banner_and_on_the_card() -> None:
    case = open_case(timezone.now())
    assert "Demonstratie" not in read_home()
    Case.objects.filter(pk=case.pk).update(is_simulated=True)
    page = read_home()
    assert "De mensen hier zijn nagebootst" in page
    assert '<span class="badge">Demonstratie</span>' in page


def test_closed_cases_come_by_the_page() -> None:
    organisation = make_organisation()
    now = timezone.now()
    for _case in range(PAGE + 1):
        case = open_case(now, organisation=organisation)
        Case.objects.filter(pk=case.pk).update(state="closed")
    first = home_at(now)
    assert len(first.ended) == PAGE
    assert first.older == first.ended[-1].id
    rest = home_at(now, before=first.older)
    assert len(rest.ended) == 1
    assert rest.older is None
    assert f"?before={first.older}" in read_home()
    page = read_home(f"?before={first.older}")
    assert page.count('class="card"') == 1
    assert "Oordeel nu" not in page


@pytest.mark.parametrize("before", ["x", "-1", "1" * 40, "٣", "", "1%00", "<script>"])
def test_a_page_that_cannot_be_is_not_there(before: str) -> None:
    assert Client().get(f"/?before={before}").status_code == 404
