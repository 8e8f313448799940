"""The forms of the editor's desk: one page for each subject of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spreekruimte.cases.actions.changing import as_read
from spreekruimte.cases.attributes import groups
from spreekruimte.cases.bank import FRAMINGS
from spreekruimte.cases.forms.context import ContextForm, FactsForm
from spreekruimte.cases.forms.gates import CeilingForm, CoolingOffForm, FloorForm
from spreekruimte.cases.forms.shares import SharesForm
from spreekruimte.cases.forms.sources import SourcesForm
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.forms.texts import DescriptionForm, TellingsForm
from spreekruimte.cases.gates.texts import PLACE_NAMES
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of a case, with the form for it.

    Attributes
    ----------
    key
        The end of its address.
    part
        Which one it is of several pages about one thing, such as a framing.
    following
        The key of the next of those pages.
    """

    key: str
    title: object
    intro: object
    make_form: Callable[[EditorCase, QueryDict | None], SubjectForm]
    template: str = "cases/subject.html"
    part: object = ""
    following: str = ""

    @property
    def name(self) -> str:
        """The name of its address."""
        return self.key.replace("/", "-")


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_subject(
    request: HttpRequest, organisation: Organisation, identifier: int, key: str
) -> HttpResponse:
    """Show the form of a subject; store it, and go back to the desk or on to the next page."""
    subject = SUBJECTS[key]
    found = find_case(organisation, identifier)
    form = subject.make_form(found, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _store(request, found, form)
        if status == 200:
            messages.success(request, _("Stored."))
            return redirect(_choose_way(request, organisation, identifier, subject))
    page = {"organisation": organisation, "found": found, "subject": subject, "form": form}
    return render(request, subject.template, page, status=status)


def _store(request: HttpRequest, found: EditorCase, form: SubjectForm) -> int:
    """Store what was filled in; give the status, with what is wrong in the form."""
    if not form.is_valid():
        return 400
    try:
        with as_read(found.case, version=form.cleaned_data["version"]) as case:
            form.change(case, actor=user_of(request).actor, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return 400
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    return 200


def _choose_way(
    request: HttpRequest, organisation: Organisation, identifier: int, subject: Subject
) -> str:
    name = "desk"
    if "go_on" in request.POST and subject.following:
        name = SUBJECTS[subject.following].name
    return reverse(f"cases:{name}", args=(organisation.slug, identifier))


def _tellings() -> Iterator[Subject]:
    for framing, following in zip(FRAMINGS, (*FRAMINGS[1:], ""), strict=True):
        yield Subject(
            f"tellings/{framing}",
            _("The post and its mirror"),
            _(
                "Each framing tells what the one before it tells, and more. Citizens see one of "
                "them. The mirror is the same post with the political direction turned round."
            ),
            partial(TellingsForm, framing),
            template="cases/tellings.html",
            part=PLACE_NAMES[framing],
            following=following and f"tellings/{following}",
        )


def _contexts() -> Iterator[Subject]:
    keys = tuple(groups())
    for group, following in zip(keys, (*keys[1:], ""), strict=True):
        yield Subject(
            f"context/{group}",
            _("Context"),
            _("Answer what you know. What you do not know, you leave at “Not known”."),
            partial(ContextForm, group),
            template="cases/context.html",
            part=groups()[group],
            following=following and f"context/{following}",
        )


def _list_subjects() -> Iterator[Subject]:
    yield Subject(
        "description",
        _("Description"),
        _(
            "Tell in at most 80 words what happened: neutrally, and in your own words. Name no "
            "person, place or date that leads to somebody."
        ),
        DescriptionForm,
    )
    yield from _tellings()
    yield Subject(
        "shares",
        _("Who sees which text"),
        _(
            "Citizens are asked on one text each, drawn by lot. Only texts that are written in "
            "both languages take part; the share of another framing goes to those that are. The "
            "verdict rests on those who saw the post with all context."
        ),
        SharesForm,
    )
    yield from _contexts()
    yield Subject(
        "facts",
        _("Facts for citizens"),
        _(
            "Choose at most six facts that citizens see beside the text, in this order. You can "
            "choose what you answered about the context and what may be shown."
        ),
        FactsForm,
        template="cases/facts.html",
    )
    yield Subject(
        "ceiling",
        _("Ceiling: could this be a crime?"),
        _(
            "What is possibly a crime is never put to the vote. You do not have to judge it: if "
            "you hesitate, choose “Not sure”. Then the case stops."
        ),
        CeilingForm,
    )
    yield Subject(
        "rights-floor",
        _("Rights floor"),
        _(
            "Some things no majority can vote away. Where they apply, the post is protected, and "
            "there is no vote."
        ),
        FloorForm,
    )
    yield Subject(
        "cooling-off",
        _("Cooling-off and open procedures"),
        _(
            "A real post is at least six months old before it is put to the vote, and nothing "
            "about it is still being decided."
        ),
        CoolingOffForm,
    )
    yield Subject(
        "sources",
        _("Sources"),
        _("What can be cited for this case. A source leads to a person."),
        SourcesForm,
        template="cases/sources.html",
    )


SUBJECTS: Mapping[str, Subject] = MappingProxyType({each.key: each for each in _list_subjects()})
