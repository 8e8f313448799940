"""The audit trail of an organisation, to read and to download."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.queries import actions_of, audit_trail_of, whole_audit_trail_of
from spreekruimte.organisations.telling import tell, write_table

LARGEST = 2**63 - 1


class FilterForm(forms.Form):
    """Which entries to show: of one action, and before which number."""

    action = forms.ChoiceField(label=_("What was done"), required=False)
    before = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )

    def __init__(self, *arguments: object, organisation: Organisation, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        known = [(name, name.replace("_", " ")) for name in actions_of(organisation)]
        self.fields["action"].choices = [("", _("Everything")), *known]  # type: ignore[attr-defined]


@require_safe
@require_role(Role.ADMINISTRATOR, Role.AUDITOR)
def show_audit_trail(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show a page of the audit trail, the newest entry first."""
    form = FilterForm(request.GET, organisation=organisation)
    if not form.is_valid():
        return _show(request, organisation, form, {}, HTTPStatus.BAD_REQUEST)
    action, before = form.cleaned_data["action"], form.cleaned_data["before"]
    entries, has_more = audit_trail_of(organisation, action=action, before=before)
    older = urlencode({"action": action, "before": entries[-1].pk}) if has_more else ""
    found = {
        "told": tell(entries),
        "older": f"?{older}" if older else "",
        "newest": f"?{urlencode({'action': action})}" if before else "",
    }
    return _show(request, organisation, form, found, HTTPStatus.OK)


@require_safe
@require_role(Role.ADMINISTRATOR, Role.AUDITOR)
def download_audit_trail(
    request: HttpRequest,  # noqa: ARG001 - every view gets it
    organisation: Organisation,
) -> StreamingHttpResponse:
    """Give the whole audit trail as CSV, the oldest entry first."""
    return StreamingHttpResponse(
        write_table(whole_audit_trail_of(organisation)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-{organisation.slug}.csv"'},
    )


def _show(
    request: HttpRequest,
    organisation: Organisation,
    form: FilterForm,
    found: Mapping[str, object],
    status: HTTPStatus,
) -> HttpResponse:
    return TemplateResponse(
        request,
        "organisations/audit.html",
        {"organisation": organisation, "form": form, **found},
        status=status,
    )
