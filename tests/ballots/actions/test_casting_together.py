"""Ballots of many respondents at once, in any order: the log holds each once, and the count too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ballots.rounds import make_round
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import (
    Answer,
    Cast,
    GivenBallot,
    append_ballots,
    cast_ballot,
)
from spreekruimte.ballots.actions.erasing import erase_respondent
from spreekruimte.ballots.checking import find_fault
from spreekruimte.ballots.models import (
    Ballot,
    LogEntry,
    Participation,
    Question,
    Reason,
    Round,
    Tier,
)
from spreekruimte.ballots.queries.log import head_of, read_log
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.verdicts.queries.openings import check_openings

Given = tuple[int, Question, int, int]
"""Number of a respondent, question, answer, and which reason where it asks for one."""

Count = Counter[tuple[str, int | None, int]]

RESPONDENTS, REASONS = 4, 2

given_ballots = st.tuples(
    st.integers(0, RESPONDENTS - 1),
    st.sampled_from(Question),
    st.integers(-1, 1),
    st.integers(0, REASONS - 1),
)
# One transaction for all examples: each has a round of its own.
on_rounds = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def respondent(number: int) -> Respondent:
    return Respondent(Tier.BROWSER, f"respondent-{number}")


@pytest.fixture
def case(db: None) -> Case:  # noqa: ARG001 - it needs one
    return make_round().case


def another_round(case: Case) -> Round:
    """A round of its own, while those before are over."""
    Round.objects.filter(case=case, ended_at=None).update(ended_at=NOW)
    round_ = make_round(case, number=Round.objects.filter(case=case).count() + 1)
    Reason.objects.bulk_create(
        Reason(round=round_, content=f"It is so. {n}", language="en", state="shown", given_at=NOW)
        for n in range(REASONS)
    )
    return round_


def cast_all(round_: Round, sequence: Sequence[Given]) -> list[bool]:
    """Cast them in one transaction; tell of each whether it was taken."""
    reasons = list(Reason.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True))
    ballots = [
        GivenBallot(
            respondent(number),
            Answer(question, value, reasons[which] if question == Question.REASON else None),
        )
        for number, question, value, which in sequence
    ]
    outcomes = append_ballots(round_id=round_.pk, ballots=ballots, now=NOW)
    return [isinstance(each, Cast) for each in outcomes]


def count(round_: Round) -> Count:
    """How often each answer counts, with reasons by their place."""
    reasons = list(Reason.objects.filter(round=round_).order_by("pk").values_list("pk", flat=True))
    found = Ballot.objects.filter(participation__round=round_, is_latest=True)
    return Counter(
        (question, None if reason is None else reasons.index(reason), answer)
        for question, reason, answer in found.values_list("question", "reason_id", "answer")
    )


def recount(sequence: Sequence[Given]) -> tuple[list[bool], Count]:
    """What should come of it, the plain way: the rule of order, and the last answer counts."""
    taken: list[bool] = []
    latest: dict[tuple[int, str, int | None], int] = {}
    for number, question, value, which in sequence:
        before = list(Question)[: list(Question).index(question)]
        is_taken = all((number, each.value, None) in latest for each in before)
        taken.append(is_taken)
        if is_taken:
            about = which if question == Question.REASON else None
            latest[number, question.value, about] = value
    return taken, Counter(
        (question, about, value) for (_, question, about), value in latest.items()
    )


def is_whole(round_: Round) -> bool:
    stored = Round.objects.get(pk=round_.pk)
    head = head_of(stored)
    fault = find_fault(read_log(stored, head), round_id=stored.log_name, head=head)
    openings = check_openings(stored)
    assert openings.opened == Ballot.objects.filter(entry__round=stored).count()
    return fault is None and not openings.wrong and not openings.missing


@on_rounds
@given(st.lists(given_ballots, max_size=30))
def test_any_ballots_give_a_whole_log_and_the_count_of_a_plain_recount(
    case: Case, sequence: list[Given]
) -> None:
    round_ = another_round(case)
    assert (cast_all(round_, sequence), count(round_)) == recount(sequence)
    assert is_whole(round_)


@on_rounds
@given(
    st.lists(st.lists(given_ballots, max_size=6), min_size=3, max_size=3),
    st.sampled_from(list(permutations(range(3)))),
)
def test_the_order_of_respondents_does_not_count(
    case: Case, of_each: list[list[Given]], order: tuple[int, ...]
) -> None:
    own = [[(number, *each[1:]) for each in some] for number, some in enumerate(of_each)]
    first = another_round(case)
    cast_all(first, [each for some in own for each in some])
    second = another_round(case)
    cast_all(second, [each for number in order for each in own[number]])
    assert count(first) == count(second)


@on_rounds
@given(st.lists(given_ballots, max_size=20), st.integers(0, RESPONDENTS), st.lists(given_ballots))
def test_erasing_anybody_leaves_the_log_whole_and_the_others_counted(
    case: Case, before: list[Given], who: int, after: list[Given]
) -> None:
    round_ = another_round(case)
    cast_all(round_, before)
    erase_respondent(round_=round_, respondent=respondent(who), now=NOW)
    assert is_whole(round_)
    kept = [each for each in before if each[0] != who]
    assert count(round_) == recount(kept)[1]
    cast_all(round_, after)
    assert is_whole(round_)
    assert count(round_) == recount([*kept, *after])[1]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads that leave no connection behind."""
    with ThreadPoolExecutor(12) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_newcomers_and_repetitions_at_once_are_each_in_the_log_once(
    pool: ThreadPoolExecutor,
) -> None:
    round_ = make_round()

    def take_part(number: int) -> list[Cast]:
        """Send each answer, as who is impatient would: the same respondent in several threads."""
        answers = [Answer(Question.JUDGEMENT, 1), Answer(Question.MEASURE, number % 9)]
        try:
            return [
                cast_ballot(
                    round_id=round_.pk, respondent=respondent(number), answer=answer, now=NOW
                )
                for answer in answers
            ]
        finally:
            connection.close()

    casts = [each for some in pool.map(take_part, [*range(20)] * 3) for each in some]
    assert len({each.receipt for each in casts}) == sum(each.is_new for each in casts) == 40
    stored = LogEntry.objects.filter(receipt__in={mark_of(each.receipt) for each in casts})
    assert stored.count() == LogEntry.objects.count() == 40
    assert Participation.objects.count() == 20
    assert is_whole(round_)
