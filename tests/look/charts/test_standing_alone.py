"""Pictures that leave the page."""

from xml.etree import ElementTree

import numpy as np
import pytest

from spreekruimte.look.charts import Bar, Region, draw_bars, draw_density, gather_cells
from spreekruimte.look.charts.standing_alone import stack, stand_alone

SVG = "{http://www.w3.org/2000/svg}"


def bars(label: str = "All") -> str:
    return draw_bars(
        [Bar(label, 0.5, 0.4, 0.6, "50%"), Bar("A", None, 0, 1, "–")], title="T", description="D"
    )


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(stand_alone(svg))  # noqa: S314 - drawn by us


def test_a_picture_that_stands_alone_has_its_colours_and_no_share_of_a_width() -> None:
    content = stand_alone(bars()).decode()
    assert "var(--" not in content
    assert "@media" not in content
    root = read(bars())
    sized = [
        node.get(name, "")
        for node in root.iter()
        for name in ("x", "x1", "x2", "width")
        if node.tag != f"{SVG}style"
    ]
    assert not any("%" in value for value in sized)


def test_lengths_follow_the_width() -> None:
    (share,) = [n for n in read(bars()).iter(f"{SVG}rect") if n.get("class") == "share"]
    (rest,) = [n for n in read(bars()).iter(f"{SVG}rect") if n.get("class") == "rest"]
    assert float(share.get("width", "0")) == pytest.approx(float(rest.get("width", "0")) / 2, 0.01)


def test_what_has_a_light_edge_is_drawn_over_it() -> None:
    whiskers = [n for n in read(bars()).iter(f"{SVG}rect") if n.get("class") == "whisker"]
    assert [n.get("style") for n in whiskers] == [None, "stroke:none"]


def test_parts_stand_under_one_another_each_below_its_text() -> None:
    root = read(stack([("first", bars()), ("a <b> & c " * 30, bars())], title="T", description="D"))
    texts = ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
    assert texts[0] == "first"
    assert any("a <b> & c" in text for text in texts)
    assert float(root.get("height", "0")) > 4 * 40


def test_a_map_is_scaled_to_the_width() -> None:
    points = np.random.default_rng(1).normal(0, 1, (200, 2))
    cells = gather_cells(points, np.zeros(200, dtype=np.int32))
    region = Region("A", 0, 0)
    svg = draw_density(cells, [region], title="T", description="D", name="map")
    root = read(svg)
    group = root.find(f"{SVG}g")
    assert group is not None
    assert group.get("class") == "map"
    assert "scale(1.875)" in (group.get("transform") or "")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="one svg element"):
        stand_alone("<p>no</p>")
