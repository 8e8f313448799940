"""The form of the draft check, and how what it sends is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spreekruimte.cases.attributes import groups
from spreekruimte.cases.context import Context
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.draft_check.basis import list_organisations, list_packs
from spreekruimte.guidelines.draft_check.questions import Question, known_questions
from spreekruimte.guidelines.draft_check.text import LONGEST
from spreekruimte.look.forms import PlainSelect

WHOSE, TEXT, ACT = "whose", "text", "act"
AUTO_ID = "draft-%s"


class DraftForm(forms.Form):
    """What is asked of a post before it is there; every answer may be left open.

    The text is never filled in again: it stays in the request that brought it.
    """

    def __init__(
        self, questions: Sequence[Question], answers: Mapping[str, str], whose: str
    ) -> None:
        super().__init__(initial={WHOSE: whose}, auto_id=AUTO_ID)
        self.questions = questions
        self.answers = answers
        self.fields[WHOSE] = forms.ChoiceField(
            label=_("Which guideline holds for you?"),
            help_text=_("We show its rules beside your answers, and ask what they rest on."),
            choices=[
                ("", _("None, or I do not know")),
                (_("Organisations"), [(each.key, each.name) for each in list_organisations()]),
                (_("Guidelines of others"), [(each.key, each.name) for each in list_packs()]),
            ],
            required=False,
            widget=PlainSelect,
        )
        self.fields[TEXT] = forms.CharField(
            label=_("Your text"),
            help_text=_(
                "Only if you like. We look whether it names somebody, and forget it at once. We "
                "do not show it again either, so keep it yourself."
            ),
            widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST, "autocomplete": "off"}),
            required=False,
        )

    def parts(self) -> Iterator[tuple[Bilingual, list[SafeString]]]:
        """Go through the questions, drawn with their answers, by the group that they are in."""
        for group, label in groups().items():
            drawn = [self._draw(each) for each in self.questions if each.attribute.group == group]
            if drawn:
                yield label, drawn

    def _draw(self, question: Question) -> SafeString:
        name = question.attribute.id
        return _draw_answers(name, get_language() or "")[self.answers.get(name, "")]


@cache
def _draw_answers(name: str, _language: str) -> Mapping[str, SafeString]:
    """Draw a question once with each answer: all of them, so that none tells that it was given."""
    attribute = known_questions()[name].attribute
    return {
        answer: _QuestionForm(known_questions()[name], answer)[name].as_field_group()
        for answer in ("", *attribute.allowed)
    }


class _QuestionForm(forms.Form):
    """One question, with its answer."""

    def __init__(self, question: Question, answer: str) -> None:
        super().__init__(initial={question.attribute.id: answer}, auto_id=AUTO_ID)
        values = [(value.id, value.label) for value in question.attribute.values]
        self.fields[question.attribute.id] = forms.ChoiceField(
            label=str(question.text),
            choices=[("", _("I do not know")), *values],
            required=False,
            widget=PlainSelect,
        )


def read_answers(sent: Mapping[str, str]) -> Context:
    """Read the answers of whoever sent the form; an empty one is not known.

    Raises
    ------
    ValidationError
        If there is no such question or no such answer. What was sent is not repeated.
    """
    answers: dict[str, str] = {}
    for name, value in sent.items():
        if name in (WHOSE, TEXT, ACT):
            continue
        question = known_questions().get(name)
        if question is None:
            raise ValidationError(_("You answered a question that is not asked here."))
        if value and value not in question.attribute.allowed:
            raise ValidationError(
                _("Of the question “%(question)s” we do not know that answer."),
                params={"question": question.text},
            )
        if value:
            answers[name] = value
    return Context.of(answers)


def read_text(sent: Mapping[str, str]) -> str:
    """Read the text of whoever sent the form; empty where there is none.

    Raises
    ------
    ValidationError
        If it is too long.
    """
    text = sent.get(TEXT, "")
    # A browser counts the end of a line as one character, and sends two.
    if len(text.replace("\r\n", "\n")) > LONGEST:
        raise ValidationError(
            _("Your text is too long: at most %(most)s characters."), params={"most": LONGEST}
        )
    return text
