"""Open rounds of a case, and end them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.models import CaseKey, Moderation, Reason, Round
from spreekruimte.ballots.queries.rounds import rounds_to_end
from spreekruimte.ballots.wording import suspect, tidy_reason
from spreekruimte.cases.actions import close_case, open_case, stop_case, withdraw_case
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.shares import name_arm
from spreekruimte.cases.stored import weights_of
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor
from spreekruimte.organisations.refusals import RefusedError

MOST_SEEDS = 20

SCHEDULE = Actor("schedule")
"""Nobody: a day came that an editor had chosen."""

Step = Literal["close", "stop", "withdraw"]
_STEPS = {"close": close_case, "stop": stop_case, "withdraw": withdraw_case}


class StoppedError(Exception):
    """A gate stopped the case when it was to be opened. Unlike what is refused, this is stored."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A reason that an editor gives to begin with."""

    content: str
    language: Language


def open_round(
    *,
    case: Case,
    closes_at: datetime,
    moderation: Moderation,
    seeds: Sequence[Seed],
    new_key: bytes,
    actor: Actor,
    today: date,
    now: datetime,
) -> Round:
    """Open a case for a round that begins now, if every gate still lets it through.

    Parameters
    ----------
    seeds
        Reasons that can be voted on from the start.
    new_key
        32 random bytes, for a case that has no key yet; all rounds of a case share one.

    Raises
    ------
    StoppedError
        If a gate stopped the case instead: there is no round.
    RefusedError
        If the case cannot be opened in its state, would not close after now, or a seed does not
        look as a reason has to; nothing was changed.
    """
    round_ = _open(case, closes_at, moderation, check_seeds(seeds), new_key, actor, today, now)
    if round_ is None:
        raise StoppedError(_("A gate stopped this case; it was not opened."))
    return round_


def check_seeds(seeds: Sequence[Seed]) -> list[Seed]:
    """Give reasons to begin with as they are kept, each once.

    Raises
    ------
    RefusedError
        If there are too many, or one does not look as a reason has to or seems to name somebody.
    """
    if len(seeds) > MOST_SEEDS:
        raise RefusedError(_("Give at most %(most)d reasons to begin with.") % {"most": MOST_SEEDS})
    checked = [Seed(tidy_reason(seed.content), seed.language) for seed in seeds]
    for seed in checked:
        if found := suspect(seed.content):
            raise RefusedError(
                _("A reason to begin with seems to lead to a person: %(found)s.")
                % {"found": ", ".join(finding.found for finding in found)}
            )
    return list(dict.fromkeys(checked))


@transaction.atomic
def end_round(*, round: Round, step: Step, actor: Actor, now: datetime) -> Round:  # noqa: A002
    """End a round before its day, and its case with it; refuse for one that has ended.

    Parameters
    ----------
    step
        ``close`` leads to a verdict; ``stop`` does until the case is asked again; ``withdraw``
        takes the case back for good.
    """
    # The case first, as everywhere: whoever takes both rows takes them in this order.
    _STEPS[step](case=round.case, actor=actor, now=now)
    round_ = _hold(round)
    if round_.ended_at is not None:
        raise RefusedError(_("This round has ended already."))
    _end(round_, actor, now, step=step)
    return round_


def end_rounds_past_closing(*, now: datetime) -> int:
    """End the rounds that are past their day or whose case is not asked any more; give how many.

    Whoever does this twice, or at the same time as somebody else, does no harm.
    """
    return sum(_end_when_due(round_, now) for round_ in rounds_to_end(now=now))


def note_reply(*, case: Case) -> None:
    """Note how far the log of the round that is asked is, as citizens can read a first reply.

    It is that of the public servant; later ones change nothing. So judgements from before and after
    it can be told apart, though no moment of voting is kept.
    """
    asked = Round.objects.filter(case=case, ended_at__isnull=True, reply_length__isnull=True)
    asked.update(reply_length=F("head_length"))


@transaction.atomic
def _open(
    case: Case,
    closes_at: datetime,
    moderation: Moderation,
    seeds: Sequence[Seed],
    new_key: bytes,
    actor: Actor,
    today: date,
    now: datetime,
) -> Round | None:
    case = open_case(case=case, closes_at=closes_at, today=today, actor=actor, now=now)
    if case.state != "open":
        return None
    for left_over in Round.objects.select_for_update().filter(case=case, ended_at__isnull=True):
        _end(left_over, actor, now, step="stop")
    CaseKey.objects.get_or_create(case=case, defaults={"key": new_key})
    round_ = _add_round(case, closes_at, moderation, now)
    Reason.objects.bulk_create(
        Reason(
            round=round_,
            content=seed.content,
            language=seed.language,
            state=Reason.State.SHOWN,
            given_at=now,
        )
        for seed in seeds
    )
    _record(round_, "open_round", actor, now, moderation=round_.moderation, seeds=len(seeds))
    return round_


def _add_round(case: Case, closes_at: datetime, moderation: Moderation, now: datetime) -> Round:
    latest = Round.objects.filter(case=case).aggregate(latest=Max("number"))["latest"]
    round_ = Round(
        case=case,
        number=(latest or 0) + 1,
        moderation=moderation,
        opened_at=now,
        closes_at=closes_at,
        arms={name_arm(arm): weight for arm, weight in weights_of(case)},
    )
    round_.head_digest = Head.of_round(round_.log_name).digest
    round_.save()
    return round_


@transaction.atomic
def _end_when_due(round_: Round, now: datetime) -> bool:
    case = Case.objects.select_for_update().get(pk=round_.case_id)
    round_ = _hold(round_)
    if round_.ended_at is not None:
        return False
    if case.state == "open":
        close_case(case=case, actor=SCHEDULE, now=now)
    _end(round_, SCHEDULE, now, step="close" if case.state == "open" else "stop")
    return True


def _hold(round_: Round) -> Round:
    """Read a round anew, and let nobody change it or vote in it before this is done."""
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("case__organisation")
        .get(pk=round_.pk)
    )


def _end(round_: Round, actor: Actor, now: datetime, *, step: Step) -> None:
    round_.ended_at = now
    round_.save(update_fields=["ended_at"])
    _record(round_, "end_round", actor, now, step=step)


def _record(
    round_: Round, action: str, actor: Actor, now: datetime, **details: audit.Detail
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="round",
        identifier=round_.log_name,
        organisation=round_.case.organisation,
        now=now,
        details=details,
    )
