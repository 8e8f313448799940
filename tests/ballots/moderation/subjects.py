"""A text of each kind that moderators look after, with what can be done with it, for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.ballots.asking import ask, give, judge
from tests.cases.stored import in_state
from tests.dialogue.messages import say
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.moderating import REASON, appeal_reason, moderate_reason
from spreekruimte.ballots.actions.reasons import edit_reason
from spreekruimte.ballots.models import Moderation, Reason
from spreekruimte.ballots.moderation.actions import Decision, Kind, mark_text, state_of
from spreekruimte.ballots.moderation.states import Deed, Ground, State
from spreekruimte.dialogue.actions.moderating import MESSAGE, appeal_message, moderate_message
from spreekruimte.dialogue.actions.receiving import revise_message
from spreekruimte.dialogue.models import Message
from spreekruimte.dialogue.voices import citizen_voice
from spreekruimte.organisations.models import Actor, Organisation

FIRST, SECOND = Actor("first"), Actor("second")
MINE = "Een ambtenaar is ook een burger."
# What brings a text to a state: by whom, and what.
WAYS: dict[State, tuple[tuple[Actor | None, Deed | None], ...]] = {
    "waiting": (),
    "shown": ((FIRST, "show"),),
    "hidden": ((FIRST, "hide"),),
    "appealed": ((FIRST, "hide"), (None, None)),
    "upheld": ((FIRST, "hide"), (None, None), (SECOND, "uphold")),
}


@dataclass
class Subject:
    """A text that waits, and its author.

    Attributes
    ----------
    appeal
        Of the author, or of somebody else.
    change
        Let the author change it.
    """

    kind: Kind
    text: Reason | Message
    organisation: Organisation
    moderate: Callable[..., object]
    appeal: Callable[[bool], None]
    change: Callable[[str], None]

    @property
    def state(self) -> State:
        self.text.refresh_from_db()
        return state_of(self.kind, self.text)

    def decision(self, move: Deed, ground: Ground | None = None, seen: str = "") -> Decision:
        self.text.refresh_from_db()
        return Decision(self.text.pk, move, seen or mark_text(self.text.content), ground)

    def decide(self, move: Deed, by: Actor = FIRST) -> None:
        self.carry_out(self.decision(move, "insults" if move == "hide" else None), by)

    def carry_out(
        self, decision: Decision, by: Actor = FIRST, within: Organisation | None = None
    ) -> None:
        self.moderate(
            organisation=within or self.organisation, decision=decision, actor=by, now=NOW
        )

    def bring_to(self, state: State) -> None:
        for actor, move in WAYS[state]:
            if actor is None or move is None:
                self.appeal(True)
            else:
                self.decide(move, actor)


def reason(organisation: Organisation | None = None) -> Subject:
    case = None if organisation is None else in_state("ready", organisation=organisation)
    round_ = ask(Moderation.BEFORE, case=case)
    author = judge(round_)
    text = give(round_, MINE, author)

    def appeal(is_author: bool) -> None:
        who = author if is_author else judge(round_)
        appeal_reason(reason=text, respondent=who, now=NOW)

    def change(content: str) -> None:
        edit_reason(reason=text, respondent=author, content=content, language="nl", now=NOW)

    return Subject(REASON, text, round_.case.organisation, moderate_reason, appeal, change)


def message(organisation: Organisation | None = None) -> Subject:
    case = None if organisation is None else in_state("ready", organisation=organisation)
    round_ = ask(case=case)
    author, other = (citizen_voice(round_.case, judge(round_)) for _ in range(2))
    text = say(round_.case, MINE, author=author.author, state=Message.State.WAITING)

    def appeal(is_author: bool) -> None:
        appeal_message(message=text, voice=author if is_author else other, now=NOW)

    def change(content: str) -> None:
        revise_message(message=text, content=content, now=NOW)

    return Subject(MESSAGE, text, round_.case.organisation, moderate_message, appeal, change)


MAKERS = (reason, message)
