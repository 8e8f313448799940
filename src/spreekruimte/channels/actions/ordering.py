"""Order what is to go out. One order makes one act, however often it is given."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.rounds import open_rounds
from spreekruimte.ballots.wording import suspect
from spreekruimte.channels.models import Account, Act, Publication
from spreekruimte.channels.network import Post, Preview
from spreekruimte.channels.posts import write_post
from spreekruimte.channels.queries.outdated import why_outdated
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

AUTOMATIC = Actor("channels")
"""Nobody: an answer was shown or a verdict published, and is told where the question was asked."""

Kind, State = Act.Kind, Act.State


@transaction.atomic
def order_question(
    *,
    round: Round,  # noqa: A002
    account: Account,
    post: Post,
    preview: Preview,
    actor: Actor,
    now: datetime,
) -> Publication:
    """Have a round asked through an account.

    Parameters
    ----------
    preview
        Of this post on that account, as the editor saw it.

    Raises
    ------
    RefusedError
        If it does not fit or seems to lead to a person, the round is not open, its citizens are
        simulated, the account is not connected or of another organisation, or it was ordered
        already.
    """
    held = Account.objects.select_for_update().get(pk=account.pk)
    _check_post(post, preview)
    _check_round(round, held, now)
    if Publication.objects.filter(round=round, account=held).exists():
        raise RefusedError(_("This round is asked through this account already."))
    publication = Publication.objects.create(
        round=round, account=held, language=post.language, options=list(post.options)
    )
    order_act(publication=publication, kind=Kind.QUESTION, subject=0, post=post, now=now)
    _record(publication, "order_question", actor, now)
    return publication


def order_act(
    *, publication: Publication, kind: Act.Kind, subject: int, post: Post, now: datetime
) -> Act:
    """Add an act to the outbox; one that was ordered already is given as it is."""
    picture = post.card.picture if post.card else b""
    act, _is_new = Act.objects.get_or_create(
        publication=publication,
        kind=kind,
        subject=subject,
        defaults={
            "key": post.key,
            "post": write_post(post),
            "picture": picture,
            "ordered_at": post.made_at,
            "not_before": now,
        },
    )
    return act


@transaction.atomic
def order_withdrawal(*, act: Act, key: str, actor: Actor, now: datetime) -> Act:
    """Have a post of ours taken away.

    Raises
    ------
    RefusedError
        If it was not sent, or is being taken away already.
    """
    held = Act.objects.select_for_update().get(pk=act.pk)
    if held.state != State.SENT or held.kind == Kind.WITHDRAWAL:
        raise RefusedError(_("Only what was sent can be taken away."))
    publication = held.publication
    if publication.acts.filter(kind=Kind.WITHDRAWAL, subject=held.pk).exists():
        raise RefusedError(_("This is being taken away already."))
    post = Post(key=key, text="", address="", language=publication.language, made_at=now)
    withdrawal = order_act(
        publication=publication, kind=Kind.WITHDRAWAL, subject=held.pk, post=post, now=now
    )
    _record(publication, "order_withdrawal", actor, now, act=held.pk)
    return withdrawal


@transaction.atomic
def take_back(*, act: Act, actor: Actor, now: datetime) -> Act:
    """Let an act that waits not go out, or one of which nobody knows not go out again.

    Raises
    ------
    RefusedError
        If it does not wait: what is on its way can not be called back.
    """
    held = Act.objects.select_for_update().get(pk=act.pk)
    if held.state not in (State.WAITING, State.UNKNOWN):
        raise RefusedError(_("Only what waits can be taken back."))
    held.state = State.STOPPED
    held.save(update_fields=["state"])
    _record(held.publication, "take_back", actor, now, act=held.pk)
    return held


@transaction.atomic
def order_again(*, act: Act, actor: Actor, now: datetime) -> Act:
    """Let an act that failed, was taken back or was out of date go out after all.

    Raises
    ------
    RefusedError
        If it is none of these, or is out of date now.
    """
    held = Act.objects.select_for_update().get(pk=act.pk)
    if held.state not in (State.FAILED, State.STOPPED, State.OUTDATED):
        raise RefusedError(_("This did not fail and was not taken back."))
    if reason := why_outdated(held, now=now):
        raise RefusedError(reason)
    held.state, held.not_before, held.problem, held.attempts = State.WAITING, now, "", 0
    held.save(update_fields=["state", "not_before", "problem", "attempts"])
    _record(held.publication, "order_again", actor, now, act=held.pk)
    return held


def _check_post(post: Post, preview: Preview) -> None:
    if preview.problems:
        raise RefusedError(" ".join(preview.problems))
    if found := suspect(post.text):
        raise RefusedError(
            _("This text seems to lead to a person: %(found)s.")
            % {"found": ", ".join(finding.found for finding in found)}
        )


def _check_round(round_: Round, account: Account, now: datetime) -> None:
    asked = open_rounds(now=now).filter(pk=round_.pk).select_related("case__organisation").first()
    if asked is None:
        raise RefusedError(_("This round takes no ballots now."))
    if asked.case.is_simulated:
        raise RefusedError(_("The citizens of this case are simulated. It is asked nowhere else."))
    if account.organisation_id != asked.case.organisation_id:
        raise RefusedError(_("This account belongs to another organisation."))
    if account.state != Account.State.CONNECTED:
        raise RefusedError(_("This account is not connected."))


def _record(
    publication: Publication, action: str, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="publication",
        identifier=publication.pk,
        organisation=publication.account.organisation,
        now=now,
        details={
            "round": publication.round.log_name,
            "network": publication.account.network,
            **details,
        },
    )
