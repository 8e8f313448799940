from typing import get_args
from xml.etree import ElementTree

import pytest

from spreekruimte.look.charts import Mark, Part, draw_key, draw_parts
from spreekruimte.look.charts.marks import draw_mark

MARKS: tuple[Mark, ...] = get_args(Mark)


def test_marks_differ_in_shape_or_in_filling() -> None:
    outlines = {mark: draw_mark(mark, 8, 8, 5).split(" d=")[1] for mark in MARKS}
    # A disc is filled and a ring is not; all others differ in outline.
    assert outlines["disc"] == outlines["ring"]
    assert len(set(outlines.values())) == len(MARKS) - 1


@pytest.mark.parametrize("mark", MARKS)
def test_a_key_is_decoration(mark: Mark) -> None:
    root = ElementTree.fromstring(draw_key(mark))  # noqa: S314 (drawn here)
    assert root.get("aria-hidden") == "true"
    assert [path.get("class") for path in root] == [mark]


def test_parts_follow_each_other_and_fill_the_whole() -> None:
    drawn = draw_parts(
        [Part("disc", 0.5), Part("square", 0), Part("diamond", 0.2), Part("ring", 0.3)],
        title="Parts",
        description="half of it discs",
    )
    root = ElementTree.fromstring(drawn)  # noqa: S314 (drawn here)
    parts = [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in root.iter("rect")]
    assert parts == [("disc", "0%", "50%"), ("diamond", "50%", "20%"), ("ring", "70%", "30%")]
