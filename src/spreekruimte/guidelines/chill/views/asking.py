"""The pages of a public servant: what it is about, one case a screen, and thanks."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.forms import CodeForm
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.ballots.receipts import MistypedError
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.views.entering import MOST_CODES
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.queries import case_for_public
from spreekruimte.guidelines.chill.actions import answer_case
from spreekruimte.guidelines.chill.entering import identified_as, let_in
from spreekruimte.guidelines.chill.forms import AnswerForm
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer
from spreekruimte.guidelines.chill.queries import Turn
from spreekruimte.guidelines.chill.views.visiting import Visit, while_open
from spreekruimte.organisations.accounts.identifying import link_to_identify, take_identified
from spreekruimte.organisations.refusals import RefusedError


@require_safe
@while_open
def introduce(visit: Visit) -> HttpResponse:
    """Say what the survey is about, and how to come in."""
    back = reverse("chill:openid", args=[visit.survey.pk])
    try:
        way = link_to_identify(back) if visit.survey.entry == Survey.Entry.OPENID else ""
    except LookupError:
        way = ""
    return visit.show("introduction", link_to_provider=way)


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def use_invitation(visit: Visit) -> HttpResponse:
    """Ask for the code of an invitation, which may stand in the link, and let in with it."""
    if visit.survey.entry != Survey.Entry.CODE:
        raise RefusedError(_("In this survey people sign in: there are no codes."))
    if visit.request.method != "POST":
        form = CodeForm(initial={"code": visit.request.GET.get("code", "")[:100]})
        return visit.show("invitation", form=form)
    form = CodeForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("invitation", form=form, status=400)
    if not is_within("code", client_of(visit.request), most=MOST_CODES, now=timezone.now()):
        form.add_error("code", _("You tried too often. Wait an hour and try again."))
        return visit.show("invitation", form=form, status=429)
    try:
        invited = invited_with(form.cleaned_data["code"])
    except MistypedError:
        form.add_error("code", _("A code has twelve digits and letters. Compare it with yours."))
        return visit.show("invitation", form=form, status=400)
    if not visit.survey.invitations.filter(digest=invited.key).exists():
        form.add_error("code", _("This code does not belong to this survey."))
        return visit.show("invitation", form=form, status=400)
    return let_in(visit.go("ask", "entered"), invited, visit.survey)


@require_safe
@while_open
def return_identified(visit: Visit) -> HttpResponse:
    """Let in who comes back from the provider of OpenID Connect."""
    subject = take_identified(visit.request)
    if subject is None or visit.survey.entry != Survey.Entry.OPENID:
        return visit.go("introduction", "first")
    return let_in(visit.go("ask", "entered"), identified_as(subject), visit.survey)


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def ask(visit: Visit) -> HttpResponse:
    """Show the case that comes now, and take what somebody would do."""
    if visit.respondent is None or visit.turn is None:
        return visit.go("introduction", "first")
    if visit.turn.asked is None:
        return visit.go("thanks")
    if visit.request.method == "POST":
        return _take(visit, visit.respondent, visit.turn)
    return _show(visit, visit.turn)


@require_safe
@while_open
def thank(visit: Visit) -> HttpResponse:
    """Thank who has seen all cases; send on who has not."""
    if visit.turn is None or visit.turn.asked is not None:
        return visit.go("ask")
    return visit.show("thanks")


def _take(visit: Visit, respondent: Respondent, turn: Turn) -> HttpResponse:
    form = AnswerForm(visit.request.POST)
    if not form.is_valid():
        return _show(visit, turn, form)
    place = form.cleaned_data["place"]
    after = answer_case(
        survey=visit.survey,
        respondent=respondent,
        place=place,
        answer=form.cleaned_data["answer"],
    )
    is_taken = turn.asked is not None and place == turn.asked.place
    return visit.go("ask" if after.asked else "thanks", "saved" if is_taken else "stands")


def _show(visit: Visit, turn: Turn, form: AnswerForm | None = None) -> HttpResponse:
    assert turn.asked is not None  # noqa: S101 - who has seen all was thanked
    return visit.show(
        "case",
        status=400 if form else 200,
        form=form,
        case=case_for_public(turn.asked.case_id, language=read_language()),
        answers=SurveyAnswer.Answer.choices,
    )
