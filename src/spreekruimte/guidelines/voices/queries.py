"""What pages read of voices: the cases of a topic, the question, and what the public answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.guidelines.mandates.cells import TOPIC, topics
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.voices.models import VoicesAnswer, VoicesKey, VoicesQuestion
from spreekruimte.organisations.models import Organisation


def find_voices(organisation: Organisation, topic: str) -> list[Finding]:
    """Return what the public found of the cases of an organisation on one topic."""
    return find_topics(organisation).get(topic, [])


def find_topics(organisation: Organisation) -> Mapping[str, list[Finding]]:
    """Return the topics of the published cases of an organisation, with what was found of each."""
    own = set(Case.objects.filter(organisation=organisation).values_list("pk", flat=True))
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in find_findings(organisation):
        for answer in finding.context:
            if finding.case_id in own and answer.attribute == TOPIC:
                found[answer.value].append(finding)
    return {topic: found[topic] for topic in topics() if topic in found}


def find_question(organisation: Organisation, topic: str) -> VoicesQuestion | None:
    """Return what the public is or was asked about a topic."""
    return VoicesQuestion.objects.filter(organisation=organisation, topic=topic).first()


def questions_of(organisation: Organisation) -> Mapping[str, VoicesQuestion]:
    """Return all questions of an organisation, by topic."""
    found = VoicesQuestion.objects.filter(organisation=organisation)
    return {each.topic: each for each in found}


def name_respondent(question: VoicesQuestion, respondent: Respondent) -> str:
    """Give the pseudonym of a respondent; only while the question is open, since it takes its key.

    Raises
    ------
    VoicesKey.DoesNotExist
        If the question is closed.
    """
    key = bytes(VoicesKey.objects.get(question=question).key)
    return respondent.known_under(key)


def find_answer(question: VoicesQuestion, respondent: Respondent | None) -> VoicesAnswer | None:
    """Return what a respondent answered to an open question; None for who did not answer yet."""
    if respondent is None:
        return None
    found: VoicesAnswer | None = VoicesAnswer.objects.filter(
        question=question, pseudonym=name_respondent(question, respondent)
    ).first()
    return found


def count_answers(question: VoicesQuestion) -> Mapping[VoicesAnswer.Answer, int]:
    """Count the answers to a question."""
    counted = Counter(question.answers.values_list("answer", flat=True))
    return {answer: counted[answer.value] for answer in VoicesAnswer.Answer}
