"""The same votes give the same figures, in whatever order they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialogue.messages import give_votes, pseudonym_for, say
from tests.organisations.people import NOW
from tests.verdicts.rounds import citizen, fill, start_round

from spreekruimte.ballots.models import Ballot, Channel
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.dialogue.counting import count_dialogue, measure_diversity, weigh_votes
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.queries.groups import Placing, latest_result
from spreekruimte.verdicts.actions.judging import judge_round

MESSAGES = [3, 5, 8]
VOTERS = [f"voter {number}" for number in range(8)]
ballots = st.dictionaries(
    st.tuples(st.sampled_from(MESSAGES), st.sampled_from(VOTERS)), st.integers(-1, 1)
)
placings = st.dictionaries(st.sampled_from(VOTERS), st.integers(0, 2)).map(
    lambda labels: Placing(3, labels)
)


def as_rows(given: dict[tuple[int, str], int]) -> list[tuple[int, str, int]]:
    return [(message, voter, answer) for (message, voter), answer in given.items()]


@given(ballots, placings, st.data())
def test_the_order_of_votes_changes_nothing(
    given: dict[tuple[int, str], int], placing: Placing, chance: st.DataObject
) -> None:
    rows = as_rows(given)
    shuffled = chance.draw(st.permutations(rows))
    assert weigh_votes(MESSAGES, shuffled, placing) == weigh_votes(MESSAGES, rows, placing)


@given(ballots, placings)
def test_each_vote_is_counted_once_whether_or_not_its_voter_is_in_a_group(
    given: dict[tuple[int, str], int], placing: Placing
) -> None:
    for message, found in weigh_votes(MESSAGES, as_rows(given), placing).items():
        answers = [answer for (voted, _voter), answer in given.items() if voted == message]
        assert found.agree == answers.count(1)
        assert found.disagree == answers.count(-1)
        assert found.passed == answers.count(0)


@given(ballots)
def test_one_more_who_agrees_does_not_lower_a_message(given: dict[tuple[int, str], int]) -> None:
    nobody = Placing()
    before = weigh_votes(MESSAGES, as_rows(given), nobody)
    after = weigh_votes(MESSAGES, [*as_rows(given), (3, "another", 1)], nobody)
    assert after[3].low >= before[3].low
    assert (after[5], after[8]) == (before[5], before[8])


def test_the_group_that_agrees_least_is_told_and_without_groups_everybody_is_one() -> None:
    placing = Placing(2, {"a": 0, "b": 0, "c": 1, "d": 1})
    rows = [(3, voter, answer) for voter, answer in zip("abcd", (1, 1, -1, -1), strict=True)]
    told = weigh_votes([3, 5], rows, placing)
    assert told[3].group == 1
    assert told[3].least is not None
    assert told[3].least.value == 0.0
    assert told[5].least is None
    alone = weigh_votes([3], rows, Placing())[3]
    assert alone.group is None
    assert alone.least is not None
    assert alone.least.value == 0.5


def test_who_writes_of_which_group_makes_the_mix() -> None:
    even = measure_diversity(["one", "two", "one"], Placing(2, {"one": 0, "two": 1}))
    alone = measure_diversity(["one", "two"], Placing(2, {"one": 0, "two": 0}))
    assert even is not None
    assert alone is not None
    assert even.value > alone.value
    assert measure_diversity(["one", "two"], Placing(2, {})) is None


@pytest.mark.django_db
def test_stored_in_another_order_the_same_votes_give_the_same_figures() -> None:
    round_ = start_round()
    fill(round_, 60)
    judge_round(round=round_, channel=Channel.OPEN, now=NOW)
    people = [pseudonym_of(round_.case_id, citizen(number)) or "" for number in range(60)]
    shown = [say(round_.case, f"Bericht {place}", author=people[place]) for place in range(3)]
    hidden = say(round_.case, "Verborgen", state=Message.State.HIDDEN)
    given = [
        MessageVote(message=message, voter=voter, answer=(place * number) % 3 - 1)
        for number, message in enumerate(shown)
        for place, voter in enumerate(people)
    ]
    MessageVote.objects.bulk_create(given)
    give_votes(hidden, 3, 1)
    result = latest_result(round_.case)
    found = count_dialogue(round_.case, result)
    assert list(found.agreements) == [message.pk for message in shown]
    assert found.groups == 2
    assert found.diversity is not None
    MessageVote.objects.all().delete()
    MessageVote.objects.bulk_create(
        MessageVote(message_id=each.message_id, voter=each.voter, answer=each.answer)
        for each in reversed(given)
    )
    for ballot in Ballot.objects.order_by("-pk")[:20]:
        # PostgreSQL puts a row that is written again at the end.
        ballot.save()
    assert count_dialogue(round_.case, result).to_document() == found.to_document()
    assert pseudonym_for("someone") not in str(found)
