"""The page for the person at the phone: one tap for each call that comes in.

Whoever opens the link of an organisation can count, and see nothing of what was counted. The link
goes into a cookie of that browser at once, so that it does not stay in the address bar.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.ballots.entering import keep_cookie
from spreekruimte.look.refusing import refuse
from spreekruimte.ophef.access import actor_of, find_token, is_within_limit
from spreekruimte.ophef.actions.recording import key_of, record_signal, withdraw_signal
from spreekruimte.ophef.actions.tokens import note_use
from spreekruimte.ophef.models import AccessToken, Incident, Kind, Signal, Source
from spreekruimte.ophef.queries.register import open_incidents
from spreekruimte.ophef.reported import Reported
from spreekruimte.ophef.views.found import find_incident

COOKIE = "ophef-phone"
PATH = "/ophef/phone/"
KINDS = (Kind.CALL, Kind.EMAIL, Kind.LETTER, Kind.THREAT)
UNDO = timedelta(minutes=10)
# A page that was left open longer is drawn anew before it counts.
PAGE_KEPT = timedelta(hours=12)
# A second tap within this time after the page came back is of the same finger.
DOUBLE_TAP = timedelta(seconds=1)


@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let the browser remember the link, and go to the page itself."""
    if _find(token) is None:
        return _refuse_entry(request)
    response = redirect("ophef:phone")
    keep_cookie(response, COOKIE, token, PATH)
    return response


@never_cache
@require_safe
def choose_incident(request: HttpRequest) -> HttpResponse:
    """Show what is being counted; where it is one thing, go there at once."""
    token = _find(request.COOKIES.get(COOKIE, ""))
    if token is None:
        return _refuse_entry(request)
    incidents = open_incidents(token.organisation)
    if len(incidents) == 1:
        return redirect("ophef:phone-count", incidents[0].pk)
    page = {"organisation": token.organisation, "incidents": incidents}
    return render(request, "ophef/phone_choice.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, identifier: int) -> HttpResponse:
    """Show one button for each kind; count what is tapped, once."""
    token = _find(request.COOKIES.get(COOKIE, ""))
    if token is None:
        return _refuse_entry(request)
    incident = find_incident(token.organisation, identifier)
    if request.method == "POST":
        return _count(request, token, incident, timezone.now())
    return _show(request, token, incident, request.GET.get("counted", ""))


@never_cache
@require_POST
def undo(request: HttpRequest, identifier: int) -> HttpResponse:
    """Let what was tapped last not count."""
    token = _find(request.COOKIES.get(COOKIE, ""))
    if token is None:
        return _refuse_entry(request)
    incident = find_incident(token.organisation, identifier)
    signal = _read_counted(request.POST.get("counted", ""), token, incident)
    if signal is None:
        return refuse(request, 409, _("This cannot be undone any more. Ask an editor to do it."))
    withdraw_signal(signal=signal, actor=actor_of(token), now=timezone.now())
    messages.success(request, _("Undone. It does not count."))
    return redirect("ophef:phone-count", incident.pk)


def _find(secret: str) -> AccessToken | None:
    return find_token(secret, AccessToken.Use.PHONE) if secret else None


def _refuse_entry(request: HttpRequest) -> HttpResponse:
    sentence = _("This page opens with a link that an editor gives out. It may be withdrawn.")
    return refuse(request, 403, sentence)


def _count(
    request: HttpRequest, token: AccessToken, incident: Incident, now: datetime
) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        return refuse(request, 400, _("Choose one of the buttons."))
    try:
        tap, drawn_at = _read_tap(request.POST.get("tap", ""), token)
    except BadSignature:
        return refuse(request, 409, _("This page was open for too long. Open it again."))
    counted = request.POST.get("counted", "")
    if counted and now - drawn_at < DOUBLE_TAP:
        return _back(incident, counted)
    if not is_within_limit(token, now=now):
        return refuse(request, 429)
    recorded = record_signal(
        incident=incident,
        reported=Reported(kind=Kind(kind), at=now),
        source=Source.PHONE,
        key=key_of(token.pk, tap),
        token=token,
        actor=actor_of(token),
        now=now,
    )
    note_use(token=token, now=now)
    return _back(incident, _signer("counted", token).sign(str(recorded.signal.pk)))


def _back(incident: Incident, counted: str) -> HttpResponse:
    address = reverse("ophef:phone-count", args=[incident.pk])
    return redirect(f"{address}?{urlencode({'counted': counted})}")


def _show(
    request: HttpRequest, token: AccessToken, incident: Incident, counted: str
) -> HttpResponse:
    last = _read_counted(counted, token, incident)
    page = {
        "organisation": token.organisation,
        "incident": incident,
        "kinds": KINDS,
        "tap": _signer("tap", token).sign(_new_tap(timezone.now())),
        "last": last,
        "counted": counted if last else "",
        "has_others": len(open_incidents(token.organisation)) > 1,
    }
    return render(request, "ophef/phone.html", page)


def _read_tap(signed: str, token: AccessToken) -> tuple[str, datetime]:
    """Give what makes a tap count once, and when the page with its button was drawn."""
    tap = _signer("tap", token).unsign(signed, max_age=PAGE_KEPT)
    drawn_at = float(tap.partition(".")[2]) / 1000
    return tap, datetime.fromtimestamp(drawn_at, tz=UTC)


def _new_tap(now: datetime) -> str:
    return f"{secrets.token_hex(8)}.{int(now.timestamp() * 1000)}"


def _read_counted(signed: str, token: AccessToken, incident: Incident) -> Signal | None:
    """Find what was tapped last, as long as it can be undone and was not."""
    try:
        pk = int(_signer("counted", token).unsign(signed, max_age=UNDO))
    except (BadSignature, ValueError):
        return None
    found = Signal.objects.filter(pk=pk, token=token, incident=incident, withdrawal__isnull=True)
    return found.first()


def _signer(purpose: str, token: AccessToken) -> TimestampSigner:
    return TimestampSigner(salt=f"spreekruimte.ophef.phone.{purpose}.{token.pk}")
