"""What pages read of surveys of public servants."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.queries.public import PUBLIC_STATES
from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer, SurveyCase, SurveyKey
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.assignment import draw_order


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a respondent is.

    Attributes
    ----------
    number
        Of the case that comes now, from 1.
    total
        How many there are.
    asked
        The one that comes now; None for who has seen all.
    """

    number: int
    total: int
    asked: SurveyCase | None


def name_respondent(survey: Survey, respondent: Respondent) -> str:
    """Give the pseudonym of a respondent; only while the survey is open, since it takes its key.

    Raises
    ------
    SurveyKey.DoesNotExist
        If the survey is not open.
    """
    return respondent.known_under(_key_of(survey))


def find_turn(survey: Survey, respondent: Respondent) -> Turn:
    """Give which case comes now for a respondent of an open survey, in an order by lot.

    The order differs from one respondent to the next, so that who stops half-way leaves no case
    unanswered more than another.
    """
    key = _key_of(survey)
    name = respondent.known_under(key)
    asked = list(survey.cases.select_related("case").order_by("place"))
    answered = set(
        SurveyAnswer.objects.filter(
            respondent__survey=survey, respondent__pseudonym=name
        ).values_list("asked", flat=True)
    )
    order = draw_order(key, name, len(asked))
    # What was withdrawn meanwhile is shown to nobody any more.
    left = [
        asked[place]
        for place in order
        if asked[place].pk not in answered and asked[place].case.state in PUBLIC_STATES
    ]
    total = len(answered) + len(left)
    return Turn(min(len(answered) + 1, total), total, left[0] if left else None)


def surveys_of(organisation: Organisation) -> list[Survey]:
    """Give all surveys of an organisation, the newest first."""
    found = Survey.objects.filter(version__guideline__organisation=organisation)
    return list(found.select_related("version__guideline").order_by("-pk"))


def published_surveys(organisation: Organisation) -> list[Survey]:
    """Give the surveys of an organisation whose results everybody can see, the newest first."""
    found = Survey.objects.filter(version__guideline__organisation=organisation, state="published")
    return list(found.select_related("version__guideline", "result").order_by("-pk"))


def is_simulated(survey: Survey) -> bool:
    """Tell whether a case of a survey was judged by simulated citizens."""
    return survey.cases.filter(case__is_simulated=True).exists()


def _key_of(survey: Survey) -> bytes:
    return bytes(SurveyKey.objects.get(survey=survey).key)
