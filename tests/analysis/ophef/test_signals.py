from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.ophef import UNKNOWN, Direction, Kind, Signals, make_signals

COLUMNS = tuple(Signals.__dataclass_fields__)
row = st.tuples(
    st.integers(0, 3).map(float),
    st.sampled_from(Kind),
    # Some so far apart that no one key holds them with their run.
    st.sampled_from([-1, 0, 2, 2**62, 2**63 - 1]),
    st.integers(-1, 2),
    st.sampled_from([0.0, 10.0, float("nan")]),
    st.sampled_from(Direction),
    st.integers(-1, 1),
    st.booleans(),
    st.sampled_from([1.0, 2.5]),
)


def make(rows: list[tuple[object, ...]]) -> Signals:
    return make_signals(**dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


@given(rows=st.lists(row, min_size=1, max_size=12), data=st.data())
def test_any_order_of_rows_gives_the_same_signals(
    rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    one, other = make(rows), make(data.draw(st.permutations(rows)))
    for name in COLUMNS:
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
    assert (np.diff(one.times) >= 0.0).all()


def test_what_is_not_given_is_unknown() -> None:
    signals = make_signals([2.0, 1.0], [Kind.CALL, Kind.LETTER])
    assert len(signals) == 2
    assert signals.kinds.tolist() == [Kind.LETTER, Kind.CALL]
    assert (signals.authors == UNKNOWN).all()
    assert (signals.outlets == UNKNOWN).all()
    assert (signals.outside == UNKNOWN).all()
    assert np.isnan(signals.reach).all()
    assert (signals.direction == Direction.UNKNOWN).all()
    assert not signals.employers.any()
    assert (signals.amounts == 1.0).all()


def test_no_signals_are_signals() -> None:
    assert len(make_signals([], [])) == 0


def test_the_employer_and_its_hours_are_not_the_fuss() -> None:
    signals = make_signals(
        [1.0, 2.0, 3.0],
        [Kind.MENTION, Kind.MEDIA_ITEM, Kind.STAFF_HOURS],
        employers=[False, True, False],
    )
    assert signals.is_fuss.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kinds", 10),
        ("kinds", -1),
        ("authors", -2),
        ("outlets", -2),
        ("reach", -1.0),
        ("direction", 3),
        ("outside", 2),
        ("employers", 2),
        ("amounts", -1.0),
    ],
)
def test_a_value_out_of_range_is_refused_by_the_name_of_its_column(
    column: str, value: float
) -> None:
    columns: dict[str, Any] = {"times": [1.0, 2.0], "kinds": [0, 0], column: [0, value]}
    with pytest.raises(InputError, match=column):
        make_signals(**columns)


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(InputError, match="length"):
        make_signals([1.0, 2.0], [0, 0], authors=[1])


def test_a_missing_time_or_amount_is_refused() -> None:
    with pytest.raises(InputError, match="time"):
        make_signals([np.nan], [0])
    with pytest.raises(InputError, match="amount"):
        make_signals([1.0], [0], amounts=[np.nan])
