"""Figures are read back as they were stored, and nothing is left of what is taken out."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.conversation import ChangeCounts
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.dialogue.figures import NOBODY, Agreement, Figures, read_figures

counts, shares = st.integers(0, 10**6), st.floats(0, 1)
estimates = st.none() | st.builds(Estimate, shares, shares, shares)
agreements = st.builds(
    Agreement, counts, counts, counts, group=st.none() | st.integers(0, 5), least=estimates
)
figures = st.builds(
    Figures,
    groups=st.integers(0, 6),
    agreements=st.dictionaries(st.integers(1, 10**12), agreements, max_size=5),
    diversity=estimates,
    changes=st.builds(ChangeCounts, counts, counts, counts),
)


@given(figures)
def test_what_was_stored_is_read_back_to_the_last_digit(found: Figures) -> None:
    assert read_figures(json.loads(json.dumps(found.to_document()))) == found


@given(figures, st.sets(st.integers(1, 10**12), max_size=3))
def test_what_is_taken_out_leaves_no_figure_that_it_may_be_part_of(
    found: Figures, others: set[int]
) -> None:
    taken = others | set(list(found.agreements)[:2])
    left = found.without(taken)
    assert not taken & left.agreements.keys()
    assert left.agreements.items() <= found.agreements.items()
    assert len(left.agreements) >= len(found.agreements) - 2 - len(others)
    assert (left.groups, left.diversity, left.changes) == (found.groups, None, NOBODY)


def test_most_agree_only_where_the_low_end_says_so() -> None:
    half = Agreement(5, 5, 0, None, Estimate(0.6, 0.5, 0.7))
    most = Agreement(50, 5, 0, None, Estimate(0.8, 0.6, 0.9))
    unknown = Agreement(0, 0, 3, None, None)
    assert [each.is_shared for each in (half, most, unknown)] == [False, True, False]
    assert unknown.low == 0.0
