"""Come in more surely than with a browser: with an invitation, an address or an account."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.confirming import (
    Confirmation,
    can_send,
    make_token,
    normalise,
    read_token,
    send_link,
    use_up,
)
from spreekruimte.ballots.entering import keyed_digest
from spreekruimte.ballots.forms import CodeForm, EmailForm
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.ballots.models import Invitation, Tier
from spreekruimte.ballots.receipts import MistypedError
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.views.visiting import Visit, during_round
from spreekruimte.organisations.accounts.identifying import link_to_identify, take_identified
from spreekruimte.organisations.refusals import RefusedError

MOST_CODES = 60
MOST_MAILS, MOST_MAILS_TO_ONE = 20, 3


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def use_invitation(visit: Visit) -> HttpResponse:
    """Ask for the code of an invitation, which may stand in the link, and let in with it."""
    if visit.request.method != "POST":
        form = CodeForm(initial={"code": visit.request.GET.get("code", "")[:100]})
        return visit.show("invitation", form=form)
    form = CodeForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("invitation", status=400, form=form)
    if not is_within("code", client_of(visit.request), most=MOST_CODES, now=visit.now):
        form.add_error("code", _("You tried too often. Wait an hour and try again."))
        return visit.show("invitation", status=429, form=form)
    try:
        invited = invited_with(form.cleaned_data["code"])
    except MistypedError:
        form.add_error("code", _("A code has twelve digits and letters. Compare it with yours."))
        return visit.show("invitation", status=400, form=form)
    if not Invitation.objects.filter(round=visit.round, digest=invited.key).exists():
        form.add_error("code", _("This code does not belong to this case, or the round is over."))
        return visit.show("invitation", status=400, form=form)
    return enter(visit, invited)


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def ask_address(visit: Visit) -> HttpResponse:
    """Ask for an e-mail address and send a link to it; all addresses get the same page."""
    if not can_send():
        raise RefusedError(_("This installation sends no mail. You can vote without it."))
    if visit.request.method != "POST":
        return visit.show("email", form=EmailForm())
    form = EmailForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("email", status=400, form=form)
    if not is_within("mail", client_of(visit.request), most=MOST_MAILS, now=visit.now):
        form.add_error("address", _("You tried too often. Wait an hour and try again."))
        return visit.show("email", status=429, form=form)
    address = form.cleaned_data["address"]
    # Nobody can fill a mailbox from here, nor see on the page that somebody tried.
    if is_within("mail-to", normalise(address), most=MOST_MAILS_TO_ONE, now=visit.now):
        try:
            send_link(address, _make_link(visit, address))
        except OSError:
            form.add_error("address", _("The mail could not be sent. Try again later."))
            return visit.show("email", status=503, form=form)
    return visit.show("email_sent")


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def confirm_address(visit: Visit, token: str) -> HttpResponse:
    """Let in who got the link. Opening it alone does nothing: programs that check mail do so."""
    confirmation = read_token(token)
    if confirmation is None or confirmation.round_id != visit.round.pk:
        return visit.show("link_over", status=410)
    if visit.request.method != "POST":
        return visit.show("confirm")
    return _confirm(visit, confirmation)


@require_safe
@during_round
def return_identified(visit: Visit) -> HttpResponse:
    """Let in who comes back from the provider of OpenID Connect."""
    subject = take_identified(visit.request)
    if subject is None:
        return visit.go("ballots:case")
    return enter(visit, Respondent(Tier.OPENID, keyed_digest("openid", subject)))


def enter(visit: Visit, respondent: Respondent) -> HttpResponse:
    """Let in somebody who has shown who it is, for this round.

    Raises
    ------
    RefusedError
        If somebody has voted in this browser already: they would count twice.
    """
    if visit.respondent == respondent:
        return visit.go_on("entered")
    _refuse_second(visit)
    return visit.let_in(visit.go("ballots:case", "entered"), respondent)


def link_to_provider(case_id: int) -> str | None:
    """Return where somebody begins who comes in with OpenID Connect; None without a provider."""
    if settings.OPENID_CONNECT is None:
        return None
    return link_to_identify(reverse("ballots:openid", args=[case_id]))


def _confirm(visit: Visit, confirmation: Confirmation) -> HttpResponse:
    if visit.respondent == confirmation.respondent:
        return visit.go_on("entered")
    _refuse_second(visit)
    if not use_up(confirmation):
        return visit.show("link_over", status=410)
    return enter(visit, confirmation.respondent)


def _refuse_second(visit: Visit) -> None:
    """Refuse who has voted in this browser already: they would count twice."""
    if visit.standing.judgement is not None or visit.standing.has_given_up:
        raise RefusedError(
            _("You have voted in this round already, in this browser. That ballot counts.")
        )


def _make_link(visit: Visit, address: str) -> str:
    token = make_token(address, round_id=visit.round.pk, nonce=secrets.token_urlsafe(12))
    path = reverse("ballots:confirm-email", args=[visit.case.id, token])
    return visit.request.build_absolute_uri(path)
