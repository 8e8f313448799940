"""What all pages of a ballot have in common: who visits which round, and how far they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from spreekruimte.ballots.actions.gathering import AbandonedError
from spreekruimte.ballots.entering import let_in, newcomer, respondent_of
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.queries.rounds import current_round, rounds_of
from spreekruimte.ballots.queries.standing import Standing, Step, standing_of
from spreekruimte.ballots.refusals import OutOfOrder
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import (
    PublicCase,
    case_as_asked,
    grounds_for_public,
    preview_case,
)
from spreekruimte.cases.sentences import Language
from spreekruimte.organisations.refusals import RefusedError

P = ParamSpec("P")

STEPS: Mapping[Step, str] = MappingProxyType(
    {"judgement": "ballots:judgement", "measure": "ballots:measure", "reasons": "ballots:reasons"}
)
# What a page says about the step before it; the address holds the word.
NOTES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "order": _("This question comes first."),
        "saved": _("Your answer is saved."),
        "reason": _("Your reason is saved. The others can vote on it."),
        "waiting": _("Your reason is saved. A moderator reads it first, then others see it."),
        "there": _("This reason is there already. You can vote on it here."),
        "changed": _("Your reason is changed."),
        "appealed": _("A moderator will look at your reason again."),
        "about": _("Thank you. Your answers are saved."),
        "entered": _("You are in. You can vote now."),
        "erased": _("Your ballots are erased."),
        "gone": _("You cannot vote on that reason any more. Here is another one."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody at one of the pages of a round that is asked now.

    Attributes
    ----------
    case
        As it is told to this respondent while it is asked.
    respondent
        None for a newcomer.
    """

    request: HttpRequest
    case: PublicCase
    round: Round
    respondent: Respondent | None
    standing: Standing
    now: datetime

    @property
    def known(self) -> Respondent:
        """Who visits; a newcomer becomes somebody."""
        return self.respondent or newcomer(self.request)

    def show(self, template: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Render a page of the ballot."""
        note = NOTES.get(self.request.GET.get("note", ""))
        context = {"case": self.case, "standing": self.standing, "note": note, **context}
        return render(self.request, f"ballots/{template}.html", context, status=status)

    def go(self, name: str, note: str = "", **parts: int) -> HttpResponse:
        """Send the browser on to another page of this ballot, which says the note."""
        address = reverse(name, kwargs={"case_id": self.case.id, **parts})
        return redirect(f"{address}?note={note}" if note else address)

    def go_on(self, note: str = "") -> HttpResponse:
        """Send the browser on to the question that comes next."""
        return self.go(STEPS[self.standing.step], note)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Let the browser of a newcomer who was shown the case remember who that was."""
        return response if self.respondent else self.let_in(response, self.known)

    def let_in(self, response: HttpResponse, respondent: Respondent) -> HttpResponse:
        """Let the browser remember who somebody is."""
        return let_in(response, respondent, case_id=self.case.id, round_id=self.round.pk)


View = Callable[Concatenate[Visit, P], HttpResponse]


def read_language() -> Language:
    """Return the language in which the reader reads."""
    return "en" if get_language() == "en" else "nl"


def read_number(request: HttpRequest, name: str) -> int | None:
    """Read a number from the address; answer 404 where something else stands there."""
    typed = request.GET.get(name)
    if typed is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", typed):
        raise Http404
    return int(typed)


def during_round(view: View[P]) -> Callable[..., HttpResponse]:
    """Serve a page of the ballot of a case while that is asked, and say why not otherwise.

    What the view refuses becomes a page with the sentence, and a question out of order leads to
    the one that comes first. No cache keeps anything of it.
    """

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, case_id: int, *arguments: P.args, **options: P.kwargs
    ) -> HttpResponse:
        case = Case.objects.filter(pk=case_id).first()
        if case is None:
            raise Http404(_("There is no such case."))
        visit = _receive(request, case)
        if visit is None:
            return _show_closed(request, case)
        return _answer(visit, view, *arguments, **options)

    return guarded


def _receive(request: HttpRequest, case: Case) -> Visit | None:
    now = timezone.now()
    round_ = current_round(case, now=now)
    if round_ is None:
        return None
    respondent = respondent_of(request, round_.pk)
    standing = standing_of(round_, respondent)
    arm = standing.arm or draw_arm(lot_of(round_, case), respondent or newcomer(request))
    shown = case_as_asked(case, arm, language=read_language())
    if shown is None:
        return None
    return Visit(
        request=request,
        case=shown,
        round=round_,
        respondent=respondent,
        standing=standing,
        now=now,
    )


def _answer(visit: Visit, view: View[P], *arguments: P.args, **options: P.kwargs) -> HttpResponse:
    try:
        return view(visit, *arguments, **options)
    except OutOfOrder:
        return visit.go_on("order")
    except RefusedError as refusal:
        return visit.show("refused", status=409, sentence=str(refusal))
    except AbandonedError:
        sentence = _("Your answer could not be saved. Please try again.")
        return visit.show("refused", status=503, sentence=sentence)


def _show_closed(request: HttpRequest, case: Case) -> HttpResponse:
    """Say why a case is not asked now; of a case that never was public, that there is none."""
    kind = find_kind(case)
    if kind is None:
        raise Http404(_("There is no such case."))
    is_told = kind in ("over", "protected")
    context = {
        "kind": kind,
        "case": preview_case(case, framing=None, side="post", language=read_language())
        if is_told
        else None,
        "case_id": case.pk,
        "grounds": grounds_for_public(case),
    }
    status = 200 if is_told else 410
    if request.method not in ("GET", "HEAD"):
        status = 409
    return render(request, "ballots/closed.html", context, status=status)


def find_kind(case: Case) -> str | None:
    """Say why a case is not asked now; None for one that never was public."""
    if case.state == "protected":
        return "protected"
    if case.state in ("open", "closed"):
        return "over"
    if not rounds_of(case):
        return None
    return case.state if case.state in ("stopped", "withdrawn") else "waiting"
