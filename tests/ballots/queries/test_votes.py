"""The ballots of a round, as the engine gets them."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.stored import prepare_framed, submit
from tests.verdicts.rounds import citizen, fill, invite, reasons_of, start_round, vote

from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.models import Ballot, Channel, Participation, Reason, Round
from spreekruimte.ballots.queries.votes import (
    JUDGEMENT,
    RoundVotes,
    collect_votes,
    name_participant,
    name_statement,
)
from spreekruimte.verdicts.snapshots import digest_votes

pytestmark = pytest.mark.django_db


def votes_in(matrix: VoteMatrix) -> dict[str, dict[str, int]]:
    """What each participant voted, by published name and statement."""
    found: dict[str, dict[str, int]] = {name: {} for name in matrix.participant_ids}
    for row, column, value in zip(matrix.rows, matrix.columns, matrix.values, strict=True):
        found[matrix.participant_ids[row]][matrix.statements[column].id] = int(value)
    return found


def stored_votes(round_: Round, channel: Channel) -> dict[str, dict[str, int]]:
    """The same, row by row from the tables."""
    found: dict[str, dict[str, int]] = {}
    ballots = Ballot.objects.filter(
        participation__round=round_, participation__channel=channel, is_latest=True
    ).exclude(question="measure")
    for ballot in ballots.select_related("participation"):
        name = name_participant(round_.log_name, ballot.participation.pseudonym)
        about = JUDGEMENT if ballot.reason_id is None else name_statement(ballot.reason_id)
        found.setdefault(name, {})[about] = ballot.answer
    return found


def test_the_latest_answers_of_a_channel_are_its_votes() -> None:
    round_ = start_round()
    fill(round_, 12)
    fill(round_, 5, channel=Channel.PANEL)
    vote(round_, citizen(3), judgement=-1, measure=8)
    for channel in Channel:
        assert votes_in(collect_votes(round_, channel)) == stored_votes(round_, channel)


def test_participants_stand_by_name_and_nothing_tells_when_they_came() -> None:
    round_ = start_round()
    fill(round_, 30)
    matrix = collect_votes(round_, Channel.OPEN)
    assert list(matrix.participant_ids) == sorted(matrix.participant_ids)
    assert matrix.arrival.tolist() == list(range(30))
    pseudonyms = list(Participation.objects.order_by("pk").values_list("pseudonym", flat=True))
    assert not any(each[:12] in "".join(matrix.participant_ids) for each in pseudonyms)
    by_arrival = [name_participant(round_.log_name, each) for each in pseudonyms]
    assert by_arrival != list(matrix.participant_ids)


def test_the_same_respondent_has_another_name_in_another_round() -> None:
    names = {name_participant(f"case-1-round-{number}", "f" * 64) for number in range(50)}
    assert len(names) == 50


def test_reasons_that_are_not_shown_are_not_judged_and_keep_their_words_to_themselves() -> None:
    round_ = start_round()
    fill(round_, 4)
    first, second, third, last = reasons_of(round_)
    Reason.objects.filter(pk=first).update(state=Reason.State.HIDDEN)
    Reason.objects.filter(pk=second).update(state=Reason.State.WAITING)
    Reason.objects.filter(pk=third).update(state=Reason.State.ERASED, content="")
    statements = {each.id: each for each in collect_votes(round_, Channel.OPEN).statements}
    for reason in (first, second, third):
        assert not statements[name_statement(reason)].judged
        assert statements[name_statement(reason)].text == ""
    assert statements[name_statement(last)].judged
    assert statements[name_statement(last)].text == "Iedereen mag meepraten over de stad."
    assert statements[JUDGEMENT].judged


def test_of_reasons_taken_together_the_later_vote_counts() -> None:
    round_ = start_round()
    first, second, third, _last = reasons_of(round_)
    vote(round_, citizen(1), reasons={first: 1, second: -1})
    vote(round_, citizen(2), reasons={second: -1, first: 1})
    vote(round_, citizen(3), reasons={third: -1})
    Reason.objects.filter(pk=second).update(state=Reason.State.MERGED, merged_into=first)
    Reason.objects.filter(pk=third).update(state=Reason.State.MERGED, merged_into=second)
    matrix = collect_votes(round_, Channel.OPEN)
    names = [each.id for each in matrix.statements]
    assert name_statement(first) in names
    assert name_statement(second) not in names
    assert name_statement(third) not in names
    values = [votes[name_statement(first)] for votes in votes_in(matrix).values()]
    assert sorted(values) == [-1, -1, 1]


def test_measures_come_along_by_participant() -> None:
    round_ = start_round()
    for number, step in enumerate([0, 3, 8, -1]):
        vote(round_, citizen(number), measure=step)
    measures = collect_votes(round_, Channel.OPEN).attributes["measure"]
    assert sorted(str(each) for each in measures) == ["0", "3", "8", "unknown"]


def test_a_round_without_votes_gives_an_empty_matrix() -> None:
    matrix = collect_votes(start_round(), Channel.OPEN)
    assert matrix.participant_count == 0
    assert matrix.vote_count == 0
    assert len(matrix.statements) == 5


def test_catching_up_gives_what_reading_from_scratch_gives() -> None:
    round_ = start_round()
    votes = RoundVotes(round_)
    for batch in range(4):
        fill(round_, 6, seed=batch, first=3 * batch)
        votes.catch_up()
        for channel in Channel:
            scratch = collect_votes(round_, channel)
            caught_up = votes.to_matrix(channel)
            assert digest_votes(caught_up) == digest_votes(scratch)
            assert np.array_equal(caught_up.arrival, scratch.arrival)
    round_.refresh_from_db()
    assert (votes.head.length, votes.head.digest) == (round_.head_length, round_.head_digest)


def test_what_is_read_is_read_once() -> None:
    round_ = start_round()
    fill(round_, 6)
    votes = RoundVotes(round_)
    votes.catch_up()
    with CaptureQueriesContext(connection) as asked:
        votes.catch_up()
    assert sum('"ballots_' in query["sql"] for query in asked.captured_queries) == 3


def test_a_log_that_is_another_is_read_anew() -> None:
    round_ = start_round()
    fill(round_, 3)
    votes = RoundVotes(round_)
    votes.catch_up()
    # As after a backup was put back, and other ballots came in since.
    votes.head = Head(votes.head.length, "0" * 64)
    votes._answers = -votes._answers
    fill(round_, 3, seed=2, first=3)
    votes.catch_up()
    scratch = collect_votes(round_, Channel.OPEN)
    assert digest_votes(votes.to_matrix(Channel.OPEN)) == digest_votes(scratch)


def test_the_panel_is_not_the_open_channel() -> None:
    round_ = start_round()
    (invited,) = invite(round_, [1])
    vote(round_, invited)
    vote(round_, citizen(1))
    open_, panel = (collect_votes(round_, channel) for channel in Channel)
    assert open_.participant_count == panel.participant_count == 1
    assert open_.participant_ids != panel.participant_ids
    assert RoundVotes(round_).count_ballots(Channel.PANEL) == 0


def test_a_log_that_grew_since_it_was_counted_is_still_read_entry_by_entry() -> None:
    round_ = start_round()
    fill(round_, 4)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    fill(round_, 150, seed=2, first=4)
    with CaptureQueriesContext(connection) as asked:
        assert collect_votes(round_, Channel.OPEN).participant_count == 154
    if connection.vendor == "postgresql":
        [reading] = [
            query["sql"]
            for query in asked.captured_queries
            if '"ballots_ballot" INNER JOIN' in query["sql"]
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {reading}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Materialize" not in plan
        assert "ballots_ballot_pkey" in plan


# What each was asked on


def test_votes_come_with_the_text_that_each_was_asked_on() -> None:
    round_ = start_round(case=submit(prepare_framed()))
    votes = RoundVotes(round_)
    for batch in range(2):
        fill(round_, 40, seed=batch, first=40 * batch)
        fill(round_, 20, channel=Channel.PANEL, seed=batch, first=40 * batch)
        votes.catch_up()
    for channel in Channel:
        matrix = votes.to_matrix(channel)
        assert dict(zip(matrix.participant_ids, matrix.attributes["arm"], strict=True)) == {
            name_participant(round_.log_name, each.pseudonym): f"{each.side}.{each.framing}"
            for each in Participation.objects.filter(channel=channel)
        }
        assert len(set(matrix.attributes["arm"])) > 5
        assert digest_votes(matrix) == digest_votes(collect_votes(round_, channel))


def test_where_all_were_asked_on_the_same_text_nothing_is_said_of_it() -> None:
    round_ = start_round()
    fill(round_, 20)
    assert set(collect_votes(round_, Channel.OPEN).attributes) == {"measure"}
