"""Let simulated citizens talk about the closed cases, and the organisation answer them."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from spreekruimte.cases.models import Case
from spreekruimte.demonstration.citizens import Citizens, answer_by_chance, simulate
from spreekruimte.demonstration.truths import MessageTruth, Truth
from spreekruimte.demonstration.voting import respondent_of
from spreekruimte.dialogue.actions.saying import Said, say, say_as_organisation
from spreekruimte.dialogue.actions.voting import vote_on_message
from spreekruimte.dialogue.models import Message
from spreekruimte.dialogue.voices import citizen_voice, organisation_voice
from spreekruimte.organisations.models import User

# So many vote on each message of a citizen.
VOTERS = 60
# How long after another a message is written.
BETWEEN = timedelta(hours=3)


def talk(case: Case, truth: Truth, editor: User, began_at: datetime) -> None:
    """Say what there is to say about a case, unless it was said; the caller holds a transaction."""
    if Message.objects.filter(case=case).exists():
        return
    citizens = simulate(truth, truth.people, truth.seed)
    given: list[Message] = []
    for place, each in enumerate(truth.messages):
        now = began_at + place * BETWEEN
        parent = None if each.answers is None else given[each.answers]
        said = Said(each.text, "nl", parent)
        if each.by_organisation:
            voice = organisation_voice(case)
            message = say_as_organisation(
                case=case, voice=voice, said=said, actor=editor.actor, now=now
            )
        else:
            voice = citizen_voice(case, respondent_of(truth, place))
            message = say(case=case, voice=voice, said=said, now=now)
            _vote(message, each, truth, citizens, place)
        given.append(message)


def _vote(
    message: Message, told: MessageTruth, truth: Truth, citizens: Citizens, place: int
) -> None:
    rng = np.random.default_rng([truth.seed, place])
    # The first ones write; any other may vote.
    voters = rng.choice(np.arange(len(truth.messages), truth.people), VOTERS, replace=False)
    agree = np.array(told.agree)[citizens.group[voters]]
    for voter, answer in zip(voters.tolist(), answer_by_chance(rng, agree).tolist(), strict=True):
        voice = citizen_voice(message.case, respondent_of(truth, voter))
        vote_on_message(message=message, voice=voice, answer=answer)
