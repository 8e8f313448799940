"""Who may look at the result of a case now, and what a cache may keep of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.looking import record_seen
from spreekruimte.ballots.entering import respondent_of
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.rounds import current_round, rounds_of
from spreekruimte.ballots.queries.standing import may_see_results
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries.public import PUBLIC_STATES

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who may see the result of a case.

    Attributes
    ----------
    asked
        The round that takes ballots now, if there is one.
    latest
        That round, or else the last one that was asked.
    respondent
        Who looks, as a respondent of the latest round; None for somebody who takes no part.
    """

    request: HttpRequest
    case: Case
    asked: Round | None
    latest: Round | None
    respondent: Respondent | None
    now: datetime


View = Callable[Concatenate[Look, P], HttpResponseBase]


def to_page(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Show a page of a result to who may see it, and lead others to the case; note who has seen."""
    return _guard(view, is_page=True)


def to_file(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Give a file of a result to who may see it, and refuse others with 403."""
    return _guard(view, is_page=False)


def _guard(view: View[P], *, is_page: bool) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(
        request: HttpRequest, case_id: int, *arguments: P.args, **options: P.kwargs
    ) -> HttpResponseBase:
        look = _look(request, case_id)
        if look.case.state != "protected" and not may_see_results(
            look.case, look.respondent, look.now
        ):
            response = _turn_away(case_id, is_page=is_page)
        else:
            if look.asked is not None and look.respondent is not None:
                record_seen(round_=look.asked, respondents=[look.respondent])
            response = view(look, *arguments, **options)
        # What one reader may see another may not, as long as the case is asked.
        is_private = look.asked is not None or look.case.state == "open"
        response.setdefault("Cache-Control", "private, no-store" if is_private else "no-cache")
        return response

    return guarded


def _look(request: HttpRequest, case_id: int) -> Look:
    case = Case.objects.filter(pk=case_id, state__in=PUBLIC_STATES).first()
    if case is None:
        raise Http404(_("There is no such case."))
    now = timezone.now()
    asked = current_round(case, now=now)
    latest = asked or next(iter(rounds_of(case)), None)
    respondent = respondent_of(request, latest.pk) if latest else None
    return Look(request, case, asked, latest, respondent, now)


def _turn_away(case_id: int, *, is_page: bool) -> HttpResponseBase:
    if is_page:
        return redirect("ballots:case", case_id=case_id)
    raise PermissionDenied(_("You can see the result of this case after you have judged it."))
