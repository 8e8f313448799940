"""Moderators look after reasons on a page, and everybody reads what they did on another."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.ballots.asking import ask, give
from tests.cases.stored import BY, in_state
from tests.cases.views.desks import ENGLISH, Answer, Desk, read

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Moderation, ModerationEntry, Reason, Round
from spreekruimte.ballots.moderation.actions import mark_text
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db

MINE = "Een ambtenaar is ook een burger."
ALSO = "Een ambtenaar blijft ook een burger."
LONG = "x" * 200_000


@pytest.fixture
def desk() -> Desk:
    return Desk(roles=(Role.MODERATOR,), email="moderator@waterdam.example")


@pytest.fixture
def round_(desk: Desk) -> Round:
    case = in_state("ready", organisation=desk.organisation)
    return ask(Moderation.BEFORE, case=case)


def page_of(desk: Desk) -> str:
    return f"/desk/{desk.organisation.slug}/moderation/"


def decide(desk: Desk, reason: Reason, move: str, **given: object) -> Answer:
    filled = {"text": reason.pk, "seen": mark_text(reason.content), "move": move, **given}
    answer = desk.client.post(page_of(desk), filled)
    reason.refresh_from_db()
    return answer


def stored() -> tuple[object, ...]:
    models = (Reason, ModerationEntry, AuditEntry)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def test_what_waits_comes_first_and_is_shown(desk: Desk, round_: Round) -> None:
    reason = give(round_, MINE)
    text = read(desk.client.get(page_of(desk)))
    assert text.index(MINE) < text.index("Iedereen mag een mening hebben.")
    assert decide(desk, reason, "show")["Location"] == page_of(desk)
    assert reason.state == "shown"
    assert f"Reason {reason.pk}: shown." in read(desk.client.get(page_of(desk)))


def test_a_reason_that_seems_to_name_somebody_is_marked(desk: Desk, round_: Round) -> None:
    give(round_, "Mevrouw Jansen schreef eerder iets ergers.")
    assert "May lead to a person: Mevrouw Jansen" in read(desk.client.get(page_of(desk)))


def test_a_possible_duplicate_is_proposed_and_taken_together(desk: Desk, round_: Round) -> None:
    first, second = give(round_, MINE), give(round_, ALSO)
    decide(desk, first, "show")
    text = read(desk.client.get(page_of(desk)))
    assert f"Let reason {first.pk} stand for both" in text
    assert f"Let reason {second.pk} stand for both" not in text
    decide(desk, second, "merge", into=first.pk)
    assert (second.state, second.merged_into_id) == ("merged", first.pk)
    merged = read(desk.client.get(f"{page_of(desk)}?state=merged"))
    assert f"taken together with reason {first.pk}" in merged
    decide(desk, second, "separate")
    assert second.state == "shown"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"move": "merge", "into": "x"}, 400),
        ({"move": "merge", "into": "9" * 300}, 400),
        ({"move": "merge", "into": 2**62}, 409),
        ({"move": "merge"}, 409),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence(
    desk: Desk, round_: Round, given: dict[str, object], status: int
) -> None:
    reason = give(round_, MINE)
    before = stored()
    filled = {"text": reason.pk, "seen": mark_text(MINE), "move": "show", **given}
    answer = desk.client.post(page_of(desk), filled)
    assert (answer.status_code, stored()) == (status, before)
    assert 'role="alert"' in answer.content.decode()


def test_everybody_reads_acts_and_grounds_after_asking_and_no_text(
    desk: Desk, round_: Round
) -> None:
    reason = give(round_, MINE)
    decide(desk, reason, "hide", ground="insults")
    anybody, address = Client(headers=ENGLISH), f"/cases/{round_.case_id}/moderation/"
    assert "insults" not in read(anybody.get(address))
    round_.refresh_from_db()
    end_round(round=round_, step="close", **BY)
    text = read(anybody.get(address))
    assert re.search(rf"\b{reason.pk} [\d/]+ hidden insults", text)
    assert MINE not in text
    assert "moderator@waterdam.example" not in text
    assert anybody.get(f"{address}?before=x").status_code == 404


def test_a_case_that_was_never_asked_has_no_log(desk: Desk) -> None:
    case = in_state("ready", organisation=desk.organisation)
    assert Client().get(f"/cases/{case.pk}/moderation/").status_code == 404
