"""Attributes, predicates and cases for properties that should hold for all of them."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    AllOf,
    AnyOf,
    Attribute,
    Attributes,
    Except,
    OneOf,
    Predicate,
)

ATTRIBUTES = Attributes(
    (
        Attribute("rank", ("low", "middle", "high")),
        Attribute("act", ("post", "like")),
        Attribute("distance", ("own", "near", "far", "none")),
    )
)
SIZES = [len(attribute.values) for attribute in ATTRIBUTES.columns]

KNOWN: NDArray[np.int64] = np.array(list(product(*map(range, SIZES))))
"""All cases of which everything is known."""

CASES: NDArray[np.int64] = np.array(list(product(*(range(-1, size) for size in SIZES))))
"""All cases, with everything that may be unknown."""


@st.composite
def draw_values(draw: st.DrawFn) -> OneOf:
    column = draw(st.integers(0, len(SIZES) - 1))
    codes = draw(st.frozensets(st.integers(0, SIZES[column] - 1), min_size=1))
    return OneOf(column, codes)


def _extend(inner: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        parts.map(AllOf), parts.map(AnyOf), st.builds(Except, held=inner, exception=inner)
    )


predicates: st.SearchStrategy[Predicate] = st.recursive(draw_values(), _extend, max_leaves=8)
