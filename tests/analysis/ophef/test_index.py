import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.ophef import (
    UNKNOWN,
    Direction,
    Kind,
    Signals,
    count_items_plus_calls,
    count_robustly,
    describe_voices,
    make_signals,
    sum_staff_hours,
)

kinds = st.lists(st.sampled_from(Kind), max_size=40)


def incident() -> Signals:
    return make_signals(
        [5.0, 1.0, 2.0, 3.0, 4.0, 6.0],
        [Kind.MENTION, Kind.MEDIA_ITEM, Kind.CALL, Kind.MENTION, Kind.MEDIA_ITEM, Kind.STAFF_HOURS],
        authors=[7, UNKNOWN, UNKNOWN, 7, 8, 9],
        outlets=[UNKNOWN, 3, UNKNOWN, UNKNOWN, 3, UNKNOWN],
        reach=[50.0, 1_000.0, np.nan, 20.0, 0.0, 900.0],
        direction=[-1, 2, 1, -1, 0, 2],
        outside=[1, -1, 0, 1, 0, -1],
        employers=[False, True, False, False, False, False],
    )


@given(kinds=kinds)
def test_items_plus_calls_is_the_number_of_media_items_and_calls(kinds: list[Kind]) -> None:
    found = count_items_plus_calls(make_signals(np.arange(len(kinds)), kinds))
    assert found.media_items == kinds.count(Kind.MEDIA_ITEM)
    assert found.calls == kinds.count(Kind.CALL)
    assert found.index.value == found.media_items + found.calls
    assert found.index.low <= found.index.value <= found.index.high


def test_the_robust_index_counts_each_author_and_outlet_once() -> None:
    found = count_robustly(incident())
    # The item of the employer and the hours of its staff are not the fuss.
    assert (found.authors, found.outlets, found.unknown) == (2, 1, 1)
    assert (found.index.low, found.index.value, found.index.high) == (4.0, 4.0, 4.0)


@given(copies=st.integers(1, 50))
def test_a_loud_or_a_nameless_crowd_moves_the_robust_index_by_one(copies: int) -> None:
    loud = make_signals(np.arange(copies), np.full(copies, Kind.MENTION), authors=1)
    nameless = make_signals(np.arange(copies), np.full(copies, Kind.CALL))
    assert count_robustly(loud).index.value == count_robustly(nameless).index.value == 1.0
    assert count_robustly(loud).index.high == 1.0
    assert count_robustly(nameless).index.high == copies


def test_hours_of_staff_are_summed_and_no_other_amount() -> None:
    signals = make_signals(
        [1.0, 2.0, 3.0],
        [Kind.STAFF_HOURS, Kind.CALL, Kind.STAFF_HOURS],
        amounts=[1.5, 1.0, 0.25],
    )
    assert sum_staff_hours(signals) == 1.75
    assert sum_staff_hours(make_signals([], [])) == 0.0


def test_the_first_amplifier_reached_somebody_and_is_not_the_employer() -> None:
    first = describe_voices(incident()).first_amplifier
    assert first is not None
    assert (first.kind, first.time) == (Kind.MENTION, 3.0)
    assert (first.author, first.outlet, first.reach) == (7, UNKNOWN, 20.0)


def test_without_known_reach_there_is_no_first_amplifier() -> None:
    signals = make_signals([1.0, 2.0], [Kind.CALL, Kind.MENTION], reach=[np.nan, 0.0])
    assert describe_voices(signals).first_amplifier is None


def test_shares_are_of_what_is_known() -> None:
    voices = describe_voices(incident())
    assert voices.unique_authors == 2
    assert (voices.outside.value, voices.outside.known) == (0.5, 4)
    shares = {name: share.value for name, share in voices.directions.items()}
    assert shares == {Direction.AGAINST: 0.5, Direction.NEITHER: 0.25, Direction.DEFENCE: 0.25}
    assert all(share.known == 4 for share in voices.directions.values())
    assert (voices.employers.value, voices.employers.known) == (0.2, 5)
    assert (voices.loudest.value, voices.loudest.known) == (1.0, 3)
    assert voices.concentration is not None
    assert math.isclose(voices.concentration.value, 1 / 3)


def test_the_ten_loudest_of_many_are_counted() -> None:
    authors = np.concatenate([np.repeat(np.arange(10), 6), np.arange(10, 50)])
    voices = describe_voices(
        make_signals(np.arange(100), np.full(100, Kind.MENTION), authors=authors)
    )
    assert (voices.loudest.value, voices.loudest.known) == (0.6, 100)
    assert 0.5 < voices.loudest.low < 0.6 < voices.loudest.high < 0.7


def test_an_incident_without_signals_knows_nothing() -> None:
    nothing = make_signals([], [])
    voices = describe_voices(nothing)
    assert count_items_plus_calls(nothing).index.value == 0.0
    assert count_robustly(nothing).index.high == 0.0
    assert voices.unique_authors == voices.loudest.known == voices.outside.known == 0
    assert voices.first_amplifier is None
    assert voices.concentration is None


@given(seed=st.integers(0, 1_000))
def test_the_order_of_rows_changes_no_figure(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 30
    columns = {
        "times": rng.integers(0, 5, size),
        "kinds": rng.integers(0, 10, size),
        "authors": rng.integers(-1, 4, size),
        "reach": np.where(rng.random(size) < 0.5, np.nan, 1.0),
        "direction": rng.integers(-1, 3, size),
    }
    order = rng.permutation(size)
    one = make_signals(**columns)
    other = make_signals(**{name: column[order] for name, column in columns.items()})
    assert repr(describe_voices(one)) == repr(describe_voices(other))
