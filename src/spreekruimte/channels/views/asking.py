"""Have a round asked through an account: write it, see exactly what will be posted, order it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.channels.actions.ordering import order_question
from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.forms import QuestionForm
from spreekruimte.channels.models import Account
from spreekruimte.channels.network import NetworkError, Post
from spreekruimte.channels.permissions import may_use_channels
from spreekruimte.channels.queries.desk import publications_of, usable_accounts_of
from spreekruimte.channels.wording import ballot_address, poll_options, suggest_question
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@require_role(Role.EDITOR, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_elsewhere(
    request: HttpRequest, organisation: Organisation, identifier: int
) -> HttpResponse:
    """Show where the round that is asked now is asked elsewhere; preview and order a question."""
    found = find_case(organisation, identifier)
    round_ = current_round(found.case, now=timezone.now())
    accounts = usable_accounts_of(organisation)
    page: dict[str, object] = {
        "organisation": organisation,
        "found": found,
        "round": round_,
        "publications": publications_of(round_) if round_ else [],
        "has_account": bool(accounts),
    }
    if round_ is None or not accounts or not may_use_channels(user_of(request), organisation):
        return render(request, "channels/ask.html", page)
    if request.method == "POST":
        return _take_form(request, page, round_, accounts)
    language: Language = "en" if request.GET.get("language") == "en" else "nl"
    begin = {"text": suggest_question(found.case, language), "language": language}
    page["form"] = QuestionForm(initial=begin, accounts=accounts)
    return render(request, "channels/ask.html", page)


def _take_form(
    request: HttpRequest, page: dict[str, object], round_: Round, accounts: Sequence[Account]
) -> HttpResponse:
    form = QuestionForm(request.POST, accounts=accounts)
    page["form"] = form
    if not form.is_valid():
        return render(request, "channels/ask.html", page, status=400)
    (account,) = (each for each in accounts if str(each.pk) == form.cleaned_data["account"])
    post = _write_post(round_, form)
    try:
        preview = network_of(account).preview(connection_of(account), post)
    except NetworkError as error:
        form.add_error(None, _("This did not work: %(reason)s") % {"reason": error})
        return render(request, "channels/ask.html", page, status=502)
    page |= {"preview": preview, "account": account}
    if "order" not in request.POST:
        return render(request, "channels/ask.html", page)
    try:
        order_question(
            round=round_,
            account=account,
            post=post,
            preview=preview,
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as error:
        form.add_error(None, str(error))
        return render(request, "channels/ask.html", page, status=409)
    messages.success(request, _("The question waits to be posted. That takes a few seconds."))
    return redirect(request.path)


def _write_post(round_: Round, form: QuestionForm) -> Post:
    language = cast(Language, form.cleaned_data["language"])
    return Post(
        key=secrets.token_hex(16),
        text=form.cleaned_data["text"].strip().replace("\r\n", "\n"),
        address=ballot_address(round_.case),
        language=language,
        made_at=timezone.now(),
        options=poll_options(language),
        closes_at=round_.closes_at,
    )
