"""Counts gathered into few columns."""

from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import LEAST
from spreekruimte.ophef.showing.timeline import MOST_COLUMNS, draw, gather
from spreekruimte.ophef.showing.words import DAY, HOUR


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=2048),
    st.sampled_from([HOUR, 6 * HOUR, DAY]),
    st.integers(0, 1000),
)
def test_few_columns_hold_every_signal(counts: list[int], width: float, start: int) -> None:
    series = gather({"start": start * width, "width": width, "counts": counts})
    if not any(counts):
        assert series is None
        return
    assert series is not None
    assert sum(series.counts) == sum(counts)
    assert len(series.counts) <= MOST_COLUMNS
    assert series.counts[0]
    assert series.counts[-1]


def test_a_moment_outside_lies_in_the_column_at_that_end() -> None:
    series = gather({"start": 0.0, "width": HOUR, "counts": [1, 2, 3]})
    assert series is not None
    assert [series.place(each) for each in (-1.0, 0.0, 3 * HOUR - 1, 9 * HOUR)] == [0, 0, 2, 2]


def test_nothing_is_drawn_where_nothing_came_in() -> None:
    figures = {"series": {"start": 0.0, "width": DAY, "counts": [0]}, "bursts": []}
    assert draw(figures, []) is None


def test_small_counts_are_in_no_form_of_the_picture() -> None:
    series = {"start": 0.0, "width": DAY, "counts": [1, 3, 900]}
    picture = draw({"series": series, "bursts": []}, [])
    assert picture is not None
    told = [cell for row in picture.rows[1:] for cell in row[2:4]]
    assert told == [None, LEAST - 1, None, LEAST - 1, 900, 900]
    assert [row[1] for row in picture.table.rows] == ["fewer than 5", "fewer than 5", "900"]
    assert "there was no burst" in picture.sentence
