from datetime import date, timedelta

import pytest
from tests.cases.gates.facts import TODAY, codes

from spreekruimte.cases.gates.provenance import Provenance, check_provenance

YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize("sources", [(), ("",), (" ", "\n")])
def test_a_closed_case_needs_a_source(sources: tuple[str, ...]) -> None:
    result = check_provenance(Provenance("closed_case", sources=sources), today=TODAY)
    assert codes(result) == ["no_source"]


def test_a_source_is_enough_for_a_closed_case() -> None:
    provenance = Provenance("closed_case", sources=("", "ECLI:NL:RBDHA:2017:9522"))
    assert check_provenance(provenance, today=TODAY).passed


@pytest.mark.parametrize(
    ("given", "withdrawn", "expected"),
    [
        (None, None, ["no_consent"]),
        (TODAY + timedelta(days=1), None, ["no_consent"]),
        (TODAY, None, []),
        (YESTERDAY, TODAY, ["consent_withdrawn"]),
        (TODAY, TODAY, ["consent_withdrawn"]),
        (TODAY, YESTERDAY, []),
    ],
)
def test_an_own_case_needs_consent_that_holds(
    given: date | None, withdrawn: date | None, expected: list[str]
) -> None:
    provenance = Provenance("own_case", consent_given_on=given, consent_withdrawn_on=withdrawn)
    assert codes(check_provenance(provenance, today=TODAY)) == expected


def test_a_synthetic_case_needs_neither() -> None:
    assert check_provenance(Provenance("synthetic"), today=TODAY).passed
    assert Provenance("synthetic").is_synthetic
    assert not Provenance("own_case").is_synthetic


def test_consent_lapses_when_what_was_read_changes() -> None:
    given = Provenance("own_case", consent_given_on=TODAY, consent_is_outdated=True)
    result = check_provenance(given, today=TODAY)
    assert [reason.code for reason in result.reasons] == ["consent_outdated"]
