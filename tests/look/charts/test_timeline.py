"""Columns over time, with what stands out."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts import Column, Moment, Stretch, draw_timeline
from spreekruimte.look.charts.standing_alone import stand_alone
from spreekruimte.look.charts.timeline import COLUMNS


def draw(columns: list[Column], **more: object) -> str:
    texts = {"ends": ("1 May", "9 May"), "top": "7 in a day", "title": "Fuss", "description": "d"}
    return draw_timeline(columns, **{**texts, **more})  # type: ignore[arg-type]


def columns_in(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(".//rect")  # noqa: S314 - drawn by us


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=80))
def test_columns_are_as_high_as_what_they_count(counts: list[int]) -> None:
    heights = [
        float(each.get("height", "")) for each in columns_in(draw([Column(n) for n in counts]))
    ]
    wanted = [COLUMNS * n / max(counts) for n in counts if n]
    assert heights == pytest.approx(wanted, abs=0.06)


def test_what_stands_out_has_a_bracket_and_a_name_beside_its_colour() -> None:
    svg = draw([Column(n) for n in (1, 9, 9, 1)], stretches=[Stretch(1, 2, "burst 1")])
    assert [each.get("class") for each in columns_in(svg)] == ["disc", "square", "square", "disc"]
    assert svg.count('class="bracket"') == 3
    assert 'x1="25%" x2="75%"' in svg
    assert ">burst 1</text>" in svg


@pytest.mark.parametrize(("place", "anchor"), [(0, "start"), (20, "middle"), (39, "end")])
def test_a_name_at_an_end_stays_inside(place: int, anchor: str) -> None:
    svg = draw([Column(1)] * 40, stretches=[Stretch(place, place, "x")])
    assert re.search(rf'class="{anchor}"[^>]*>x</text>', svg)


def test_a_small_column_is_hollow() -> None:
    assert columns_in(draw([Column(4, is_small=True)]))[0].get("class") == "disc small"


@pytest.mark.parametrize(("at", "anchor"), [(0.1, "start"), (0.9, "end")])
def test_a_moment_is_a_diamond_with_a_label_that_stays_inside(at: float, anchor: str) -> None:
    svg = draw([Column(1)], moments=[Moment(at, "A")])
    assert 'class="diamond"' in svg
    assert re.search(rf'class="{anchor}" x="{at * 100:g}%"[^>]*>A</text>', svg)


def test_nothing_at_all_can_be_drawn() -> None:
    assert not columns_in(draw([Column(0)]))


def test_a_picture_that_stands_alone_has_no_percentages_left() -> None:
    svg = draw([Column(1), Column(2)], moments=[Moment(0.5, "A")], stretches=[Stretch(0, 0, "1")])
    alone = stand_alone(svg).decode()
    assert not re.search(r' (x|x1|x2|width)="[0-9.]+%"', alone)
    ElementTree.fromstring(alone)  # noqa: S314 - drawn by us
