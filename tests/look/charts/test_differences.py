from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import Difference, draw_differences, find_reach
from spreekruimte.look.charts.differences import LEFT, RIGHT, WIDTH

parts = st.floats(-1, 1)


def draw(*rows: Difference, reach: float = 1.0) -> ElementTree.Element:
    svg = draw_differences(rows, reach=reach, title="Gap", description="what it shows")
    return ElementTree.fromstring(svg)  # noqa: S314 (drawn here)


def place(percentage: str | None) -> float:
    """Where a percentage of the width stands on the scale, from -1 to 1."""
    return 2 * (float((percentage or "").rstrip("%")) - LEFT) / (100 - LEFT - RIGHT) - 1


@given(parts, parts, parts)
def test_a_difference_stands_in_its_interval_around_zero(
    value: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    root = draw(Difference("A", value, low, high, "+3"))
    (whisker,) = root.findall("rect[@class='whisker']")
    assert place(whisker.get("x")) == pytest.approx(low, abs=1e-3)
    width = float(whisker.get("width", "").rstrip("%")) / (100 - LEFT - RIGHT) * 2
    assert width == pytest.approx(high - low, abs=1e-3)
    (mark,) = root.findall("rect[@class='difference']")
    assert place(mark.get("x")) == pytest.approx(value, abs=1e-3)
    assert mark.get("transform") == f"translate({-WIDTH // 2} 0)"
    (zero,) = root.findall("line")
    assert place(zero.get("x1")) == pytest.approx(0)
    assert [text.text for text in root.iter("text")] == ["A", "+3"]


def test_a_difference_that_is_unknown_is_not_drawn_as_none() -> None:
    root = draw(Difference("A", None, 0, 0, "–"))
    assert [rect.get("class") for rect in root.iter("rect")] == ["scale"]


@pytest.mark.parametrize(
    ("intervals", "reach"),
    [([], 0.1), ([(-0.02, 0.03)], 0.1), ([(-0.31, 0.1), (0.0, 0.2)], 0.4), ([(0.1, 0.3)], 0.3)],
)
def test_the_scale_goes_in_steps_as_far_as_the_intervals(
    intervals: list[tuple[float, float]], reach: float
) -> None:
    rows = [Difference("A", low, low, high, "") for low, high in intervals]
    unknown = Difference("B", None, -0.9, 0.9, "–")
    assert find_reach([*rows, unknown]) == pytest.approx(reach)


def test_the_first_row_stands_for_the_whole() -> None:
    root = draw(*[Difference(name, 0.1, 0.0, 0.2, "+10") for name in "AB"])
    first, second = root.findall("rect[@class='difference']")
    assert float(first.get("height", "")) > float(second.get("height", ""))
