"""What pages read about cases.

What is for the public is put together anew from what may be shown; it holds no stored row, so that
no page can reach a source, a hidden attribute or an answer to a gate through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from spreekruimte.cases.bank import Framing, Side
from spreekruimte.cases.gates import GateResult, check_gates
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual, Language
from spreekruimte.cases.states import Move, State, moves_from
from spreekruimte.cases.stored import chosen_facts, description_of, digest_of, facts_of
from spreekruimte.organisations.models import Organisation

PAGE = 100
PUBLIC_STATES: tuple[State, ...] = ("open", "closed", "protected")
# A narrower framing leaves the context out on purpose: facts beside it would tell it after all.
TELLS_CONTEXT: tuple[Framing | None, ...] = (None, "context", "fuss")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in the list of those that citizens can judge now."""

    id: int
    description: Bilingual
    is_simulated: bool
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class PublicFact:
    """One fact about the context.

    Attributes
    ----------
    is_claim
        Whether it is only claimed, and has to be shown so.
    """

    label: Bilingual
    value: Bilingual
    is_claim: bool


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What a citizen sees of a case: one text, and at most six facts."""

    id: int
    state: State
    is_simulated: bool
    opens_at: datetime | None
    closes_at: datetime | None
    text: str
    facts: tuple[PublicFact, ...]


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
    """

    case: Case
    digest: str
    gates: tuple[GateResult, ...]
    moves: tuple[Move, ...]


def cases_of(
    organisation: Organisation, *, before: int | None = None, size: int = PAGE
) -> list[Case]:
    """Return one page of the cases of an organisation for its editors, the newest first.

    Parameters
    ----------
    before : int, optional
        The number of the last case of the page that was shown before.
    size : int
        How many cases a page holds.
    """
    cases = Case.objects.filter(organisation=organisation).order_by("-id")
    if before is not None:
        cases = cases.filter(id__lt=before)
    return list(cases[:size])


def case_for_editor(
    organisation: Organisation, identifier: int, *, today: date
) -> EditorCase | None:
    """Return a case of an organisation with all that an editor needs; None if it has none such."""
    found = Case.objects.filter(organisation=organisation, pk=identifier).prefetch_related(
        "texts", "sources", "signatures"
    )
    case = found.first()
    if case is None:
        return None
    gates = check_gates(facts_of(case), today=today)
    return EditorCase(case, digest_of(case), gates, moves_from(cast(State, case.state)))


def open_cases(*, now: datetime) -> list[OpenCase]:
    """Return the cases that citizens can judge now, those that close first before the others."""
    found = Case.objects.filter(state="open", opens_at__lte=now, closes_at__gt=now)
    return [
        OpenCase(case.pk, description_of(case), case.is_simulated, case.closes_at)
        for case in found.order_by("closes_at", "id")
        if case.closes_at is not None
    ]


def case_for_public(
    identifier: int, *, framing: Framing | None = None, side: Side = "post", language: Language
) -> PublicCase | None:
    """Return a case as a citizen may see it; None if there is none such, or not for the public.

    Parameters
    ----------
    framing
        Which telling; without one, the description.
    side
        The post or its mirror. The description has no mirror.
    """
    case = Case.objects.filter(pk=identifier, state__in=PUBLIC_STATES).first()
    text = case and _find_text(case, framing, side, language)
    if not (case and text):
        return None
    return PublicCase(
        id=case.pk,
        state=cast(State, case.state),
        is_simulated=case.is_simulated,
        opens_at=case.opens_at,
        closes_at=case.closes_at,
        text=text,
        facts=_public_facts(case) if framing in TELLS_CONTEXT else (),
    )


def _find_text(case: Case, framing: Framing | None, side: Side, language: Language) -> str | None:
    if framing is None:
        return description_of(case).in_language(language) if side == "post" else None
    texts = case.texts.filter(framing=framing, side=side, language=language)
    return texts.values_list("content", flat=True).first()


def _public_facts(case: Case) -> tuple[PublicFact, ...]:
    return tuple(
        PublicFact(attribute.label, attribute.label_of(value), attribute.shown == "claim")
        for attribute, value in chosen_facts(case)
    )
