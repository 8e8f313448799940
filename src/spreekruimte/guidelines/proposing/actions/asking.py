"""Ask for rule lists, and take a rule of one over as a line of a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.guidelines.actions.writing import add_line
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import DraftLine, Guideline
from spreekruimte.guidelines.proposing.lists import read_lists
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.proposing.tasks import find
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

UNDER_WAY = (ProposedLists.Stage.WAITING, ProposedLists.Stage.RUNNING)


@transaction.atomic
def ask_for_lists(*, organisation: Organisation, actor: Actor, now: datetime) -> ProposedLists:
    """Have the lists found anew, from what is published by then.

    Raises
    ------
    RefusedError
        If they are being found already.
    """
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if ProposedLists.objects.filter(organisation=held, stage__in=UNDER_WAY).exists():
        raise RefusedError(_("Proposals are being computed already."))
    asked, _is_new = ProposedLists.objects.update_or_create(
        organisation=held,
        defaults={"stage": ProposedLists.Stage.WAITING.value, "seen_at": now},
    )
    find.enqueue(held.pk)
    audit.record(
        actor=actor,
        action="ask_for_lists",
        kind="proposals",
        identifier=held.pk,
        organisation=held,
        now=now,
        details={},
    )
    return asked


@transaction.atomic
def take_over(
    *, guideline: Guideline, longest: int, place: int, seen: str, actor: Actor, now: datetime
) -> DraftLine:
    """Add a rule that is proposed as a line at the end of the draft.

    Parameters
    ----------
    longest
        Of the list: how many rules it could have.
    place
        Of the rule in the list, from 0.
    seen
        The digest of the situations that the proposals on the screen were found from.

    Raises
    ------
    ValidationError
        As `add_line`, which looks at the rights floor.
    RefusedError
        If the proposals are others by now, there is no such rule, or the guideline has no draft.
    """
    kept = ProposedLists.objects.filter(
        organisation=guideline.organisation, stage=ProposedLists.Stage.DONE, input_digest=seen
    ).first()
    if kept is None:
        raise RefusedError(_("The proposals were computed anew. Look at them again."))
    line = _find_line(kept, longest, place)
    source = _("Proposed from what the public found of %(count)s situations") % {
        "count": kept.document["counts"]["learnt"]
    }
    return add_line(
        guideline=guideline,
        line=replace(line, source=source, dated=kept.seen_at.date().isoformat()),
        actor=actor,
        now=now,
    )


def _find_line(kept: ProposedLists, longest: int, place: int) -> Line:
    lists = read_lists(kept.document)
    lines = lists[longest].lines if longest < len(lists) else ()
    if place >= len(lines):
        raise RefusedError(_("There is no such proposal."))
    return lines[place]
