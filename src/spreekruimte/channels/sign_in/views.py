"""Sign in with an account elsewhere: leave, come back, and be let in for one round."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.views.entering import enter
from spreekruimte.ballots.views.visiting import Visit, during_round
from spreekruimte.channels.network import NetworkError, TryLaterError
from spreekruimte.channels.sign_in.carrying import (
    UnderWay,
    carry,
    forget_shown,
    hand_over,
    read_carried,
    read_shown,
)
from spreekruimte.channels.sign_in.forms import AccountForm
from spreekruimte.channels.sign_in.ways import WAYS, Way, describe_client

MOST_SIGN_INS = 30


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def ask_account(visit: Visit, network: str) -> HttpResponse:
    """Ask which account it is, and offer the link to where it is shown.

    A link, since a form of ours may lead to no other site.
    """
    way = _find_way(network)
    if visit.request.method != "POST":
        return _show(visit, way, AccountForm(way))
    form = AccountForm(way, visit.request.POST)
    if not form.is_valid():
        return _show(visit, way, form, status=400)
    if not is_within("sign-in", client_of(visit.request), most=MOST_SIGN_INS, now=visit.now):
        form.add_error("account", _("You tried too often. Wait an hour and try again."))
        return _show(visit, way, form, status=429)
    try:
        account = form.cleaned_data["account"]
        address, kept = way.begin(account, _origin(visit.request), visit.now)
    except NetworkError as error:
        form.add_error("account", _explain(error))
        return _show(visit, way, form, status=400)
    context = {"case": visit.case, "way": way, "address": address}
    response = render(visit.request, "sign_in/leave.html", context)
    carry(response, UnderWay(visit.case.id, network, dict(kept)))
    return response


@never_cache
@require_safe
def come_back(request: HttpRequest, network: str) -> HttpResponse:
    """Find out who comes back, and send them on to the case that asked."""
    way = _find_way(network)
    under_way = read_carried(request, network)
    if under_way is None:
        return render(request, "sign_in/failed.html", {"way": way}, status=410)
    brought = {name: request.GET.get(name, "") for name in ("code", "state", "iss")}
    try:
        account = way.finish(under_way.kept, brought, _origin(request), timezone.now())
    except NetworkError as error:
        context = {"way": way, "case_id": under_way.case_id, "sentence": _explain(error)}
        return render(request, "sign_in/failed.html", context, status=400)
    response = redirect(reverse("sign_in:entered", args=[under_way.case_id]))
    respondent = Respondent(way.tier, keyed_digest(network, account))
    hand_over(response, respondent, case_id=under_way.case_id)
    return response


@require_safe
@during_round
def let_in(visit: Visit) -> HttpResponse:
    """Let in who has shown an account a moment ago."""
    respondent = read_shown(visit.request, case_id=visit.case.id)
    response = visit.go("ballots:case") if respondent is None else enter(visit, respondent)
    forget_shown(response, case_id=visit.case.id)
    return response


@require_safe
def show_client(request: HttpRequest) -> HttpResponse:
    """Say who asks for a sign-in, to servers of Bluesky."""
    return JsonResponse(describe_client(_origin(request)))


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _find_way(network: str) -> Way:
    if network not in WAYS:
        raise Http404
    return WAYS[network]


def _show(visit: Visit, way: Way, form: AccountForm, *, status: int = 200) -> HttpResponse:
    context = {"case": visit.case, "way": way, "form": form}
    return render(visit.request, "sign_in/account.html", context, status=status)


def _explain(error: NetworkError) -> str:
    if isinstance(error, TryLaterError):
        return _("That server does not answer now. Try again later.")
    return _("That did not work: the account was not found, or its server did not confirm it.")
