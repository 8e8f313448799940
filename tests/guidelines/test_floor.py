from __future__ import annotations

import pytest
from hypothesis import given
from tests.guidelines.written import holds_where, make_line, predicates

from spreekruimte.analysis.rules import ALWAYS, AllOf, Predicate
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.floor import find_grounds, find_protections
from spreekruimte.guidelines.lines import Duty


def grounds_of(predicate: Predicate) -> list[str]:
    return [each.in_english() for each in find_grounds(make_line(predicate=predicate))]


@pytest.mark.parametrize(
    ("known", "ground"),
    [
        ({"capacity": "elected_politician"}, "elected office"),
        ({"party_political": "candidate_own"}, "elected office"),
        ({"capacity": "union_or_works_council"}, "union or works council"),
        ({"public_interest": "wrongdoing"}, "Reporting wrongdoing"),
        ({"public_interest": "wrongdoing", "internal_route": "yes"}, "Reporting wrongdoing"),
        ({"first_amplifier": "journalist"}, "How many people react"),
        ({"speech_type": "fact", "accuracy": "correct"}, "correction about public service"),
        ({"accuracy": "correct"}, "correction about public service"),
    ],
)
def test_nothing_is_forbidden_for_what_the_floor_protects_alone(
    known: dict[str, str], ground: str
) -> None:
    assert any(ground in each for each in grounds_of(holds_where(**known)))
    # A further reason is not for the floor to judge.
    further = AllOf((holds_where(**known), holds_where(tone="threatening")))
    assert grounds_of(further) == []


def test_wrongdoing_that_was_not_reported_inside_is_not_protected_alone() -> None:
    assert grounds_of(holds_where(public_interest="wrongdoing", internal_route="no")) == []


def test_a_secret_is_no_correction() -> None:
    told = holds_where(speech_type="fact", accuracy="correct", confidentiality="secret")
    assert grounds_of(told) == []


def test_forbidding_everything_goes_below_each_statement_once() -> None:
    grounds = grounds_of(ALWAYS)
    assert len(grounds) == len(set(grounds)) == 5


@pytest.mark.parametrize("duty", ["prior_advice", "prior_permission"])
def test_speaking_waits_for_nobody(duty: Duty) -> None:
    line = make_line(effect="require", duty=duty)
    assert [each.in_english() for each in find_grounds(line)] == [
        "Nobody has to ask permission before speaking (Constitution, article 7)."
    ]


def test_other_duties_are_no_permission() -> None:
    assert find_grounds(make_line(effect="require", duty="label")) == ()


@given(predicate=predicates)
def test_only_what_forbids_can_go_below_by_its_condition(predicate: Predicate) -> None:
    assert find_grounds(make_line(predicate=predicate, effect="caution")) == ()


@given(predicate=predicates)
def test_a_narrower_line_goes_below_no_further(predicate: Predicate) -> None:
    narrower = AllOf((predicate, holds_where(capacity="dual_role")))
    assert set(grounds_of(narrower)) <= set(grounds_of(predicate))


@pytest.mark.parametrize(
    ("known", "ground"),
    [
        ({"capacity": "dual_role", "tone": "sharp"}, "elected office"),
        ({"public_interest": "wrongdoing", "internal_route": "yes"}, "Reporting wrongdoing"),
    ],
)
def test_of_a_post_is_told_what_protects_it(known: dict[str, str], ground: str) -> None:
    always = find_protections(Context())
    found = find_protections(Context.of(known))
    assert any(ground in each.in_english() for each in found)
    assert set(found) > set(always)
    assert len(found) == len(set(found))


def test_what_is_not_known_protects_nothing_yet() -> None:
    told = [each.in_english() for each in find_protections(Context.of({"speech_type": "fact"}))]
    assert told == [each.in_english() for each in find_protections(Context())]
    assert len(told) == 2
