from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.generators import (
    Shape,
    generate_continuum,
    generate_groups,
    generate_structureless,
)
from benchmarks.real_votes import Account, add_accounts
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.dense_votes import (
    UNSEEN,
    Table,
    add_passers,
    draw_table,
    replay_shuffled,
    to_matrix,
    to_opinions,
    vote_tables,
)

from spreekruimte.analysis import integrity
from spreekruimte.analysis.integrity import (
    FEWEST_OTHER_OPINIONS,
    CopyCounts,
    count_copies,
    find_pushed,
)
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions, hash_ids
from spreekruimte.analysis.votes import AGREE, DISAGREE, VoteMatrix, read_votes

COPIED = 14


def count_plainly(opinions: Table, order: list[int], looks: tuple[int, int]) -> CopyCounts:
    """Compare every account with every other one, in `order`, as far as the looks go."""
    first_look, second_look = looks
    examined = np.zeros((2, opinions.shape[1]), dtype=np.int64)
    copies = np.zeros_like(examined)
    for statement in range(opinions.shape[1]):
        for side, opinion in enumerate((AGREE, DISAGREE)):
            for account in order:
                seen = examined[side, statement]
                go_on = seen < first_look or copies[side, statement] >= 2
                if seen >= second_look or not go_on:
                    break
                others = np.delete(opinions, statement, axis=1)
                own = np.flatnonzero(others[account])
                if opinions[account, statement] != opinion or len(own) < FEWEST_OTHER_OPINIONS:
                    continue
                contain = (others[:, own] == others[account, own]).all(axis=1)
                examined[side, statement] += 1
                copies[side, statement] += contain.sum() > 1
    return CopyCounts(examined, copies)


def compare_counts(matrix: VoteMatrix, looks: tuple[int, int]) -> CopyCounts:
    """Count both ways, and see that they are the same."""
    sheets = collect_opinions(matrix)
    hashes = hash_ids(tuple(matrix.participant_ids[row] for row in sheets.rows))
    order = np.argsort(hashes, kind="stable").tolist()
    found = count_copies(sheets, matrix.participant_ids)
    expected = count_plainly(to_opinions(sheets), order, looks)
    np.testing.assert_array_equal(found.examined, expected.examined)
    np.testing.assert_array_equal(found.copies, expected.copies)
    return found


def push(
    matrix: VoteMatrix, statement: int, opinion: int, *, share: float = 0.1, seed: int = 1
) -> VoteMatrix:
    """Add accounts that each copy 14 opinions of somebody real and add one."""
    rng = np.random.default_rng(seed)
    opinions = to_opinions(collect_opinions(matrix))
    opinions[:, statement] = 0
    copied = opinions[(opinions != 0).sum(axis=1) >= COPIED]
    accounts = []
    for _ in range(round(share * matrix.participant_count)):
        person = copied[rng.integers(len(copied))]
        columns = rng.choice(np.flatnonzero(person), COPIED, replace=False)
        accounts.append(
            Account(
                np.append(columns, statement).astype(np.int32),
                np.append(person[columns], opinion).astype(np.int8),
            )
        )
    return add_accounts(matrix, accounts)


def name_pushed(matrix: VoteMatrix) -> list[str]:
    pushed = find_pushed(collect_opinions(matrix), matrix.participant_ids)
    return [matrix.statements[column].id for column in np.flatnonzero(pushed)]


def find_weak(matrix: VoteMatrix, opinion: int) -> list[int]:
    """Three statements with few opinions on that side: a third, a sixth, hardly any have fewer."""
    sheets = collect_opinions(matrix)
    counts = np.bincount(sheets.columns[sheets.values == opinion], minlength=matrix.statement_count)
    judged = np.flatnonzero(matrix.judged)
    order = judged[np.argsort(counts[judged], kind="stable")]
    return [int(order[round(place * len(order))]) for place in (1 / 3, 1 / 6, 1 / 50)]


