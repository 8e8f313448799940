import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.bank import (
    FRAMINGS,
    SIDES,
    ClosedCase,
    Confidence,
    Jurisdiction,
    Outcome,
    SyntheticCase,
    closed_cases,
    outcomes,
    synthetic_cases,
)
from spreekruimte.cases.gates.detectors import find_identifying
from spreekruimte.cases.gates.identification import IdentificationFacts, check_identification
from spreekruimte.cases.sentences import LANGUAGES

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "closed_cases.json"
EVERY: list[ClosedCase | SyntheticCase] = [*closed_cases(), *synthetic_cases()]
NOT_SEEN = re.compile(r"not seen|not verified|to be verified|unknown")


def named(case: ClosedCase | SyntheticCase) -> str:
    return case.id


@pytest.fixture(scope="module")
def shared() -> list[dict[str, Any]]:
    if not SHARED.is_file():
        pytest.skip("the facts of the domain (../shared/domain) are not here")
    facts: list[dict[str, Any]] = json.loads(SHARED.read_text("utf-8"))
    return facts


def squeeze(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def test_the_bank_holds_38_closed_cases_and_five_synthetic_ones() -> None:
    assert len({case.id for case in closed_cases()}) == 38
    assert len({case.id for case in synthetic_cases()}) == 5
    assert {case.provenance.kind for case in closed_cases()} == {"closed_case"}
    assert {case.provenance.kind for case in synthetic_cases()} == {"synthetic"}


def test_closed_cases_are_those_of_the_domain(shared: list[dict[str, Any]]) -> None:
    for case, facts in zip(closed_cases(), shared, strict=True):
        assert case.id == facts["id"]
        assert case.jurisdiction == facts["jurisdiction"]
        year = re.search(r"\d{4}", str(facts["year"]))
        assert year
        assert case.year == int(year[0])
        assert case.year_is_approximate == str(facts["year"]).startswith("c.")
        assert facts["confidence"].startswith(case.confidence_in_facts)


def test_every_source_of_the_domain_is_kept(shared: list[dict[str, Any]]) -> None:
    for case, facts in zip(closed_cases(), shared, strict=True):
        kept = squeeze(" ".join(case.provenance.sources))
        for source in facts["source"].replace(" (", "; ").split("; "):
            assert squeeze(source) in kept, (case.id, source)


def test_rulings_are_cited_for_editors(shared: list[dict[str, Any]]) -> None:
    ruling = r"ECLI:\S+\d|\d+/\d+(?=:| Chamber)|AGFA \S+\d|BVerwG 2 B 24\.23|483 U\.S\. 378|HCA 23"
    for case, facts in zip(closed_cases(), shared, strict=True):
        kept = " ".join(case.provenance.sources)
        for cited in re.findall(ruling, facts["outcome"]):
            assert cited in kept, (case.id, cited)


def test_an_outcome_that_was_not_seen_stays_unknown(shared: list[dict[str, Any]]) -> None:
    for case, facts in zip(closed_cases(), shared, strict=True):
        if NOT_SEEN.search(facts["outcome"]) or NOT_SEEN.search(facts["confidence"]):
            assert case.outcome in {"unknown", "breach_only"}, case.id
        if "sanction not seen" in facts["confidence"] or "outcome open" in facts["confidence"]:
            assert case.outcome == "breach_only", case.id


def test_nothing_is_copied_from_the_domain(shared: list[dict[str, Any]]) -> None:
    for case, facts in zip(closed_cases(), shared, strict=True):
        assert squeeze(facts["content_neutral"]) not in squeeze(case.description.en)


@pytest.mark.parametrize("case", closed_cases(), ids=named)
def test_a_closed_case_says_only_what_its_lists_allow(case: ClosedCase) -> None:
    assert case.jurisdiction in get_args(Jurisdiction)
    assert case.outcome in get_args(Outcome)
    assert {case.confidence_in_facts, case.confidence_in_outcome} <= set(get_args(Confidence))
    assert case.measure.step is None or (
        0 <= case.measure.step <= 8 and not case.measure.is_order_measure
    )
    assert case.context.answers
    assert all(source.strip() for source in case.provenance.sources)


def test_each_outcome_has_a_sentence_in_both_languages() -> None:
    assert set(outcomes()) == set(get_args(Outcome))
    assert all(text.nl and text.en for text in outcomes().values())


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_no_text_is_stopped_by_the_identification_gate(case: ClosedCase | SyntheticCase) -> None:
    facts = IdentificationFacts(case.texts())
    assert not check_identification(facts, is_synthetic=True).reasons
    assert not [finding for text in case.texts() for finding in find_identifying(text.content)]


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_a_text_has_at_most_80_words(case: ClosedCase | SyntheticCase) -> None:
    assert all(0 < len(text.content.split()) <= 80 for text in case.texts())


@pytest.mark.parametrize("case", synthetic_cases(), ids=named)
def test_each_framing_tells_more_than_the_one_before(case: SyntheticCase) -> None:
    for side in SIDES:
        for language in LANGUAGES:
            told = [case.tell(framing, side, language) for framing in FRAMINGS]
            assert all(longer.startswith(f"{shorter} ") for shorter, longer in pairwise(told))


@pytest.mark.parametrize("case", synthetic_cases(), ids=named)
def test_the_mirror_is_another_post_in_the_same_context(case: SyntheticCase) -> None:
    for language in LANGUAGES:
        post, mirror = case.post.in_language(language), case.mirror.in_language(language)
        assert post != mirror
        assert case.tell("fuss", "post", language).removeprefix(post) == case.tell(
            "fuss", "mirror", language
        ).removeprefix(mirror)


@pytest.mark.parametrize("case", synthetic_cases(), ids=named)
def test_a_synthetic_case_has_most_of_its_context(case: SyntheticCase) -> None:
    assert len(case.context.answers) >= 0.7 * len(attributes())
