from pathlib import Path

import numpy as np
import pytest
from benchmarks.generators import Shape, generate_structureless
from benchmarks.passing import add_passing
from benchmarks.real_votes import Account, add_accounts, count_opinions, list_folders

from spreekruimte.analysis.votes import VoteLog, VoteMatrix


@pytest.fixture
def matrix() -> VoteMatrix:
    return generate_structureless(np.random.default_rng(1), Shape(40, 12, 200)).matrix


def make_account(columns: list[int], votes: list[int]) -> Account:
    return Account(np.array(columns, dtype=np.int32), np.array(votes, dtype=np.int8))


def test_without_accounts_nothing_changes(matrix: VoteMatrix) -> None:
    same = add_accounts(matrix, [])
    assert same.participant_ids == matrix.participant_ids
    assert same.digest_votes() == matrix.digest_votes()
    assert same.arrival.tolist() == matrix.arrival.tolist()


def test_accounts_come_last_and_get_ids_of_their_own(matrix: VoteMatrix) -> None:
    more = add_accounts(matrix, [make_account([0, 3], [1, -1]), make_account([2], [0])])
    count = matrix.participant_count
    assert more.participant_ids[count:] == (str(count), str(count + 1))
    assert more.columns[more.indptr[count] :].tolist() == [0, 3, 2]
    assert more.values[more.indptr[count] :].tolist() == [1, -1, 0]
    assert more.arrival[count:].tolist() == [count, count + 1]


def test_ids_that_are_names_get_numbers_beside_them() -> None:
    log = VoteLog()
    log.append(["ann", "bob"], ["s", "s"], [1, -1], [0, 0])
    more = add_accounts(log.to_matrix(), [make_account([0], [1])])
    assert more.participant_ids == ("0", "ann", "bob")


def test_passing_participants_only_pass(matrix: VoteMatrix) -> None:
    more = add_passing(matrix, 0.5, np.random.default_rng(2))
    added = more.values[more.indptr[matrix.participant_count] :]
    assert more.participant_count == matrix.participant_count + round(
        0.5 * matrix.participant_count
    )
    assert len(added) > 0
    assert not added.any()


def test_opinions_are_counted_without_passes() -> None:
    log = VoteLog()
    log.append(["1", "2", "3", "3"], ["a", "a", "a", "b"], [1, 0, -1, 1], [0] * 4)
    agree, disagree = count_opinions(log.to_matrix())
    assert (agree.tolist(), disagree.tolist()) == ([1, 1], [1, 0])


def test_folders_are_listed_by_kind_and_name(tmp_path: Path) -> None:
    for name in ("remesh/a", "polis/c", "polis/b"):
        (tmp_path / name).mkdir(parents=True)
    assert [folder.name for folder in list_folders(tmp_path)] == ["b", "c", "a"]


def test_a_folder_without_conversations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="there is no polis/CONVERSATION"):
        list_folders(tmp_path)
