"""What was ordered to go out and is out of date: whoever reads the thread would be misled by it.

An act can wait long: because everything is stopped, its account is signed out or a server is away.
Meanwhile its round may end, its answer be hidden, or its result be replaced by another.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from spreekruimte.channels.models import Act
from spreekruimte.dialogue.models import Message
from spreekruimte.verdicts.models import OfficialVerdict

Kind = Act.Kind


def newest_result(publication: str = "") -> Subquery:
    """Give, as a part of a query, the result that the thread of a publication is told now.

    That is the last one that an editor published, of the round that was asked there or a later one
    of its case. What followed by itself, since a vote was erased or a reason moderated, is on the
    page of the result and not told again.

    Parameters
    ----------
    publication
        The way from the rows of the query to the publication, as ``"publication__"``.
    """
    published = OfficialVerdict.objects.filter(
        round__case=OuterRef(f"{publication}round__case"),
        round__number__gte=OuterRef(f"{publication}round__number"),
        is_follow_up=False,
    )
    return Subquery(published.order_by("-round__number", "-number").values("pk")[:1])


def parts_outdated(acts: QuerySet[Act], *, now: datetime) -> list[tuple[QuerySet[Act], str]]:
    """Give which of these acts are out of date, in parts, each with a sentence that says why."""
    round_ = "publication__round"
    has_ended = Q(**{f"{round_}__ended_at__isnull": False}) | Q(
        **{f"{round_}__closes_at__lte": now}
    )
    shown = Message.objects.filter(pk=OuterRef("subject"), state=Message.State.SHOWN)
    results = acts.filter(kind=Kind.VERDICT)
    # No result is told of these any more.
    is_over = Q(**{f"{round_}__case__state__in": ["withdrawn", "protected"]})
    return [
        (
            acts.filter(has_ended, kind=Kind.QUESTION),
            _("The round ended before this could be posted."),
        ),
        (acts.filter(~Exists(shown), kind=Kind.ANSWER), _("This answer is not shown any more.")),
        (
            results.exclude(subject=newest_result("publication__")),
            _("A newer result was published before this could be posted."),
        ),
        (results.filter(is_over), _("This case has no result any more.")),
    ]


def why_outdated(act: Act, *, now: datetime) -> str:
    """Say why an act is out of date; nothing where it is not."""
    parts = parts_outdated(Act.objects.filter(pk=act.pk), now=now)
    return next((sentence for part, sentence in parts if part.exists()), "")
