import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.ophef import measure_concentration

per_author = st.lists(st.integers(0, 40), max_size=12).map(lambda counts: np.array(counts, int))


def test_fewer_than_two_signals_have_no_concentration() -> None:
    assert measure_concentration(np.array([], int)) is None
    assert measure_concentration(np.array([0, 1])) is None


@given(counts=per_author)
def test_it_is_the_share_of_pairs_of_one_author_within_its_interval(counts: np.ndarray) -> None:
    measured = measure_concentration(counts)
    if counts.sum() < 2:
        assert measured is None
        return
    authors = np.repeat(np.arange(len(counts)), counts)
    same = (authors[:, None] == authors).sum() - len(authors)
    assert measured is not None
    assert measured.value == pytest.approx(same / (len(authors) * (len(authors) - 1)))
    assert 0.0 <= measured.low <= measured.value <= measured.high <= 1.0


@given(counts=per_author, data=st.data())
def test_the_order_of_authors_changes_nothing(counts: np.ndarray, data: st.DataObject) -> None:
    other = np.array(data.draw(st.permutations(counts.tolist())), int)
    assert measure_concentration(counts) == measure_concentration(other)


def test_one_author_alone_and_no_author_twice_are_not_certain() -> None:
    one = measure_concentration(np.array([20]))
    none_twice = measure_concentration(np.ones(20, int))
    assert one is not None
    assert none_twice is not None
    assert (one.value, one.high) == (1.0, 1.0)
    assert 0.7 < one.low < 1.0
    assert (none_twice.value, none_twice.low) == (0.0, 0.0)
    # With this chance that two are the same, all of 190 pairs differ in a fortieth of cases.
    assert np.exp(-190 * none_twice.high) == pytest.approx(0.025)


@pytest.mark.parametrize("size", [30, 300])
def test_the_interval_mostly_holds_the_truth(size: int) -> None:
    rng = np.random.default_rng(2)
    shares = 1.0 / np.arange(1, 41)
    shares /= shares.sum()
    truth = np.square(shares).sum()
    held = 0
    for _ in range(500):
        measured = measure_concentration(rng.multinomial(size, shares))
        assert measured is not None
        held += measured.low <= truth <= measured.high
    assert held / 500 >= 0.92
