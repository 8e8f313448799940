"""How well people talk with each other about cases, as figures with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from spreekruimte.analysis.conversation import (
    Changes,
    estimate_changes,
    estimate_reciprocity,
    estimate_share,
    estimate_wait,
)
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.dialogue.figures import Figures
from spreekruimte.dialogue.models import Message, Speaker

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


def measure_quality(messages: Iterable[Message], *, figures: Figures, now: datetime) -> Quality:
    """Measure the conversation about a case, or about some taken together.

    Parameters
    ----------
    messages
        All of these cases; only those that are shown count.
    figures
        What was counted of them.
    """
    shown = [message for message in messages if message.state == Message.State.SHOWN]
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
        diversity=figures.diversity,
        changes=estimate_changes(figures.changes),
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
