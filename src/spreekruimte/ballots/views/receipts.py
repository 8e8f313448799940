"""Check a receipt, and read the log that it stands in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.entering import respondent_of
from spreekruimte.ballots.forms import ReceiptForm
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.log import head_of, read_log
from spreekruimte.ballots.queries.lookup import Found, find_receipt
from spreekruimte.ballots.queries.rounds import current_round
from spreekruimte.ballots.queries.standing import may_see_results
from spreekruimte.ballots.receipts import MistypedError, mark_of
from spreekruimte.cases.queries.public import PUBLIC_STATES

MISTYPED = {
    "symbol": _("A receipt has only digits and letters. Take out other signs."),
    "length": _("A receipt has twenty digits and letters. See whether all are there."),
    "check": _("One digit or letter is not right. Compare them with your receipt."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Look for the ballot of a receipt, typed here or scanned elsewhere."""
    given = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "receipt" not in given:
        return _show(request, ReceiptForm())
    return _look_up(request, given)


@never_cache
@require_safe
def download_log(request: HttpRequest, case_id: int, number: int) -> StreamingHttpResponse:
    """Give the log of a round, up to its head, line by line."""
    round_ = _find_round(request, case_id, number)
    return StreamingHttpResponse(
        read_log(round_, head_of(round_)),
        content_type="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="{round_.log_name}.jsonl"'},
    )


@never_cache
@require_safe
def show_head(request: HttpRequest, case_id: int, number: int) -> JsonResponse:
    """Give the head of the log of a round, for who keeps it to see later that it only grew."""
    round_ = _find_round(request, case_id, number)
    head = head_of(round_)
    return JsonResponse({"round": round_.log_name, "length": head.length, "digest": head.digest})


def _find_round(request: HttpRequest, case_id: int, number: int) -> Round:
    """Return a round whose log the reader may see: how long it is tells how many voted."""
    found = Round.objects.filter(case__pk=case_id, case__state__in=PUBLIC_STATES, number=number)
    round_ = found.select_related("case").first()
    if round_ is None:
        raise Http404(_("There is no such log."))
    if not _may_see_log(request, round_):
        raise PermissionDenied(_("You can see the log of this round after you have judged."))
    return round_


def _look_up(request: HttpRequest, given: QueryDict) -> HttpResponse:
    form = ReceiptForm(given)
    if not form.is_valid():
        return _show(request, form, status=400)
    typed = form.cleaned_data["receipt"]
    try:
        found = find_receipt(typed)
    except MistypedError as mistyped:
        form.add_error("receipt", MISTYPED[mistyped.reason])
        return _show(request, form, status=400)
    if found is None:
        form.add_error("receipt", _("No ballot here has this receipt. Compare it with yours."))
        return _show(request, form, status=404)
    return _show(request, form, found=found, mark=mark_of(typed))


def _show(
    request: HttpRequest,
    form: ReceiptForm,
    *,
    status: int = 200,
    found: Found | None = None,
    mark: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "mark": mark,
        # Where a line stands tells how many ballots there are at least.
        "may_see_line": found is not None and _may_see_log(request, found.round),
    }
    return render(request, "ballots/receipt.html", context, status=status)


def _may_see_log(request: HttpRequest, round_: Round) -> bool:
    now = timezone.now()
    asked = current_round(round_.case, now=now)
    respondent = respondent_of(request, (asked or round_).pk)
    return may_see_results(round_.case, respondent, now)
