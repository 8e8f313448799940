"""Reasons that respondents give, each with the agreement of who wrote it; and those of editors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.actions.casting import Answer, Cast, cast_ballot
from spreekruimte.ballots.actions.rounds import Seed, check_seeds
from spreekruimte.ballots.models import Ballot, Moderation, Participation, Question, Reason, Round
from spreekruimte.ballots.queries.rounds import open_rounds
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import OutOfOrder, RoundIsOver
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.wording import compare_form, suspect, tidy_reason
from spreekruimte.cases.sentences import Language
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

MOST_REASONS = 3


class AlreadyGivenError(RefusedError):
    """There is a reason with this text; it can be voted on instead.

    Attributes
    ----------
    reason
        The one that is there.
    """

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(_("This reason is there already. You can vote on that one."))


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason that was kept.

    Attributes
    ----------
    cast
        The agreement of who wrote it.
    names_someone
        Whether it seems to lead to a person, so that a moderator sees it first.
    """

    reason: Reason
    cast: Cast
    names_someone: bool


@transaction.atomic
def give_reason(
    *,
    round: Round,  # noqa: A002 - the word of the field
    respondent: Respondent,
    content: str,
    language: Language,
    now: datetime,
) -> GivenReason:
    """Keep a reason, and cast the agreement of who wrote it.

    It is shown at once where reasons are moderated afterwards, unless it seems to lead to a
    person or is one that was hidden before; else it waits for a moderator.

    Raises
    ------
    AlreadyGivenError
        If an equal one can be voted on.
    RefusedError
        If it does not look as a reason has to, the round is over, the respondent has not judged
        yet, or has given three reasons.
    """
    content = tidy_reason(content)
    round_ = _hold(round, now)
    author = _author(round_, respondent)
    equals = _find_equals(round_, content)
    _refuse_equals(equals, author)
    if Reason.objects.filter(author=author).count() >= MOST_REASONS:
        raise RefusedError(_("You have given %(most)d reasons already.") % {"most": MOST_REASONS})
    reason = Reason(round=round_, author=author, given_at=now)
    names_someone = _write(reason, content, language, equals)
    answer = Answer(Question.REASON, 1, reason.pk)
    cast = cast_ballot(round_id=round_.pk, respondent=respondent, answer=answer, now=now)
    return GivenReason(reason, cast, names_someone)


@transaction.atomic
def edit_reason(
    *, reason: Reason, respondent: Respondent, content: str, language: Language, now: datetime
) -> Reason:
    """Change the text of an own reason, while nobody else has voted on it.

    Raises
    ------
    AlreadyGivenError
        If an equal one can be voted on.
    RefusedError
        If somebody else has voted on it, a moderator has decided on it, it is not the
        respondent's, or its new text cannot be given.
    """
    content = tidy_reason(content)
    round_ = _hold(reason.round, now)
    author = _author(round_, respondent)
    found = _hold_own(reason, author)
    if found.state not in {Reason.State.WAITING, Reason.State.SHOWN}:
        raise RefusedError(_("A moderator has decided on this reason. You cannot change it."))
    if Ballot.objects.filter(reason=found).exclude(participation=author).exists():
        raise RefusedError(_("Somebody has voted on this reason. You cannot change it any more."))
    if found.merged.exists():
        raise RefusedError(_("A moderator has decided on this reason. You cannot change it."))
    equals = [each for each in _find_equals(round_, content) if each.pk != found.pk]
    _refuse_equals(equals, author)
    _write(found, content, language, equals)
    return found


@transaction.atomic
def add_reason(*, round_: Round, seed: Seed, actor: Actor, now: datetime) -> Reason:
    """Add a reason that an editor or a moderator gives while a round is asked; it is shown.

    Raises
    ------
    AlreadyGivenError
        If an equal one can be voted on.
    RefusedError
        If it does not look as a reason has to, seems to name somebody, or the round is over.
    """
    (seed,) = check_seeds([seed])
    held = _hold(round_, now)
    _refuse_equals(_find_equals(held, seed.content), None)
    reason = Reason.objects.create(
        round=held,
        content=seed.content,
        language=seed.language,
        state=Reason.State.SHOWN,
        given_at=now,
    )
    audit.record(
        actor=actor,
        action="add_reason",
        kind="reason",
        identifier=reason.pk,
        organisation=held.case.organisation,
        now=now,
        details={"round": held.log_name},
    )
    return reason


def _hold(round_: Round, now: datetime) -> Round:
    """Hold the round as casting does: no vote comes in between, and nobody gives a fourth."""
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if not open_rounds(now=now).filter(pk=held.pk).exists():
        raise RoundIsOver
    return held


def _author(round_: Round, respondent: Respondent) -> Participation:
    author = find_participation(round_, respondent)
    if author is None:
        raise OutOfOrder
    return author


def _hold_own(reason: Reason, author: Participation) -> Reason:
    """Hold a reason of this author as moderating does: nobody decides on a text that is gone."""
    own = Reason.objects.select_for_update(of=("self",)).select_related("round")
    found = own.filter(pk=reason.pk, author=author).first()
    if found is None:
        raise RefusedError(_("This reason is not yours."))
    return found


def _find_equals(round_: Round, content: str) -> list[Reason]:
    """Give the reasons of a round that differ in capitals, accents or signs at most."""
    form = compare_form(content)
    there = Reason.objects.filter(round=round_).select_related("merged_into").order_by("pk")
    return [each for each in there if compare_form(each.content) == form]


def _refuse_equals(equals: list[Reason], author: Participation | None) -> None:
    for each in equals:
        counted = each.merged_into or each
        if counted.state == Reason.State.SHOWN:
            raise AlreadyGivenError(counted)
    if author is not None and any(each.author_id == author.pk for each in equals):
        raise RefusedError(_("You have given this reason already."))


def _write(reason: Reason, content: str, language: Language, equals: list[Reason]) -> bool:
    """Store a text with the state that it begins in; tell whether it seems to name someone."""
    names_someone = bool(suspect(content))
    was_hidden = any(each.state == Reason.State.HIDDEN for each in equals)
    is_held = reason.round.moderation == Moderation.BEFORE or names_someone or was_hidden
    reason.content = content
    reason.language = language
    reason.state = Reason.State.WAITING if is_held else Reason.State.SHOWN
    reason.save()
    return names_someone
