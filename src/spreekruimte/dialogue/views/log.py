"""Where everybody reads what moderators did."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from spreekruimte.ballots.entering import respondent_of
from spreekruimte.ballots.moderation.queries import Line
from spreekruimte.ballots.queries import moderation as of_reasons
from spreekruimte.ballots.queries.rounds import current_round, rounds_of
from spreekruimte.ballots.queries.standing import may_see_results
from spreekruimte.ballots.views.visiting import read_number
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.queries import moderation as of_messages

LINES = 50


@never_cache
@require_safe
def show_log(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what moderators did with the reasons and messages of a case, without any text.

    While the case is asked, that is for who has judged: from the number of acts one could tell how
    many reasons and messages there are.
    """
    case = Case.objects.filter(pk=case_id).first()
    rounds = rounds_of(case) if case else []
    if case is None or not rounds:
        raise Http404(_("There is no such case."))
    page: dict[str, object] = {"case": case}
    if not _may_read_log(request, case):
        return render(request, "dialogue/moderation_log.html", page | {"is_sealed": True})
    page["logs"] = [
        _log_of_reasons(request, case, has_rounds=len(rounds) > 1),
        _log_of_messages(request, case),
    ]
    return render(request, "dialogue/moderation_log.html", page)


def _log_of_reasons(request: HttpRequest, case: Case, *, has_rounds: bool) -> dict[str, object]:
    before = read_number(request, "before")
    lines = of_reasons.log_of(case, before=before, size=LINES + 1)
    return {
        "anchor": "reasons-log",
        "heading": _("Reasons"),
        "caption": _("Acts of moderators, and appeals"),
        "one": _("Reason"),
        "nothing": _("Moderators have done nothing yet."),
        "has_rounds": has_rounds,
        **_page_of(lines, "before"),
    }


def _log_of_messages(request: HttpRequest, case: Case) -> dict[str, object]:
    before = read_number(request, "before-message")
    lines = of_messages.log_of(case, before=before, size=LINES + 1)
    return {
        "anchor": "messages-log",
        "heading": _("Messages"),
        "caption": _("Acts of moderators with messages, and appeals"),
        "one": _("Message"),
        "nothing": _("Moderators have done nothing with messages yet."),
        **_page_of(lines, "before-message"),
    }


def _page_of(lines: list[Line], name: str) -> dict[str, object]:
    """Give the first lines, and the address of the next page if there are more."""
    following = f"?{name}={lines[LINES - 1].entry.pk}" if lines[LINES:] else ""
    return {"lines": lines[:LINES], "next": following}


def _may_read_log(request: HttpRequest, case: Case) -> bool:
    now = timezone.now()
    round_ = current_round(case, now=now)
    respondent = None if round_ is None else respondent_of(request, round_.pk)
    return may_see_results(case, respondent, now)
