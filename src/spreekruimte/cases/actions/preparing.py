"""Write a case: its texts, context, facts and sources. What is changed becomes a draft again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import get_args

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.actions.changing import hold_to_edit, record
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.bank import FRAMINGS, SIDES, Framing, Side
from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts
from spreekruimte.cases.gates.cooling_off import PROCEDURES, CoolingOffFacts
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.gates.result import Reply
from spreekruimte.cases.gates.rights_floor import HELD_LABELS, FloorFacts
from spreekruimte.cases.models import Case, CaseSource, CaseText
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language
from spreekruimte.cases.shares import can_be_mirror_share, can_be_shares
from spreekruimte.cases.stored import write_floor
from spreekruimte.cases.writing import tidy_source, tidy_text
from spreekruimte.organisations.models import Actor, Organisation

MOST_FACTS = 6
MOST_SOURCES = 20
Place = tuple[Framing, Side, Language]


@transaction.atomic
def create_case(
    *,
    organisation: Organisation,
    provenance: Kind,
    description: Bilingual,
    is_simulated: bool,
    actor: Actor,
    now: datetime,
) -> Case:
    """Start a draft.

    Raises
    ------
    ValidationError
        If the provenance is not known, or a description is absent, too long or has over 80 words.
    """
    _require(provenance in get_args(Kind))
    case = Case.objects.create(
        organisation=organisation,
        provenance=provenance,
        description_nl=tidy_text(description.nl),
        description_en=tidy_text(description.en),
        is_simulated=is_simulated,
        created_at=now,
    )
    record(
        case, "create_case", actor=actor, now=now, provenance=provenance, is_simulated=is_simulated
    )
    return case


@transaction.atomic
def edit_texts(
    *,
    case: Case,
    description: Bilingual,
    tellings: Mapping[Place, str],
    actor: Actor,
    now: datetime,
) -> Case:
    """Replace all texts of a case.

    Parameters
    ----------
    tellings
        The telling of each framing, side and language that there is one of.

    Raises
    ------
    ValidationError
        If a text is absent, too long or has over 80 words, or its place is not known.
    RefusedError
        If the state does not allow changes.
    """
    case = hold_to_edit(case)
    case.description_nl, case.description_en = tidy_text(description.nl), tidy_text(description.en)
    _require(set(tellings) <= set(product(FRAMINGS, SIDES, LANGUAGES)))
    texts = [
        CaseText(case=case, framing=framing, side=side, language=language, content=tidy_text(text))
        for (framing, side, language), text in tellings.items()
    ]
    case.save()
    case.texts.all().delete()
    CaseText.objects.bulk_create(texts)
    record(case, "edit_texts", actor=actor, now=now, tellings=len(texts))
    return case


@transaction.atomic
def answer_context(*, case: Case, answers: object, actor: Actor, now: datetime) -> Case:
    """Replace the answers about the context; a chosen fact without an answer is dropped.

    Raises
    ------
    ContextError
        If the answers are not a context.
    RefusedError
        If the state does not allow changes.
    """
    context = Context.of(answers)
    case = hold_to_edit(case)
    case.context = json.loads(context.to_json())
    case.public_facts = [fact for fact in case.public_facts if context.get(fact) is not None]
    case.save()
    known = [answer.attribute for answer in context]
    record(case, "answer_context", actor=actor, now=now, attributes=known)
    return case


@transaction.atomic
def answer_gates(
    *,
    case: Case,
    ceiling: CeilingFacts,
    rights_floor: FloorFacts,
    cooling_off: CoolingOffFacts,
    actor: Actor,
    now: datetime,
) -> Case:
    """Replace the answers to the questions of three gates.

    Raises
    ------
    ValidationError
        If a question or an answer does not exist.
    RefusedError
        If the state does not allow changes.
    """
    _require(ceiling.replies.keys() <= QUESTIONS.keys())
    _require(cooling_off.open_procedures.keys() <= PROCEDURES.keys())
    _require(rights_floor.held_against <= HELD_LABELS.keys())
    _require_replies(ceiling.replies.values())
    _require_replies(cooling_off.open_procedures.values())
    _require_replies(
        (rights_floor.along_legal_route, rights_floor.corrects_facts, rights_floor.has_direction)
    )
    case = hold_to_edit(case)
    case.ceiling = dict(ceiling.replies)
    case.rights_floor = write_floor(rights_floor)
    case.latest_day = cooling_off.latest_day
    case.open_procedures = dict(cooling_off.open_procedures)
    case.save()
    record(case, "answer_gates", actor=actor, now=now)
    return case


@transaction.atomic
def choose_public_facts(*, case: Case, facts: Sequence[str], actor: Actor, now: datetime) -> Case:
    """Choose which attributes citizens are shown, in which order.

    Raises
    ------
    ValidationError
        If there are more than six or one comes twice, may not be shown, or is not known.
    RefusedError
        If the state does not allow changes.
    """
    case = hold_to_edit(case)
    if len(facts) > MOST_FACTS:
        raise ValidationError(_("Choose at most six facts."))
    context = Context.of(case.context)
    _require(len(set(facts)) == len(facts))
    for fact in facts:
        if fact not in attributes() or not attributes()[fact].is_public:
            raise ValidationError(_("This may not be shown to the public."))
        if context.get(fact) is None:
            raise ValidationError(_("Answer this about the context first, then show it."))
    case.public_facts = list(facts)
    case.save()
    record(case, "choose_public_facts", actor=actor, now=now, facts=list(facts))
    return case


@transaction.atomic
def set_shares(
    *,
    case: Case,
    framings: Mapping[Framing, int],
    mirror: int,
    actor: Actor,
    now: datetime,
) -> Case:
    """Set how many citizens see each framing, and how many of them the mirror; in per cent.

    Raises
    ------
    ValidationError
        If they do not add up, or leave nobody full context or the post.
    RefusedError
        If the state does not allow changes.
    """
    if not can_be_shares(framings):
        raise ValidationError(
            _("The shares of the framings add up to 100, and full context has one.")
        )
    if not can_be_mirror_share(mirror):
        raise ValidationError(_("The mirror has a share from 0 to 99."))
    case = hold_to_edit(case)
    case.framing_shares, case.mirror_share = dict(framings), mirror
    case.save()
    told = [f"{framing} {share}" for framing, share in framings.items()]
    record(case, "set_shares", actor=actor, now=now, framings=told, mirror=mirror)
    return case


@transaction.atomic
def cite_sources(*, case: Case, sources: Collection[str], actor: Actor, now: datetime) -> Case:
    """Replace the sources, which editors see only; empty and double ones are left out.

    Raises
    ------
    ValidationError
        If there are more than twenty, or one is too long.
    RefusedError
        If the state does not allow changes.
    """
    cited = [source for source in dict.fromkeys(map(tidy_source, sources)) if source]
    if len(cited) > MOST_SOURCES:
        raise ValidationError(_("Give at most twenty sources."))
    case = hold_to_edit(case)
    case.save()
    case.sources.all().delete()
    CaseSource.objects.bulk_create(CaseSource(case=case, citation=source) for source in cited)
    record(case, "cite_sources", actor=actor, now=now, sources=len(cited))
    return case


def _require_replies(replies: Iterable[str]) -> None:
    _require(set(replies) <= set(get_args(Reply)))


def _require(holds: bool) -> None:
    if not holds:
        raise ValidationError(_("That choice does not exist."))
