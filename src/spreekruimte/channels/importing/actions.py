"""Make a draft of a post that was read."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from spreekruimte.cases.actions import answer_gates, cite_sources, create_case
from spreekruimte.cases.gates.ceiling import CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.provenance import Kind
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.channels.importing.copying import find_copied
from spreekruimte.channels.importing.posts import ReadPost
from spreekruimte.ophef.actions.recording import key_of, record_signal
from spreekruimte.ophef.models import Incident, Source
from spreekruimte.ophef.models import Kind as SignalKind
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation


@transaction.atomic
def import_post(
    *,
    organisation: Organisation,
    post: ReadPost,
    provenance: Kind,
    description: Bilingual,
    incident: Incident | None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Make a draft of a post, in the words of an editor; of the post itself nothing is stored.

    Its source says on which network it stood and in which month. The day of its last answer is
    kept for the cooling-off.

    Parameters
    ----------
    incident
        Of the register of fuss, to which each answer is added as a mention with its time alone,
        unless it falls outside the incident or was added before; None for none.

    Raises
    ------
    ValidationError
        If a description repeats the post word for word, or is none.
    RefusedError
        If the incident is closed.
    """
    for telling in (description.nl, description.en):
        if copied := find_copied(telling, post.text):
            raise ValidationError(
                _("Write this in other words; whoever searches for it finds the post: %(words)s"),
                params={"words": copied},
            )
    case = create_case(
        organisation=organisation,
        provenance=provenance,
        description=description,
        is_simulated=False,
        actor=actor,
        now=now,
    )
    last = max((each.at for each in post.answers), default=post.at)
    case = answer_gates(
        case=case,
        ceiling=CeilingFacts({}),
        rights_floor=FloorFacts(),
        cooling_off=CoolingOffFacts(timezone.localdate(max(last, post.at)), {}),
        actor=actor,
        now=now,
    )
    case = cite_sources(case=case, sources=[_cite(post)], actor=actor, now=now)
    mentions = 0 if incident is None else _add_mentions(incident, post, actor, now)
    audit.record(
        actor=actor,
        action="import_post",
        kind="case",
        identifier=case.pk,
        organisation=organisation,
        now=now,
        details={"network": post.network, "mentions": mentions, **post.counts},
    )
    return case


def _cite(post: ReadPost) -> str:
    """Name the post so that nobody finds it by that."""
    month = date_format(timezone.localtime(post.at), "F Y")
    told = {"network": post.network.title(), "month": month}
    return _("A post on %(network)s of %(month)s") % told


def _add_mentions(incident: Incident, post: ReadPost, actor: Actor, now: datetime) -> int:
    added = 0
    for each in post.answers:
        reported = Reported(kind=SignalKind.MENTION, at=each.at, platform=post.network)
        try:
            recorded = record_signal(
                incident=incident,
                reported=reported,
                source=Source.CHANNEL,
                key=key_of(post.network, each.key),
                actor=actor,
                now=now,
            )
        except SignalError:
            continue
        added += recorded.is_new
    return added
