from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guidelines.proposing.proposed import make_situations
from tests.guidelines.written import holds_where

from spreekruimte.analysis.rules import decide
from spreekruimte.cases.attributes import attributes
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.proposing.computing import (
    FEWEST_HELD_OUT,
    FEWEST_LEARNT,
    find_lists,
    list_askable,
)
from spreekruimte.guidelines.proposing.lists import read_lists
from spreekruimte.guidelines.proposing.situations import Situations
from spreekruimte.guidelines.vocabulary import rule_attributes

VALUES = {
    "tone": ("neutral", "critical", "contemptuous"),
    "topic_distance": ("own_file", "own_organisation", "not_government"),
    "duty_status": ("off_duty", "on_duty"),
    "capacity": ("private_person", "union_or_works_council"),
}
CONTEXTS = 3 * [dict(zip(VALUES, chosen, strict=True)) for chosen in product(*VALUES.values())]


def harsh_on_duty(context: Mapping[str, str]) -> float:
    is_harsh = context["tone"] == "contemptuous" and context["duty_status"] == "on_duty"
    return 0.9 if is_harsh else 0.1


def against_unions(context: Mapping[str, str]) -> float:
    return 0.9 if context["capacity"] == "union_or_works_council" else 0.1


def test_a_known_rule_is_found_back_and_proved() -> None:
    lists = read_lists(find_lists(make_situations(CONTEXTS, harsh_on_duty)))
    assert [each.longest for each in lists] == [0, 1, 2, 3, 4]
    none, one, *more = lists
    assert none.lines == ()
    assert [line.predicate for line in one.lines] == [
        holds_where(duty_status="on_duty", tone="contemptuous")
    ]
    assert one.lines[0].effect == "forbid"
    assert one.is_certified
    assert (one.learnt.estimate, one.held_out.estimate) == pytest.approx((0.9, 0.9))
    assert one.held_out.most == pytest.approx(0.9)
    assert none.held_out.estimate < one.held_out.low
    assert all(each.lines == one.lines and not each.is_longer for each in more)


def test_a_public_that_is_against_what_the_floor_protects_gets_no_list_that_is() -> None:
    situations = make_situations(CONTEXTS, against_unions)
    column = rule_attributes().find("capacity")
    union = rule_attributes().columns[column].code("union_or_works_council")
    of_union = situations.codes.copy()
    of_union[:, column] = union
    for each in read_lists(find_lists(situations)):
        said = decide([line.rule for line in each.lines], situations.codes)
        said_of_union = decide([line.rule for line in each.lines], of_union)
        assert (said_of_union <= said).all()
        assert each.learnt.estimate < each.learnt.most - 0.2


def test_a_public_that_finds_all_inadmissible_does_not_forbid_all() -> None:
    none, one, *_ = read_lists(find_lists(make_situations(CONTEXTS, lambda _: 0.8)))
    assert none.learnt.estimate == pytest.approx(0.2)
    assert all(not find_grounds(line) for line in one.lines)


def test_only_what_is_public_and_known_before_posting_is_asked() -> None:
    names = list(attributes())
    asked = {names[column] for column in list_askable()}
    assert {"tone", "capacity", "act_type"} <= asked
    assert not asked & {"aftermath", "harm_kind", "foreseeable", "first_amplifier", "motive"}


def test_too_few_situations_give_counts_and_no_list() -> None:
    document = find_lists(make_situations(CONTEXTS[:12], harsh_on_duty))
    counts = document["counts"]
    assert counts["learnt"] + counts["held_out"] == 12
    assert counts["judgements"] == 1_200
    assert "lists" not in document
    assert read_lists(document) == ()


def test_many_to_learn_from_are_not_enough_where_few_are_held_out() -> None:
    situations = make_situations([CONTEXTS[0]] * FEWEST_LEARNT * 2, harsh_on_duty)
    one_name = Situations(
        names=("case 0",) * len(situations.names),
        codes=situations.codes,
        admissible=situations.admissible,
        inadmissible=situations.inadmissible,
        cases=situations.cases,
        studies=(),
        is_simulated=True,
    )
    document = find_lists(one_name)
    assert min(document["counts"]["learnt"], document["counts"]["held_out"]) == 0
    assert FEWEST_HELD_OUT > 0
    assert "lists" not in document
    assert document["simulated"]


def noisy(contexts: list[dict[str, str]], seed: int) -> Situations:
    rng = np.random.default_rng(seed)
    shares = iter(rng.random(len(contexts)))
    return make_situations(list(contexts), lambda _: float(next(shares)))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1_000))
def test_a_longer_list_agrees_no_less_with_what_it_is_learnt_from(seed: int) -> None:
    lists = read_lists(find_lists(noisy(CONTEXTS, seed)))
    estimates = [each.learnt.estimate for each in lists]
    assert estimates == sorted(estimates)
    assert all(each.learnt.estimate <= each.learnt.most for each in lists)
    assert all(each.gap >= 0 for each in lists)


def test_a_search_that_is_cut_says_how_much_better_another_list_can_be() -> None:
    situations = noisy(CONTEXTS, 3)
    whole = read_lists(find_lists(situations))
    cut = read_lists(find_lists(situations, most_nodes=60))
    assert whole[4].is_certified
    assert not cut[4].is_certified
    assert cut[4].learnt.estimate <= whole[4].learnt.estimate
    assert whole[4].learnt.estimate <= cut[4].learnt.estimate + cut[4].gap + 1e-9
    estimates = [each.learnt.estimate for each in cut]
    assert estimates == sorted(estimates)


def test_no_single_judgement_decides_what_is_held_out() -> None:
    few = find_lists(make_situations(CONTEXTS, harsh_on_duty, people=10))
    many = find_lists(make_situations(CONTEXTS, harsh_on_duty, people=1_000))
    assert few["lists"] == many["lists"]
