from dataclasses import replace

import pytest
from tests.cases.gates.facts import codes

from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.result import GateResult
from spreekruimte.cases.gates.rights_floor import (
    HELD_LABELS,
    NOT_A_GROUND,
    FloorFacts,
    Held,
    check_rights_floor,
    highest_measure,
)

PLAIN = FloorFacts(corrects_facts="no", has_direction="no", along_legal_route="no")
# For each of the first five statements, what else has to be known for it to apply.
APPLIES: dict[Held, tuple[dict[str, str], FloorFacts]] = {
    "no_prior_permission": ({}, PLAIN),
    "membership": ({}, PLAIN),
    "candidacy_or_office": ({"party_political": "candidate_own"}, PLAIN),
    "report_of_wrongdoing": (
        {"public_interest": "wrongdoing"},
        replace(PLAIN, along_legal_route="yes"),
    ),
    "union_or_works_council": ({"capacity": "union_or_works_council"}, PLAIN),
}


def check(facts: FloorFacts, **context: str) -> GateResult:
    return check_rights_floor(facts, context=Context.of(context), has_mirror=False)


def with_effect(result: GateResult, effect: str) -> set[str]:
    return {reason.code for reason in result.reasons if reason.effect == effect}


def test_where_no_statement_applies_the_case_is_asked() -> None:
    result = check(replace(PLAIN, held_against=frozenset({"content"})))
    assert result.passed
    assert codes(result) == ["hearing"]


@pytest.mark.parametrize("held", list(APPLIES))
def test_statements_1_to_5_protect_where_nothing_else_is_held_against_the_post(held: Held) -> None:
    context, facts = APPLIES[held]
    result = check(replace(facts, held_against=frozenset({held})), **context)
    assert not result.passed
    assert with_effect(result, "protects") == {NOT_A_GROUND[held].code}
    assert not with_effect(result, "stops")


@pytest.mark.parametrize("held", list(APPLIES))
def test_statements_1_to_5_take_their_ground_away_where_something_else_is_held(held: Held) -> None:
    context, facts = APPLIES[held]
    result = check(replace(facts, held_against=frozenset({held, "manner"})), **context)
    assert result.passed
    assert with_effect(result, "excludes") == {NOT_A_GROUND[held].code}


@pytest.mark.parametrize("held", list(APPLIES))
def test_the_volume_of_reaction_does_not_keep_a_ground_standing(held: Held) -> None:
    context, facts = APPLIES[held]
    result = check(replace(facts, held_against=frozenset({held, "volume_of_reaction"})), **context)
    assert with_effect(result, "protects") == {NOT_A_GROUND[held].code}


def test_two_grounds_that_fall_protect_together() -> None:
    facts = replace(PLAIN, held_against=frozenset({"membership", "no_prior_permission"}))
    assert with_effect(check(facts), "protects") == {"membership", "no_duty_to_ask"}


@pytest.mark.parametrize(
    "held", ["candidacy_or_office", "report_of_wrongdoing", "union_or_works_council"]
)
def test_a_ground_that_the_context_does_not_bear_out_stops(held: Held) -> None:
    facts = replace(APPLIES[held][1], held_against=frozenset({held}))
    result = check(facts, capacity="private_person")
    assert with_effect(result, "stops") == {f"context_disagrees_on_{held}"}
    assert not with_effect(result, "protects")


def test_an_elected_politician_is_not_blamed_for_the_office() -> None:
    facts = replace(PLAIN, held_against=frozenset({"candidacy_or_office"}))
    result = check(facts, capacity="elected_politician", party_political="none")
    assert with_effect(result, "protects") == {"candidacy_or_office"}


def test_a_report_outside_the_legal_routes_is_not_protected_and_an_unknown_route_stops() -> None:
    facts = replace(PLAIN, held_against=frozenset({"report_of_wrongdoing"}))
    outside = check(facts, public_interest="wrongdoing")
    assert outside.passed
    unknown = check(replace(facts, along_legal_route="unknown"), public_interest="wrongdoing")
    assert with_effect(unknown, "stops") == {"route_unknown"}


