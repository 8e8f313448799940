from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.cases.stored import make_draft
from tests.ophef.register import START, make_incident, make_signal
from tests.ophef.tokens import make_token
from tests.organisations.people import NOW, make_organisation

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.acts import (
    record_measure,
    record_order,
    record_rule_change,
    withdraw_act,
)
from spreekruimte.ophef.actions.incidents import (
    About,
    change_incident,
    close_incident,
    link_case,
    open_incident,
    reopen_incident,
)
from spreekruimte.ophef.actions.tokens import MOST_TOKENS, revoke_token
from spreekruimte.ophef.models import AccessToken, Act, Incident, OrderMeasure
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

BY: Any = {"actor": OPERATOR, "now": NOW}
TODAY = date(2026, 11, 23)
ABOUT = About(
    Bilingual("Een bericht over een plan", "A post about a plan"),
    starts_at=START,
    words=["plan", " plan ", "Municipality of Waterdam"],
    address_patterns=["/plan/", "news.example/*"],
)


def done() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_an_incident_is_opened_with_what_it_is_matched_by() -> None:
    case = make_draft(organisation=make_organisation())
    incident = open_incident(organisation=case.organisation, about=ABOUT, case=case, **BY)
    incident.refresh_from_db()
    assert incident.words == ["plan", "Municipality of Waterdam"]
    assert incident.address_patterns == ["/plan/", "news.example/*"]
    assert incident.case == case
    assert done()[-1] == "open_incident"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": Bilingual("", "A post")}, "title_nl"),
        ({"title": Bilingual("Een bericht", "By @somebody")}, "title_en"),
        ({"title": Bilingual("Bericht van Jan de Vries", "A post")}, "title_nl"),
        ({"title": Bilingual("a" * 121, "A post")}, "title_nl"),
        ({"title": Bilingual("<b>Een bericht", "A post")}, "title_nl"),
        ({"words": ["mevrouw Jansen"]}, "words"),
        ({"words": ["a"] * 31}, "words"),
        ({"address_patterns": ["@somebody"]}, "address_patterns"),
        ({"address_patterns": ["a"] * 31}, "address_patterns"),
        ({"starts_at": NOW + timedelta(days=1)}, "starts_at"),
        ({"ends_at": START}, "ends_at"),
    ],
    ids=str,
)
def test_what_could_lead_to_a_person_or_is_not_possible_is_refused(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        open_incident(organisation=make_organisation(), about=replace(ABOUT, **changes), **BY)
    assert list(caught.value.message_dict) == [field]
    assert not Incident.objects.exists()


def test_a_case_has_one_incident_of_its_own_organisation() -> None:
    case = make_draft()
    first = make_incident(case.organisation)
    second = make_incident(case.organisation)
    elsewhere = make_incident(make_organisation("elsewhere"))
    assert link_case(incident=first, case=case, **BY).case == case
    with pytest.raises(RefusedError, match="already"):
        link_case(incident=second, case=case, **BY)
    with pytest.raises(RefusedError, match="another organisation"):
        link_case(incident=elsewhere, case=case, **BY)
    assert link_case(incident=first, case=None, **BY).case is None


def test_the_times_of_an_incident_leave_no_signal_out() -> None:
    incident = make_incident()
    make_signal(incident, "a", at=START)
    make_signal(incident, "b", at=NOW)
    for about in (
        replace(ABOUT, starts_at=START + timedelta(hours=1)),
        replace(ABOUT, ends_at=NOW - timedelta(hours=1)),
    ):
        with pytest.raises(ValidationError, match="There are signals"):
            change_incident(incident=incident, about=about, **BY)
    changed = change_incident(incident=incident, about=replace(ABOUT, ends_at=NOW), **BY)
    assert changed.ends_at == NOW


def test_a_closed_incident_changes_only_by_being_opened_again() -> None:
    incident = make_incident()
    close_incident(incident=incident, **BY)
    for refused in (
        lambda: close_incident(incident=incident, **BY),
        lambda: change_incident(incident=incident, about=ABOUT, **BY),
        lambda: record_measure(incident=incident, measure=1, on=TODAY, today=TODAY, **BY),
    ):
        with pytest.raises(RefusedError, match="closed"):
            refused()
    reopen_incident(incident=incident, **BY)
    with pytest.raises(RefusedError, match="is open"):
        reopen_incident(incident=incident, **BY)


def test_each_kind_of_act_is_recorded_and_withdrawn_once() -> None:
    incident = make_incident()
    given: Any = {"incident": incident, "on": TODAY, "today": TODAY, **BY}
    measure = record_measure(measure=3, **given)
    order = record_order(order=OrderMeasure.ACCESS, **given)
    rule = record_rule_change(
        guideline="Social media guideline", strictness=Act.Strictness.STRICTER, **given
    )
    assert [measure.measure_name, order.measure_name] == [
        "Give an official reprimand, on paper",
        "",
    ]
    assert rule.strictness == 1
    withdraw_act(act=order, **BY)
    with pytest.raises(RefusedError, match="already"):
        withdraw_act(act=order, **BY)
    assert done()[-4:] == ["record_act"] * 3 + ["withdraw_act"]


@pytest.mark.parametrize("measure", [-1, 9])
def test_an_act_is_on_the_ladder_and_not_still_to_come(measure: int) -> None:
    given: Any = {"incident": make_incident(), "today": TODAY, **BY}
    with pytest.raises(ValidationError):
        record_measure(measure=measure, on=TODAY, **given)
    with pytest.raises(ValidationError, match="still to come"):
        record_measure(measure=1, on=TODAY + timedelta(days=1), **given)
    with pytest.raises(ValidationError):
        record_rule_change(guideline="", strictness=Act.Strictness.LOOSER, on=TODAY, **given)
    assert not Act.objects.exists()


def test_a_token_is_given_out_and_taken_back_once() -> None:
    token = make_token(make_organisation(), AccessToken.Use.PHONE)
    assert "s" * 43 not in str(AccessToken.objects.values().get())
    assert revoke_token(token=token, **BY).revoked_at == NOW
    with pytest.raises(RefusedError, match="already"):
        revoke_token(token=token, **BY)


def test_there_are_only_so_many_tokens() -> None:
    organisation = make_organisation()
    for number in range(MOST_TOKENS):
        make_token(organisation, AccessToken.Use.PHONE, secret=str(number))
    with pytest.raises(RefusedError, match="too many"):
        make_token(organisation, AccessToken.Use.PHONE, secret=str(MOST_TOKENS))
