"""Where moderators look after reasons, and where everybody reads what they did."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.actions.moderating import moderate
from spreekruimte.ballots.desk_forms import DecisionForm
from spreekruimte.ballots.entering import respondent_of
from spreekruimte.ballots.models import ModerationEntry
from spreekruimte.ballots.queries.moderation import Part, count_parts, log_of, queue_of
from spreekruimte.ballots.queries.rounds import current_round, rounds_of
from spreekruimte.ballots.queries.standing import may_see_results
from spreekruimte.ballots.reason_states import GROUND_NAMES, STATE_NAMES
from spreekruimte.cases.models import Case
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

LINES = 50
PARTS: tuple[Part, ...] = ("waiting", "appealed", "shown", "hidden", "merged")
# What a moderator finds without choosing.
FIRST: tuple[Part, ...] = ("waiting", "appealed", "shown")


@require_role(Role.MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_reasons(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show reasons, those that wait first, and take a decision about one."""
    if request.method != "POST":
        return _show_queue(request, organisation)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        sentences = [str(each) for errors in form.errors.values() for each in errors]
        return _show_queue(request, organisation, refusal=" ".join(sentences), status=400)
    decision, actor = form.decision, user_of(request).actor
    try:
        moderate(organisation=organisation, decisions=[decision], actor=actor, now=timezone.now())
    except RefusedError as error:
        return _show_queue(request, organisation, refusal=str(error), status=409)
    what = ModerationEntry.Act(decision.move).label
    messages.success(
        request,
        _("Reason %(number)d: %(what)s.") % {"number": decision.reason_id, "what": what},
    )
    return redirect(request.get_full_path())


@never_cache
@require_safe
def show_log(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what moderators did with the reasons of a case, without any text.

    While the case is asked, that is for who has judged: from the number of acts one could tell how
    many reasons there are.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not rounds_of(case):
        raise Http404(_("There is no such case."))
    if not _may_read_log(request, case):
        return render(request, "ballots/moderation_log.html", {"case": case, "is_sealed": True})
    lines = log_of(case, before=_read_number(request, "before"), size=LINES + 1)
    more = lines[LINES:]
    page = {
        "case": case,
        "lines": lines[:LINES],
        "has_several": len(rounds_of(case)) > 1,
        "next": f"?before={lines[LINES - 1].entry.pk}" if more else "",
    }
    return render(request, "ballots/moderation_log.html", page)


def _may_read_log(request: HttpRequest, case: Case) -> bool:
    now = timezone.now()
    round_ = current_round(case, now=now)
    respondent = None if round_ is None else respondent_of(request, round_.pk)
    return may_see_results(case, respondent, now)


def _show_queue(
    request: HttpRequest, organisation: Organisation, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("state")
    parts = tuple(part for part in PARTS if part == chosen) if chosen else FIRST
    if not parts:
        raise Http404
    moderator = user_of(request).actor
    beyond = _read_number(request, "beyond") if chosen else None
    queues = [queue_of(organisation, part, moderator=moderator, beyond=beyond) for part in parts]
    counts = count_parts(organisation)
    page = {
        "organisation": organisation,
        "queues": [
            (queue, STATE_NAMES[queue.part], _next_page(queue.part, queue.beyond))
            for queue in queues
        ],
        "parts": [(part, STATE_NAMES[part], counts[part], part == chosen) for part in PARTS],
        "is_all": not chosen,
        "grounds": GROUND_NAMES.items(),
        "refusal": refusal,
    }
    return render(request, "ballots/desk/moderation.html", page, status=status)


def _next_page(part: Part, beyond: int | None) -> str:
    return "" if beyond is None else f"?{urlencode({'state': part, 'beyond': beyond})}"


def _read_number(request: HttpRequest, name: str) -> int | None:
    """Read a number from the address; answer 404 where something else stands there."""
    typed = request.GET.get(name)
    if typed is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", typed):
        raise Http404
    return int(typed)
