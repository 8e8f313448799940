"""Voices: for everybody, and at the desk of an organisation."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spreekruimte.ballots.entering import browser_of, newcomer, remember_browser
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.views.found import user_of
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.guidelines.mandates.cells import name_topic, topics
from spreekruimte.guidelines.permissions import may_edit_guidelines
from spreekruimte.guidelines.voices.actions import answer_voices, ask_voices, close_voices
from spreekruimte.guidelines.voices.forms import AnswerForm
from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesQuestion
from spreekruimte.guidelines.voices.queries import (
    count_answers,
    find_answer,
    find_question,
    find_topics,
    find_voices,
    questions_of,
)
from spreekruimte.guidelines.voices.showing import draw, measure_shares, say_shares
from spreekruimte.look.numbers import write_percent, write_range
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.views.pictures import give_picture


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of an organisation, with how many cases it has and what the public is asked."""

    id: str
    name: Bilingual
    cases: int
    question: VoicesQuestion | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One case, and in words what the public found of it."""

    finding: Finding
    share: str
    range: str


@require_safe
def list_topics(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the topics on which an organisation has published cases."""
    organisation = get_object_or_404(Organisation, slug=slug)
    page = {"organisation": organisation, "topics": _list_topics(organisation)}
    response = render(request, "voices/list.html", page)
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Show the voices on a topic side by side; ask the public what they do to trust."""
    organisation = get_object_or_404(Organisation, slug=slug)
    voices = _find_voices(organisation, topic)
    question = find_question(organisation, topic)
    if request.method == "POST":
        if question is None:
            raise Http404(_("The public is not asked about this topic."))
        return _take(request, organisation, voices, question)
    return _show(request, organisation, topic, voices, question)


@require_safe
def download(request: HttpRequest, slug: str, topic: str, kind: str) -> HttpResponse:
    """Give the picture of the answers as SVG, or its numbers as CSV, to who may see them."""
    organisation = get_object_or_404(Organisation, slug=slug)
    question = find_question(organisation, topic)
    if question is None or not _may_see(request, question):
        raise Http404(_("The result is shown after one's own answer."))
    picture = draw(count_answers(question))
    if picture is None:
        raise Http404(_("There is no such picture."))
    simulated = any(each.is_simulated for each in find_voices(organisation, topic))
    label = _("Demonstration: the people here are simulated.") if simulated else ""
    response = give_picture(picture, f"{slug}-voices-{topic}", kind, label=label)
    response["Cache-Control"] = "private, no-store"
    return response


@require_role(Role.EDITOR, Role.AUDITOR)
@require_safe
def show_desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the topics, and what the public is asked about each."""
    return _show_desk(request, organisation)


@require_role(Role.EDITOR)
@require_POST
def ask(request: HttpRequest, organisation: Organisation, topic: str) -> HttpResponse:
    """Ask the public about a topic."""
    _require_topic(topic)
    try:
        ask_voices(
            organisation=organisation,
            topic=topic,
            new_key=secrets.token_bytes(32),
            actor=user_of(request).actor,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return _show_desk(request, organisation, refusal=str(refusal), status=409)
    messages.success(request, _("The public is asked about this topic now."))
    return redirect("voices:desk", organisation.slug)


@require_role(Role.EDITOR)
@require_POST
def close(request: HttpRequest, organisation: Organisation, topic: str) -> HttpResponse:
    """Close the question about a topic."""
    question = find_question(organisation, topic)
    if question is None:
        raise Http404
    try:
        close_voices(question=question, actor=user_of(request).actor, now=timezone.now())
    except RefusedError as refusal:
        return _show_desk(request, organisation, refusal=str(refusal), status=409)
    messages.success(request, _("The question is closed. Everybody sees the result."))
    return redirect("voices:desk", organisation.slug)


def _take(
    request: HttpRequest,
    organisation: Organisation,
    voices: Sequence[Finding],
    question: VoicesQuestion,
) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, organisation, question.topic, voices, question, form=form)
    known = browser_of(request)
    respondent = known or newcomer(request)
    try:
        answer_voices(question=question, respondent=respondent, answer=form.cleaned_data["answer"])
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, organisation, question.topic, voices, question, form=form)
    response = redirect("voices:topic", organisation.slug, question.topic)
    return response if known else remember_browser(response, respondent)


def _show(
    request: HttpRequest,
    organisation: Organisation,
    topic: str,
    voices: Sequence[Finding],
    question: VoicesQuestion | None,
    *,
    form: AnswerForm | None = None,
) -> HttpResponse:
    page: dict[str, object] = {
        "organisation": organisation,
        "topic": topic,
        "name": name_topic(topic),
        "voices": [_tell(each) for each in voices],
        "simulated": any(each.is_simulated for each in voices),
        "question": question,
        "form": form,
        "answers": VoicesAnswer.Answer.choices,
    }
    if question is not None and _may_see(request, question):
        counts = count_answers(question)
        page |= {"sentence": say_shares(measure_shares(counts)), "picture": draw(counts)}
    status = 200 if form is None else 409 if question and question.state == "closed" else 400
    return render(request, "voices/topic.html", page, status=status)


def _may_see(request: HttpRequest, question: VoicesQuestion) -> bool:
    """Tell whether somebody may see the result: once they answered, or the question is closed."""
    if question.state == "closed":
        return True
    return find_answer(question, browser_of(request)) is not None


def _tell(finding: Finding) -> Voice:
    share = finding.share
    return Voice(
        finding,
        "" if share.estimate is None else write_percent(share.estimate),
        write_range(share.low, share.high),
    )


def _find_voices(organisation: Organisation, topic: str) -> Sequence[Finding]:
    _require_topic(topic)
    voices = find_voices(organisation, topic)
    if not voices:
        raise Http404(_("There are no published cases on this topic."))
    return voices


def _require_topic(topic: str) -> None:
    if topic not in topics():
        raise Http404(_("There is no such topic."))


def _list_topics(organisation: Organisation) -> list[Topic]:
    questions = questions_of(organisation)
    return [
        Topic(topic, name_topic(topic), len(found), questions.get(topic))
        for topic, found in find_topics(organisation).items()
    ]


def _show_desk(
    request: HttpRequest, organisation: Organisation, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    page = {
        "organisation": organisation,
        "topics": _list_topics(organisation),
        "may_edit": may_edit_guidelines(request.user, organisation),
        "refusal": refusal,
    }
    return render(request, "voices/desk.html", page, status=status)
