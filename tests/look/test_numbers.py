from collections.abc import Iterator

import pytest
from django.utils import translation

from spreekruimte.look.numbers import (
    write_chance,
    write_count,
    write_decimal,
    write_percent,
    write_points,
    write_range,
    write_share,
)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def test_thousands_are_marked_as_the_language_does(language: str) -> None:
    assert write_count(1234567) == {"nl": "1.234.567", "en": "1,234,567"}[language]


def test_decimals_are_marked_as_the_language_does(language: str) -> None:
    assert write_decimal(0.125, 2) == {"nl": "0,12", "en": "0.12"}[language]
    assert write_decimal(-0.001, 1) == {"nl": "0,0", "en": "0.0"}[language]


def test_a_percentage_has_no_more_digits_than_it_needs(language: str) -> None:
    assert write_percent(0.5) == "50%"
    assert write_percent(0.01, 1) == "1%"
    assert write_percent(0.125, 1) == {"nl": "12,5%", "en": "12.5%"}[language]


def test_a_range_names_both_ends(language: str) -> None:
    assert write_range(0.581, 0.66) == {"nl": "58 tot 66%", "en": "58 to 66%"}[language]


def test_a_share_stands_with_its_interval(language: str) -> None:
    said = write_share(0.62, 0.581, 0.66)
    assert said == {"nl": "62% (58 tot 66%)", "en": "62% (58 to 66%)"}[language]


@pytest.mark.parametrize(
    ("value", "dutch"), [(0.0, "minder dan 1%"), (0.01, "1%"), (0.5, "50%"), (1.0, "meer dan 99%")]
)
def test_no_chance_is_called_impossible_or_certain(value: float, dutch: str) -> None:
    with translation.override("nl"):
        assert write_chance(value) == dutch


def test_points_have_their_sign_unless_there_are_none(language: str) -> None:
    written = [write_points(each) for each in (0.123, -0.046, 0.004, -0.004)]
    assert written == ["+12", "\u22125", "0", "0"], language
