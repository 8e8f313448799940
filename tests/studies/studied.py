"""Studies for tests, in each state, and people who answer them by a known truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from tests.organisations.people import NOW, make_organisation

from spreekruimte.ballots.models import Tier
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import OPERATOR, Organisation
from spreekruimte.studies.actions.answering import GivenAnswer, answer_vignettes, tell_about
from spreekruimte.studies.actions.designing import (
    choose_attributes,
    create_study,
    draw_vignettes,
)
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
from spreekruimte.studies.models import Study, StudyAnswer
from spreekruimte.studies.queries.respondents import Lot, draw_lot, key_of, turn_of

VALUES = {
    "employer_type": ("ministry", "municipality", "police"),
    "topic_distance": ("own_file", "own_organisation", "not_government"),
    "tone": ("neutral", "sharp"),
}
FORBIDDEN = ({"employer_type": "police", "topic_distance": "not_government"},)
PAIRS = (("employer_type", "tone"),)
KEY = bytes(range(32))

Judge = Callable[[Mapping[str, str], int], int]


def make_draft(organisation: Organisation | None = None, **changes: object) -> Study:
    """A draft that compares nothing yet."""
    values: dict[str, Any] = {
        "title": Bilingual("Over toon en afstand", "About tone and distance"),
        "introduction": Bilingual("Wat vindt u toelaatbaar?", "What do you find admissible?"),
        "is_simulated": False,
    }
    return create_study(
        organisation=organisation or make_organisation(),
        actor=OPERATOR,
        now=NOW,
        **values | changes,
    )


def make_designed(
    organisation: Organisation | None = None, *, per_respondent: int = 4, blocks: int = 9
) -> Study:
    """A draft with its vignettes drawn."""
    study = choose_attributes(
        study=make_draft(organisation),
        values=VALUES,
        forbidden=FORBIDDEN,
        pairs=PAIRS,
        actor=OPERATOR,
        now=NOW,
    )
    return draw_vignettes(
        study=study, per_respondent=per_respondent, blocks=blocks, actor=OPERATOR, now=NOW
    )


def make_open(organisation: Organisation | None = None, **sizes: int) -> Study:
    """A study that is open."""
    study = make_designed(organisation, **sizes)
    return open_study(study=study, new_key=KEY, actor=OPERATOR, now=NOW)


def make_closed(
    organisation: Organisation | None = None, *, people: int = 0, judge: Judge | None = None
) -> Study:
    """A study that so many people answered, closed and counted."""
    study = make_open(organisation)
    fill(study, people, judge or by_tone)
    study = close_study(study=study, actor=OPERATOR, now=NOW)
    estimate_study(study=study, now=NOW)
    return study


def make_published(
    organisation: Organisation | None = None, *, people: int = 120, judge: Judge | None = None
) -> Study:
    """A study with results that everybody can see."""
    study = make_closed(organisation, people=people, judge=judge)
    return publish_study(study=study, actor=OPERATOR, now=NOW)


def lot_of(study: Study, respondent: Respondent) -> Lot:
    """What the lot gives a respondent."""
    return draw_lot(study, key_of(study), respondent)


def fill(study: Study, people: int, judge: Judge) -> None:
    """Let so many people answer everything."""
    contexts = {(each.block, each.place): each.context for each in study.vignettes.all()}
    given = []
    for each in map(somebody, range(people)):
        lot = lot_of(study, each)
        for number, place in enumerate(lot.order, start=1):
            answer = judge(contexts[lot.block, place], number)
            given.append(GivenAnswer(each, number, StudyAnswer.Answer(answer)))
    answer_vignettes(study=study, given=given)


def somebody(name: object, tier: Tier = Tier.BROWSER) -> Respondent:
    """A respondent whom a test calls so."""
    return Respondent(tier, sha256(str(name).encode()).hexdigest())


def answer_all(
    study: Study, respondent: Respondent, judge: Judge, about: Mapping[str, str] | None = None
) -> None:
    """Answer every vignette that the lot gives somebody."""
    while (turn := turn_of(study, lot_of(study, respondent))).vignette is not None:
        answer = StudyAnswer.Answer(judge(turn.vignette.context, turn.number))
        answer_vignettes(study=study, given=[GivenAnswer(respondent, turn.number, answer)])
    if about:
        tell_about(study=study, respondent=respondent, about=about)


def by_tone(context: Mapping[str, str], number: int) -> int:
    """Find what is neutral admissible, and now and then something else."""
    return (1 if context["tone"] == "neutral" else -1) * (-1 if number == 4 else 1)
