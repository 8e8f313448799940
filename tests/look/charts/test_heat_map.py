import re

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import Cell, draw_heat_map
from spreekruimte.look.charts.standing_alone import stand_alone

shares = st.floats(0.0, 1.0)


def draw(rows: list[list[Cell]], across: list[str] | None = None) -> str:
    return draw_heat_map(
        rows,
        down=[f"row {place}" for place in range(len(rows))],
        across=across or [f"column {place}" for place in range(len(rows[0]))],
        title="Room",
        description="Where there is room.",
        name="room",
    )


def cell(value: float, low: float, high: float) -> Cell:
    return Cell(value, low, high, f"{value:.0%}", f"{low:.0%}-{high:.0%}")


@given(shares, shares, shares)
def test_a_cell_is_hatched_exactly_where_its_interval_spans_one_half(
    one: float, two: float, three: float
) -> None:
    low, value, high = sorted((one, two, three))
    drawn = draw([[cell(value, low, high)]])
    assert ('class="hatched"' in drawn) == (low <= 0.5 <= high)
    assert (f'class="{"more" if value >= 0.5 else "less"}"') in drawn


@given(shares, shares)
def test_a_cell_is_the_darker_the_further_its_share_is_from_one_half(
    one: float, two: float
) -> None:
    first, second = (
        float(re.findall(r'fill-opacity="([0-9.]+)"', draw([[cell(each, each, each)]]))[0])
        for each in (one, two)
    )
    if abs(one - 0.5) < abs(two - 0.5):
        assert first <= second


def test_each_cell_says_its_share_and_its_interval() -> None:
    drawn = draw([[cell(0.25, 0.1, 0.4), cell(0.75, 0.6, 0.9)]])
    assert {"25%", "10%-40%", "75%", "60%-90%"} <= set(re.findall(r">([^<]+)</text>", drawn))


def test_many_columns_leave_the_interval_to_the_table() -> None:
    drawn = draw([[cell(0.25, 0.1, 0.4)] * 7])
    assert "25%" in drawn
    assert "10%-40%" not in drawn


def test_what_cannot_occur_is_a_dash() -> None:
    drawn = draw([[Cell(None)]])
    assert 'class="none"' in drawn
    assert "hatched" not in drawn
    assert not Cell(None).is_open


def test_names_are_escaped_and_long_ones_take_several_lines() -> None:
    drawn = draw([[cell(0.2, 0.1, 0.3)]], across=["<b> " + "word " * 20])
    assert "&lt;b&gt;" in drawn
    assert max(map(len, re.findall(r">([^<]+)</text>", drawn))) <= 50
    assert fromstring(drawn).tag == "svg"


def test_it_can_stand_alone() -> None:
    drawn = stand_alone(draw([[cell(0.45, 0.4, 0.6)] * 3]))
    assert b'%" y=' not in drawn
    assert fromstring(drawn).tag.endswith("svg")
