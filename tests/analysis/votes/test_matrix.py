from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.votes.reading import describe, list_votes

from spreekruimte.analysis.votes import AGREE, DISAGREE, PASS, Statement, VoteLog, VoteMatrix
from spreekruimte.analysis.votes.matrix import TiedVotesError, sort_key

Row = tuple[str, str, int, int]

rows_of_votes = st.lists(
    st.tuples(
        st.sampled_from(["2", "10", "01", "anna", "béa", "Carl"]),
        st.sampled_from(["1", "3", "20", "s"]),
        st.sampled_from([AGREE, PASS, DISAGREE]),
        st.integers(-3, 3),
    ),
    min_size=1,
    max_size=60,
)


def build(*batches: list[Row], **options: object) -> VoteMatrix:
    log = VoteLog()
    for batch in batches:
        participants, statements, votes, times = zip(*batch, strict=True)
        log.append(participants, statements, votes, times)
    return log.to_matrix(**options)  # type: ignore[arg-type]


@given(rows_of_votes, st.data())
def test_order_and_batches_do_not_change_the_matrix(rows: list[Row], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1)))) if len(rows) > 1 else []
    batches = [shuffled[start:end] for start, end in pairwise([0, *cuts, len(rows)])]
    assert describe(build(*batches)) == describe(build(rows))


@given(rows_of_votes)
def test_the_latest_vote_counts_and_a_tie_that_differs_is_a_pass(rows: list[Row]) -> None:
    expected: dict[tuple[str, str], int] = {}
    for pair in {row[:2] for row in rows}:
        latest = max(time for *other, _, time in rows if tuple(other) == pair)
        votes = {row[2] for row in rows if row[:2] == pair and row[3] == latest}
        expected[pair] = votes.pop() if len(votes) == 1 else PASS
    assert list_votes(build(rows)) == expected


@given(rows_of_votes)
def test_participants_are_ranked_by_their_first_vote_then_by_id(rows: list[Row]) -> None:
    matrix = build(rows)
    first = {row[0]: min(each[3] for each in rows if each[0] == row[0]) for row in rows}
    ranked = sorted(first, key=lambda participant: (first[participant], sort_key(participant)))
    arrived = np.argsort(matrix.arrival)
    assert [matrix.participant_ids[row] for row in arrived] == ranked


def test_numbers_come_before_text_and_in_order_of_value() -> None:
    assert sorted(["b", "10", "9", "a", "009"], key=sort_key) == ["009", "9", "10", "a", "b"]


def test_statements_without_votes_and_answers_and_groups_are_kept() -> None:
    matrix = build(
        [("b", "2", AGREE, 0), ("a", "2", DISAGREE, 0)],
        statements=[Statement("3", "three", judged=False), Statement("2", "two")],
        attributes={"age": {"a": "old", "c": "young"}, "city": {"c": "Delft"}},
        given_groups={"b": 1, "c": 0},
    )
    assert [statement.id for statement in matrix.statements] == ["2", "3"]
    assert matrix.judged.tolist() == [True, False]
    assert matrix.attributes == {"age": ("old", None)}
    assert matrix.given_groups is not None
    assert matrix.given_groups.tolist() == [-1, 1]


def test_groups_of_nobody_who_voted_are_no_groups() -> None:
    assert build([("a", "1", AGREE, 0)], given_groups={"z": 1}).given_groups is None


def test_a_vote_on_an_unlisted_statement_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        build([("a", "1", AGREE, 0)], statements=[Statement("2")])


def test_an_empty_log_gives_an_empty_matrix() -> None:
    matrix = VoteLog().to_matrix()
    assert (matrix.participant_count, matrix.statement_count, matrix.vote_count) == (0, 0, 0)
    assert matrix.indptr.tolist() == [0]


def test_ties_are_refused_where_asked_with_their_places() -> None:
    log = VoteLog()
    log.append(["a", "b"], ["1", "1"], [AGREE, AGREE], [0, 0])
    log.append(["a", "b"], ["1", "1"], [AGREE, DISAGREE], [0, 0])
    with pytest.raises(TiedVotesError) as caught:
        log.to_matrix(refuse_ties=True)
    assert (caught.value.participant, caught.value.statement) == ("b", "1")
    assert caught.value.places == (1, 3)


def test_a_tie_that_a_later_vote_settles_is_no_tie() -> None:
    rows = [("a", "1", AGREE, 0), ("a", "1", DISAGREE, 0), ("a", "1", DISAGREE, 1)]
    assert list_votes(build(rows, refuse_ties=True)) == {("a", "1"): DISAGREE}


def test_a_log_holds_each_vote_that_was_ever_cast() -> None:
    log, other = VoteLog(), VoteLog()
    log.append(["a", "a", "b"], ["1", "1", "2"], [AGREE, PASS, DISAGREE], [0, 1, 2])
    other.append(["b", "a"], ["2", "1"], [DISAGREE, AGREE], [0, 0])
    assert log.find_missing(other) is None


@pytest.mark.parametrize(
    ("participant", "statement", "vote"),
    [("c", "1", AGREE), ("a", "3", AGREE), ("a", "2", DISAGREE), ("a", "1", DISAGREE)],
)
def test_a_log_lacks_other_participants_statements_pairs_and_votes(
    participant: str, statement: str, vote: int
) -> None:
    log, other = VoteLog(), VoteLog()
    log.append(["a", "b"], ["1", "2"], [AGREE, DISAGREE], [0, 0])
    other.append(["a", participant], ["1", statement], [AGREE, vote], [0, 0])
    assert log.find_missing(other) == (participant, statement)


def test_selecting_participants_keeps_their_votes_and_ranks_them_anew() -> None:
    matrix = build(
        [("a", "1", AGREE, 3), ("b", "1", PASS, 2), ("c", "2", DISAGREE, 1), ("a", "2", PASS, 9)],
        attributes={"age": {"a": "old"}},
        given_groups={"a": 0, "c": 1},
    )
    chosen = matrix.select_participants(np.array([True, False, True]))
    assert list_votes(chosen) == {("a", "1"): AGREE, ("a", "2"): PASS, ("c", "2"): DISAGREE}
    assert chosen.arrival.tolist() == [1, 0]
    assert chosen.attributes == {"age": ("old", None)}
    assert chosen.given_groups is not None
    assert chosen.given_groups.tolist() == [0, 1]
    assert build([("a", "1", AGREE, 0)]).select_participants(np.array([True])).given_groups is None


def test_the_digest_tells_votes_apart_and_nothing_else() -> None:
    one = build([("a", "1", AGREE, 0)])
    assert build([("b", "7", AGREE, 5)]).digest_votes() == one.digest_votes()
    assert build([("a", "1", PASS, 0)]).digest_votes() != one.digest_votes()
