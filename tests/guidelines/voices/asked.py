"""Questions about several voices for tests, and citizens who answer them."""

from __future__ import annotations

from tests.guidelines.chill.surveyed import make_judged
from tests.organisations.people import NOW
from tests.verdicts.rounds import citizen

from spreekruimte.cases.models import Case
from spreekruimte.guidelines.voices.actions import answer_voices, ask_voices, close_voices
from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesQuestion
from spreekruimte.organisations.models import OPERATOR, Organisation

Answer = VoicesAnswer.Answer
TOPIC = "own_file"


def make_voice(admissible: int = 8, inadmissible: int = 2, topic: str = TOPIC) -> Case:
    """A closed case on a topic, judged so."""
    case = make_judged(admissible, inadmissible)
    context = {**case.context, "topic_distance": topic}
    Case.objects.filter(pk=case.pk).update(context=context)
    return case


def make_question() -> VoicesQuestion:
    """A question that is asked, about two voices."""
    make_voice()
    make_voice(2, 8)
    return ask(Organisation.objects.get())


def ask(organisation: Organisation, topic: str = TOPIC) -> VoicesQuestion:
    return ask_voices(
        organisation=organisation, topic=topic, new_key=b"k" * 32, actor=OPERATOR, now=NOW
    )


def close(question: VoicesQuestion) -> VoicesQuestion:
    return close_voices(question=question, actor=OPERATOR, now=NOW)


def answer(question: VoicesQuestion, number: int, given: Answer) -> VoicesAnswer:
    return answer_voices(question=question, respondent=citizen(number), answer=given)


def fill(question: VoicesQuestion, people: int, given: Answer) -> None:
    """Let so many people answer the same."""
    first = question.answers.count()
    for number in range(first, first + people):
        answer(question, number, given)
