import numpy as np
import pytest
from benchmarks.generators import Shape, generate_groups
from benchmarks.pushing import (
    COPIED,
    VARIANTS,
    Result,
    Variant,
    attack,
    count_accounts,
    count_flagged,
    make_accounts,
)
from benchmarks.real_votes import Account

from spreekruimte.analysis.votes import AGREE, PASS, VoteMatrix
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.judgement import Judgement

BY_NAME = {variant.name: variant for variant in VARIANTS}


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    votes = generate_groups(np.random.default_rng(3), Shape(300, 40, 7_000), shares=(0.6, 0.4))
    return judge_votes(votes.matrix)


def read_sheet(matrix: VoteMatrix, row: int) -> dict[int, int]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return dict(zip(matrix.columns[part].tolist(), matrix.values[part].tolist(), strict=True))


def find_sources(judgement: Judgement, account: Account) -> set[int]:
    """Find who gave all votes of an account but the last one, which pushes."""
    copied = dict(zip(account.columns[:-1].tolist(), account.votes[:-1].tolist(), strict=True))
    matrix = judgement.matrix
    return {
        row
        for row in range(matrix.participant_count)
        if copied.items() <= read_sheet(matrix, row).items()
    }


def make(judgement: Judgement, variant: Variant) -> list[Account]:
    target = judgement.results[5]
    accounts = make_accounts(judgement, target, variant, np.random.default_rng(4))
    assert len(accounts) == count_accounts(judgement.matrix) == 30
    assert all((each.columns[-1], each.votes[-1]) == (5, AGREE) for each in accounts)
    return accounts


@pytest.mark.parametrize("name", ["opinions", "votes", "one group", "one person", "supporters"])
def test_accounts_copy_somebody(judgement: Judgement, name: str) -> None:
    accounts = make(judgement, BY_NAME[name])
    assert all(len(each.votes) == COPIED + 1 for each in accounts)
    assert all(find_sources(judgement, each) for each in accounts)
    assert any(PASS in each.votes for each in accounts) == (name == "votes")


def test_one_person_is_the_source_of_all(judgement: Judgement) -> None:
    accounts = make(judgement, BY_NAME["one person"])
    assert set.intersection(*(find_sources(judgement, each) for each in accounts))


def test_one_group_is_the_source_of_all(judgement: Judgement) -> None:
    labels = judgement.groups.labels
    sources = [find_sources(judgement, each) for each in make(judgement, BY_NAME["one group"])]
    shared = [{int(labels[row]) for row in each} for each in sources]
    assert judgement.groups.count == 2
    assert set.intersection(*shared)


def test_supporters_agree_with_the_statement_too(judgement: Judgement) -> None:
    sources = [find_sources(judgement, each) for each in make(judgement, BY_NAME["supporters"])]
    matrix = judgement.matrix
    assert all(any(read_sheet(matrix, row).get(5) == AGREE for row in each) for each in sources)


def test_a_changed_opinion_is_nobodys_copy(judgement: Judgement) -> None:
    plain, changed = make(judgement, BY_NAME["opinions"]), make(judgement, BY_NAME["one changed"])
    assert all(
        np.flatnonzero(one.votes != other.votes).tolist() == [0]
        for one, other in zip(plain, changed, strict=True)
    )


def test_nobody_to_copy_means_no_attack() -> None:
    votes = generate_groups(np.random.default_rng(5), Shape(60, 10, 300))
    before = judge_votes(votes.matrix)
    assert attack(before, BY_NAME["opinions"], (1, 2), 0) is None


def test_an_attack_repeats_itself(judgement: Judgement) -> None:
    one, other = (attack(judgement, BY_NAME["opinions"], (1, 2), 7) for _ in range(2))
    assert one == other
    assert one is not None
    assert one.rise > 0


def test_getting_through_takes_more_than_ten_places_and_no_flag() -> None:
    assert Result(0, "1", 11, flagged=False, others=0).got_through
    assert not Result(0, "1", 10, flagged=False, others=0).got_through
    assert not Result(0, "1", 40, flagged=True, others=0).got_through


def test_nothing_is_flagged_where_nobody_pushes(judgement: Judgement) -> None:
    assert count_flagged(judgement.matrix) == 0
