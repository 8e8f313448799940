"""Provenance: a closed case with a source, an own case with consent, or a synthetic case.

An employer cannot bring in an open case of somebody else: consent to an employer is rarely free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from spreekruimte.cases.gates.result import GateResult, Reason
from spreekruimte.cases.sentences import Sentence
from spreekruimte.cases.sentences import mark as _

Kind = Literal["closed_case", "own_case", "synthetic"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a case comes from.

    Attributes
    ----------
    sources
        For a closed case: what can be cited, such as a ruling or a newspaper with its date. For
        editors only.
    consent_given_on, consent_withdrawn_on
        For an own case: when the public servant agreed, and took that back. Consent given again
        after it was withdrawn counts from its new day.
    consent_is_outdated
        For an own case: whether a text or a shown fact changed after the public servant agreed.
    """

    kind: Kind
    sources: tuple[str, ...] = ()
    consent_given_on: date | None = None
    consent_withdrawn_on: date | None = None
    consent_is_outdated: bool = False

    @property
    def is_synthetic(self) -> bool:
        """Whether the case was made up."""
        return self.kind == "synthetic"


def check_provenance(provenance: Provenance, *, today: date) -> GateResult:
    """Stop a closed case without a source, and an own case without consent."""
    if provenance.kind == "closed_case":
        return GateResult.of("provenance", _check_sources(provenance))
    if provenance.kind == "own_case":
        return GateResult.of("provenance", _check_consent(provenance, today))
    return GateResult.of("provenance", ())


def _check_sources(provenance: Provenance) -> Iterator[Reason]:
    if not any(source.strip() for source in provenance.sources):
        yield Reason("no_source", Sentence.of(_("A closed case needs a source that can be cited.")))


def _check_consent(provenance: Provenance, today: date) -> Iterator[Reason]:
    given, withdrawn = provenance.consent_given_on, provenance.consent_withdrawn_on
    if given is None or given > today:
        yield Reason(
            "no_consent", Sentence.of(_("The public servant has not agreed to this case."))
        )
    elif withdrawn is not None and withdrawn >= given:
        yield Reason(
            "consent_withdrawn", Sentence.of(_("The public servant has withdrawn the consent."))
        )
    elif provenance.consent_is_outdated:
        yield Reason(
            "consent_outdated",
            Sentence.of(_("A text changed after the public servant agreed. Ask again.")),
        )
