"""Moderators decide on what they saw, on a ground, and another one decides about an appeal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from tests.ballots.moderation.subjects import FIRST, MAKERS, MINE, SECOND, WAYS, Subject
from tests.organisations.people import make_organisation

from spreekruimte.ballots.models import Reason
from spreekruimte.ballots.moderation.actions import Decision, hidden_by, mark_text
from spreekruimte.ballots.moderation.states import COMMON, Deed, State
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

DEEDS: tuple[Deed, ...] = ("show", "hide", "restore", "uphold")
NAMES: Mapping[str, str] = {"reason": "argument", "message": "bericht"}


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def subject(request: pytest.FixtureRequest) -> Subject:
    """A text of each kind."""
    made: Subject = request.param()
    return made


def refused(subject: Subject, do: Callable[[], object], reason: str | None = None) -> None:
    """It is refused, and no text, log or trail has changed."""

    def everything() -> list[object]:
        rows = [list(model.objects.order_by("pk").values()) for model in (Reason, Message)]
        return [*rows, subject.kind.log.count(), AuditEntry.objects.count()]

    before = everything()
    with pytest.raises(RefusedError, match=reason):
        do()
    assert everything() == before


@pytest.mark.parametrize("move", DEEDS)
@pytest.mark.parametrize("state", WAYS)
def test_a_moderator_does_what_the_table_allows_and_nothing_else(
    subject: Subject, state: State, move: Deed
) -> None:
    subject.bring_to(state)
    assert subject.state == state
    if (state, move) not in COMMON:
        refused(subject, lambda: subject.decide(move, SECOND), NAMES[subject.kind.name])
        return
    subject.decide(move, SECOND)
    assert subject.state == COMMON[state, move]
    entry = subject.kind.entries_of(subject.text.pk)[0]
    assert (entry.act, entry.ground) == (move, "insults" if move == "hide" else "")
    row = AuditEntry.objects.latest("pk")
    assert (row.action, row.actor) == (f"{move}_{subject.kind.name}", SECOND)
    assert (row.kind, row.identifier) == (subject.kind.name, str(subject.text.pk))
    assert row.organisation_id == subject.organisation.pk
    assert row.details["ground"] == entry.ground


def test_hiding_takes_a_ground(subject: Subject) -> None:
    decision = Decision(subject.text.pk, "hide", mark_text(MINE))
    refused(subject, lambda: subject.carry_out(decision), "waarom")


def test_a_ground_is_kept_of_hiding_alone(subject: Subject) -> None:
    subject.carry_out(subject.decision("show", "insults"))
    assert subject.kind.entries_of(subject.text.pk)[0].ground == ""


def test_nobody_decides_on_a_text_they_have_not_seen(subject: Subject) -> None:
    seen = subject.decision("hide", "insults")
    subject.change(f"{MINE} Toch.")
    refused(subject, lambda: subject.carry_out(seen), str(subject.text.pk))


def test_nobody_moderates_for_another_organisation(subject: Subject) -> None:
    elsewhere = make_organisation("droogveen")
    decision = subject.decision("hide", "insults")
    refused(subject, lambda: subject.carry_out(decision, within=elsewhere))
    absent = Decision(10**12, "hide", mark_text(""), "insults")
    refused(subject, lambda: subject.carry_out(absent))


def test_an_author_asks_once_each_time_and_another_moderator_decides(subject: Subject) -> None:
    number = subject.text.pk
    refused(subject, lambda: subject.appeal(True))
    subject.decide("hide")
    assert hidden_by(subject.kind, [number]) == {number: FIRST}
    subject.appeal(True)
    assert subject.kind.entries_of(number)[0].act == "appeal"
    refused(subject, lambda: subject.appeal(True))
    refused(subject, lambda: subject.decide("uphold"), "Een andere moderator")
    refused(subject, lambda: subject.decide("restore"), "Een andere moderator")
    subject.decide("restore", SECOND)
    subject.decide("hide", SECOND)
    assert hidden_by(subject.kind, [number]) == {number: SECOND}
    subject.appeal(True)
    refused(subject, lambda: subject.decide("uphold", SECOND))
    subject.decide("uphold", FIRST)
    refused(subject, lambda: subject.appeal(True))


def test_who_hid_a_text_by_mistake_can_undo_that_before_an_appeal(subject: Subject) -> None:
    subject.decide("hide")
    subject.decide("restore")
    assert subject.state == "shown"


def test_an_appeal_leaves_no_row_in_the_trail_that_names_who_did_something(
    subject: Subject,
) -> None:
    subject.decide("hide")
    before = AuditEntry.objects.count()
    subject.appeal(True)
    assert AuditEntry.objects.count() == before


def test_only_the_author_appeals(subject: Subject) -> None:
    subject.decide("hide")
    refused(subject, lambda: subject.appeal(False))
