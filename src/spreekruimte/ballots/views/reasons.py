"""Reasons, as citizens meet them: vote on those of others one at a time, and give one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.moderating import appeal_reason
from spreekruimte.ballots.actions.reasons import AlreadyGivenError, edit_reason, give_reason
from spreekruimte.ballots.forms import VOTES, ReasonForm, VoteForm
from spreekruimte.ballots.models import Question, Reason
from spreekruimte.ballots.queries.reasons import reasons_like
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import BallotRefusedError, NoSuchReason, OutOfOrder
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.routing import choose_reason
from spreekruimte.ballots.views.visiting import Visit, during_round, read_language
from spreekruimte.organisations.refusals import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def vote_on_reasons(visit: Visit) -> HttpResponse:
    """Show the reason to vote on next, and take the vote on the one before it."""
    respondent = _expect_judge(visit)
    if visit.request.method != "POST":
        return _show_next(visit)
    form = VoteForm(visit.request.POST)
    if not form.is_valid():
        return _show_next(visit, form, status=400)
    answer = Answer(Question.REASON, form.cleaned_data["answer"], form.cleaned_data["reason"])
    try:
        cast_ballot(round_id=visit.round.pk, respondent=respondent, answer=answer, now=visit.now)
    except NoSuchReason:
        return visit.go("ballots:reasons", "gone")
    return visit.go("ballots:reasons")


@require_http_methods(["GET", "HEAD"])
@during_round
def show_reason(visit: Visit, reason_id: int) -> HttpResponse:
    """Show one reason, for who wants to vote on it again."""
    _expect_judge(visit)
    reason = Reason.objects.filter(
        pk=reason_id, round=visit.round, state=Reason.State.SHOWN
    ).first()
    if reason is None:
        return visit.go("ballots:reasons", "gone")
    current = visit.standing.reasons.get(reason.pk)
    return visit.show(
        "reason",
        reason=reason,
        answers=VOTES.items(),
        current=None if current is None else VOTES[current],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def give(visit: Visit) -> HttpResponse:
    """Ask for a reason of the respondent's own."""
    respondent = _expect_judge(visit)
    if visit.request.method != "POST":
        return visit.show("give_reason", form=ReasonForm())
    form = ReasonForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("give_reason", status=400, form=form)
    alike = _find_alike(visit, form)
    if alike:
        return visit.show("give_reason", status=409, form=form, alike=alike)

    def store() -> HttpResponse:
        given = give_reason(
            round=visit.round,
            respondent=respondent,
            content=form.cleaned_data["content"],
            language=read_language(),
            now=visit.now,
        )
        is_shown = given.reason.state == Reason.State.SHOWN
        return visit.go("ballots:reasons", "reason" if is_shown else "waiting")

    return _store_or_show(visit, store, "give_reason", form)


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def change(visit: Visit, reason_id: int) -> HttpResponse:
    """Let the respondent change a reason of their own, while nobody else voted on it."""
    respondent = _expect_judge(visit)
    reason = _own_reason(visit, reason_id)
    if visit.request.method != "POST":
        form = ReasonForm(initial={"content": reason.content})
        return visit.show("change_reason", form=form, reason=reason)
    form = ReasonForm(visit.request.POST)
    if not form.is_valid():
        return visit.show("change_reason", status=400, form=form, reason=reason)

    def store() -> HttpResponse:
        edit_reason(
            reason=reason,
            respondent=respondent,
            content=form.cleaned_data["content"],
            language=read_language(),
            now=visit.now,
        )
        return visit.go("ballots:case", "changed")

    return _store_or_show(visit, store, "change_reason", form, reason=reason)


@require_http_methods(["GET", "HEAD", "POST"])
@during_round
def appeal(visit: Visit, reason_id: int) -> HttpResponse:
    """Let the respondent ask for another look at a reason of their own that was hidden."""
    respondent = _expect_judge(visit)
    reason = _own_reason(visit, reason_id)
    if visit.request.method != "POST":
        return visit.show("appeal", reason=reason)
    appeal_reason(reason=reason, respondent=respondent, now=visit.now)
    return visit.go("ballots:case", "appealed")


def _store_or_show(
    visit: Visit,
    store: Callable[[], HttpResponse],
    page: str,
    form: ReasonForm,
    **shown: object,
) -> HttpResponse:
    """Store a reason, or lead to the one that says the same, or show what is wrong with it."""
    try:
        return store()
    except AlreadyGivenError as there:
        return visit.go("ballots:reason", "there", reason_id=there.reason.pk)
    except BallotRefusedError:
        raise
    except RefusedError as refusal:
        form.add_error("content", str(refusal))
        return visit.show(page, status=400, form=form, **shown)


def _expect_judge(visit: Visit) -> Respondent:
    """Return who visits, if they have come as far as the reasons."""
    if visit.respondent is None or visit.standing.step != "reasons":
        raise OutOfOrder
    return visit.respondent


def _find_alike(visit: Visit, form: ReasonForm) -> list[Reason]:
    """Return what the respondent may rather vote on, unless they said that theirs is different."""
    if "different" in visit.request.POST:
        return []
    return reasons_like(visit.round, form.cleaned_data["content"])


def _own_reason(visit: Visit, reason_id: int) -> Reason:
    author = find_participation(visit.round, visit.respondent)
    reason = Reason.objects.filter(pk=reason_id, round=visit.round, author=author).first()
    if reason is None or author is None:
        raise Http404(_("There is no such reason of yours."))
    return reason


def _show_next(visit: Visit, form: VoteForm | None = None, *, status: int = 200) -> HttpResponse:
    reason = choose_reason(
        round_id=visit.round.pk,
        pseudonym=visit.standing.pseudonym,
        answered=visit.standing.reasons.keys(),
    )
    return visit.show(
        "reason" if reason else "no_reason",
        status=status,
        reason=reason,
        form=form,
        answers=VOTES.items(),
        current=None,
    )
