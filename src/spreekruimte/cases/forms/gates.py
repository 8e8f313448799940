"""The questions of the gates that an editor answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases import actions
from spreekruimte.cases.forms.fields import ReplyField
from spreekruimte.cases.forms.subject import SubjectForm
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts, Ground
from spreekruimte.cases.gates.cooling_off import PROCEDURES, CoolingOffFacts, Procedure
from spreekruimte.cases.gates.result import Reply
from spreekruimte.cases.gates.rights_floor import HELD_LABELS, FloorFacts
from spreekruimte.cases.models import Case
from spreekruimte.cases.stored import facts_of
from spreekruimte.organisations.models import Actor


class GatesForm(SubjectForm):
    """Answers for one gate, stored beside those for the others."""

    def answers(self) -> dict[str, CeilingFacts | FloorFacts | CoolingOffFacts]:
        """Give what was answered, by the gate."""
        raise NotImplementedError

    def change(self, case: Case, *, actor: Actor, now: datetime) -> Case:
        """Store the answers for this gate."""
        facts = facts_of(case)
        stored = {
            "ceiling": facts.ceiling,
            "rights_floor": facts.rights_floor,
            "cooling_off": facts.cooling_off,
        }
        given: dict[str, Any] = {**stored, **self.answers()}
        return actions.answer_gates(case=case, **given, actor=actor, now=now)


class CeilingForm(GatesForm):
    """Whether the post could be a crime."""

    def prepare(self) -> None:
        """Add a question for each ground."""
        for ground, question in QUESTIONS.items():
            self.fields[ground] = ReplyField(label=str(question))

    def read(self, case: Case) -> dict[str, Any]:
        """Give the answers by ground."""
        return dict(case.ceiling)

    def answers(self) -> dict[str, CeilingFacts | FloorFacts | CoolingOffFacts]:
        """Give the answers by ground."""
        replies: dict[Ground, Reply] = {each: self.cleaned_data[each] for each in QUESTIONS}
        return {"ceiling": CeilingFacts(replies)}


class FloorForm(GatesForm):
    """What is held against the post, and what the rights floor has to know beside it."""

    held_against = forms.MultipleChoiceField(
        label=_("What does anybody hold against the post?"),
        help_text=_("Tick everything that somebody named: the employer, a politician, a reader."),
        choices=list(HELD_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    along_legal_route = ReplyField(
        label=_("Was wrongdoing reported along the legal routes?"),
        help_text=_("Only if the post reports wrongdoing."),
        required=False,
    )
    corrects_facts = ReplyField(
        label=_("Is the whole post a relevant correction of facts about public service?")
    )
    has_direction = ReplyField(
        label=_("Does the post have a political direction?"),
        help_text=_("If so, citizens are asked about its mirror too, and you have to write it."),
    )
    is_dutch = forms.ChoiceField(
        label=_("Does Dutch procedure apply?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )

    def read(self, case: Case) -> dict[str, Any]:
        """Give the stored answers; what was never answered is left open."""
        is_dutch = "yes" if facts_of(case).rights_floor.is_dutch else "no"
        return {**case.rights_floor, "is_dutch": is_dutch}

    def answers(self) -> dict[str, CeilingFacts | FloorFacts | CoolingOffFacts]:
        """Give what the rights floor has to know."""
        given = self.cleaned_data
        return {
            "rights_floor": FloorFacts(
                held_against=frozenset(given["held_against"]),
                is_dutch=given["is_dutch"] == "yes",
                along_legal_route=cast(Reply, given["along_legal_route"] or "unknown"),
                corrects_facts=cast(Reply, given["corrects_facts"]),
                has_direction=cast(Reply, given["has_direction"]),
            )
        }


class CoolingOffForm(GatesForm):
    """When the post was made, and which procedures are open."""

    latest_day = forms.DateField(
        label=_("When was the post made, at the latest?"),
        help_text=_("If you know the year only, give its last day. For example 31-12-2020."),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
    )
    investigation = ReplyField(label=_("Is an investigation still open?"))
    objection = ReplyField(label=_("Is an objection still open?"))
    appeal = ReplyField(label=_("Is an appeal still open?"))

    def read(self, case: Case) -> dict[str, Any]:
        """Give the day and the procedures."""
        return {"latest_day": case.latest_day, **case.open_procedures}

    def answers(self) -> dict[str, CeilingFacts | FloorFacts | CoolingOffFacts]:
        """Give the day and the procedures."""
        replies: dict[Procedure, Reply] = {each: self.cleaned_data[each] for each in PROCEDURES}
        return {"cooling_off": CoolingOffFacts(self.cleaned_data["latest_day"], replies)}
