"""How the same people judged at two moments: the pairs of their judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from spreekruimte.ballots.models import Ballot, Channel, Question, Round


@dataclass(frozen=True, slots=True)
class Pair:
    """The last judgement of a participation before something, and the one that counts."""

    participation: int
    before: int
    after: int


def read_pairs(round_: Round, channel: Channel, *, until: int) -> list[Pair]:
    """Give the pairs of who judged, and saw results after that, in order of participation.

    Who did not judge again has the same judgement twice.

    Parameters
    ----------
    until
        The entry of the log up to which ballots count.
    """
    given = _judgements(round_, channel, until).filter(participation__has_seen_results=True)
    return _pair(given.values_list("participation_id", "answer", "after_results"))


def read_pairs_around_reply(round_: Round, channel: Channel, *, until: int) -> list[Pair]:
    """Give the pairs of who judged before the public servant replied, in order of participation.

    Who did not judge again has the same judgement twice. There are none without a reply, or where
    nobody judged after it.

    Parameters
    ----------
    until
        The entry of the log up to which ballots count.
    """
    replied = round_.reply_length
    if replied is None:
        return []
    given = _judgements(round_, channel, until).values_list(
        "participation_id", "answer", "entry__position"
    )
    judgements = [(person, answer, place > replied) for person, answer, place in given]
    return _pair(judgements) if any(is_after for *_, is_after in judgements) else []


def _judgements(round_: Round, channel: Channel, until: int) -> QuerySet[Ballot]:
    found: QuerySet[Ballot] = Ballot.objects.filter(
        entry__round=round_,
        entry__position__lte=until,
        participation__channel=channel,
        question=Question.JUDGEMENT,
    ).order_by("entry__position")
    return found


def _pair(judgements: Iterable[tuple[int, int, bool]]) -> list[Pair]:
    """Pair judgements that stand in order: of whom, which, and whether it came after."""
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for participation, answer, is_after in judgements:
        after[participation] = answer
        if not is_after:
            before[participation] = answer
    return [Pair(each, before[each], after[each]) for each in sorted(before)]
