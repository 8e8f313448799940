"""Erase what a respondent gave and said in a case: also when that is not asked any more."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.erasing import erase_respondent
from spreekruimte.ballots.entering import forget, respondent_of
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.rounds import rounds_of
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.erasing import erase_voice
from spreekruimte.dialogue.queries.own import voices_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask whether somebody really wants to erase all that they gave in a case, and do so."""
    case = _find_case(case_id)
    rounds = rounds_of(case)
    if request.method != "POST":
        has_given = any(True for _found in _taken_part(request, rounds)) or bool(
            _voices(request, case, rounds)
        )
        context = {"case": case, "has_given": has_given}
        return render(request, "dialogue/erase.html", context)
    now = timezone.now()
    response = redirect("dialogue:erased", case_id=case_id)
    for author in _voices(request, case, rounds):
        erase_voice(case=case, author=author, now=now)
    for round_, respondent in list(_taken_part(request, rounds)):
        erase_respondent(round_=round_, respondent=respondent, now=now)
        if round_.ended_at is not None:
            forget(response, case_id=case_id, round_id=round_.pk)
    return response


@never_cache
@require_http_methods(["GET", "HEAD"])
def show_erased(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say that all is gone, and what that means."""
    return render(request, "dialogue/erased.html", {"case": _find_case(case_id)})


def _find_case(case_id: int) -> Case:
    """Return a case that was asked, whatever became of it since."""
    case = Case.objects.filter(pk=case_id, rounds__isnull=False).first()
    if case is None:
        raise Http404(_("There is no such case."))
    return case


def _taken_part(request: HttpRequest, rounds: list[Round]) -> Iterator[tuple[Round, Respondent]]:
    for round_ in rounds:
        respondent = respondent_of(request, round_.pk)
        if respondent is not None and find_participation(round_, respondent) is not None:
            yield round_, respondent


def _voices(request: HttpRequest, case: Case, rounds: list[Round]) -> list[str]:
    """Give as whom this browser takes part in the dialogue."""
    known = (respondent_of(request, round_.pk) for round_ in rounds)
    return voices_of(case, {respondent for respondent in known if respondent is not None})
