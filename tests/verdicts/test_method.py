from dataclasses import asdict, fields

import pytest

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.verdicts import Rules
from spreekruimte.verdicts.method import NAME, VERSION, describe_method, read_rules


def test_rules_come_back_from_their_description() -> None:
    rules = Rules(credible_level=0.8, min_opinions=7, false_alarm=0.01)
    method = describe_method(rules)
    assert (method["name"], method["version"]) == (NAME, VERSION)
    assert read_rules(method) == rules


def test_the_description_holds_every_rule() -> None:
    parameters = describe_method(Rules())["parameters"]
    assert isinstance(parameters, dict)
    assert parameters.keys() == {field.name for field in fields(Rules)}


@pytest.mark.parametrize("changed", [{"name": "polis"}, {"version": "0"}, {"version": 1}])
def test_another_method_is_refused_by_name(changed: dict[str, object]) -> None:
    with pytest.raises(InputError, match="judged by method"):
        read_rules({**describe_method(Rules()), **changed})


@pytest.mark.parametrize(
    "parameters", [None, {}, {"credible_level": 0.9}, {**asdict(Rules()), "x": 1}]
)
def test_other_parameters_are_refused(parameters: object) -> None:
    with pytest.raises(InputError, match="other parameters"):
        read_rules({**describe_method(Rules()), "parameters": parameters})


@pytest.mark.parametrize("wrong", [2.0, "0.9", None])
def test_rules_that_cannot_hold_are_refused(wrong: object) -> None:
    parameters = {**asdict(Rules()), "credible_level": wrong}
    with pytest.raises(InputError, match="cannot hold"):
        read_rules({**describe_method(Rules()), "parameters": parameters})
