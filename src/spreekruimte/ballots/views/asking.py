"""The ballot of a citizen: judge first, then the measure, then what one likes to tell."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from spreekruimte.ballots.actions.about import tell_about
from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.confirming import can_send
from spreekruimte.ballots.forms import JUDGEMENTS, AboutForm, JudgementForm, MeasureForm
from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.ballots.models import Question
from spreekruimte.ballots.queries.mine import ballots_of, reasons_given_by
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import GivenUp, OutOfOrder
from spreekruimte.ballots.views.entering import link_to_provider
from spreekruimte.ballots.views.visiting import Visit, during_round

# With whose accounts one can come in; the pages for it are those of a room above.
NETWORKS = {"mastodon": "Mastodon", "bluesky": "Bluesky"}


@require_safe
@during_round
def show_case(visit: Visit) -> HttpResponse:
    """Show a case: with the first question, or with what the respondent answered."""
    participation = find_participation(visit.round, visit.respondent)
    if visit.standing.has_given_up:
        return visit.show("given_up")
    if participation is None or visit.standing.judgement is None:
        return _ask_judgement(visit, JudgementForm())
    ballots = ballots_of(participation)
    return visit.show(
        "mine",
        judgement=JUDGEMENTS[visit.standing.judgement],
        measure=MEASURES.get(visit.standing.measure) if visit.standing.measure is not None else "",
        votes=[each for each in ballots if each.reason_id and each.is_latest],
        reasons=reasons_given_by(participation),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def judge(visit: Visit) -> HttpResponse:
    """Ask whether the post is admissible, for the first time or again."""
    if visit.standing.has_given_up:
        raise GivenUp
    if visit.request.method != "POST":
        return _ask_judgement(visit, JudgementForm())
    form = JudgementForm(visit.request.POST)
    if not form.is_valid():
        return _ask_judgement(visit, form, status=400)
    respondent = visit.known
    cast_ballot(
        round_id=visit.round.pk,
        respondent=respondent,
        answer=Answer(Question.JUDGEMENT, form.cleaned_data["answer"]),
        now=visit.now,
    )
    return visit.let_in(visit.go("ballots:measure", "saved"), respondent)


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def choose_measure(visit: Visit) -> HttpResponse:
    """Ask what the employer should do."""
    if visit.respondent is None or visit.standing.judgement is None:
        raise OutOfOrder
    if visit.request.method != "POST":
        return _ask_measure(visit, MeasureForm(initial={"answer": visit.standing.measure}))
    form = MeasureForm(visit.request.POST)
    if not form.is_valid():
        return _ask_measure(visit, form, status=400)
    cast_ballot(
        round_id=visit.round.pk,
        respondent=visit.respondent,
        answer=Answer(Question.MEASURE, form.cleaned_data["answer"]),
        now=visit.now,
    )
    return visit.go("ballots:reasons", "saved")


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def ask_about(visit: Visit) -> HttpResponse:
    """Ask what the respondent likes to tell about themselves."""
    if visit.respondent is None or visit.standing.judgement is None:
        raise OutOfOrder
    if visit.request.method != "POST":
        return visit.show("about", form=AboutForm(initial=dict(visit.standing.about)))
    form = AboutForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("about", status=400, form=form)
    tell_about(round_=visit.round, told={visit.respondent: form.cleaned_data}, now=visit.now)
    return visit.go("ballots:thanks", "about")


def _ask_judgement(visit: Visit, form: JudgementForm, *, status: int = 200) -> HttpResponse:
    current = visit.standing.judgement
    response = visit.show(
        "judgement",
        status=status,
        form=form,
        answers=JUDGEMENTS.items(),
        current=None if current is None else JUDGEMENTS[current],
        can_confirm=can_send(),
        networks=NETWORKS.items(),
        provider=settings.OPENID_CONNECT,
        link_to_provider=link_to_provider(visit.case.id),
    )
    return visit.remember(response)


def _ask_measure(visit: Visit, form: MeasureForm, *, status: int = 200) -> HttpResponse:
    return visit.show("measure", status=status, form=form)
