"""The desk of a study: its list, its parts, and the vignettes that are drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.cases.views.found import user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.designing import create_study
from spreekruimte.studies.desk_forms import (
    AttributesForm,
    CombinationsForm,
    DeskForm,
    DrawForm,
    InviteForm,
    TextsForm,
    WordingForm,
)
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan
from spreekruimte.studies.queries.listing import find_study, studies_of
from spreekruimte.studies.telling import tell_vignette

# So many vignettes are shown to an editor, from one block.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One page on which an editor changes a draft.

    Attributes
    ----------
    needs_values
        Whether there must be something to compare first.
    """

    title: Promise
    text: Promise
    form: type[DeskForm]
    template: str = "part"
    needs_values: bool = False


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def list_studies(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the studies of an organisation, the newest first."""
    page = {
        "organisation": organisation,
        "studies": studies_of(organisation),
        "may_edit": has_role(user_of(request), organisation, Role.EDITOR),
    }
    return render(request, "studies/desk/list.html", page)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make_study(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the form for a new study; make it, and go to its desk."""
    form = TextsForm(None, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            study = create_study(
                organisation=organisation,
                title=form.title,
                introduction=form.introduction,
                is_simulated=False,
                actor=user_of(request).actor,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("studies:desk", organisation.slug, study.pk)
    page = {"organisation": organisation, "form": form}
    return render(request, "studies/desk/new.html", page, status=400 if form.is_bound else 200)


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_desk(request: HttpRequest, organisation: Organisation, study_id: int) -> HttpResponse:
    """Show where a study stands, what it shows, and what can be done with it."""
    return render_desk(request, find_here(organisation, study_id))


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_part(
    request: HttpRequest, organisation: Organisation, study_id: int, part: str
) -> HttpResponse:
    """Show one part of a draft, and store what is changed in it."""
    study, page = find_here(organisation, study_id), PARTS[part]
    if page.needs_values and not study.attributes:
        messages.info(request, _("First choose what the study compares."))
        return redirect("studies:attributes", organisation.slug, study.pk)
    form = page.form(study, request.POST if request.method == "POST" else None)
    status = _store(request, study, form) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("Stored."))
        return redirect("studies:desk", organisation.slug, study.pk)
    context = {"organisation": organisation, "study": study, "form": form, "part": page}
    return render(request, f"studies/desk/{page.template}.html", context, status=status)


@require_role(Role.EDITOR)
@require_http_methods(["POST"])
def draw(request: HttpRequest, organisation: Organisation, study_id: int) -> HttpResponse:
    """Draw the vignettes of a draft."""
    study = find_here(organisation, study_id)
    form = DrawForm(study, request.POST)
    status = _store(request, study, form)
    if status != 200:
        return render_desk(request, study, drawing=form, status=status)
    return redirect("studies:desk", organisation.slug, study.pk)


def find_here(organisation: Organisation, study_id: int) -> Study:
    """Give a study of an organisation; answer 404 where it has none such."""
    study = find_study(organisation, study_id)
    if study is None:
        raise Http404(_("There is no such study."))
    return study


def render_desk(
    request: HttpRequest,
    study: Study,
    *,
    drawing: DrawForm | None = None,
    inviting: InviteForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the desk of a study, with forms that were not accepted as they were sent."""
    page = {
        "organisation": study.organisation,
        "study": study,
        "plan": Plan.of(study),
        "parts": PARTS,
        "preview": _preview(study),
        "answered": study.respondents.filter(has_erased=False).count(),
        "invited": study.invitations.count(),
        "drawing": drawing or DrawForm(study),
        "inviting": inviting or InviteForm(label_suffix=""),
        "refusal": refusal,
        "may_edit": has_role(user_of(request), study.organisation, Role.EDITOR),
    }
    return render(request, "studies/desk/study.html", page, status=status)


def _preview(study: Study) -> list[list[str]]:
    """Tell some vignettes in each language."""
    shown = study.vignettes.filter(block=0).order_by("place")[:SHOWN]
    return [
        [tell_vignette(study, vignette.context, language) for language in LANGUAGES]
        for vignette in shown
    ]


def _store(request: HttpRequest, study: Study, form: DeskForm) -> int:
    """Store what was sent; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        form.change(study, actor=user_of(request).actor, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return 400
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 200


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "texts": Part(
            _("Title and introduction"),
            _("Say in at most 80 words what the study is about, without steering the answers."),
            TextsForm,
        ),
        "attributes": Part(
            _("What the study compares"),
            _("Tick the values to compare: two or more of each attribute, of 2 to 8 attributes."),
            AttributesForm,
            "attributes",
        ),
        "combinations": Part(
            _("What goes together"),
            _(
                "Forbid what cannot be. Name beforehand which two attributes may work together: "
                "of other pairs, that is not looked at."
            ),
            CombinationsForm,
            "combinations",
            needs_values=True,
        ),
        "wording": Part(
            _("Sentences"),
            _("A vignette is the opening and one sentence for each attribute: at most 80 words."),
            WordingForm,
            needs_values=True,
        ),
    }
)
