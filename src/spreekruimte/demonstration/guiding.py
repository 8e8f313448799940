"""Publish the made-up guideline in two versions, and the mandates beside it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from spreekruimte.demonstration.guideline_truths import (
    GuidelineTruth,
    guideline_truth,
    mandates_truth,
)
from spreekruimte.guidelines.actions.beginning import describe_guideline, import_guideline
from spreekruimte.guidelines.actions.publishing import publish_version, revise_guideline
from spreekruimte.guidelines.actions.writing import add_line, change_line, remove_line
from spreekruimte.guidelines.documents import SCHEMA, write_lines
from spreekruimte.guidelines.mandates.actions import publish_mandates, write_mandates
from spreekruimte.guidelines.mandates.cells import digest_cells, read_cells
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of
from spreekruimte.organisations.models import Actor, Organisation, User


@transaction.atomic
def make_guideline(organisation: Organisation, editor: User, now: datetime) -> None:
    """Publish the guideline and its revision, unless it is there."""
    if Guideline.objects.filter(organisation=organisation).exists():
        return
    truth = guideline_truth()
    guideline = _begin(organisation, truth, editor.actor, now - truth.first_ago)
    _revise(guideline, truth, editor.actor, now - truth.second_ago)


@transaction.atomic
def make_mandates(organisation: Organisation, editor: User, now: datetime) -> None:
    """Publish the mandates, unless they are there."""
    if MandateVersion.objects.filter(organisation=organisation).exists():
        return
    truth = mandates_truth()
    cells, at = read_cells(truth.cells), now - truth.ago
    write_mandates(
        organisation=organisation, cells=cells, seen=digest_cells({}), actor=editor.actor, now=at
    )
    publish_mandates(
        organisation=organisation, seen=digest_cells(cells), actor=editor.actor, now=at
    )


def _begin(
    organisation: Organisation, truth: GuidelineTruth, actor: Actor, now: datetime
) -> Guideline:
    document = {
        "schema": SCHEMA,
        "title": {"nl": truth.title.nl, "en": truth.title.en},
        "lines": write_lines(truth.first),
    }
    guideline = import_guideline(organisation=organisation, document=document, actor=actor, now=now)
    guideline = describe_guideline(
        guideline=guideline,
        title=truth.title,
        evidence_days=truth.evidence_days,
        actor=actor,
        now=now,
    )
    _publish(guideline, actor, now)
    return guideline


def _revise(guideline: Guideline, truth: GuidelineTruth, actor: Actor, now: datetime) -> None:
    guideline = revise_guideline(guideline=guideline, actor=actor, now=now)
    seen = {line.name: digest_lines([line]) for line in draft_lines_of(guideline)}
    for line in truth.changed:
        change_line(guideline=guideline, line=line, seen=seen[line.name], actor=actor, now=now)
    for name in truth.removed:
        remove_line(guideline=guideline, name=name, seen=seen[name], actor=actor, now=now)
    for line in truth.added:
        add_line(guideline=guideline, line=line, actor=actor, now=now)
    _publish(guideline, actor, now)


def _publish(guideline: Guideline, actor: Actor, now: datetime) -> None:
    seen = digest_lines(draft_lines_of(guideline))
    publish_version(guideline=guideline, seen=seen, actor=actor, now=now)
