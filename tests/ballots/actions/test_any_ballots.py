"""Whoever answers what in whichever order: the log verifies and the counts are right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ballots.rounds import make_round
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, Cast, GivenBallot, append_ballots
from spreekruimte.ballots.actions.erasing import erase_respondent
from spreekruimte.ballots.actions.recording import content_of
from spreekruimte.ballots.chain import BallotEntry
from spreekruimte.ballots.checking import find_fault, is_opening
from spreekruimte.ballots.models import Ballot, LogEntry, Question, Reason, Round, Tier
from spreekruimte.ballots.queries.log import entry_of, head_of, read_log
from spreekruimte.ballots.respondents import Respondent

pytestmark = pytest.mark.django_db

PEOPLE = [Respondent(Tier.BROWSER, f"somebody-{number}") for number in range(4)]
REASONS = 2

# Who, which question, which of the reasons, and what.
Step = tuple[int, Question, int | None, int]
Counted = dict[tuple[int, Question, int | None], int]

people = st.integers(0, len(PEOPLE) - 1)
opinions = st.integers(-1, 1)
steps = st.one_of(
    st.tuples(people, st.just(Question.JUDGEMENT), st.none(), opinions),
    st.tuples(people, st.just(Question.MEASURE), st.none(), st.integers(-1, 8)),
    st.tuples(people, st.just(Question.REASON), st.integers(0, REASONS - 1), opinions),
)
some = settings(max_examples=25, suppress_health_check=list(HealthCheck))


@contextmanager
def any_round() -> Iterator[tuple[Round, list[int]]]:
    """A round with reasons that is gone afterwards."""
    with transaction.atomic():
        round_ = make_round()
        reasons = [
            Reason.objects.create(
                round=round_,
                content=f"Reason {number}.",
                language="en",
                state="shown",
                given_at=NOW,
            )
            for number in range(REASONS)
        ]
        yield round_, [reason.pk for reason in reasons]
        transaction.set_rollback(True)


def cast(round_: Round, reasons: list[int], given: list[Step], at_once: int) -> list[bool]:
    """Cast so many at once; tell of each whether it was taken."""
    ballots = [
        GivenBallot(PEOPLE[who], Answer(question, value, None if n is None else reasons[n]))
        for who, question, n, value in given
    ]
    outcomes = [
        outcome
        for start in range(0, len(ballots), at_once)
        for outcome in append_ballots(
            round_id=round_.pk, ballots=ballots[start : start + at_once], now=NOW
        )
    ]
    return [isinstance(each, Cast) for each in outcomes]


def recount(given: list[Step]) -> tuple[list[bool], Counted, int]:
    """Which are taken, what counts in the end, and how many entries there are."""
    taken, counted, length = [], Counted(), 0
    for who, question, reason, value in given:
        before = list(Question)[: list(Question).index(question)]
        taken.append(all((who, each, None) in counted for each in before))
        if taken[-1]:
            length += counted.get((who, question, reason)) != value
            counted[who, question, reason] = value
    return taken, counted, length


def verify(round_: Round) -> int:
    """The log is whole and opens; gives its length."""
    stored = Round.objects.get(pk=round_.pk)
    lines = read_log(stored, head_of(stored))
    assert find_fault(lines, round_id=stored.log_name, head=head_of(stored)) is None
    for ballot in Ballot.objects.select_related("entry", "participation"):
        entry = entry_of(ballot.entry)
        place = (ballot.question, ballot.reason_id)
        content = content_of(stored.log_name, ballot.participation.pseudonym, place, ballot.answer)
        assert isinstance(entry, BallotEntry)
        assert is_opening(entry, salt=bytes(ballot.salt), content=content)
    length: int = stored.head_length
    return length


def answers_that_count() -> list[tuple[str, int | None, int]]:
    rows = Ballot.objects.filter(is_latest=True)
    return sorted(rows.values_list("question", "reason_id", "answer"), key=str)


@some
@given(st.lists(steps, max_size=25), st.integers(1, 25))
def test_the_log_verifies_and_what_counts_is_what_was_answered_last(
    given: list[Step], at_once: int
) -> None:
    with any_round() as (round_, reasons):
        taken, counted, length = recount(given)
        assert cast(round_, reasons, given, at_once) == taken
        assert verify(round_) == length
        expected = [
            (question.value, None if n is None else reasons[n], value)
            for (_, question, n), value in counted.items()
        ]
        assert answers_that_count() == sorted(expected, key=str)


@some
@given(st.lists(st.lists(steps, max_size=6), min_size=3, max_size=3), st.permutations(range(3)))
def test_who_comes_first_does_not_count(of_each: list[list[Step]], order: list[int]) -> None:
    own = [[(who, *each[1:]) for each in given] for who, given in enumerate(of_each)]
    counts = []
    for people_in_order in (range(3), order):
        with any_round() as (round_, reasons):
            cast(round_, reasons, [each for who in people_in_order for each in own[who]], 18)
            found = [
                (kind, None if pk is None else reasons.index(pk), value)
                for kind, pk, value in answers_that_count()
            ]
            counts.append(sorted(found, key=str))
    assert counts[0] == counts[1]


@some
@given(st.lists(st.one_of(steps, people), max_size=25))
def test_erasing_anybody_at_any_time_leaves_the_log_whole(given: list[Step | int]) -> None:
    erased_at: datetime = NOW
    with any_round() as (round_, reasons):
        for each in given:
            before = LogEntry.objects.count()
            if isinstance(each, int):
                kept = Ballot.objects.count()
                gone = erase_respondent(round_=round_, respondent=PEOPLE[each], now=erased_at)
                assert Ballot.objects.count() == kept - gone
                assert LogEntry.objects.count() == before + gone
            else:
                cast(round_, reasons, [each], 1)
            assert verify(round_) == LogEntry.objects.count()
