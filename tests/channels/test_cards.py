"""Cards of questions and of verdicts: what they tell, and when they tell nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.stored import BY, TELLING, in_state, submit
from tests.organisations.people import NOW
from tests.verdicts.rounds import fill, finish, start_round

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.cases.models import Case
from spreekruimte.channels.cards import (
    card_of,
    question_card,
    verdict_card,
    verdict_to_tell,
    words_of,
)
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.models import OfficialVerdict

pytestmark = pytest.mark.django_db


def publish(round_: Round) -> OfficialVerdict:
    for channel in Channel:
        judge_round(round=round_, channel=channel, now=NOW)
    return publish_verdict(round=round_, **BY)


@pytest.fixture
def verdict() -> OfficialVerdict:
    round_ = start_round()
    fill(round_, 40)
    fill(round_, 20, channel=Channel.PANEL, first=1000)
    return publish(finish(round_))


def test_the_card_of_a_question_tells_the_case_and_asks() -> None:
    card = question_card(in_state("open"), "en")
    assert card.title == "What do you think of this post?"
    assert card.description == TELLING.en
    assert (
        card.alternative == f"{card.title} {TELLING.en} Is this post admissible, in your opinion?"
    )
    assert card.picture.startswith(b"\x89PNG")


def test_a_card_speaks_the_language_that_is_asked_for() -> None:
    case = in_state("open")
    assert TELLING.nl in question_card(case, "nl").alternative
    assert question_card(case, "nl").picture != question_card(case, "en").picture


def test_no_vote_changes_the_card_of_a_question() -> None:
    round_ = start_round()
    before = card_of(round_.case, "nl")
    fill(round_, 40)
    judge_round(round=round_, channel=Channel.OPEN, now=NOW)
    assert card_of(Case.objects.get(), "nl") == before


def test_the_card_of_a_verdict_tells_the_channels_apart(verdict: OfficialVerdict) -> None:
    card = verdict_card(verdict, "en")
    assert card.title == "What the public finds"
    assert card.alternative == f"{card.title} {card.description}"
    assert card.description.index("Open vote") < card.description.index("Panel")
    assert card.description.count("%") >= 6
    assert card.picture.startswith(b"\x89PNG")


def test_simulated_citizens_are_named_on_the_card(verdict: OfficialVerdict) -> None:
    Case.objects.update(is_simulated=True)
    verdict = OfficialVerdict.objects.get()
    for card in (verdict_card(verdict, "en"), question_card(verdict.round.case, "en")):
        assert card.alternative.startswith("Demonstration, simulated citizens ")


def test_a_case_that_is_asked_again_tells_nothing_of_what_came_before(
    verdict: OfficialVerdict,
) -> None:
    case = verdict.round.case
    assert card_of(case, "nl").title == verdict_card(verdict, "nl").title
    start_round(case=submit(Case.objects.get()))
    case = Case.objects.get()
    assert verdict_to_tell(case) is None
    assert card_of(case, "en").description == TELLING.en
    with pytest.raises(RefusedError):
        verdict_card(OfficialVerdict.objects.get(), "nl")


def test_a_verdict_that_is_not_official_is_not_told() -> None:
    round_ = start_round()
    fill(round_, 40)
    finish(round_)
    judge_round(round=round_, channel=Channel.OPEN, now=NOW + timedelta(minutes=1))
    assert verdict_to_tell(Case.objects.get()) is None


def test_words_come_without_the_picture() -> None:
    case = in_state("open")
    card, words = card_of(case, "nl"), words_of(case, "nl")
    assert words.picture == b""
    assert words.alternative == card.alternative