@given(
    table=vote_tables(people=(2, 14), statements=(9, 13), votes=(1, 1, 1, 1, 1, 1, -1, UNSEEN)),
    first_look=st.integers(1, 8),
    second_look=st.integers(1, 12),
)
def test_copies_are_counted_as_a_plain_comparison_counts_them(
    table: Table, first_look: int, second_look: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(integrity, "LOOKS", 0)
        patch.setattr(integrity, "FIRST_LOOK", first_look)
        patch.setattr(integrity, "SECOND_LOOK", second_look)
        table[0, 0] = 1
        compare_counts(to_matrix(table), (first_look, second_look))


def test_copies_among_many_accounts_are_counted_likewise() -> None:
    rng = np.random.default_rng(1)
    table = draw_table(rng, np.full((40, 16), 0.85), seen=0.9)
    part = table[rng.integers(0, 40, 40)].copy()
    part[rng.random(part.shape) < 0.25] = UNSEEN
    other = part.copy()
    other[np.arange(40), rng.integers(0, 16, 40)] *= -1
    other[np.abs(other) == UNSEEN] = UNSEEN
    counts = compare_counts(to_matrix(np.concatenate([table, part, other])), (625, 1000))
    assert 0 < counts.copies.sum() < counts.examined.sum()


def test_where_there_are_many_accounts_some_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(integrity, "LOOKS", 600)
    rng = np.random.default_rng(2)
    matrix = to_matrix(draw_table(rng, np.full((200, 12), 0.6)))
    counts = compare_counts(matrix, (600 // 24, 1000))
    assert (counts.examined >= 25).all()
    assert counts.examined.sum() < 200 * 12


def test_an_account_of_few_opinions_is_not_examined() -> None:
    table = np.full((30, 12), UNSEEN, dtype=np.int8)
    table[:, :FEWEST_OTHER_OPINIONS] = 1
    matrix = to_matrix(table)
    counts = count_copies(collect_opinions(matrix), matrix.participant_ids)
    assert counts.examined.sum() == 0
    assert name_pushed(matrix) == []
    table[:, FEWEST_OTHER_OPINIONS] = 1
    matrix = to_matrix(table)
    counts = count_copies(collect_opinions(matrix), matrix.participant_ids)
    assert counts.examined.sum() == counts.copies.sum() == 30 * (FEWEST_OTHER_OPINIONS + 1)
    # All are copies of all, on every statement alike: nothing was brought in for one.
    assert name_pushed(matrix) == []


def count_to(examined: list[list[int]], copies: list[list[int]]) -> CopyCounts:
    return CopyCounts(np.array(examined), np.array(copies))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Usual is one in ten of the others, a tenth more, and one in a hundred: 12%.
        (count_to([[100, 100, 100], [0, 0, 0]], [[40, 10, 10], [0, 0, 0]]), [True, False, False]),
        (count_to([[100, 100, 100], [0, 0, 0]], [[22, 10, 10], [0, 0, 0]]), [False] * 3),
        (count_to([[100, 100, 100], [0, 0, 0]], [[23, 10, 10], [0, 0, 0]]), [True, False, False]),
        # Who disagrees counts apart, and who finds likewise elsewhere counts together.
        (count_to([[0, 50, 0], [100, 0, 100]], [[0, 0, 0], [25, 0, 20]]), [False] * 3),
        (count_to([[0, 50, 0], [100, 0, 50]], [[0, 0, 0], [25, 0, 10]]), [True, False, False]),
        # Where nobody copies elsewhere, one in a hundred is still usual.
        (count_to([[100, 100, 100], [0, 0, 0]], [[5, 0, 0], [0, 0, 0]]), [False] * 3),
        (count_to([[100, 0, 0], [0, 0, 0]], [[6, 0, 0], [0, 0, 0]]), [True, False, False]),
        # Where all are copies of each other, nothing stands out.
        (count_to([[100, 100, 100], [0, 0, 0]], [[100, 100, 100], [0, 0, 0]]), [False] * 3),
    ],
)
def test_pushed_is_what_has_more_copies_than_is_usual_elsewhere(
    monkeypatch: pytest.MonkeyPatch, counts: CopyCounts, expected: list[bool]
) -> None:
    monkeypatch.setattr(integrity, "count_copies", lambda *_: counts)
    sheets = collect_opinions(to_matrix(np.ones((2, 3), dtype=np.int8)))
    assert find_pushed(sheets, ("0", "1")).tolist() == expected


def test_without_opinions_nothing_is_pushed() -> None:
    matrix = to_matrix(np.zeros((5, 3), dtype=np.int8))
    pushed = find_pushed(collect_opinions(matrix), matrix.participant_ids)
    assert pushed.tolist() == [False] * 3


@pytest.fixture(scope="module", params=["groups", "no structure", "a continuum"])
def simulated(request: pytest.FixtureRequest) -> VoteMatrix:
    draw = {
        "groups": generate_groups,
        "no structure": generate_structureless,
        "a continuum": generate_continuum,
    }[str(request.param)]
    matrix: VoteMatrix = draw(np.random.default_rng(3), Shape(400, 40, 8000)).matrix
    return matrix


def test_honest_votes_are_not_flagged(simulated: VoteMatrix) -> None:
    assert name_pushed(simulated) == []


def test_honest_votes_are_hardly_ever_flagged() -> None:
    flagged = 0
    for seed in range(30):
        rng = np.random.default_rng([4, seed])
        sides = rng.integers(0, 2, 250)[:, None]
        rates = np.where(sides == 0, rng.uniform(0.02, 0.98, 20), rng.uniform(0.02, 0.98, 20))
        flagged += name_pushed(to_matrix(draw_table(rng, rates, seen=0.7))) != []
    assert flagged <= 1


@pytest.mark.parametrize("opinion", [AGREE, DISAGREE])
def test_a_statement_pushed_by_copies_is_flagged_and_no_other(
    simulated: VoteMatrix, opinion: int
) -> None:
    for statement in find_weak(simulated, opinion):
        assert name_pushed(push(simulated, statement, opinion)) == [str(statement)]


REAL = [
    "polis/15-per-hour-seattle",
    "polis/brexit-consensus",
    "polis/football-concussions",
    "polis/vtaiwan.uberx",
    "remesh/right-to-assemble",
]


@pytest.mark.parametrize("name", [*REAL, "polis/london.youth.policing"])
def test_real_votes_are_not_flagged(shared_data: Path, name: str) -> None:
    assert name_pushed(read_votes(shared_data / name)) == []


@pytest.mark.parametrize("opinion", [AGREE, DISAGREE])
@pytest.mark.parametrize("name", REAL)
def test_a_weak_statement_pushed_among_real_votes_is_flagged_and_no_other(
    shared_data: Path, name: str, opinion: int
) -> None:
    # Among the 26 participants of the sixth conversation, three copies do not stand out.
    matrix = read_votes(shared_data / name)
    for statement in find_weak(matrix, opinion):
        pushed = name_pushed(push(matrix, statement, opinion))
        assert pushed == [matrix.statements[statement].id]


def test_what_is_flagged_does_not_depend_on_the_order_of_votes_or_on_passing(
    simulated: VoteMatrix,
) -> None:
    (statement, *_) = find_weak(simulated, AGREE)
    matrix = push(simulated, statement, AGREE)
    rng = np.random.default_rng(5)
    assert name_pushed(replay_shuffled(matrix, rng, 12)) == [str(statement)]
    assert name_pushed(add_passers(matrix, 0.5, rng)) == [str(statement)]


def test_who_is_examined_follows_from_ids_and_not_from_the_order_of_rows() -> None:
    matrix = to_matrix(draw_table(np.random.default_rng(6), np.full((60, 12), 0.7)))
    sheets = collect_opinions(matrix)
    turned = np.arange(sheets.count)[::-1]
    indptr = np.concatenate([[0], np.cumsum(np.diff(sheets.indptr)[turned])]).astype(np.int64)
    entries = np.concatenate(
        [np.arange(sheets.indptr[row], sheets.indptr[row + 1]) for row in turned]
    )
    other = OpinionSheets(
        sheets.rows,
        indptr,
        sheets.columns[entries],
        sheets.values[entries],
        sheets.statement_count,
    )
    one, same = (
        count_copies(sheets, matrix.participant_ids),
        count_copies(other, matrix.participant_ids[::-1]),
    )
    np.testing.assert_array_equal(one.examined, same.examined)
    np.testing.assert_array_equal(one.copies, same.copies)
