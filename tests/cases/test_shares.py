"""Which texts take part, and how often each comes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.cases.shares import (
    FULL_CONTEXT,
    MIRROR_SHARE,
    SHARES,
    WHOLE,
    Arm,
    can_be_mirror_share,
    can_be_shares,
    default_shares,
    find_written,
    weigh_arms,
)

ARMS: tuple[Arm, ...] = tuple(product(FRAMINGS, SIDES))
SOME_SHARES = st.lists(st.integers(0, 20), min_size=4, max_size=4).map(
    lambda others: dict(zip(FRAMINGS, (*others[:3], WHOLE - sum(others), others[3]), strict=True))
)


def written(*arms: Arm) -> frozenset[Arm]:
    return find_written({(*arm, language) for arm in arms for language in LANGUAGES})


def test_six_in_ten_see_all_context_by_default_and_one_in_four_the_mirror() -> None:
    weights = dict(weigh_arms(default_shares(), MIRROR_SHARE, written(*ARMS)))
    assert sum(weights.values()) == WHOLE**2
    assert weights["context", "post"] == 4500
    assert weights["context", "mirror"] == 1500
    assert {weights[framing, "post"] for framing in FRAMINGS if framing != "context"} == {750}
    assert {weights[framing, "mirror"] for framing in FRAMINGS if framing != "context"} == {250}


def test_a_case_without_tellings_is_asked_with_all_context_alone() -> None:
    assert [arm for arm, _weight in weigh_arms(SHARES, MIRROR_SHARE, written())] == [FULL_CONTEXT]


def test_the_share_of_a_text_that_is_not_there_goes_to_the_others_in_proportion() -> None:
    weights = dict(weigh_arms(SHARES, MIRROR_SHARE, written(("bare", "post"))))
    assert weights.keys() == {("bare", "post"), FULL_CONTEXT}
    assert weights[FULL_CONTEXT] == 6 * weights["bare", "post"]


def test_a_text_in_one_language_takes_no_part() -> None:
    assert find_written({("bare", "post", "nl")}) == frozenset()
    assert find_written({("bare", "post", "nl"), ("bare", "post", "en")}) == {("bare", "post")}


def test_a_mirror_takes_no_part_without_its_post() -> None:
    assert written(("bare", "mirror")) == frozenset()
    assert written(("bare", "mirror"), ("context", "post")) == {FULL_CONTEXT}


@given(SOME_SHARES, st.integers(0, WHOLE - 1), st.sets(st.sampled_from(ARMS)))
def test_arms_come_as_the_shares_say_whatever_is_written(
    shares: dict[str, int], mirror: int, arms: set[Arm]
) -> None:
    weights = weigh_arms(shares, mirror, written(*arms))  # type: ignore[arg-type]
    there = dict(weights)
    assert there[FULL_CONTEXT] > 0
    assert min(there.values()) > 0
    total = sum(there.values())
    framings = {framing for framing, _side in there}
    kept = sum(shares[framing] for framing in framings)
    for framing in framings:
        both = there.get((framing, "post"), 0) + there.get((framing, "mirror"), 0)
        assert both * kept == shares[framing] * total
        if (framing, "mirror") in there:
            assert there[framing, "mirror"] * WHOLE == both * mirror
    # The order of what is written changes nothing.
    assert weights == weigh_arms(shares, mirror, written(*sorted(arms)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"bare": 20}, False),
        ({"bare": -10, "fuss": 30}, False),
        ({"context": 0, "bare": 70}, False),
        ({"unknown": 0}, False),
    ],
)
def test_shares_add_up_and_leave_full_context_some(changes: dict[str, int], holds: bool) -> None:
    assert can_be_shares({**SHARES, **changes}) is holds  # type: ignore[dict-item]


def test_the_mirror_leaves_the_post_some() -> None:
    assert [can_be_mirror_share(each) for each in (-1, 0, 99, 100)] == [False, True, True, False]
