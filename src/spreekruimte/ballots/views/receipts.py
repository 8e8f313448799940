"""Check a receipt, and read the log that it stands in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.entering import respondent_of
from spreekruimte.ballots.forms import ReceiptForm
from spreekruimte.ballots.queries.lookup import Found, find_receipt
from spreekruimte.ballots.queries.standing import may_see_results
from spreekruimte.ballots.receipts import MistypedError, mark_of

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
        "may_see_line": found is not None and _may_see_log(request, found),
    }
    return render(request, "ballots/receipt.html", context, status=status)


def _may_see_log(request: HttpRequest, found: Found) -> bool:
    respondent = respondent_of(request, found.round.pk)
    return may_see_results(found.round.case, respondent, timezone.now())
