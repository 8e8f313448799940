from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import Bar, draw_bars
from spreekruimte.look.charts.bars import LEFT, RIGHT

shares = st.floats(0, 1)


def draw(*bars: Bar) -> ElementTree.Element:
    return ElementTree.fromstring(  # noqa: S314 (drawn here)
        draw_bars(bars, title="Agreement", description="what it shows")
    )


def rects(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    """Where the rectangles of a kind begin and end, as shares of the bar."""
    found = []
    for rect in root.iter("rect"):
        if rect.get("class") == kind:
            span = 100.0 - LEFT - RIGHT
            start = (float(rect.get("x", "").rstrip("%")) - LEFT) / span
            width = float(rect.get("width", "").rstrip("%")) / span
            found.append((start, start + width))
    return found


@given(shares, shares, shares)
def test_a_bar_shows_its_share_and_its_interval(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    root = draw(Bar("A", value, low, high, "some"))
    assert rects(root, "rest") == [pytest.approx((0, 1), abs=1e-3)]
    assert rects(root, "share") == [pytest.approx((0, value), abs=1e-3)]
    assert rects(root, "whisker") == [pytest.approx((low, high), abs=1e-3)]
    assert [text.text for text in root.iter("text")] == ["A", "some"]


def test_a_share_that_is_unknown_is_not_drawn_as_none() -> None:
    root = draw(Bar("A", None, 0, 1, "–"))
    assert rects(root, "unknown") == [pytest.approx((0, 1), abs=1e-3)]
    assert rects(root, "share") == rects(root, "whisker") == []


def test_rows_do_not_touch_and_lie_within_the_picture() -> None:
    root = draw(*[Bar(name, 0.5, 0.4, 0.6, "50%") for name in "ABCDE"])
    edges = [
        (float(rect.get("y", "")), float(rect.get("y", "")) + float(rect.get("height", "")))
        for rect in root.iter("rect")
        if rect.get("class") == "rest"
    ]
    assert all(upper[1] < lower[0] for upper, lower in pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= float(root.get("height", ""))
    assert edges[0][1] - edges[0][0] > edges[1][1] - edges[1][0]


def test_one_bar_alone_leaves_no_gap_for_others() -> None:
    assert float(draw(Bar("A", 0.5, 0.4, 0.6, "50%")).get("height", "")) == 20
