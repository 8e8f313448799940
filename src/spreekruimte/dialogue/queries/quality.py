"""How well people talk with each other about cases, as figures with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from spreekruimte.analysis.conversation import (
    Changes,
    compare_judgements,
    estimate_diversity,
    estimate_reciprocity,
    estimate_share,
    estimate_wait,
)
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.ballots.models import Ballot, Channel, Question
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.dialogue.queries.groups import Placing

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How a conversation goes.

    Attributes
    ----------
    messages, people
        How many messages are shown, and of how many speakers.
    questions
        Messages of citizens with a question mark.
    answered
        The share of questions with an answer of the public servant, a colleague or the
        organisation.
    wait
        Hours until such an answer; the median.
    reciprocity
        The share of the pairs in conversation of whom both answered the other.
    diversity
        How evenly the opinion groups write, 0 to 1; None without groups, or of several cases.
    changes
        How judgements changed of who saw the results and the dialogue.
    """

    messages: int
    people: int
    questions: int
    answered: Estimate | None
    wait: Estimate | None
    reciprocity: Estimate | None
    diversity: Estimate | None
    changes: Changes | None


def measure_quality(
    cases: Sequence[Case], *, now: datetime, placing: Placing | None = None
) -> Quality:
    """Measure the conversation about some cases, taken together.

    Parameters
    ----------
    placing
        Who votes like which opinion group, where it is one case.
    """
    shown = list(Message.objects.filter(case__in=cases, state=Message.State.SHOWN).order_by("pk"))
    questions = [message for message in shown if is_question(message)]
    first = _first_answers(shown)
    waited = [
        max((first.get(each.pk, now) - each.given_at).total_seconds(), 0.0) / HOUR
        for each in questions
    ]
    is_answered = [each.pk in first for each in questions]
    return Quality(
        messages=len(shown),
        people=len({(message.case_id, message.author) for message in shown}),
        questions=len(questions),
        answered=estimate_share(sum(is_answered), len(questions)),
        wait=estimate_wait(np.array(waited), np.array(is_answered, dtype=bool)),
        reciprocity=_measure_reciprocity(shown),
        diversity=_measure_diversity(shown, placing or Placing()),
        changes=_measure_changes(cases),
    )


def is_question(message: Message) -> bool:
    """Tell whether a citizen asks something: whether it has a question mark."""
    return message.speaker == Speaker.CITIZEN and "?" in message.content


def _first_answers(shown: Sequence[Message]) -> dict[int, datetime]:
    """Give when each message was first answered by somebody with an office."""
    first: dict[int, datetime] = {}
    for message in shown:
        if message.parent_id is not None and message.speaker != Speaker.CITIZEN:
            at = first.get(message.parent_id, message.given_at)
            first[message.parent_id] = min(at, message.given_at)
    return first


def _measure_reciprocity(shown: Sequence[Message]) -> Estimate | None:
    authors = {message.pk: (message.case_id, message.author) for message in shown}
    codes = {author: code for code, author in enumerate(sorted(set(authors.values())))}
    ties = [
        (codes[authors[message.pk]], codes[authors[message.parent_id]])
        for message in shown
        if message.parent_id in authors
    ]
    speakers, addressed = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    return estimate_reciprocity(speakers, addressed)


def _measure_diversity(shown: Sequence[Message], placing: Placing) -> Estimate | None:
    writers = {message.author for message in shown} & placing.labels.keys()
    groups = np.array([placing.labels[author] for author in writers], dtype=np.int64)
    return estimate_diversity(np.bincount(groups, minlength=placing.count))


def _measure_changes(cases: Sequence[Case]) -> Changes | None:
    """Compare the last judgement before the results with the one that counts, in the open vote."""
    given = Ballot.objects.filter(
        participation__round__case__in=cases,
        participation__channel=Channel.OPEN,
        participation__has_seen_results=True,
        question=Question.JUDGEMENT,
    ).order_by("entry_id")
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for person, answer, is_after in given.values_list(
        "participation_id", "answer", "after_results"
    ):
        after[person] = answer
        if not is_after:
            before[person] = answer
    people = sorted(before)
    return compare_judgements(
        np.array([before[each] for each in people], dtype=np.int64),
        np.array([after[each] for each in people], dtype=np.int64),
    )
