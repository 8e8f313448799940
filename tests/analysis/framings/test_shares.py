import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.framings import Cells, Support, measure_shares
from spreekruimte.analysis.verdicts import bound_share, bound_share_anytime


def fill(agree: int, disagree: int) -> Cells:
    counts = np.zeros((2, 5, 2, 3), dtype=np.int64)
    counts[0, 3, 0] = (disagree, 7, agree)
    return Cells(counts)


@given(agree=st.integers(0, 300), disagree=st.integers(0, 300))
def test_an_arm_has_the_intervals_of_its_own_opinions(agree: int, disagree: int) -> None:
    shares = measure_shares(fill(agree, disagree), 0.95)
    assert shares.value.shape == (2, 5, 2)
    if agree + disagree < 10:
        assert np.isnan(shares.value).all()
        return
    yes, no = np.array([agree]), np.array([disagree])
    low, high = bound_share_anytime(yes, no, 0.95)
    once_low, once_high = bound_share(yes, no, 0.95)
    for scope in (0, 1):
        place = (scope, 3, 0)
        assert shares.value[place] == agree / (agree + disagree)
        assert (shares.low[place], shares.high[place]) == (low[0], high[0])
        assert (shares.once_low[place], shares.once_high[place]) == (once_low[0], once_high[0])


def test_arms_without_support_say_why() -> None:
    shares = measure_shares(fill(1, 0), 0.95)
    assert shares.support[0, 3, 0] == Support.TOO_FEW_OPINIONS
    assert shares.support[0, 0, 0] == Support.NO_OPINIONS
    assert measure_shares(fill(10, 0), 0.95).support[1, 3, 0] == Support.TOLD
