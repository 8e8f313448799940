import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.models import Channel
from spreekruimte.studies.showing.words import (
    is_certain,
    name_people,
    name_values,
    say_refusal,
    write_difference,
    write_share,
)


def row(estimate: float, low: float | None, high: float | None) -> dict[str, float | None]:
    return {"estimate": estimate, "low": low, "high": high}


def test_a_share_stays_between_nothing_and_all() -> None:
    with override("en"):
        assert write_share(row(0.98, 0.95, 1.01)) == "98% (95 to 100%)"
        assert write_share(row(1.0, None, None)) == "100%"


def test_a_difference_has_a_sign_unless_it_is_nothing() -> None:
    with override("en"):
        assert write_difference(row(0.12, 0.05, 0.19)) == "+12 (+5 to +19)"
        assert write_difference(row(-0.12, -0.19, 0.001)) == "−12 (−19 to 0)"
        assert write_difference(row(0.5, None, None)) == "+50"


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_a_difference_is_certain_exactly_where_its_margin_leaves_out_zero(
    one: float, two: float
) -> None:
    low, high = sorted((one, two))
    assert is_certain(row((low + high) / 2.0, low, high)) == (not low <= 0.0 <= high)
    assert not is_certain(row(low, None, None))


@pytest.mark.parametrize(("language", "told"), [("en", "Tone: sharp"), ("nl", "Toon: scherp")])
def test_values_are_told_in_the_language_of_the_reader(language: str, told: str) -> None:
    with override(language):
        assert name_values({"tone": "sharp"}) == told
        assert name_people(Channel.OPEN) != name_people(Channel.PANEL)


def test_a_refusal_is_told_with_the_words_of_the_schema() -> None:
    values = {"attribute": "employer_type", "level": "police", "count": 3, "fewest": 20}
    template = "Of {attribute}, {level} was seen by {count} of {fewest}."
    with override("en"):
        told = say_refusal({"refusal": {"template": template, "values": values}})
    assert told == "Of Kind of organisation, the police was seen by 3 of 20."
