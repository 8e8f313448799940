import json
import re
from pathlib import Path
from typing import Any

import pytest

from spreekruimte.cases.attributes import Attribute, attributes, groups

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "context_attributes.json"
EVERY = list(attributes().values())
# How the shared file says who may see an attribute.
SHOWN = {
    "yes": "yes",
    "no": "no",
    "no (ophef side)": "fuss",
    "no (employer/self report)": "employer",
    "yes (as claim + evidence)": "claim",
}


def named(attribute: Attribute) -> str:
    return attribute.id


@pytest.fixture(scope="module")
def shared() -> list[dict[str, Any]]:
    if not SHARED.is_file():
        pytest.skip("the facts of the domain (../shared/domain) are not here")
    facts: list[dict[str, Any]] = json.loads(SHARED.read_text("utf-8"))
    return facts


def test_there_are_39_attributes_in_six_groups() -> None:
    assert len(attributes()) == 39
    assert set(groups()) == {attribute.group for attribute in EVERY}


def test_attributes_and_values_are_those_of_the_domain(shared: list[dict[str, Any]]) -> None:
    ours = [(each.id, each.group, each.shown) for each in EVERY]
    assert ours == [(each["id"], each["group"], SHOWN[each["show_to_public"]]) for each in shared]
    for attribute, facts in zip(EVERY, shared, strict=True):
        # Two lists tell in words that numbers belong to them.
        values = [re.sub(r"^integer followers; bins |; plus .*", "", v) for v in facts["values"]]
        assert list(attribute.allowed) == values


def test_each_attribute_rests_on_the_rulings_of_the_domain(shared: list[dict[str, Any]]) -> None:
    for attribute, facts in zip(EVERY, shared, strict=True):
        numbers = {found.strip("(),;") for found in re.findall(r"\S*\d\S*", facts["tested_by"])}
        assert all(number in "; ".join(attribute.rests_on) for number in numbers), attribute.id


def test_reach_and_repetition_hold_numbers_and_nothing_else_does() -> None:
    assert {each.id: each.numbers for each in EVERY if each.numbers} == {
        "reach_at_posting": ("followers",),
        "repetition": ("count", "months"),
    }


@pytest.mark.parametrize("attribute", EVERY, ids=named)
def test_an_attribute_says_everything_in_both_languages(attribute: Attribute) -> None:
    texts = [attribute.label, attribute.question, *(value.label for value in attribute.values)]
    assert all(text.nl.strip() and text.en.strip() for text in texts)
    assert attribute.question.nl.endswith("?")
    assert attribute.question.en.endswith("?")
    assert max(len(attribute.question.nl.split()), len(attribute.question.en.split())) <= 12
    assert attribute.rests_on


@pytest.mark.parametrize("attribute", EVERY, ids=named)
def test_the_values_of_an_attribute_can_be_told_apart(attribute: Attribute) -> None:
    assert len(set(attribute.allowed)) == len(attribute.values) > 1
    assert len({value.label.nl for value in attribute.values}) == len(attribute.values)
    assert len({value.label.en for value in attribute.values}) == len(attribute.values)


@pytest.mark.parametrize(
    ("followers", "value"),
    [(0, "lt100"), (99, "lt100"), (100, "100_1k"), (1000, "1k_10k"), (10_000, "gt10k")],
)
def test_a_count_belongs_to_one_range(followers: int, value: str) -> None:
    assert attributes()["reach_at_posting"].value_for(followers) == value


def test_the_public_sees_claims_but_not_what_the_fuss_or_the_employer_tells() -> None:
    hidden = {attribute.id for attribute in EVERY if not attribute.is_public}
    assert hidden == {"prior_warning", "first_amplifier", "motive", "employer_share"}
    assert attributes()["harm_kind"].is_public


def test_a_label_is_found_by_its_value() -> None:
    assert attributes()["tone"].label_of("sharp").nl == "scherp"
    with pytest.raises(KeyError):
        attributes()["tone"].label_of("loud")
