"""Prepare the made-up cases as editors do: answer, choose, sign, submit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from spreekruimte.cases import actions
from spreekruimte.cases.bank import FRAMINGS, Framing
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.identification import CHECKLIST
from spreekruimte.cases.gates.result import Reply
from spreekruimte.cases.gates.rights_floor import FloorFacts, Held
from spreekruimte.cases.models import Case
from spreekruimte.cases.shares import WHOLE
from spreekruimte.cases.stored import digest_of
from spreekruimte.demonstration.truths import Example, Truth
from spreekruimte.organisations.models import Organisation, Role, User

ALL_CONTEXT: Mapping[Framing, int] = MappingProxyType(
    {**dict.fromkeys(FRAMINGS, 0), "context": WHOLE}
)


def editors_of(organisation: Organisation) -> list[User]:
    """Give who edits, in the order in which they came."""
    return list(
        User.objects.filter(
            memberships__organisation=organisation, memberships__role=Role.EDITOR
        ).order_by("pk")
    )


def prepare_case(case: Case, truth: Truth, editors: list[User], now: datetime) -> Case:
    """Bring a draft of the case bank through every gate."""
    first, *_others = editors
    case = _answer_gates(case, truth.held_against, "yes", first, now)
    case = actions.set_shares(
        case=case,
        framings=truth.framing_shares or ALL_CONTEXT,
        mirror=truth.mirror_share,
        actor=first.actor,
        now=now,
    )
    case = actions.choose_public_facts(
        case=case, facts=truth.public_facts, actor=first.actor, now=now
    )
    return _sign_and_submit(case, editors, now)


@transaction.atomic
def make_example(
    example: Example, organisation: Organisation, editors: list[User], now: datetime
) -> Case:
    """Make a case that a gate protects or stops, unless there is one with these words."""
    found = Case.objects.filter(
        organisation=organisation, description_nl=example.description.nl
    ).first()
    if found is not None:
        return found
    case = actions.create_case(
        organisation=organisation,
        provenance="synthetic",
        description=example.description,
        is_simulated=True,
        actor=editors[0].actor,
        now=now,
    )
    case = _answer_gates(case, example.held_against, example.has_direction, editors[0], now)
    return _sign_and_submit(case, editors, now)


def _answer_gates(
    case: Case, held: frozenset[Held], has_direction: Reply, editor: User, now: datetime
) -> Case:
    return actions.answer_gates(
        case=case,
        ceiling=CeilingFacts(dict.fromkeys(QUESTIONS, "no")),
        rights_floor=FloorFacts(held, corrects_facts="no", has_direction=has_direction),
        cooling_off=CoolingOffFacts(),
        actor=editor.actor,
        now=now,
    )


def _sign_and_submit(case: Case, editors: list[User], now: datetime) -> Case:
    for editor in editors:
        actions.sign_checklist(
            case=case,
            editor=editor,
            digest=digest_of(case),
            confirmed=list(CHECKLIST),
            cleared={},
            now=now,
        )
    today = timezone.localdate(now)
    return actions.submit_for_check(case=case, today=today, actor=editors[0].actor, now=now)
