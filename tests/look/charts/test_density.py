import re
from xml.etree import ElementTree

import numpy as np
import pytest

from spreekruimte.look.charts import Region, draw_density, gather_cells
from spreekruimte.look.charts.density import LINE_HEIGHT, PATTERNS, SHADES, TALLEST, WIDTH
from spreekruimte.look.charts.hexagons import Cells


def make_cells(kinds: int, *, stretch: tuple[float, float] = (1, 1)) -> Cells:
    rng = np.random.default_rng(2)
    labels = np.repeat(np.arange(kinds, dtype=np.int32), 200)
    points = rng.normal(0, 1, (len(labels), 2)) + 8 * labels[:, None]
    return gather_cells(points * stretch, labels)


def draw(cells: Cells, *regions: Region) -> ElementTree.Element:
    return ElementTree.fromstring(  # noqa: S314 (drawn here)
        draw_density(cells, regions, title="Map", description="what it shows", name="map")
    )


def drawn_cells(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [path for path in root.findall("path") if "shade" in path.get("class", "")]


def test_each_cell_is_drawn_once_within_the_picture() -> None:
    cells = make_cells(3)
    root = draw(cells)
    paths = drawn_cells(root)
    assert len(paths) == len(cells.counts)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for path in paths:
        x, y = map(float, re.findall(r"-?[\d.]+", path.get("d", ""))[:2])
        assert 0 < x < width == WIDTH
        assert 0 < y < height


def test_the_fullest_cell_has_the_strongest_shade() -> None:
    cells = make_cells(1)
    shades = [int(path.get("class", "")[-1]) for path in drawn_cells(draw(cells))]
    assert shades[int(cells.counts.argmax())] == SHADES
    assert min(shades) < SHADES
    assert set(shades) <= set(range(1, SHADES + 1))


def test_kinds_differ_by_pattern_too() -> None:
    root = draw(make_cells(len(PATTERNS)))
    fills = {path.get("fill") for path in root.findall("path") if path.get("fill")}
    defined = {f"url(#{pattern.get('id')})" for pattern in root.iter("pattern")}
    assert fills == defined
    assert len(defined) == len(PATTERNS) - 1


def test_a_cell_without_a_kind_has_a_look_of_its_own() -> None:
    cells = Cells(np.zeros((1, 2)), 1.0, np.array([9]), np.array([-1]))
    assert [path.get("class") for path in drawn_cells(draw(cells))] == ["mixed shade4"]


def place_labels(*regions: Region) -> dict[str | None, tuple[float, float]]:
    return {
        text.text: (float(text.get("x", "")), float(text.get("y", "")))
        for text in draw(make_cells(2), *regions).iter("text")
    }


def test_a_label_moves_down_where_it_would_cover_another() -> None:
    places = place_labels(Region("A", 0, 0), Region("B", 0, 0.01))
    assert places["A"][1] - places["B"][1] == pytest.approx(LINE_HEIGHT)


def test_labels_beside_each_other_stay_at_their_height_and_inside() -> None:
    places = place_labels(Region("A", -99, 3), Region("B", 99, 3))
    assert places["A"][1] == places["B"][1]
    assert 0 < places["A"][0] < places["B"][0] < WIDTH


@pytest.mark.parametrize("stretch", [(1, 30), (30, 1)])
def test_a_stretched_cloud_keeps_the_picture_within_bounds(stretch: tuple[float, float]) -> None:
    root = draw(make_cells(2, stretch=stretch))
    height = float(root.get("viewBox", "").split()[3])
    assert height <= TALLEST + 20.1
