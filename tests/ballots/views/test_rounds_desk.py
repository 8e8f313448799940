"""Editors open, plan and end rounds, and invite people to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ballots.asking import ask
from tests.cases.stored import in_state
from tests.cases.views.desks import Answer, Desk, read

from spreekruimte.ballots.models import Invitation, PlannedRound, Reason, Round
from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db

LONG = "x" * 200_000


def in_days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def send(desk: Desk, case: Case, **given: object) -> Answer:
    filled = {"closes_on": in_days(14), "moderation": "after", **given}
    return desk.send(case, "rounds", **filled)


def stored() -> tuple[object, ...]:
    models = (Case, Round, PlannedRound, Reason, Invitation, AuditEntry)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def test_a_round_opens_at_once_with_its_reasons() -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    answer = send(
        desk,
        case,
        moderation="before",
        seeds_nl="Iedereen mag een mening hebben.\r\n\r\nDit schaadt het vertrouwen.",
        seeds_en="Everybody may have a view.",
    )
    assert answer["Location"] == desk.address(case, "rounds")
    round_ = Round.objects.get()
    assert (round_.moderation, round_.ended_at) == ("before", None)
    last_day = timezone.localdate() + timedelta(days=14)
    assert timezone.localdate(round_.closes_at) == last_day + timedelta(days=1)
    assert list(Reason.objects.order_by("pk").values_list("language", "state")) == [
        ("nl", "shown"), ("nl", "shown"), ("en", "shown"),
    ]  # fmt: skip
    assert "The round is open." in read(desk.get(case, "rounds"))


def test_a_round_is_planned_and_the_plan_taken_back() -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    send(desk, case, opens_on=in_days(3))
    assert timezone.localdate(PlannedRound.objects.get().opens_at).isoformat() == in_days(3)
    assert not Round.objects.exists()
    assert "The round opens on" in read(desk.get(case, "rounds"))
    cancel = f"{desk.address(case, 'rounds')}cancel/"
    assert desk.client.post(cancel)["Location"] == desk.address(case, "rounds")
    assert not PlannedRound.objects.exists()
    before = stored()
    again = desk.client.post(cancel)
    assert (again.status_code, stored()) == (409, before)
    assert "No round of this case is planned." in read(again)


def test_a_gate_that_stops_the_case_says_why() -> None:
    desk = Desk()
    case = in_state("ready", "own_case", desk.organisation)
    Case.objects.filter(pk=case.pk).update(consent_given_on=None)
    text = read(desk.client.post(*_now(desk, case), follow=True))
    assert not Round.objects.exists()
    assert Case.objects.get(pk=case.pk).state == "stopped"
    assert "A gate stopped this case; it was not opened." in text
    assert "Send to the gates" in text


def _now(desk: Desk, case: Case) -> tuple[str, dict[str, object]]:
    version = desk.get(case, "rounds").context["found"].version
    given = {"version": version, "closes_on": in_days(14), "moderation": "after"}
    return desk.address(case, "rounds"), given


@pytest.mark.parametrize(
    "given",
    [
        {"closes_on": ""},
        {"closes_on": "yesterday"},
        {"closes_on": in_days(-1)},
        {"closes_on": "9999-12-31"},
        {"closes_on": "0001-01-01"},
        {"opens_on": in_days(0)},
        {"opens_on": "9999-12-31"},
        {"opens_on": in_days(20)},
        {"moderation": ""},
        {"moderation": "never"},
        {"moderation": "\u0000"},
        {"version": ""},
        {"version": "x"},
        {"seeds_nl": LONG},
        {"seeds_nl": "<script>alert(1)</script> mag"},
        {"seeds_nl": "Чиновник тоже гражданин"},
        {"seeds_nl": "ja"},
        {"seeds_en": "Write to a.b@example.org about it."},
        {"seeds_en": "Mrs Jansen wrote something worse before."},
        {"seeds_en": "\n".join(f"Reason number {n} is a reason." for n in range(21))},
        {"seeds_en": "a\u0000b is a reason"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence(given: dict[str, object]) -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    before = stored()
    answer = send(desk, case, **given)
    assert answer.status_code in (400, 409)
    assert "This is not complete yet" in read(answer)
    assert stored() == before


def test_a_form_that_is_sent_twice_opens_one_round() -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    address, given = _now(desk, case)
    desk.client.post(address, given)
    before = stored()
    again = desk.client.post(address, given)
    assert (again.status_code, stored()) == (409, before)
    assert "This case changed after you opened the page." in read(again)


@pytest.mark.parametrize(
    ("step", "state"), [("close", "closed"), ("stop", "stopped"), ("withdraw", "withdrawn")]
)
def test_a_round_is_ended_after_a_question(step: str, state: str) -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    send(desk, case)
    page = f"rounds/1/{step}"
    before = stored()
    assert desk.get(case, page).status_code == 200
    assert stored() == before
    assert desk.send(case, page)["Location"] == desk.address(case, "rounds")
    assert Case.objects.get(pk=case.pk).state == state
    assert Round.objects.get().ended_at is not None
    before = stored()
    again = desk.send(case, page)
    assert (again.status_code, stored()) == (409, before)


def test_codes_are_given_once_as_a_file() -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    send(desk, case)
    address = f"{desk.address(case, 'rounds')}1/invitations/"
    answer = desk.client.post(address, {"count": 3, "made": 0})
    assert answer["Content-Type"].startswith("text/csv")
    assert "no-store" in answer["Cache-Control"]
    head, *codes = answer.content.decode().splitlines()
    assert head == "code,address"
    assert len({line.split(",")[0] for line in codes}) == 3
    assert all(line.endswith(f"/cases/{case.pk}/invitation/") for line in codes)
    assert Invitation.objects.count() == 3
    again = desk.client.post(address, {"count": 3, "made": 0})
    assert again.status_code == 409
    assert Invitation.objects.count() == 3


@pytest.mark.parametrize("count", ["", "0", "-1", "x", "1.5", "10001", "9" * 400, "<b>", "\u0000"])
def test_a_number_of_codes_that_cannot_be_is_refused(count: str) -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    send(desk, case)
    before = stored()
    address = f"{desk.address(case, 'rounds')}1/invitations/"
    answer = desk.client.post(address, {"count": count, "made": 0})
    assert (answer.status_code, stored()) == (400, before)
    assert "This is not complete yet" in read(answer)


@pytest.mark.parametrize("page", ["rounds", "rounds/1/close", "rounds/1/stop", "rounds/1/withdraw"])
def test_only_editors_of_the_organisation_open_these_pages(page: str) -> None:
    editor = Desk()
    case = ask(case=in_state("ready", organisation=editor.organisation)).case
    assert editor.get(case, page).status_code == 200
    moderator = editor.colleague(Role.MODERATOR, Role.AUDITOR, email="m@waterdam.example")
    assert moderator.get(case, page).status_code == 403
    before = stored()
    assert moderator.send(case, page).status_code == 403
    assert stored() == before


def test_what_is_not_there_is_not_found() -> None:
    desk = Desk()
    case = in_state("ready", organisation=desk.organisation)
    for page in ("rounds/1/close", f"rounds/{'9' * 30}/stop"):
        assert desk.get(case, page).status_code == 404
    assert desk.get(case.pk + 1, "rounds").status_code == 404
