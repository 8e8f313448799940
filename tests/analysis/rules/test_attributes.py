import pytest
from tests.analysis.rules.drawing import ATTRIBUTES

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.rules import UNKNOWN, Attribute, Attributes


def test_cases_are_coded_in_the_order_of_columns_and_values() -> None:
    codes = ATTRIBUTES.code_cases([{"distance": "far", "rank": "low", "act": "like"}])
    assert codes.tolist() == [[0, 1, 2]]


def test_what_a_case_leaves_out_or_does_not_know_is_unknown() -> None:
    codes = ATTRIBUTES.code_cases([{"rank": None}, {"act": "post"}])
    assert codes.tolist() == [[UNKNOWN] * 3, [UNKNOWN, 0, UNKNOWN]]


def test_no_cases_have_a_row_of_no_codes() -> None:
    assert ATTRIBUTES.code_cases([]).shape == (0, 3)


def test_an_unknown_attribute_is_named() -> None:
    with pytest.raises(InputError, match=r"There is no attribute colour\."):
        ATTRIBUTES.code_cases([{"colour": "red"}])


def test_an_unknown_value_is_named_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="act has no value share; it has post, like"):
        ATTRIBUTES.code_cases([{"act": "share"}])


@pytest.mark.parametrize("values", [(), ("a", "a")])
def test_values_that_cannot_be_coded_are_refused(values: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="needs values that differ"):
        Attribute("x", values)


def test_two_attributes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        Attributes((Attribute("x", ("a",)), Attribute("x", ("b",))))
