"""Every change to questions about several voices."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.guidelines.mandates.cells import topics
from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesKey, VoicesQuestion
from spreekruimte.guidelines.voices.queries import find_voices, name_respondent
from spreekruimte.guidelines.voices.states import STATE_NAMES, TRANSITIONS, Move, State, allows
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

FEWEST_VOICES = 2


@transaction.atomic
def ask_voices(
    *, organisation: Organisation, topic: str, new_key: bytes, actor: Actor, now: datetime
) -> VoicesQuestion:
    """Ask the public whether several voices on a topic harm or help trust.

    Parameters
    ----------
    new_key
        32 random bytes, from which pseudonyms follow.

    Raises
    ------
    ValidationError
        If there is no such topic.
    RefusedError
        If it was asked before, or there are fewer than two voices.
    """
    if topic not in topics():
        raise ValidationError(_("There is no such topic."))
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if VoicesQuestion.objects.filter(organisation=held, topic=topic).exists():
        raise RefusedError(_("The public was asked about this topic already."))
    if len(find_voices(held, topic)) < FEWEST_VOICES:
        raise RefusedError(_("There are not two published cases yet on this topic."))
    question = VoicesQuestion.objects.create(organisation=held, topic=topic, opened_at=now)
    VoicesKey.objects.create(question=question, key=new_key)
    _record(question, "ask_voices", actor=actor, now=now, topic=topic)
    return question


@transaction.atomic
def answer_voices(
    *, question: VoicesQuestion, respondent: Respondent, answer: VoicesAnswer.Answer
) -> VoicesAnswer:
    """Keep what a respondent finds; stored once this returns. The first answer stands.

    Raises
    ------
    RefusedError
        If the question is closed.
    """
    held = _hold(question, "answer")
    given: VoicesAnswer
    given, _is_new = VoicesAnswer.objects.get_or_create(
        question=held,
        pseudonym=name_respondent(held, respondent),
        defaults={"answer": answer},
    )
    return given


@transaction.atomic
def close_voices(*, question: VoicesQuestion, actor: Actor, now: datetime) -> VoicesQuestion:
    """Let nobody answer any more, and everybody see the result.

    The key is deleted, and with it the only way from an answer to who gave it.

    Raises
    ------
    RefusedError
        If it is closed already.
    """
    held = _hold(question, "close")
    held.closed_at = now
    held.save()
    VoicesKey.objects.filter(question=held).delete()
    _record(held, "close_voices", actor=actor, now=now)
    return held


def _hold(question: VoicesQuestion, move: Move) -> VoicesQuestion:
    """Lock a question for one move."""
    held = (
        VoicesQuestion.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=question.pk)
    )
    state = cast(State, held.state)
    if not allows(state, move):
        raise RefusedError(
            _("This question is %(state)s; that does not allow this step.")
            % {"state": STATE_NAMES[state]}
        )
    held.state = TRANSITIONS[state, move]
    return held


def _record(
    question: VoicesQuestion, action: str, *, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="voices",
        identifier=question.pk,
        organisation=question.organisation,
        now=now,
        details=details,
    )
