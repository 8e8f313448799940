"""Citizens erase what they gave, and read the log."""

from __future__ import annotations

import pytest
from tests.ballots.actions.test_erasing import lines_of
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen, Response, read, stored
from tests.cases.stored import BY

from spreekruimte.ballots.actions.inviting import make_invitations
from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Ballot, Participation, Round
from spreekruimte.ballots.queries.log import head_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def post(citizen: Citizen, name: str) -> Response:
    citizen.go(name)
    token = citizen.client.cookies["csrftoken"].value
    return citizen.client.post(citizen.address(name), {"csrfmiddlewaretoken": token})


def test_erasing_asks_first_and_takes_everything() -> None:
    round_ = ask()
    citizen, other = Citizen(round_.case_id).judge(), Citizen(round_.case_id).judge()
    citizen.send("give-reason", {"content": "Kritiek houdt de overheid scherp."})
    before = stored()
    assert "niet terugdraaien" in read(citizen.go("dialogue:erase"))
    assert stored() == before
    sent = post(citizen, "dialogue:erase")
    assert sent["Location"] == citizen.address("dialogue:erased")
    assert "gewist" in read(citizen.go("dialogue:erased"))
    assert Ballot.objects.count() == 2
    lines_of(round_)
    assert "Uw antwoorden" in read(other.go())
    assert "Vindt u dit bericht toelaatbaar?" in read(citizen.go())


@pytest.mark.parametrize("step", ["close", "stop", "withdraw"])
def test_it_is_possible_whatever_became_of_the_case(step: str) -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge()
    end_round(round=round_, step=step, **BY)  # type: ignore[arg-type]
    assert citizen.address("dialogue:erase") in citizen.go().content.decode()
    post(citizen, "dialogue:erase")
    assert not Ballot.objects.exists()
    lines_of(round_)


def test_ballots_of_all_rounds_and_ways_of_this_browser_are_erased() -> None:
    first = ask()
    (code,) = make_invitations(round_=first, count=1, draw=lambda size: b"\x01" * size, **BY)
    citizen = Citizen(first.case_id)
    citizen.send("invitation", {"code": code})
    citizen.judge()
    end_round(round=first, step="close", **BY)
    case = first.case
    case.refresh_from_db()
    case.state = "ready"
    case.save()
    second = ask(case=case)
    citizen.judge()
    assert set(Participation.objects.values_list("tier", flat=True)) == {"invitation", "browser"}
    post(citizen, "dialogue:erase")
    assert not Ballot.objects.exists()
    for round_ in (first, second):
        lines_of(round_)


def test_who_gave_nothing_has_nothing_to_erase() -> None:
    round_ = ask()
    Citizen(round_.case_id).judge()
    stranger = Citizen(round_.case_id)
    before = stored()
    assert "Hier is niets van u" in read(stranger.go("dialogue:erase"))
    post(stranger, "dialogue:erase")
    assert stored() == before


def test_where_nothing_was_asked_nothing_can_be_erased() -> None:
    assert Citizen(2**40).go("dialogue:erase").status_code == 404


def test_without_the_token_of_the_page_nothing_is_erased() -> None:
    citizen = Citizen(ask().case_id).judge()
    before = stored()
    assert citizen.client.post(citizen.address("dialogue:erase")).status_code == 403
    assert stored() == before


# The log


def test_the_log_is_given_as_it_stands_with_its_head() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge()
    log = citizen.go("log", number=round_.number)
    assert b"".join(log).decode().splitlines(keepends=True) == lines_of(round_)
    assert log["Content-Type"] == "application/jsonl"
    assert f'filename="case-{round_.case_id}-round-1.jsonl"' in log["Content-Disposition"]
    head = head_of(Round.objects.get())
    assert citizen.go("head", number=round_.number).json() == {
        "round": round_.log_name,
        "length": head.length,
        "digest": head.digest,
    }


def test_who_has_not_judged_waits_for_the_log_until_the_round_is_over() -> None:
    round_ = ask()
    Citizen(round_.case_id).judge()
    stranger = Citizen(round_.case_id)
    for name in ("log", "head"):
        assert stranger.go(name, number=round_.number).status_code == 403
        assert stranger.go(name, number=round_.number + 1).status_code == 404
    end_round(round=round_, step="close", **BY)
    for name in ("log", "head"):
        assert stranger.go(name, number=round_.number).status_code == 200
