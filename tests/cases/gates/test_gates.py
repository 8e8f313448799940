import string
from dataclasses import replace

from tests.cases.gates.facts import FACTS, TODAY

from spreekruimte.cases.gates import CaseFacts, check_gates, choose_move
from spreekruimte.cases.gates.ceiling import CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.identification import IdentificationFacts
from spreekruimte.cases.gates.provenance import Provenance
from spreekruimte.cases.gates.right_of_reply import ReplyFacts
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.gates.texts import CaseText
from spreekruimte.cases.states import next_state

PROTECTED = replace(FACTS.rights_floor, held_against=frozenset({"membership"}))
EMPTY = CaseFacts(
    context=FACTS.context,
    provenance=Provenance("closed_case"),
    identification=IdentificationFacts((CaseText("description", "nl", "Mail jan@hier.nl"),)),
    ceiling=CeilingFacts(),
    rights_floor=FloorFacts(),
    cooling_off=CoolingOffFacts(),
    right_of_reply=ReplyFacts(),
)


def test_a_case_that_passes_every_gate_is_ready() -> None:
    results = check_gates(FACTS, today=TODAY)
    assert all(result.passed for result in results)
    assert choose_move(results) == "clear"
    assert next_state("in_check", choose_move(results)) == "ready"


def test_all_gates_are_checked_in_order_and_say_everything_at_once() -> None:
    results = check_gates(EMPTY, today=TODAY)
    assert [(result.gate, result.passed) for result in results] == [
        ("identification", False),
        ("ceiling", False),
        ("rights_floor", False),
        ("cooling_off", False),
        ("provenance", False),
        ("right_of_reply", False),
    ]
    assert choose_move(results) == "stop"


def test_each_reason_is_a_whole_sentence_with_a_code_of_its_own() -> None:
    for result in check_gates(EMPTY, today=TODAY):
        assert len({(each.code, each.sentence) for each in result.reasons}) == len(result.reasons)
        for reason in result.reasons:
            fields = {field for _t, field, _s, _c in string.Formatter().parse(
                reason.sentence.template) if field}  # fmt: skip
            assert fields == {key for key, _value in reason.sentence.values}
            assert reason.sentence.in_english()[0].isupper() or fields


def test_a_protected_case_is_not_put_to_the_vote() -> None:
    results = check_gates(replace(FACTS, rights_floor=PROTECTED), today=TODAY)
    assert [result.gate for result in results if not result.passed] == ["rights_floor"]
    assert choose_move(results) == "protect"


def test_what_stops_goes_before_what_protects() -> None:
    facts = replace(FACTS, rights_floor=PROTECTED, ceiling=CeilingFacts())
    assert choose_move(check_gates(facts, today=TODAY)) == "stop"


def test_a_synthetic_case_needs_no_signature_age_source_or_reply() -> None:
    facts = replace(
        FACTS,
        provenance=Provenance("synthetic"),
        identification=replace(FACTS.identification, signatures=()),
        cooling_off=CoolingOffFacts(),
        right_of_reply=ReplyFacts(),
    )
    assert choose_move(check_gates(facts, today=TODAY)) == "clear"


def test_the_mirror_must_be_there_in_both_languages() -> None:
    half = tuple(
        each
        for each in FACTS.identification.texts
        if (each.place, each.language) != ("mirror", "en")
    )
    facts = replace(
        FACTS,
        provenance=Provenance("synthetic"),
        identification=replace(FACTS.identification, texts=half),
    )
    reasons = [each for result in check_gates(facts, today=TODAY) for each in result.reasons]
    assert "mirror_missing" in {reason.code for reason in reasons}
