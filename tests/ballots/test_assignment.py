"""Lots follow from key, round and pseudonym, and fall as the shares say."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.assignment import Lot
from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.shares import (
    FULL_CONTEXT,
    MIRROR_SHARE,
    SHARES,
    Arm,
    Weights,
    weigh_arms,
)

KEY = bytes(range(32))
ALL: Weights = weigh_arms(SHARES, MIRROR_SHARE, set(product(FRAMINGS, SIDES)))
NAMES = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(2000)]


def test_a_lot_is_what_the_decision_says() -> None:
    message = (
        b"\0\0\0\0\0\0\0\x12spreekruimte arm 1\0\0\0\0\0\0\0\x0ecase-3-round-1\0\0\0\0\0\0\0\x01p"
    )
    drawn = int.from_bytes(hmac.new(KEY, message, hashlib.sha256).digest(), "big") / 2**256
    halves: Weights = ((("bare", "post"), 1), (FULL_CONTEXT, 1))
    expected = ("bare", "post") if drawn < 0.5 else FULL_CONTEXT
    assert Lot(KEY, "case-3-round-1", halves).draw("p") == expected


def test_two_thousand_respondents_are_divided_as_the_shares_say() -> None:
    lot = Lot(KEY, "case-3-round-1", ALL)
    counts = Counter(map(lot.draw, NAMES))
    total = sum(weight for _arm, weight in ALL)
    for arm, weight in ALL:
        expected = len(NAMES) * weight / total
        # Four standard deviations of a binomial count.
        assert abs(counts[arm] - expected) < 4 * (expected * (1 - weight / total)) ** 0.5
    chi = sum((counts[a] - len(NAMES) * w / total) ** 2 / (len(NAMES) * w / total) for a, w in ALL)
    # The 99.9th percentile of chi-squared with nine degrees of freedom.
    assert chi < 27.88


def test_another_round_or_case_draws_anew() -> None:
    lots = [
        Lot(KEY, "case-3-round-1", ALL),
        Lot(KEY, "case-3-round-2", ALL),
        Lot(KEY[::-1], "case-3-round-1", ALL),
    ]
    drawn = [list(map(lot.draw, NAMES)) for lot in lots]
    # Of two independent draws about one in four is alike.
    for one, other in ((0, 1), (0, 2), (1, 2)):
        alike = sum(a == b for a, b in zip(drawn[one], drawn[other], strict=True))
        assert 0.15 < alike / len(NAMES) < 0.35


def test_where_there_is_one_text_everybody_gets_it() -> None:
    lot = Lot(KEY, "case-3-round-1", weigh_arms(SHARES, MIRROR_SHARE, ()))
    assert {lot.draw(name) for name in NAMES} == {FULL_CONTEXT}


arms = st.lists(
    st.tuples(st.sampled_from(list(product(FRAMINGS, SIDES))), st.integers(1, 10**4)),
    min_size=1,
    max_size=10,
    unique_by=lambda each: each[0],
)


@given(arms, st.text(st.characters(exclude_categories=["Cs"])))
def test_a_lot_falls_on_one_of_the_texts_and_always_on_the_same(
    weights: list[tuple[Arm, int]], name: str
) -> None:
    lot = Lot(KEY, "case-3-round-1", tuple(weights))
    assert lot.draw(name) in dict(weights)
    assert lot.draw(name) == Lot(KEY, "case-3-round-1", tuple(weights)).draw(name)


def test_a_larger_share_takes_nobody_away_from_its_own_text() -> None:
    small: Weights = ((("bare", "post"), 10), (FULL_CONTEXT, 90))
    large: Weights = ((("bare", "post"), 20), (FULL_CONTEXT, 80))
    lots = [Lot(KEY, "case-3-round-1", weights) for weights in (small, large)]
    before = {name for name in NAMES if lots[0].draw(name) == ("bare", "post")}
    after = {name for name in NAMES if lots[1].draw(name) == ("bare", "post")}
    assert before < after
