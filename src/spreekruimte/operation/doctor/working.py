"""Whether somebody works: the worker, and the people of each organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from spreekruimte.operation.doctor.findings import Finding, error, warning
from spreekruimte.operation.expiring import find_expired, months_before
from spreekruimte.operation.models import SignOfLife
from spreekruimte.operation.tasks import SILENCE
from spreekruimte.organisations.models import Membership, Organisation, Role, User

LONG_IN_QUEUE = timedelta(minutes=10)
LATELY = timedelta(days=1)


def check_worker(now: datetime) -> Iterator[Finding]:
    """Say whether a worker is alive and keeps up."""
    if not SignOfLife.objects.filter(seen_at__gte=now - SILENCE).exists():
        yield error(
            "worker-silent",
            _("No worker has shown itself for a minute: no result is computed."),
        )
    if DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONG_IN_QUEUE).exists():
        yield warning("queue-slow", _("Work has been waiting for more than ten minutes."))
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - LATELY).count()
    if failed:
        yield warning(
            "tasks-failed",
            ngettext(
                "%(count)d task failed in the last day.",
                "%(count)d tasks failed in the last day.",
                failed,
            )
            % {"count": failed},
        )


def check_people() -> Iterator[Finding]:
    """Say who cannot be reached by, or has too little to show who they are."""
    if not Organisation.objects.exists():
        yield warning(
            "organisation-missing",
            _("There is no organisation yet; `spreekruimte createadmin` makes the first one."),
        )
    administered = Membership.objects.filter(
        organisation=OuterRef("pk"), role=Role.ADMINISTRATOR, user__is_active=True
    )
    for organisation in Organisation.objects.filter(~Exists(administered)).order_by("slug"):
        yield error(
            "administrator-missing",
            _("%(organisation)s has no administrator who can sign in.")
            % {"organisation": organisation.slug},
        )
    yield from _check_second_factors()


def check_retention(now: datetime) -> Iterator[Finding]:
    """Say whether something is past its time."""
    expired = find_expired(before=months_before(now, settings.RETENTION_MONTHS), now=now)
    if expired.cases:
        yield error(
            "retention-over",
            ngettext(
                "%(count)d case is past its time; `spreekruimte expire --delete` deletes what "
                "leads to people.",
                "%(count)d cases are past their time; `spreekruimte expire --delete` deletes what "
                "leads to people.",
                expired.cases,
            )
            % {"count": expired.cases},
        )


def _check_second_factors() -> Iterator[Finding]:
    provider = settings.OPENID_CONNECT
    if provider is not None and provider.asks_second_factor:
        return
    has_one = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    without = User.objects.filter(
        ~Exists(has_one), is_active=True, memberships__isnull=False
    ).distinct()
    count = without.count()
    if count:
        yield warning(
            "second-factor-missing",
            ngettext(
                "%(count)d member has no second factor yet, and cannot work before that.",
                "%(count)d members have no second factor yet, and cannot work before that.",
                count,
            )
            % {"count": count},
        )
