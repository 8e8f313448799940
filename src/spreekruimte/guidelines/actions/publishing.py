"""Publish a draft as a version that stays, revise it, and withdraw a guideline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.guidelines.actions.changing import hold, record, store_lines
from spreekruimte.guidelines.documents import write_lines
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of, lines_of
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def publish_version(*, guideline: Guideline, seen: str, actor: Actor, now: datetime) -> Version:
    """Publish the draft; from then on this is the current version.

    Parameters
    ----------
    seen
        `stored.digest_lines` of the draft that was on the screen: nobody publishes what somebody
        else changed meanwhile.

    Raises
    ------
    RefusedError
        If there is no draft, it has no lines, it was changed, or it says what the version before
        says.
    """
    held = hold(guideline, "publish")
    drafted = draft_lines_of(held)
    if digest_lines(drafted) != seen:
        raise RefusedError(_("Somebody changed this draft after you opened it. Look at it again."))
    lines = write_lines(drafted)
    if not lines:
        raise RefusedError(_("Write at least one line first."))
    last = held.versions.order_by("-number").first()
    titles = (held.title_nl, held.title_en)
    if last and (last.lines, last.title_nl, last.title_en) == (lines, *titles):
        raise RefusedError(_("Nothing differs from the version before."))
    version: Version = Version.objects.create(
        guideline=held,
        number=last.number + 1 if last else 1,
        title_nl=held.title_nl,
        title_en=held.title_en,
        lines=lines,
        published_at=now,
    )
    held.draft_lines.all().delete()
    held.save(update_fields=["state"])
    record(held, "publish_version", actor=actor, now=now, version=version.number)
    return version


@transaction.atomic
def revise_guideline(*, guideline: Guideline, actor: Actor, now: datetime) -> Guideline:
    """Begin a draft with the lines of the current version, which stays current meanwhile.

    Raises
    ------
    RefusedError
        If there is no published version, or a draft already.
    """
    held = hold(guideline, "revise")
    store_lines(held, lines_of(held.versions.order_by("-number")[0]))
    held.save(update_fields=["state"])
    record(held, "revise_guideline", actor=actor, now=now)
    return held


@transaction.atomic
def discard_revision(*, guideline: Guideline, actor: Actor, now: datetime) -> Guideline:
    """Drop the draft; the current version stays.

    Raises
    ------
    RefusedError
        If there is no revision under way.
    """
    held = hold(guideline, "discard")
    held.draft_lines.all().delete()
    held.save(update_fields=["state"])
    record(held, "discard_revision", actor=actor, now=now)
    return held


@transaction.atomic
def withdraw_guideline(*, guideline: Guideline, actor: Actor, now: datetime) -> Guideline:
    """Let a guideline hold no more. Its versions can still be read, and a draft is dropped.

    Raises
    ------
    RefusedError
        If it is withdrawn already.
    """
    held = hold(guideline, "withdraw")
    held.draft_lines.all().delete()
    held.save(update_fields=["state"])
    record(held, "withdraw_guideline", actor=actor, now=now)
    return held
