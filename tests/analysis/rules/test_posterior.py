from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from spreekruimte.analysis.rules import draw_shares
from spreekruimte.analysis.rules.posterior import DRAWS

counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=4)


def draw(pairs: list[tuple[int, int]]) -> np.ndarray:
    given = np.array(pairs, dtype=np.int64)
    return draw_shares(given[:, 0], given[:, 1])


@given(counts)
def test_equal_counts_give_equal_shares(pairs: list[tuple[int, int]]) -> None:
    drawn = draw(pairs)
    assert drawn.shape == (DRAWS, len(pairs))
    assert ((drawn >= 0) & (drawn <= 1)).all()
    np.testing.assert_array_equal(drawn, draw(pairs))


@pytest.mark.parametrize("pair", [(0, 0), (3, 1), (400, 100)])
def test_shares_are_those_of_the_posterior(pair: tuple[int, int]) -> None:
    drawn = draw([pair])[:, 0]
    expected = beta(pair[0] + 0.5, pair[1] + 0.5)
    # Four standard errors of a mean of these draws.
    assert abs(drawn.mean() - expected.mean()) < 4 * expected.std() / np.sqrt(DRAWS)
    assert abs(np.mean(drawn < expected.median()) - 0.5) < 4 * 0.5 / np.sqrt(DRAWS)


def test_contexts_do_not_hang_together() -> None:
    drawn = draw([(5, 5), (5, 5)])
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 4 / np.sqrt(DRAWS)


def test_no_context_gives_no_share() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert draw_shares(none, none).shape == (DRAWS, 0)


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        draw([(1, -1)])
