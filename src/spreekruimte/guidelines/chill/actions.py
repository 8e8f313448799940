"""Every change to surveys of public servants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.inviting import draw_codes
from spreekruimte.ballots.invitations import invited_with
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.chill.measuring import METHOD, measure_survey
from spreekruimte.guidelines.chill.models import (
    MOST_CASES,
    Survey,
    SurveyAnswer,
    SurveyCase,
    SurveyInvitation,
    SurveyKey,
    SurveyRespondent,
    SurveyResult,
)
from spreekruimte.guidelines.chill.queries import Turn, find_turn, name_respondent
from spreekruimte.guidelines.chill.states import STATE_NAMES, TRANSITIONS, Move, State, allows
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError


@transaction.atomic
def open_survey(
    *,
    version: Version,
    cases: Sequence[Case],
    entry: Survey.Entry,
    new_key: bytes,
    actor: Actor,
    now: datetime,
) -> Survey:
    """Ask public servants about cases of which the verdict is published.

    Parameters
    ----------
    version
        The guideline that they are to think of: "today's rules".
    cases
        1 to 12, each once.
    new_key
        32 random bytes, from which pseudonyms and orders follow.

    Raises
    ------
    ValidationError
        If there are no cases, too many, one twice, or one without a published verdict.
    """
    chosen = {case.pk for case in cases}
    if not 1 <= len(cases) <= MOST_CASES or len(chosen) < len(cases):
        raise ValidationError(_("Choose 1 to %(most)d cases.") % {"most": MOST_CASES})
    if chosen - {each.case_id for each in find_findings(version.guideline.organisation)}:
        raise ValidationError(_("Choose cases of which the verdict is published."))
    survey = Survey.objects.create(version=version, entry=entry, opened_at=now)
    SurveyKey.objects.create(survey=survey, key=new_key)
    SurveyCase.objects.bulk_create(
        SurveyCase(survey=survey, case=case, place=place) for place, case in enumerate(cases)
    )
    _record(survey, "open_survey", actor=actor, now=now, cases=len(cases))
    return survey


@transaction.atomic
def invite_to_survey(
    *,
    survey: Survey,
    count: int,
    made: int,
    draw: Callable[[int], bytes],
    actor: Actor,
    now: datetime,
) -> list[str]:
    """Make codes for a survey. They are given back once and kept nowhere.

    Parameters
    ----------
    count
        How many.
    made
        How many there were on the screen: a form that is sent twice makes no codes twice.
    draw
        Gives so many random bytes.

    Raises
    ------
    RefusedError
        If there are to be none or too many, codes were made meanwhile, nobody comes in with a
        code, or the survey is not open.
    """
    codes = draw_codes(count, draw)
    held = _hold(survey, "answer")
    if held.entry != Survey.Entry.CODE:
        raise RefusedError(_("In this survey people sign in: there are no codes."))
    if held.invitations.count() != made:
        raise RefusedError(_("Codes were made after you opened this page. Open it again for more."))
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=held, digest=invited_with(code).key) for code in codes
    )
    _record(held, "invite_to_survey", actor=actor, now=now, count=count)
    return codes


@transaction.atomic
def answer_case(
    *, survey: Survey, respondent: Respondent, place: int, answer: SurveyAnswer.Answer
) -> Turn:
    """Keep what a respondent would do in the case that comes now; stored once this returns.

    An answer to another case, sent twice or after going back, changes nothing: the first stands.

    Parameters
    ----------
    place
        Of the case that was on the screen.

    Returns
    -------
    Turn
        What comes next.

    Raises
    ------
    RefusedError
        If the survey is not open.
    """
    held = _hold(survey, "answer")
    turn = find_turn(held, respondent)
    if turn.asked is None or place != turn.asked.place:
        return turn
    somebody, _is_new = SurveyRespondent.objects.get_or_create(
        survey=held, pseudonym=name_respondent(held, respondent)
    )
    SurveyAnswer.objects.create(respondent=somebody, asked=turn.asked, answer=answer)
    return find_turn(held, respondent)


@transaction.atomic
def close_survey(*, survey: Survey, actor: Actor, now: datetime) -> Survey:
    """Let nobody answer any more.

    The key and the invitations are deleted, and with them the only way from an answer to whoever
    gave it.

    Raises
    ------
    RefusedError
        If the survey is not open.
    """
    held = _hold(survey, "close")
    held.closed_at = now
    held.save()
    SurveyKey.objects.filter(survey=held).delete()
    held.invitations.all().delete()
    _record(held, "close_survey", actor=actor, now=now)
    return held


@transaction.atomic
def publish_survey(*, survey: Survey, actor: Actor, now: datetime) -> Survey:
    """Count the answers beside the verdicts as they are now, and let everybody see what came out.

    Raises
    ------
    RefusedError
        If the survey is not closed.
    """
    held = _hold(survey, "publish")
    held.published_at = now
    held.save()
    SurveyResult.objects.create(survey=held, method=METHOD, figures=measure_survey(held))
    _record(held, "publish_survey", actor=actor, now=now)
    return held


def _hold(survey: Survey, move: Move) -> Survey:
    """Lock a survey for one move."""
    held = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("version__guideline__organisation")
        .get(pk=survey.pk)
    )
    state = cast(State, held.state)
    if not allows(state, move):
        raise RefusedError(
            _("This survey is %(state)s; that does not allow this step.")
            % {"state": STATE_NAMES[state]}
        )
    held.state = TRANSITIONS[state, move]
    return held


def _record(
    survey: Survey, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="survey",
        identifier=survey.pk,
        organisation=survey.version.guideline.organisation,
        now=now,
        details=details,
    )
