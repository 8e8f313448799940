"""What is peculiar to reasons: they are taken together, and their votes stay with them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from tests.ballots.asking import agree, ask, give, judge
from tests.ballots.rounds import someone
from tests.cases.stored import prepare, submit
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.moderating import REASON, appeal_reason, moderate_reason
from spreekruimte.ballots.models import Ballot, Channel, Moderation, ModerationEntry, Reason, Round
from spreekruimte.ballots.moderation.actions import Decision, mark_text, state_of
from spreekruimte.ballots.moderation.states import (
    DEEDS,
    OF_REASONS,
    STATES,
    Deed,
    Ground,
    State,
)
from spreekruimte.ballots.queries.votes import collect_votes
from spreekruimte.ballots.refusals import NoSuchReason
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.models import Actor, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

FIRST, SECOND = Actor("first"), Actor("second")
MINE = "Een ambtenaar is ook een burger."
TRANSITIONS = OF_REASONS.transitions


def decision(
    reason: Reason, move: Deed, ground: Ground | None = None, into: Reason | None = None
) -> Decision:
    ground = ground or ("insults" if move == "hide" else None)
    seen = mark_text(Reason.objects.get(pk=reason.pk).content)
    return Decision(reason.pk, move, seen, ground, into.pk if into else None)


def act(reason: Reason, move: Deed, *, into: Reason | None = None, by: Actor = FIRST) -> None:
    carry_out(reason.round.case.organisation, decision(reason, move, into=into), by=by)


def carry_out(organisation: Organisation, decision: Decision, by: Actor = FIRST) -> None:
    moderate_reason(organisation=organisation, decision=decision, actor=by, now=NOW)


def refused(do: Callable[[], object], reason: str | None = None) -> None:
    """It is refused, and no reason, log or trail has changed."""

    def everything() -> list[object]:
        rows = list(Reason.objects.order_by("pk").values())
        return [rows, ModerationEntry.objects.count(), AuditEntry.objects.count()]

    before = everything()
    with pytest.raises(RefusedError, match=reason):
        do()
    assert everything() == before


def reason_in(state: State, round_: Round, author: Respondent) -> Reason:
    """A reason brought to a state by actions alone, but for the erasure."""
    seed = Reason.objects.get(author=None)
    reason = give(round_, MINE, author)
    if state != "waiting":
        act(reason, {"shown": "show", "merged": "merge"}.get(state, "hide"), into=seed)  # type: ignore[arg-type]
    if state in {"appealed", "upheld"}:
        appeal_reason(reason=reason, respondent=author, now=NOW)
    if state == "upheld":
        act(reason, "uphold", by=SECOND)
    if state == "erased":
        Reason.objects.filter(pk=reason.pk).update(state="erased", content="", author=None)
    reason.refresh_from_db()
    return reason


@pytest.mark.parametrize(
    ("state", "move"),
    [way for way in product(STATES, DEEDS) if {*way} & {"merged", "merge", "separate", "erased"}],
)
def test_a_moderator_does_what_the_table_allows_and_nothing_else(state: State, move: Deed) -> None:
    round_ = ask(Moderation.BEFORE)
    reason = reason_in(state, round_, judge(round_))
    assert state_of(REASON, reason) == state
    seed = Reason.objects.get(author=None, content__gt="")
    if (state, move) not in TRANSITIONS:
        refused(lambda: act(reason, move, into=seed, by=SECOND))
        return
    act(reason, move, into=seed if move == "merge" else None, by=SECOND)
    reason.refresh_from_db()
    assert state_of(REASON, reason) == TRANSITIONS[state, move]
    assert reason.merged_into == (seed if move == "merge" else None)
    entry = ModerationEntry.objects.latest("pk")
    assert (entry.act, entry.reason_id, entry.round_id) == (move, reason.pk, round_.pk)
    assert entry.ground == ("insults" if move == "hide" else "")
    assert entry.into_id == (seed.pk if move == "merge" else None)
    row = AuditEntry.objects.latest("pk")
    assert (row.action, row.actor, row.identifier) == (f"{move}_reason", SECOND, str(reason.pk))
    assert row.organisation_id == round_.case.organisation_id


# Appeals


def test_only_the_author_appeals() -> None:
    round_ = ask()
    reason = give(round_, MINE)
    act(reason, "hide")
    for other in (judge(round_), someone()):
        refused(lambda other=other: appeal_reason(reason=reason, respondent=other, now=NOW))  # type: ignore[misc]
    seed = Reason.objects.get(author=None)
    act(seed, "hide")
    refused(lambda: appeal_reason(reason=seed, respondent=someone(), now=NOW))


# Votes


def test_a_hidden_reason_is_not_voted_on_and_its_votes_come_back_with_it() -> None:
    round_ = ask()
    reason = give(round_, MINE)
    agree(round_, judge(round_), reason, -1)
    act(reason, "hide")
    voter = judge(round_)
    with pytest.raises(NoSuchReason):
        agree(round_, voter, reason)
    assert Ballot.objects.filter(reason=reason, is_latest=True).count() == 2
    assert not _judged(round_, reason)
    act(reason, "restore")
    assert _judged(round_, reason)
    assert _answers(round_, reason) == [-1, 1]


def test_votes_on_merged_reasons_add_up_and_come_apart_again() -> None:
    round_ = ask()
    seed = Reason.objects.get(author=None)
    author = judge(round_)
    reason = give(round_, MINE, author)
    both = judge(round_)
    agree(round_, both, reason, 1)
    agree(round_, both, seed, -1)
    act(reason, "merge", into=seed)
    assert _answers(round_, seed) == [-1, 1]
    act(reason, "separate")
    assert _answers(round_, seed) == [-1]
    assert _answers(round_, reason) == [1, 1]


@pytest.mark.parametrize("other", ["itself", "none", "absent", "hidden", "of another round"])
def test_a_reason_is_merged_into_one_that_can_stand_for_both(other: str) -> None:
    round_ = ask()
    seed, reason = Reason.objects.get(author=None), give(round_, MINE)
    if other == "hidden":
        act(seed, "hide")
    into_id = {"itself": reason.pk, "absent": 10**12, "hidden": seed.pk}.get(other)
    if other == "of another round":
        elsewhere = ask(case=submit(prepare(organisation=round_.case.organisation)))
        into_id = Reason.objects.get(round=elsewhere).pk
    wanted = Decision(reason.pk, "merge", mark_text(MINE), into_id=into_id)
    refused(lambda: carry_out(round_.case.organisation, wanted))


def test_no_reason_is_two_steps_away_from_the_one_that_stands_for_it() -> None:
    round_ = ask()
    seed = Reason.objects.get(author=None)
    first, second = give(round_, MINE), give(round_, f"{MINE} Toch.")
    act(first, "merge", into=second)
    refused(lambda: act(second, "merge", into=seed))
    refused(lambda: act(seed, "merge", into=first))
    act(seed, "merge", into=second)


# What the database holds itself


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "hide"},
        {"act": "show", "ground": "insults"},
        {"act": "merge"},
        {"act": "show", "into_id": 1},
    ],
)
def test_an_entry_of_the_log_has_what_its_act_takes(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEntry.objects.create(round_id=1, reason_id=1, at=NOW, **fields)


def _judged(round_: Round, reason: Reason) -> bool:
    statements = {each.id: each for each in collect_votes(round_, Channel.OPEN).statements}
    return statements[f"reason-{reason.pk}"].judged


def _answers(round_: Round, reason: Reason) -> list[int]:
    matrix = collect_votes(round_, Channel.OPEN)
    column = [each.id for each in matrix.statements].index(f"reason-{reason.pk}")
    return sorted(matrix.values[matrix.columns == column].tolist())
