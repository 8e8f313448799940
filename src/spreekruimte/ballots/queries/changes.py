"""How people judged before and after they saw results: the pairs of their judgements."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.models import Ballot, Channel, Question, Round


@dataclass(frozen=True, slots=True)
class Pair:
    """The last judgement of a participation before results, and the one that counts."""

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
    given = Ballot.objects.filter(
        entry__round=round_,
        entry__position__lte=until,
        participation__channel=channel,
        participation__has_seen_results=True,
        question=Question.JUDGEMENT,
    ).order_by("entry__position")
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    fields = given.values_list("participation_id", "answer", "after_results")
    for participation, answer, is_after in fields:
        after[participation] = answer
        if not is_after:
            before[participation] = answer
    return [Pair(each, before[each], after[each]) for each in sorted(before)]
