"""Threads that cast at once: the log holds each ballot once, and nobody is two respondents."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.ballots.rounds import make_round
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, Cast, cast_ballot
from spreekruimte.ballots.checking import find_fault
from spreekruimte.ballots.models import LogEntry, Participation, Question, Round, Tier
from spreekruimte.ballots.queries.log import head_of, read_log
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.ballots.respondents import Respondent

PEOPLE = 20


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(12) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_newcomers_and_repetitions_at_once_are_each_in_the_log_once(
    pool: ThreadPoolExecutor,
) -> None:
    round_ = make_round()

    def take_part(number: int) -> list[Cast]:
        respondent = Respondent(Tier.BROWSER, f"somebody-{number}")
        answers = [Answer(Question.JUDGEMENT, 1), Answer(Question.MEASURE, number % 9)]
        try:
            return [
                cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=NOW)
                for answer in answers
            ]
        finally:
            connection.close()

    # Each three times, as who is impatient would.
    casts = [each for some in pool.map(take_part, [*range(PEOPLE)] * 3) for each in some]
    assert len({each.receipt for each in casts}) == sum(each.is_new for each in casts) == 2 * PEOPLE
    stored = LogEntry.objects.filter(receipt__in={mark_of(each.receipt) for each in casts})
    assert stored.count() == LogEntry.objects.count() == 2 * PEOPLE
    assert Participation.objects.count() == PEOPLE
    after = Round.objects.get()
    lines = read_log(after, head_of(after))
    assert find_fault(lines, round_id=after.log_name, head=head_of(after)) is None
