"""What an organisation does in the debate about its cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import description_of
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.dialogue.queries.figures import add_figures
from spreekruimte.dialogue.queries.quality import Quality, measure_quality
from spreekruimte.organisations.models import Organisation

SHOWN_CASES = 50


@dataclass(frozen=True, slots=True)
class TalkedAbout:
    """A closed case that is talked about, and how many messages there are."""

    id: int
    description: Bilingual
    messages: int
    by_office: int


@dataclass(frozen=True, slots=True)
class Part:
    """The part of an organisation in the debate.

    Attributes
    ----------
    quality
        Of the conversation about all its closed cases together.
    speakers
        How many messages are shown, by as what somebody spoke.
    cases
        The latest that are talked about.
    """

    quality: Quality
    speakers: Mapping[Speaker, int]
    cases: Sequence[TalkedAbout]
    is_simulated: bool


def part_in_debate(organisation: Organisation, *, now: datetime) -> Part:
    """Return what an organisation does in the debate, over its closed cases."""
    is_shown = Q(messages__state=Message.State.SHOWN)
    by_office = is_shown & ~Q(messages__speaker=Speaker.CITIZEN)
    closed = (
        Case.objects.filter(organisation=organisation, state="closed")
        .annotate(
            shown=Count("messages", filter=is_shown), by_office=Count("messages", filter=by_office)
        )
        .order_by("-pk")
    )
    cases = list(closed)
    counted = Message.objects.filter(case__in=cases, state=Message.State.SHOWN).order_by("pk")
    messages = list(counted)
    speakers = Counter(message.speaker for message in messages)
    return Part(
        quality=measure_quality(messages, figures=add_figures(cases), now=now),
        speakers={speaker: speakers[speaker.value] for speaker in Speaker},
        cases=[
            TalkedAbout(case.pk, description_of(case), case.shown, case.by_office)
            for case in cases
            if case.shown
        ][:SHOWN_CASES],
        is_simulated=any(case.is_simulated for case in cases),
    )
