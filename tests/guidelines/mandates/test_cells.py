from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.guidelines.mandates.cells import (
    ROOM_NAMES,
    ROOMS,
    Place,
    Room,
    digest_cells,
    places,
    read_cells,
    write_cells,
)

tables = st.dictionaries(st.sampled_from(list(places())), st.sampled_from(ROOMS))


@given(tables)
def test_what_is_written_is_read_back(cells: dict[Place, Room]) -> None:
    assert read_cells(write_cells(cells)) == cells


@given(tables, tables)
def test_equal_cells_have_equal_digests_and_no_others(
    one: dict[Place, Room], other: dict[Place, Room]
) -> None:
    turned = dict(reversed(one.items()))
    assert digest_cells(one) == digest_cells(turned)
    assert (digest_cells(one) == digest_cells(other)) == (one == other)


@pytest.mark.parametrize(
    "document",
    [
        {"king": {"own_file": "inform"}},
        {"support": {"weather": "inform"}},
        {"support": {"own_file": "shout"}},
    ],
)
def test_what_is_no_cell_is_refused(document: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValidationError, match="There is no"):
        read_cells(document)


def test_each_room_has_a_name() -> None:
    assert set(ROOM_NAMES) == set(ROOMS)
