"""The pages of a respondent: which studies there are, one vignette a screen, and thanks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.forms import AboutForm, CodeForm
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.ballots.receipts import MistypedError
from spreekruimte.ballots.views.entering import MOST_CODES
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.answering import GivenAnswer, answer_vignettes, tell_about
from spreekruimte.studies.actions.erasing import erase_answers
from spreekruimte.studies.entering import let_in
from spreekruimte.studies.forms import AnswerForm
from spreekruimte.studies.models import StudyAnswer, StudyInvitation, Vignette
from spreekruimte.studies.queries.listing import open_studies
from spreekruimte.studies.queries.room import published_studies
from spreekruimte.studies.telling import tell_vignette
from spreekruimte.studies.views.visiting import Visit, while_open


@require_safe
def list_studies(request: HttpRequest) -> HttpResponse:
    """Show the studies that can be answered, and those whose results are published."""
    asked, published = open_studies(), published_studies()
    page = {
        "open": asked,
        "published": published,
        "shows_simulated": any(study.is_simulated for study in (*asked, *published)),
    }
    return render(request, "studies/list.html", page)


@require_safe
@while_open
def introduce(visit: Visit) -> HttpResponse:
    """Say what the study is about, before the first vignette."""
    return visit.show("introduction")


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def ask(visit: Visit) -> HttpResponse:
    """Show the vignette that comes now, and take what is found of it."""
    if visit.request.method == "POST":
        return _take(visit)
    if visit.turn.vignette is None:
        return visit.go("thanks")
    return _show(visit, visit.turn.vignette)


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def ask_about(visit: Visit) -> HttpResponse:
    """Ask optional, coarse questions about the respondent."""
    form = AboutForm(visit.request.POST if visit.request.method == "POST" else None)
    if not form.is_bound:
        return visit.show("about", form=form)
    if not form.is_valid():
        return visit.show("about", form=form, status=400)
    tell_about(study=visit.study, respondent=visit.respondent, about=form.cleaned_data)
    return visit.go("thanks", "about")


@require_safe
@while_open
def thank(visit: Visit) -> HttpResponse:
    """Thank who has seen all vignettes; send on who has not."""
    return visit.go("ask") if visit.turn.vignette is not None else visit.show("thanks")


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def erase(visit: Visit) -> HttpResponse:
    """Ask whether somebody really wants to erase their answers, and do so."""
    if visit.request.method != "POST":
        return visit.show("erase")
    erase_answers(study=visit.study, respondent=visit.respondent)
    return visit.go("erase")


@require_http_methods(["GET", "HEAD", "POST"])
@while_open
def use_invitation(visit: Visit) -> HttpResponse:
    """Ask for the code of an invitation, which may stand in the link, and let in with it."""
    if visit.request.method != "POST":
        form = CodeForm(initial={"code": visit.request.GET.get("code", "")[:100]})
        return visit.show("invitation", form=form)
    form = CodeForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("invitation", form=form, status=400)
    if not is_within("code", client_of(visit.request), most=MOST_CODES, now=timezone.now()):
        form.add_error("code", _("You tried too often. Wait an hour and try again."))
        return visit.show("invitation", form=form, status=429)
    return _let_in_with(visit, form)


def _let_in_with(visit: Visit, form: CodeForm) -> HttpResponse:
    try:
        invited = invited_with(form.cleaned_data["code"])
    except MistypedError:
        form.add_error("code", _("A code has twelve digits and letters. Compare it with yours."))
        return visit.show("invitation", form=form, status=400)
    if not StudyInvitation.objects.filter(study=visit.study, digest=invited.key).exists():
        form.add_error("code", _("This code does not belong to this study."))
        return visit.show("invitation", form=form, status=400)
    if visit.respondent != invited and visit.turn.number > 1:
        raise RefusedError(
            _("You have answered in this browser already. Those answers count, once.")
        )
    return let_in(visit.go("ask", "entered"), invited, visit.study.pk)


def _take(visit: Visit) -> HttpResponse:
    form = AnswerForm(visit.request.POST)
    if not form.is_valid():
        if visit.turn.vignette is None:
            return visit.go("thanks")
        return _show(visit, visit.turn.vignette, form)
    number = form.cleaned_data["number"]
    answer = GivenAnswer(visit.respondent, number, form.cleaned_data["answer"])
    answer_vignettes(study=visit.study, given=[answer])
    note = "saved" if number == visit.turn.number else "stands"
    return visit.go("about" if number == visit.turn.total else "ask", note)


def _show(visit: Visit, vignette: Vignette, form: AnswerForm | None = None) -> HttpResponse:
    return visit.show(
        "vignette",
        status=400 if form else 200,
        form=form,
        told=tell_vignette(visit.study, vignette.context, read_language()),
        answers=StudyAnswer.Answer.choices,
    )
