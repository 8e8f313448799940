from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.look.charts.svg import element, number, picture, words


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(0, 1, "0"), (-0.04, 1, "0"), (1.25, 2, "1.25"), (10, 1, "10"), (2.50, 2, "2.5"), (7, 0, "7")],
)
def test_a_number_is_written_as_briefly_as_possible(
    value: float, digits: int, written: str
) -> None:
    assert number(value, digits) == written


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_is_written_to_the_digit_asked_for(value: float, digits: int) -> None:
    assert float(number(value, digits)) == pytest.approx(value, abs=0.51 * 10**-digits)


def test_an_element_closes_itself_when_it_holds_nothing() -> None:
    assert element("path", class_="a", stroke_width=1.5) == '<path class="a" stroke-width="1.5"/>'


def test_an_element_holds_its_children_in_order() -> None:
    assert element("g", element("a"), words("b<c")) == "<g><a/>b&lt;c</g>"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_comes_out_of_a_picture_as_it_went_in(text: str) -> None:
    drawn = picture([element("a", href=text)], title=f"t{text}", description=f"d{text}")
    root = ElementTree.fromstring(drawn)  # noqa: S314 (drawn here)
    assert root.attrib == {"role": "img"}
    title, description, link = list(root)
    assert (title.text, description.text, link.get("href")) == (f"t{text}", f"d{text}", text)


def test_a_picture_without_a_description_has_none() -> None:
    assert picture([], title="t", description="") == '<svg role="img"><title>t</title></svg>'
