"""Where moderators look after reasons."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.moderating import moderate
from spreekruimte.ballots.desk_forms import DecisionForm
from spreekruimte.ballots.models import ModerationEntry
from spreekruimte.ballots.queries.moderation import Part, count_parts, queue_of
from spreekruimte.ballots.reason_states import GROUND_NAMES, STATE_NAMES
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

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


def _show_queue(
    request: HttpRequest, organisation: Organisation, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    chosen = request.GET.get("state")
    parts = tuple(part for part in PARTS if part == chosen) if chosen else FIRST
    if not parts:
        raise Http404
    moderator = user_of(request).actor
    beyond = read_number(request, "beyond") if chosen else None
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


def read_number(request: HttpRequest, name: str) -> int | None:
    """Read a number from the address; answer 404 where something else stands there."""
    typed = request.GET.get(name)
    if typed is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", typed):
        raise Http404
    return int(typed)
