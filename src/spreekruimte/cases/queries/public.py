"""What citizens read about cases.

It is put together anew from what may be shown; it holds no stored row, so that
no page can reach a source, a hidden attribute or an answer to a gate through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from spreekruimte.cases.bank import Framing, Side
from spreekruimte.cases.gates.rights_floor import PUBLIC_GROUNDS
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual, Language, Sentence
from spreekruimte.cases.shares import FULL_CONTEXT, Arm
from spreekruimte.cases.states import State
from spreekruimte.cases.stored import chosen_facts, description_of, written_arms

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
    if case is None:
        return None
    return preview_case(case, framing=framing, side=side, language=language)


def preview_case(
    case: Case, *, framing: Framing | None, side: Side, language: Language
) -> PublicCase | None:
    """Return a case as citizens see it, or will, whatever its state; None without such a text."""
    text = _find_text(case, framing, side, language)
    if not text:
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


def case_as_asked(case: Case, arm: Arm, *, language: Language) -> PublicCase | None:
    """Return a case as a citizen is asked on it; None without such a text.

    Full context is told by the description where it has no text of its own in both languages.
    """
    framing, side = arm
    has_text = arm != FULL_CONTEXT or arm in written_arms(case)
    return preview_case(case, framing=framing if has_text else None, side=side, language=language)


def grounds_for_public(case: Case) -> tuple[Sentence, ...]:
    """Return why a protected case is admissible whatever the vote; nothing for any other.

    The sentences are those of the rights floor, which say nothing about the case itself.
    """
    if case.state != "protected":
        return ()
    return tuple(
        PUBLIC_GROUNDS[code]
        for code in (reason.removeprefix("rights_floor.") for reason in case.reasons)
        if code in PUBLIC_GROUNDS
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
