"""The dialogue of a case, as citizens read it and take part."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.ballots.entering import let_in, newcomer
from spreekruimte.ballots.forms import VOTES
from spreekruimte.ballots.limits import client_of, is_within
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.views.visiting import read_language, read_number
from spreekruimte.cases.queries import case_for_public
from spreekruimte.dialogue.actions.moderating import appeal_message
from spreekruimte.dialogue.actions.saying import Said, say
from spreekruimte.dialogue.actions.voting import vote_on_message
from spreekruimte.dialogue.forms import MessageForm, MessageVoteForm
from spreekruimte.dialogue.models import Message
from spreekruimte.dialogue.queries.own import messages_of
from spreekruimte.dialogue.queries.quality import measure_quality
from spreekruimte.dialogue.queries.threads import Row, dialogue_of
from spreekruimte.dialogue.showing import list_figures
from spreekruimte.dialogue.voices import citizen_voice
from spreekruimte.organisations.models import Role
from spreekruimte.organisations.permissions import has_role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.views.looking import Look, to_page

# A phone shows two or three of them at a time.
PAGE = 20
MOST_IN_AN_HOUR = 60
# What the page says about the step before it; the address holds the word.
NOTES: dict[str, str | Promise] = {
    "said": gettext_lazy("Your message is there. Others can answer it."),
    "waiting": gettext_lazy("Your message is saved. A moderator reads it first."),
    "voted": gettext_lazy("Your answer is saved."),
    "appealed": gettext_lazy("A moderator will look at your message again."),
}


@require_safe
@to_page
def show_dialogue(look: Look) -> HttpResponse:
    """Show what is said about a case, what people agree on, and how the conversation goes."""
    _expect_dialogue(look)
    reader = _reader(look)
    dialogue = dialogue_of(look.case, reader=reader)
    start = _start_of_page(look, dialogue.rows)
    rows = dialogue.rows[start : start + PAGE]
    page = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "organisation": look.case.organisation,
        "may_speak": has_role(
            look.request.user, look.case.organisation, Role.EDITOR, Role.PUBLIC_SERVANT
        ),
        "rows": rows,
        "span": (start + 1, start + len(rows), len(dialogue.rows)),
        "previous": f"?start={max(start - PAGE, 0)}" if start else "",
        "next": f"?start={start + PAGE}" if dialogue.rows[start + PAGE :] else "",
        "shared": dialogue.shared,
        "counted": dialogue.counted,
        "figures": list_figures(
            measure_quality(dialogue.messages, figures=dialogue.counted.figures, now=look.now)
        ),
        "own": messages_of(look.case, reader),
        "answers": VOTES.items(),
        "note": NOTES.get(look.request.GET.get("note", "")),
    }
    return render(look.request, "dialogue/dialogue.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@to_page
def say_something(look: Look, message_id: int | None = None) -> HttpResponse:
    """Ask for a message, which may answer another one, and keep it."""
    _expect_dialogue(look)
    parent = None if message_id is None else _find_message(look, message_id)
    form = MessageForm(look.request.POST or None, label_suffix="")
    if look.request.method != "POST":
        return _show_form(look, form, parent)
    if not form.is_valid():
        return _show_form(look, form, parent, status=400)
    respondent = look.respondent or newcomer(look.request)
    said = Said(form.cleaned_data["content"], read_language(), parent)
    try:
        _count(look)
        voice = citizen_voice(look.case, respondent)
        message = say(case=look.case, voice=voice, said=said, now=look.now)
    except RefusedError as refusal:
        form.add_error("content", str(refusal))
        return _show_form(look, form, parent, status=409)
    is_shown = message.state == Message.State.SHOWN
    return _go(look, respondent, "said" if is_shown else "waiting", message if is_shown else None)


@require_POST
@to_page
def vote(look: Look, message_id: int) -> HttpResponse:
    """Take whether somebody agrees with a message."""
    _expect_dialogue(look)
    message = _find_message(look, message_id)
    form = MessageVoteForm(look.request.POST)
    if not form.is_valid():
        return _refuse(look, _("Choose one of the answers."), status=400)
    respondent = look.respondent or newcomer(look.request)
    try:
        _count(look)
        voice = citizen_voice(look.case, respondent)
        vote_on_message(message=message, voice=voice, answer=form.cleaned_data["answer"])
    except RefusedError as refusal:
        return _refuse(look, str(refusal))
    return _go(look, respondent, "voted", message)


@require_http_methods(["GET", "HEAD", "POST"])
@to_page
def appeal(look: Look, message_id: int) -> HttpResponse:
    """Let somebody ask for another look at a message of their own that was hidden."""
    reader = _reader(look)
    own = Message.objects.filter(pk=message_id, case=look.case, author=reader).exclude(author="")
    message = own.first()
    if message is None or look.respondent is None:
        raise Http404(_("There is no such message of yours."))
    if look.request.method != "POST":
        page = {"case": case_for_public(look.case.pk, language=read_language())}
        return render(look.request, "dialogue/appeal.html", page | {"message": message})
    try:
        voice = citizen_voice(look.case, look.respondent)
        appeal_message(message=message, voice=voice, now=look.now)
    except RefusedError as refusal:
        return _refuse(look, str(refusal))
    return _go(look, look.respondent, "appealed", None)


def _expect_dialogue(look: Look) -> None:
    """Answer 404 for a case that is not talked about, because it is protected or never asked."""
    if look.case.state == "protected" or look.latest is None:
        raise Http404(_("There is no dialogue about this case."))


def _start_of_page(look: Look, rows: Sequence[Row]) -> int:
    """Give the first row of the page that is asked for: by its place, or by a message on it."""
    message = read_number(look.request, "message")
    if message is None:
        return read_number(look.request, "start") or 0
    places = (place for place, row in enumerate(rows) if row.message.pk == message)
    return next(places, 0) // PAGE * PAGE


def _reader(look: Look) -> str:
    """Give as whom somebody reads; empty for who takes no part."""
    if look.respondent is None:
        return ""
    return pseudonym_of(look.case.pk, look.respondent) or ""


def _find_message(look: Look, message_id: int) -> Message:
    shown = Message.objects.filter(pk=message_id, case=look.case, state=Message.State.SHOWN)
    message = shown.first()
    if message is None:
        raise Http404(_("There is no such message."))
    return message


def _count(look: Look) -> None:
    """Keep one computer from flooding a dialogue."""
    client = client_of(look.request)
    if not is_within("dialogue", client, most=MOST_IN_AN_HOUR, now=look.now):
        raise RefusedError(_("You tried too often. Wait an hour and try again."))


def _show_form(
    look: Look, form: MessageForm, parent: Message | None, *, status: int = 200
) -> HttpResponse:
    page = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "form": form,
        "parent": parent,
    }
    return render(look.request, "dialogue/say.html", page, status=status)


def _refuse(look: Look, sentence: str, *, status: int = 409) -> HttpResponse:
    case = case_for_public(look.case.pk, language=read_language())
    page = {"case": case, "sentence": sentence}
    return render(look.request, "dialogue/refused.html", page, status=status)


def _go(look: Look, respondent: Respondent, note: str, message: Message | None) -> HttpResponse:
    """Send the browser to the dialogue, at the message, and let it remember who it is."""
    query = {"note": note} | ({"message": message.pk} if message else {})
    address = reverse("dialogue:dialogue", args=[look.case.pk], query=query)
    response = redirect(f"{address}#message-{message.pk}" if message else address)
    assert look.latest is not None  # noqa: S101 - there is a dialogue only where there is one
    return let_in(response, respondent, case_id=look.case.pk, round_id=look.latest.pk)
