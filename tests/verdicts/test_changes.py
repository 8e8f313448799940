"""Who judged, saw results and judged again: who moved, and toward what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.verdicts.results import judge
from tests.verdicts.rounds import citizen, erase, give, reasons_of, start_round, vote

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.ballots.actions.casting import Answer, GivenBallot
from spreekruimte.ballots.actions.looking import record_seen
from spreekruimte.ballots.actions.rounds import note_reply
from spreekruimte.ballots.models import Channel, Question, Round
from spreekruimte.ballots.queries.changes import Pair, read_pairs, read_pairs_around_reply
from spreekruimte.ballots.queries.votes import RoundVotes
from spreekruimte.verdicts.changes import Changes, from_document, measure_changes, to_document
from spreekruimte.verdicts.queries.results import ChannelResult, result_of
from spreekruimte.verdicts.showing.changes import draw, draw_reply

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def look_and_judge_again(round_: Round, number: int, answer: int) -> None:
    record_seen(round_=round_, respondents=[citizen(number)])
    give(round_, [GivenBallot(citizen(number), Answer(Question.JUDGEMENT, answer))])


def make_round(towards: int = 0, away: int = 0, stayed: int = 0) -> Round:
    """A round in which so many looked and judged again, three who only judged or only looked."""
    round_ = start_round()
    moves = [(-1, 1)] * towards + [(1, -1)] * away
    for number, (before, after) in enumerate(moves):
        vote(round_, citizen(number), judgement=before)
        look_and_judge_again(round_, number, after)
    for number in range(len(moves), len(moves) + stayed):
        vote(round_, citizen(number))
        record_seen(round_=round_, respondents=[citizen(number)])
    for number in (900, 901):
        vote(round_, citizen(number))
    vote(round_, citizen(902), judgement=0)
    return Round.objects.get(pk=round_.pk)


def result_after(round_: Round) -> ChannelResult:
    judge(round_)
    result = result_of(round_, Channel.OPEN)
    assert result is not None
    return result


def changes_of(result: ChannelResult) -> Changes:
    assert result.changes is not None
    return result.changes


def test_the_last_judgement_before_results_stands_beside_the_one_that_counts() -> None:
    round_ = make_round(stayed=1)
    for answer in (1, -1):
        give(round_, [GivenBallot(citizen(5), Answer(Question.JUDGEMENT, answer))])
    for answer in (0, 1):
        look_and_judge_again(round_, 5, answer)
    # Who only looked first has nothing before it.
    look_and_judge_again(round_, 6, 1)
    found = read_pairs(round_, Channel.OPEN, until=10_000)
    assert sorted((each.before, each.after) for each in found) == [(-1, 1), (1, 1)]
    assert read_pairs(round_, Channel.PANEL, until=10_000) == []
    assert [each.after for each in read_pairs(round_, Channel.OPEN, until=1)] == [1]


def test_who_moved_and_the_change_in_the_share_are_told() -> None:
    changes = changes_of(result_after(make_round(towards=9, away=3, stayed=18)))
    assert (changes.people, changes.towards, changes.away) == (30, 9, 3)
    change = changes.change[0]
    assert change.estimate == pytest.approx(6 / 30)
    assert change.anytime_low is not None
    assert change.anytime_high is not None
    assert change.anytime_low <= 6 / 30 <= change.anytime_high


def test_with_few_people_there_is_no_figure_and_the_page_says_why() -> None:
    result = result_after(make_round(towards=2, stayed=3))
    assert changes_of(result).change[0].estimate is None
    picture = draw(result)
    assert picture is not None
    assert picture.parts == ()
    assert "fewer than 10 people" in picture.sentence
    assert len(picture.table.rows) == 3


def test_the_picture_says_who_moved_and_holds_every_move() -> None:
    picture = draw(result_after(make_round(towards=9, away=3, stayed=18)))
    assert picture is not None
    assert "9 of them went towards admissible, 3 away" in picture.sentence
    assert "+20 percentage points" in picture.sentence
    assert len(picture.parts) == 1
    assert ("all", "not_admissible", "admissible", 9) in {row[:4] for row in picture.rows}


def test_where_nobody_looked_there_is_nothing_to_show() -> None:
    result = result_after(make_round())
    assert result.changes is None
    assert draw(result) is None


def test_what_is_erased_takes_no_part_any_more() -> None:
    round_ = make_round(towards=9, away=3, stayed=18)
    judge(round_)
    erase(round_, citizen(0))
    assert changes_of(result_after(round_)).towards == 8


def test_groups_come_from_votes_on_reasons() -> None:
    round_ = start_round()
    reasons = reasons_of(round_)
    for number in range(80):
        side = 1 if number % 2 else -1
        vote(round_, citizen(number), judgement=side, reasons=dict.fromkeys(reasons[:2], side))
        other = [
            GivenBallot(citizen(number), Answer(Question.REASON, -side, pk)) for pk in reasons[2:]
        ]
        give(round_, other)
        record_seen(round_=round_, respondents=[citizen(number)])
    changes = changes_of(result_after(round_))
    assert len(changes.moves) == len(changes.change)
    assert sum(map(sum, changes.moves[0])) == 80
    sizes = [sum(map(sum, moves)) for moves in changes.moves[1:]]
    assert sizes in ([], [40, 40])


def test_nobody_is_compared_without_pairs_and_what_is_written_reads_back() -> None:
    round_ = make_round(towards=9, away=3, stayed=18)
    votes = RoundVotes(round_)
    votes.catch_up()
    matrix, names = votes.to_matrix(Channel.OPEN), votes.names_of(Channel.OPEN)
    assert measure_changes([], names, matrix, Rules()) is None
    pairs: list[Pair] = read_pairs(round_, Channel.OPEN, until=votes.head.length)
    found = measure_changes(pairs, names, matrix, Rules())
    assert found is not None
    assert to_document(from_document(to_document(found))) == to_document(found)


def test_who_judged_before_a_reply_is_compared_with_after_it() -> None:
    round_ = make_round(stayed=12)
    note_reply(case=round_.case)
    round_.refresh_from_db()
    assert read_pairs_around_reply(round_, Channel.OPEN, until=10_000) == []
    for number in range(4):
        give(round_, [GivenBallot(citizen(number), Answer(Question.JUDGEMENT, -1))])
    # Who came after the reply has nothing before it.
    vote(round_, citizen(50), judgement=-1)
    result = result_after(round_)
    assert result.reply is not None
    # With the three who did not look: 14 with an opinion.
    assert (result.reply.people, result.reply.away, result.reply.towards) == (15, 4, 0)
    assert result.reply.change[0].estimate == pytest.approx(-4 / 14)
    picture = draw_reply(result)
    assert picture is not None
    assert picture.name == "reply"
    assert "15 people judged before the public servant replied." in picture.sentence
    assert "0 of them went towards admissible, 4 away" in picture.sentence


def test_without_a_reply_there_is_nothing_around_it() -> None:
    round_ = make_round(towards=1)
    assert read_pairs_around_reply(round_, Channel.OPEN, until=10_000) == []
    result = result_after(round_)
    assert result.reply is None
    assert draw_reply(result) is None
