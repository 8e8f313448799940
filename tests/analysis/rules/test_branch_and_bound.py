import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.rules.branch_and_bound import (
    EITHER,
    Problem,
    pack_bits,
    pack_weights,
    search,
)


@given(st.lists(st.integers(0, 1 << 20), max_size=150))
def test_planes_add_up_to_the_weights(weights: list[int]) -> None:
    planes = pack_weights(np.array(weights, dtype=np.int64))
    bits = np.unpackbits(planes.view(np.uint8), axis=1, bitorder="little")
    sums = (bits.astype(np.int64) << np.arange(len(planes))[:, None]).sum(axis=0)
    assert sums[: len(weights)].tolist() == weights
    assert not sums[len(weights) :].any()


def test_another_way_to_leave_the_same_is_kept_only_if_it_costs_less() -> None:
    # Patterns 0 to 3; the last antecedent captures what the first two do, at a lower price.
    captured = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]], dtype=np.bool_)
    for_one = pack_weights(np.array([50, 50, 0, 9]))
    for_zero = pack_weights(np.array([0, 0, 60, 0]))
    found = search(
        Problem(pack_bits(captured), for_one, for_zero, np.full(4, EITHER), 2.0, 3, 1_000)
    )
    assert found.antecedents == (2,)
    assert found.objective == found.lower_bound == 9 + 2
