"""Tell where a question was asked what followed from it: answers, the result, and what went.

To be called every few seconds. Whoever does this twice, or at the same time as somebody else, does
no harm: one order makes one act.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import Exists, OuterRef

from spreekruimte.cases.sentences import Language
from spreekruimte.channels.actions.ordering import (
    AUTOMATIC,
    order_act,
    order_withdrawal,
)
from spreekruimte.channels.actions.outbox import set_aside_outdated, usable_accounts
from spreekruimte.channels.cards import verdict_card
from spreekruimte.channels.connections import connection_of, network_of
from spreekruimte.channels.fitting import fit
from spreekruimte.channels.models import Act, Origin, Publication
from spreekruimte.channels.network import NetworkError, Post
from spreekruimte.channels.origins import identifier_of
from spreekruimte.channels.queries.outdated import newest_result
from spreekruimte.channels.wording import (
    message_address,
    result_address,
    tell_answer,
    tell_verdict,
)
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.verdicts.models import OfficialVerdict

logger = logging.getLogger(__name__)

OFFICES = (Speaker.ORGANISATION, Speaker.SERVANT, Speaker.COLLEAGUE)
AT_ONCE = 20

Kind = Act.Kind
Draw = Callable[[int], bytes]


def order_what_follows(*, now: datetime, draw: Draw) -> int:
    """Order what has to be told by now, and set aside what is out of date.

    Gives how many acts were ordered.

    Parameters
    ----------
    draw
        Gives so many random bytes, for the keys of the acts.
    """
    set_aside_outdated(now=now)
    return _order_answers(now, draw) + _order_verdicts(now, draw) + _order_withdrawals(now, draw)


def _order_answers(now: datetime, draw: Draw) -> int:
    """Order the answers of offices to what was said in the thread of a question."""
    told = Act.objects.filter(kind=Kind.ANSWER, subject=OuterRef("pk"))
    answers = Message.objects.filter(
        ~Exists(told),
        state=Message.State.SHOWN,
        speaker__in=OFFICES,
        parent__state=Message.State.SHOWN,
        parent__origin__publication__is_gone=False,
        parent__origin__publication__account__in=usable_accounts(),
    ).exclude(parent__origin__identifier="")
    count = 0
    for answer in answers.select_related("case").order_by("pk")[:AT_ONCE]:
        origin = Origin.objects.select_related("publication__account").get(message=answer.parent_id)
        publication = cast(Publication, origin.publication)
        language = cast(Language, publication.language)
        post = Post(
            key=draw(16).hex(),
            text=tell_answer(answer, language),
            address=message_address(answer),
            language=language,
            made_at=now,
            reply_to=identifier_of(origin),
            is_quiet=True,
        )
        count += _order(publication, Kind.ANSWER, answer.pk, post, now)
    return count


def _order_verdicts(now: datetime, draw: Draw) -> int:
    """Order the results that editors published since a question was asked, once each.

    In its thread later rounds of the case are told too.
    """
    told = Act.objects.filter(
        kind=Kind.VERDICT, publication=OuterRef("pk"), subject=OuterRef("newest")
    )
    publications = Publication.objects.annotate(newest=newest_result()).filter(
        ~Exists(told),
        newest__isnull=False,
        posted_at__isnull=False,
        is_gone=False,
        round__case__state="closed",
        account__in=usable_accounts(),
    )
    count = 0
    for publication in publications.select_related("account", "round__case").order_by("pk")[
        :AT_ONCE
    ]:
        verdict = OfficialVerdict.objects.select_related("round__case").get(pk=publication.newest)
        language = cast(Language, publication.language)
        post = Post(
            key=draw(16).hex(),
            text=tell_verdict(verdict, language, is_first=not _told_before(publication)),
            address=result_address(publication.round.case),
            language=language,
            made_at=now,
            reply_to=publication.identifier,
            card=verdict_card(verdict, language),
        )
        count += _order(publication, Kind.VERDICT, verdict.pk, post, now)
    return count


def _told_before(publication: Publication) -> bool:
    """Tell whether a result stands in the thread, or may stand there."""
    told = (Act.State.SENT, Act.State.SENDING, Act.State.UNKNOWN)
    return publication.acts.filter(kind=Kind.VERDICT, state__in=told).exists()


def _order_withdrawals(now: datetime, draw: Draw) -> int:
    """Order that answers go which are not shown any more, and questions of withdrawn cases."""
    going = Act.objects.filter(kind=Kind.WITHDRAWAL, subject=OuterRef("pk"))
    shown = Message.objects.filter(pk=OuterRef("subject"), state=Message.State.SHOWN)
    sent = Act.objects.filter(
        ~Exists(going),
        state=Act.State.SENT,
        publication__is_gone=False,
        publication__account__in=usable_accounts(),
    )
    answers = sent.filter(~Exists(shown), kind=Kind.ANSWER)
    questions = sent.filter(kind=Kind.QUESTION, publication__round__case__state="withdrawn")
    found = [*answers[:AT_ONCE], *questions[:AT_ONCE]]
    for act in found:
        order_withdrawal(act=act, key=draw(16).hex(), actor=AUTOMATIC, now=now)
    return len(found)


def _order(
    publication: Publication, kind: Act.Kind, subject: int, post: Post, now: datetime
) -> bool:
    """Order an act with as much of its text as fits; False where the server cannot say that now."""
    account = publication.account
    try:
        fitting = fit(network_of(account), connection_of(account), post)
    except NetworkError as error:
        logger.warning("publication %d: not asked what fits: %.300s", publication.pk, error)
        return False
    with transaction.atomic():
        order_act(publication=publication, kind=kind, subject=subject, post=fitting, now=now)
    return True