@pytest.mark.parametrize(
    ("secrecy", "protected"),
    [
        ("public_info", True),
        ("internal", True),
        ("confidential", False),
        ("secret", False),
        ("personal_data_of_citizen", False),
    ],
)
def test_statement_10_protects_a_true_correction_unless_secret(
    secrecy: str, protected: bool
) -> None:
    facts = replace(PLAIN, corrects_facts="yes", held_against=frozenset({"manner", "content"}))
    result = check(facts, accuracy="correct", confidentiality=secrecy)
    assert (with_effect(result, "protects") == {"correction_of_facts"}) is protected


def test_statement_10_does_not_protect_what_is_not_right() -> None:
    facts = replace(PLAIN, corrects_facts="yes")
    assert check(facts, accuracy="contested", confidentiality="public_info").passed


def test_statement_10_must_be_decided() -> None:
    unknown = check(replace(PLAIN, corrects_facts="unknown"))
    assert with_effect(unknown, "stops") == {"correction_unknown"}
    missing = check(replace(PLAIN, corrects_facts="yes"), accuracy="correct")
    assert with_effect(missing, "stops") == {"context_missing"}
    assert "Secret or public" in missing.reasons[0].sentence.in_english()


LIKE = {"act_type": "like", "rank_level": "support", "harm_kind": "none_shown"}


def test_statement_6_limits_the_measure_and_leaves_the_post_to_the_vote() -> None:
    result = check(PLAIN, **LIKE)
    assert result.passed
    assert with_effect(result, "limits") == {"like_without_effect"}
    assert highest_measure(result) == 3


@pytest.mark.parametrize(
    "change",
    [{"act_type": "share"}, {"rank_level": "team_lead"}, {"harm_kind": "safety"}],
)
def test_statement_6_needs_a_like_a_low_rank_and_no_shown_effect(change: dict[str, str]) -> None:
    assert highest_measure(check(PLAIN, **(LIKE | change))) is None


def test_an_effect_that_is_only_asserted_is_not_shown() -> None:
    context = LIKE | {"harm_kind": "safety", "harm_evidence": "only_asserted"}
    assert highest_measure(check(PLAIN, **context)) == 3


def test_statement_7_lets_no_measure_rest_on_volume_alone() -> None:
    alone = check(replace(PLAIN, held_against=frozenset({"volume_of_reaction"})))
    assert alone.passed
    assert highest_measure(alone) == 0
    beside = check(replace(PLAIN, held_against=frozenset({"volume_of_reaction", "content"})))
    assert with_effect(beside, "limits") == {"volume_of_reaction"}
    assert highest_measure(beside) is None


@pytest.mark.parametrize(
    ("employer", "is_dutch", "expected"),
    [
        ("ministry", True, {"hearing", "advice_first"}),
        ("police", True, {"hearing", "advice_first"}),
        ("municipality", True, {"hearing"}),
        ("ministry", False, {"hearing"}),
    ],
)
def test_statement_8_asks_a_hearing_and_for_some_advice(
    employer: str, is_dutch: bool, expected: set[str]
) -> None:
    result = check(replace(PLAIN, is_dutch=is_dutch), employer_type=employer)
    assert with_effect(result, "obliges") == expected


def test_statement_9_needs_the_mirror_of_a_post_with_a_direction() -> None:
    facts = replace(PLAIN, has_direction="yes")
    assert with_effect(check(facts), "stops") == {"mirror_missing"}
    mirrored = check_rights_floor(facts, context=Context.of({}), has_mirror=True)
    assert mirrored.passed
    assert with_effect(mirrored, "obliges") == {"hearing", "mirror_gap"}
    unknown = check(replace(facts, has_direction="unknown"))
    assert with_effect(unknown, "stops") == {"direction_unknown"}


def test_everything_that_can_be_held_against_a_post_has_a_label() -> None:
    assert set(HELD_LABELS) > set(NOT_A_GROUND)
    assert len({label.template for label in HELD_LABELS.values()}) == len(HELD_LABELS)
