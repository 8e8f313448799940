"""Surveys for tests, in each state, and public servants who answer them by a known truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from tests.guidelines.written import holds_where, make_line, make_version
from tests.organisations.people import NOW
from tests.verdicts.results import judge, publish
from tests.verdicts.rounds import citizen, finish, give, start_round

from spreekruimte.ballots.actions.casting import Answer, GivenBallot
from spreekruimte.ballots.models import Question, Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.guidelines.chill.actions import (
    answer_case,
    close_survey,
    open_survey,
    publish_survey,
)
from spreekruimte.guidelines.chill.models import (
    Survey,
    SurveyAnswer,
    SurveyCase,
    SurveyRespondent,
)
from spreekruimte.guidelines.chill.queries import find_turn, name_respondent
from spreekruimte.guidelines.models import Version
from spreekruimte.organisations.models import OPERATOR, Organisation

KEY = bytes(range(32))
POST, SILENT, UNKNOWN = (
    SurveyAnswer.Answer.POST,
    SurveyAnswer.Answer.SILENT,
    SurveyAnswer.Answer.UNKNOWN,
)
Would = Callable[[int, int], SurveyAnswer.Answer]
"""What the person of this number would do in the case at this place."""


def make_judged(admissible: int, inadmissible: int) -> Case:
    """A closed case with an official verdict, judged so."""
    round_ = start_round()
    people = range(admissible + inadmissible)
    give(
        round_,
        [
            GivenBallot(
                citizen(number), Answer(Question.JUDGEMENT, 1 if number < admissible else -1)
            )
            for number in people
        ],
    )
    finish(round_)
    judge(round_)
    publish(round_)
    return Case.objects.get(pk=round_.case_id)


def make_rules(organisation: Organisation) -> Version:
    """A guideline with a line that holds in the cases of tests, and one that does not."""
    return make_version(
        make_line(predicate=holds_where(tone="critical")),
        make_line(predicate=holds_where(tone="threatening")),
        organisation=organisation,
    )


def make_survey(cases: Sequence[Case] = (), *, entry: Survey.Entry = Survey.Entry.CODE) -> Survey:
    """A survey that is open, about one case that the public finds admissible unless said."""
    chosen = list(cases) or [make_judged(90, 10)]
    return open_survey(
        version=make_rules(chosen[0].organisation),
        cases=chosen,
        entry=entry,
        new_key=KEY,
        actor=OPERATOR,
        now=NOW,
    )


def close(survey: Survey) -> Survey:
    return close_survey(survey=survey, actor=OPERATOR, now=NOW)


def publish_results(survey: Survey) -> Survey:
    return publish_survey(survey=survey, actor=OPERATOR, now=NOW)


def make_published(people: int = 40, would: Would | None = None) -> Survey:
    """A survey with results, that so many people answered: half stay silent unless said."""
    survey = make_survey()
    fill(survey, people, would or half_silent)
    return publish_results(close(survey))


def half_silent(person: int, _place: int) -> SurveyAnswer.Answer:
    return SILENT if person % 2 else POST


def servant(name: object, tier: Tier = Tier.INVITATION) -> Respondent:
    """A public servant whom a test calls so."""
    return Respondent(tier, sha256(str(name).encode()).hexdigest())


def fill(survey: Survey, people: int, would: Would) -> None:
    """Let so many people answer all, stored at once as `answer_all` would one by one."""
    cases = list(SurveyCase.objects.filter(survey=survey))
    respondents = SurveyRespondent.objects.bulk_create(
        SurveyRespondent(survey=survey, pseudonym=name_respondent(survey, servant(number)))
        for number in range(people)
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(respondent=each, asked=asked, answer=would(number, asked.place))
        for number, each in enumerate(respondents)
        for asked in cases
    )


def answer_all(survey: Survey, respondent: Respondent, answer: SurveyAnswer.Answer) -> None:
    """Answer every case the same, one by one."""
    turn = find_turn(survey, respondent)
    while turn.asked is not None:
        turn = answer_case(
            survey=survey, respondent=respondent, place=turn.asked.place, answer=answer
        )
