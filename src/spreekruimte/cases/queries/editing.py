"""What the editor's desk reads about cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Max

from spreekruimte.cases.consent_codes import digest_code
from spreekruimte.cases.gates import GateResult, check_gates
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.trail import version_of
from spreekruimte.cases.states import Move, State, moves_from
from spreekruimte.cases.stored import digest_of, facts_of
from spreekruimte.organisations.models import Organisation

PAGE = 100


@dataclass(frozen=True, slots=True)
class EditorCase:
    """What an editor sees of a case.

    Attributes
    ----------
    case
        With its texts, sources and signatures read.
    digest
        What a signature for the texts as they are now stands for.
    gates
        What the gates would say today, with sentences.
    moves
        The moves that its state allows.
    version
        What a change is based on; see `version_of`.
    """

    case: Case
    digest: str
    gates: tuple[GateResult, ...]
    moves: tuple[Move, ...]
    version: int


def cases_of(
    organisation: Organisation,
    *,
    states: Collection[State] = (),
    kinds: Collection[Kind] = (),
    before: int | None = None,
    size: int = PAGE,
) -> list[Case]:
    """Return one page of the cases of an organisation for its editors, the newest first.

    Parameters
    ----------
    states, kinds
        Which ones; all where nothing is named.
    before : int, optional
        The number of the last case of the page that was shown before.
    size : int
        How many cases a page holds.
    """
    cases = Case.objects.filter(organisation=organisation).order_by("-id")
    if states:
        cases = cases.filter(state__in=states)
    if kinds:
        cases = cases.filter(provenance__in=kinds)
    if before is not None:
        cases = cases.filter(id__lt=before)
    return list(cases[:size])


def latest_of(organisation: Organisation) -> int:
    """Return the number of the newest case of an organisation; 0 where it has none."""
    latest: int | None = organisation.cases.aggregate(latest=Max("id"))["latest"]
    return latest or 0


def case_with_code(typed: str) -> Case | None:
    """Return the own case to which whoever typed a code may agree; None where there is none."""
    found = Case.objects.filter(consent_code__digest=digest_code(typed))
    return found.select_related("organisation").prefetch_related("texts").first()


def case_for_editor(
    organisation: Organisation, identifier: int, *, today: date
) -> EditorCase | None:
    """Return a case of an organisation with all that an editor needs; None if it has none such."""
    found = Case.objects.filter(organisation=organisation, pk=identifier)
    found = found.select_related("consent_code")
    case = found.prefetch_related("texts", "sources", "signatures").first()
    if case is None:
        return None
    gates = check_gates(facts_of(case), today=today)
    moves = moves_from(cast(State, case.state))
    return EditorCase(case, digest_of(case), gates, moves, version_of(case))
