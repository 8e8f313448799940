"""What moves a case from state to state at the desk."""

import pytest
from tests.cases.stored import in_state, make_draft
from tests.cases.views.desks import Desk, changed, read, read_again

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        ("draft", "submit", "ready"),
        ("stopped", "submit", "stopped"),
        ("closed", "submit", "ready"),
        ("ready", "stop", "stopped"),
        ("ready", "withdraw", "withdrawn"),
        ("protected", "withdraw", "withdrawn"),
    ],
)
def test_a_move_is_asked_about_made_and_told(state: str, move: str, then: str) -> None:
    desk = Desk()
    case = in_state(state, organisation=desk.organisation)
    assert desk.get(case, move).context["is_possible"]
    response = desk.send(case, move)
    assert response["Location"] == desk.address(case)
    assert read_again(case).state == then
    assert "This case is now:" in read(desk.get(case))


@pytest.mark.parametrize(
    ("state", "move"),
    [
        ("open", "stop"),
        ("open", "withdraw"),
        ("open", "submit"),
        ("draft", "stop"),
        ("ready", "submit"),
        ("withdrawn", "withdraw"),
        ("protected", "submit"),
    ],
)
def test_a_move_that_the_state_does_not_allow_is_refused(state: str, move: str) -> None:
    desk = Desk()
    case = in_state(state, organisation=desk.organisation)
    assert "not possible now" in read(desk.get(case, move))
    before = changed()
    response = desk.send(case, move)
    assert response.status_code == 409
    assert "not possible now" in read(response)
    assert changed() == before


def test_a_move_that_is_sent_twice_is_made_once() -> None:
    desk = Desk()
    case = in_state("stopped", organisation=desk.organisation)
    sent = {"version": desk.get(case).context["found"].version}
    assert desk.client.post(desk.address(case, "submit"), sent).status_code == 302
    before = changed()
    assert desk.client.post(desk.address(case, "submit"), sent).status_code == 409
    assert changed() == before


@pytest.mark.parametrize("version", ["", "-1", "x", "<b>", "九", "9" * 5000])
def test_a_move_without_the_version_of_its_page_is_refused(version: str) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    before = changed()
    response = desk.client.post(desk.address(case, "withdraw"), {"version": version})
    assert response.status_code in {400, 409}
    assert "Open " in read(response)
    assert changed() == before
