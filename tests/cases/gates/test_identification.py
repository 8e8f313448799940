from dataclasses import replace

import pytest
from tests.cases.gates.facts import FACTS, TEXTS, codes, signature

from spreekruimte.cases.gates.identification import (
    CHECKLIST,
    IdentificationFacts,
    check_identification,
)
from spreekruimte.cases.gates.texts import CaseText, digest_texts

NAMED = CaseText("mirror", "nl", "Toen belde Vera Molenaar met de krant.")


def signed_for(texts: tuple[CaseText, ...], cleared: frozenset[str]) -> IdentificationFacts:
    signatures = [
        replace(signature(editor, cleared=cleared), digest=digest_texts(texts)) for editor in (1, 2)
    ]
    return IdentificationFacts(texts, tuple(signatures))


def test_clean_texts_that_two_editors_signed_pass() -> None:
    result = check_identification(FACTS.identification, is_synthetic=False)
    assert result.passed
    assert not result.reasons


def test_a_finding_says_where_it_is_and_what_it_looks_like() -> None:
    (reason,) = check_identification(IdentificationFacts((NAMED,)), is_synthetic=True).reasons
    assert reason.code == "name"
    assert reason.sentence.in_english() == (
        "the mirror, Dutch: Vera Molenaar looks like the name of a person."
    )


def test_a_real_case_needs_two_different_editors() -> None:
    for signatures in ((), (signature(1),), (signature(1), signature(1))):
        facts = IdentificationFacts(TEXTS, signatures)
        result = check_identification(facts, is_synthetic=False)
        assert not result.passed
        assert "signature_missing" in codes(result)


def test_a_signature_lapses_when_a_text_changes() -> None:
    changed = (*TEXTS[1:], replace(TEXTS[0], content="Iets anders."))
    facts = IdentificationFacts(changed, FACTS.identification.signatures)
    found = codes(check_identification(facts, is_synthetic=False))
    assert found[:2] == ["signed_other_texts", "signature_missing"]


def test_an_old_signature_does_not_undo_two_new_ones() -> None:
    old = replace(signature(3), digest="another")
    facts = replace(FACTS.identification, signatures=(old, signature(1), signature(2)))
    assert check_identification(facts, is_synthetic=False).passed


def test_each_item_is_confirmed_by_two_editors() -> None:
    partly = replace(signature(2), confirmed=frozenset(CHECKLIST) - {"no_minor"})
    facts = replace(FACTS.identification, signatures=(signature(1), partly))
    assert codes(check_identification(facts, is_synthetic=False)) == ["unconfirmed_no_minor"]


def test_two_editors_can_say_that_a_guess_is_wrong() -> None:
    facts = signed_for((NAMED,), frozenset({"Vera Molenaar"}))
    assert check_identification(facts, is_synthetic=False).passed
    alone = replace(facts, signatures=(facts.signatures[0], replace(
        facts.signatures[1], cleared=frozenset())))  # fmt: skip
    assert codes(check_identification(alone, is_synthetic=False)) == ["name"]


def test_nobody_can_let_an_address_through() -> None:
    text = CaseText("description", "nl", "Mail naar info@hier.nl.")
    facts = signed_for((text,), frozenset({"info@hier.nl"}))
    assert codes(check_identification(facts, is_synthetic=False)) == ["email"]


def test_a_digest_depends_on_every_text_and_not_on_their_order() -> None:
    assert digest_texts(TEXTS) == digest_texts(TEXTS[::-1])
    for place in range(len(TEXTS)):
        changed = [*TEXTS]
        changed[place] = replace(changed[place], content=changed[place].content + " ")
        assert digest_texts(changed) != digest_texts(TEXTS)


@pytest.mark.parametrize("texts", [TEXTS[:3], ()])
def test_a_digest_tells_a_missing_text(texts: tuple[CaseText, ...]) -> None:
    assert digest_texts(texts) != digest_texts(TEXTS)
