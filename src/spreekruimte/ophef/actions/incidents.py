"""Open an incident, say what it is about, and close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.changing import hold_open, record
from spreekruimte.ophef.actions.feeds import look_again
from spreekruimte.ophef.models import Incident
from spreekruimte.ophef.models.incidents import LONGEST_TITLE
from spreekruimte.ophef.writing import tidy_patterns, tidy_phrase, tidy_words
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

# Nothing is measured so long before it is written down.
LONGEST_AGO = timedelta(days=20 * 366)


@dataclass(frozen=True, slots=True)
class About:
    """What an incident is about, as an editor tells it.

    Attributes
    ----------
    words, address_patterns
        What items of feeds are matched by.
    starts_at, ends_at
        Between which moments its signals lie; without an end, up to now.
    """

    title: Bilingual
    starts_at: datetime
    ends_at: datetime | None = None
    words: Sequence[str] = ()
    address_patterns: Sequence[str] = ()


@transaction.atomic
def open_incident(
    *,
    organisation: Organisation,
    about: About,
    case: Case | None = None,
    actor: Actor,
    now: datetime,
) -> Incident:
    """Begin the register of an incident.

    Raises
    ------
    ValidationError
        If a text is absent or too long or could lead to a person, or a time is not possible.
    RefusedError
        If the case has an incident of this organisation already, or is of another one.
    """
    look_again(organisation)
    incident = Incident(organisation=organisation, created_at=now)
    _tell(incident, about, now)
    if case is not None:
        _check_case(incident, case)
        incident.case = case
    incident.save()
    record(incident, "open_incident", actor=actor, now=now, case=case.pk if case else None)
    return incident


@transaction.atomic
def change_incident(*, incident: Incident, about: About, actor: Actor, now: datetime) -> Incident:
    """Say anew what an incident is about.

    Raises
    ------
    ValidationError
        As for a new one, or if there are signals outside the new times.
    RefusedError
        If the incident is closed.
    """
    look_again(incident.organisation)
    held = hold_open(incident)
    _tell(held, about, now)
    outside = held.signals.filter(withdrawal__isnull=True)
    if outside.filter(at__lt=held.starts_at).exists():
        raise ValidationError({"starts_at": _("There are signals from before this moment.")})
    if held.ends_at is not None and outside.filter(at__gt=held.ends_at).exists():
        raise ValidationError({"ends_at": _("There are signals from after this moment.")})
    held.revision += 1
    held.save()
    record(held, "change_incident", actor=actor, now=now)
    return held


@transaction.atomic
def link_case(*, incident: Incident, case: Case | None, actor: Actor, now: datetime) -> Incident:
    """Say which case an incident is about, or that it is about none.

    Raises
    ------
    RefusedError
        If the incident is closed, or the case has one already or is of another organisation.
    """
    held = hold_open(incident)
    if case is not None:
        _check_case(held, case)
    held.case = case
    held.save(update_fields=["case"])
    record(held, "link_case", actor=actor, now=now, case=case.pk if case else None)
    return held


@transaction.atomic
def close_incident(*, incident: Incident, actor: Actor, now: datetime) -> Incident:
    """Add nothing to an incident any more. What is in its register stays.

    Raises
    ------
    RefusedError
        If it is closed already.
    """
    held = hold_open(incident)
    held.closed_at = now
    held.save(update_fields=["closed_at"])
    record(held, "close_incident", actor=actor, now=now)
    return held


@transaction.atomic
def reopen_incident(*, incident: Incident, actor: Actor, now: datetime) -> Incident:
    """Let signals be added to a closed incident again.

    Raises
    ------
    RefusedError
        If it is open.
    """
    look_again(incident.organisation)
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.closed_at is None:
        raise RefusedError(_("This incident is open."))
    held.closed_at = None
    held.save(update_fields=["closed_at"])
    record(held, "reopen_incident", actor=actor, now=now)
    return held


def _tell(incident: Incident, about: About, now: datetime) -> None:
    name = incident.organisation.name
    given: Mapping[str, Callable[[], object]] = {
        "title_nl": lambda: tidy_phrase(about.title.nl, longest=LONGEST_TITLE, organisation=name),
        "title_en": lambda: tidy_phrase(about.title.en, longest=LONGEST_TITLE, organisation=name),
        "words": lambda: tidy_words(about.words, organisation=name),
        "address_patterns": lambda: tidy_patterns(about.address_patterns),
        "starts_at": lambda: _check_start(about.starts_at, now),
        "ends_at": lambda: _check_end(about.ends_at, about.starts_at),
    }
    errors: dict[str, ValidationError] = {}
    for field, tidy in given.items():
        try:
            setattr(incident, field, tidy())
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)


def _check_start(starts_at: datetime, now: datetime) -> datetime:
    if not now - LONGEST_AGO <= starts_at <= now:
        raise ValidationError(_("Choose a moment before now, at most twenty years ago."))
    return starts_at


def _check_end(ends_at: datetime | None, starts_at: datetime) -> datetime | None:
    if ends_at is not None and not starts_at < ends_at <= starts_at + LONGEST_AGO:
        raise ValidationError(_("Choose a moment after the start."))
    return ends_at


def _check_case(incident: Incident, case: Case) -> None:
    if case.organisation_id != incident.organisation_id:
        raise RefusedError(_("This case is of another organisation."))
    others = Incident.objects.filter(organisation=incident.organisation, case=case)
    if others.exclude(pk=incident.pk).exists():
        raise RefusedError(_("This case has an incident already."))
