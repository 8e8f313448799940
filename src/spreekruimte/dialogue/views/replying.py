"""Where a public servant and an organisation take part: by their office, never by name."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.forms.consent import CodeForm
from spreekruimte.cases.models import Case
from spreekruimte.cases.permissions import may_consent
from spreekruimte.cases.queries import case_with_code, preview_case
from spreekruimte.cases.views.found import user_of
from spreekruimte.dialogue.actions.moderating import appeal_message
from spreekruimte.dialogue.actions.saying import TALKED_ABOUT, Said, say, say_as_organisation
from spreekruimte.dialogue.forms import OfficeForm
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.dialogue.queries.own import messages_of
from spreekruimte.dialogue.queries.threads import Row, dialogue_of
from spreekruimte.dialogue.voices import (
    Voice,
    colleague_voice,
    organisation_voice,
    servant_voice,
)
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.refusals import RefusedError


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an own case; with it, show what is said and take what is answered."""
    if request.method != "POST":
        return render(request, "dialogue/code.html", {"form": CodeForm(label_suffix="")})
    form = CodeForm(request.POST, label_suffix="")
    case = case_with_code(form.cleaned_data["code"]) if form.is_valid() else None
    if case is None:
        if form.is_valid():
            form.add_error("code", _("We do not know this code. Look whether you typed it right."))
        return render(request, "dialogue/code.html", {"form": form}, status=400)
    if not may_consent(request.user, case.organisation):
        raise PermissionDenied(_("Whoever prepares a case cannot reply for the public servant."))
    code = form.cleaned_data["code"]
    if case.state not in TALKED_ABOUT:
        form.add_error("code", _("There is no dialogue about this case now."))
        return render(request, "dialogue/code.html", {"form": form}, status=409)
    return _reply_with(request, case, code)


def _reply_with(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    try:
        voice = servant_voice(case, code)
    except RefusedError as error:
        asked = CodeForm(request.POST, label_suffix="")
        asked.add_error("code", str(error))
        return render(request, "dialogue/code.html", {"form": asked}, status=409)
    rows = dialogue_of(case).rows
    form, status = _act(request, case, voice, rows)
    if status == 200:
        # Also what was said just now.
        rows = dialogue_of(case).rows
        form = _blank(rows)
    page: dict[str, object] = {"code": code, "voice": voice.speaker, "rows": rows}
    return _show(request, case, voice, form, page, status)


@require_role(Role.EDITOR, Role.PUBLIC_SERVANT)
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Let an editor speak for the organisation, and a public servant as one of its colleagues."""
    case = Case.objects.filter(pk=identifier, organisation=organisation).first()
    if case is None or case.state not in TALKED_ABOUT:
        raise Http404(_("There is no dialogue about this case now."))
    try:
        voice = _voice_of(user_of(request), organisation, case)
    except RefusedError as error:
        raise Http404(str(error)) from error
    rows = dialogue_of(case).rows
    form, status = _act(request, case, voice, rows)
    if request.method == "POST" and status == 200:
        return redirect("dialogue:speak", organisation.slug, case.pk)
    page: dict[str, object] = {"organisation": organisation, "code": ""}
    page |= {"voice": voice.speaker, "rows": rows}
    return _show(request, case, voice, form, page, status)


def _voice_of(user: User, organisation: Organisation, case: Case) -> Voice:
    """Give the voice of a member: of the organisation for editors, else of a colleague."""
    if has_role(user, organisation, Role.EDITOR):
        return organisation_voice(case)
    return colleague_voice(case, user)


def _blank(rows: Sequence[Row]) -> OfficeForm:
    return OfficeForm(shown=_shown(rows))


def _shown(rows: Sequence[Row]) -> list[Message]:
    return [row.message for row in rows if row.is_readable]


def _act(
    request: HttpRequest, case: Case, voice: Voice, rows: Sequence[Row]
) -> tuple[OfficeForm, int]:
    """Do what was chosen; give the form to go on with, and the status of the answer."""
    step = request.POST.get("step")
    if step == "say":
        return _take(request, case, voice, rows)
    return _take_appeal(request, case, voice, rows) if step == "appeal" else (_blank(rows), 200)


def _take(
    request: HttpRequest, case: Case, voice: Voice, rows: Sequence[Row]
) -> tuple[OfficeForm, int]:
    form = OfficeForm(shown=_shown(rows), data=request.POST.dict())
    if not form.is_valid():
        return form, 400
    said = Said(form.cleaned_data["content"], read_language(), form.parent_message)
    now = timezone.now()
    try:
        if voice.speaker == Speaker.ORGANISATION:
            actor = user_of(request).actor
            message = say_as_organisation(case=case, voice=voice, said=said, actor=actor, now=now)
        else:
            message = say(case=case, voice=voice, said=said, now=now)
    except RefusedError as error:
        form.add_error("content", str(error))
        return form, 409
    is_shown = message.state == Message.State.SHOWN
    messages.success(
        request,
        _("Your message is there. Others can answer it.")
        if is_shown
        else _("Your message is saved. A moderator reads it first."),
    )
    return _blank(rows), 200


def _take_appeal(
    request: HttpRequest, case: Case, voice: Voice, rows: Sequence[Row]
) -> tuple[OfficeForm, int]:
    form = _blank(rows)
    number = request.POST.get("message", "")
    own = Message.objects.filter(case=case, author=voice.author)
    message = (
        own.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    )
    if message is None:
        raise Http404(_("There is no such message of yours."))
    try:
        appeal_message(message=message, voice=voice, now=timezone.now())
    except RefusedError as error:
        messages.error(request, str(error))
        return form, 409
    messages.success(request, _("A moderator will look at your message again."))
    return form, 200


def _show(
    request: HttpRequest,
    case: Case,
    voice: Voice,
    form: OfficeForm,
    page: dict[str, object],
    status: int,
) -> HttpResponse:
    page |= {
        "case": preview_case(case, framing=None, side="post", language=read_language()),
        "form": form,
        "own": messages_of(case, voice.author),
    }
    template = "dialogue/reply.html" if page["code"] else "dialogue/desk/speak.html"
    return render(request, template, page, status=status)
