from itertools import combinations
from math import hypot
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import Point, Tick, draw_beeswarm
from spreekruimte.look.charts.beeswarm import TALLEST, place_points

places = st.lists(st.floats(0, 100) | st.sampled_from([1.0, 2.0, 50.0]), max_size=60)


@given(places)
def test_no_point_covers_another(values: list[float]) -> None:
    offsets = place_points(values, radius=3)
    points = list(zip(values, offsets, strict=True))
    assert all(hypot(a - c, b - d) >= 6 - 1e-6 for (a, b), (c, d) in combinations(points, 2))


@given(places)
def test_the_same_points_get_the_same_places(values: list[float]) -> None:
    offsets = place_points(values, radius=3)
    turned = place_points(values[::-1], radius=3)
    assert sorted(zip(values, offsets, strict=True)) == sorted(
        zip(values[::-1], turned, strict=True)
    )


def test_points_with_room_stay_on_the_line() -> None:
    assert place_points([0, 10, 20], radius=3) == [0, 0, 0]


def test_a_point_without_room_goes_above_the_line_first() -> None:
    assert place_points([5, 5, 5], radius=3) == [0, -6, 6]


def test_no_points_get_no_places() -> None:
    assert place_points([], radius=3) == []


def draw(points: list[Point], width: int = 320) -> ElementTree.Element:
    ticks = [Tick(0, "none"), Tick(0.25), Tick(0.5, "half"), Tick(1, "all")]
    return ElementTree.fromstring(  # noqa: S314 (drawn here)
        draw_beeswarm(points, ticks, width=width, title="t", description="d", name="swarm")
    )


def test_every_point_is_drawn_with_its_mark() -> None:
    root = draw([Point(0.1, "disc"), Point(0.1, "ring"), Point(0.9, "square")])
    assert [path.get("class") for path in root.iter("path")] == ["disc", "ring", "square"]


def test_only_points_with_a_label_are_named() -> None:
    root = draw([Point(0.1, "disc"), Point(0.95, "diamond", "number 7")])
    texts = {text.text: text.get("text-anchor") for text in root.iter("text")}
    assert texts == {"none": "start", "half": "middle", "all": "end", "number 7": "end"}


def test_the_picture_grows_with_the_swarm() -> None:
    def height(count: int) -> float:
        return float(draw([Point(0.5, "disc")] * count).get("viewBox", "").split()[3])

    assert height(40) > height(1) > 0


def test_a_picture_without_points_still_has_its_line() -> None:
    root = draw([])
    assert [text.text for text in root.iter("text")] == ["none", "half", "all"]
    assert len(list(root.iter("line"))) == 4


def test_a_swarm_in_one_place_stays_on_the_page() -> None:
    root = draw([Point(1, "ring")] * 500)
    assert len(list(root.iter("path"))) == 500
    assert float(root.get("viewBox", "").split()[3]) < TALLEST + 50
