"""Where moderators look after reasons."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.moderating import moderate
from spreekruimte.ballots.desk_forms import DecisionForm
from spreekruimte.ballots.models import ModerationEntry
from spreekruimte.ballots.queries.moderation import Part, count_parts, queue_of
from spreekruimte.ballots.views.queues import read_queues
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError

PARTS: tuple[Part, ...] = ("waiting", "appealed", "shown", "hidden", "merged")


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
    page = read_queues(
        request, organisation, parts=PARTS, queue_of=queue_of, counts=count_parts(organisation)
    )
    return render(
        request, "ballots/desk/moderation.html", page | {"refusal": refusal}, status=status
    )
