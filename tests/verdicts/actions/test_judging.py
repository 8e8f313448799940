"""Snapshots: made once for each head, equal whichever way, and free of what can be erased."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.cases.stored import prepare, prepare_framed, submit
from tests.organisations.people import NOW
from tests.verdicts.framed import start_framed
from tests.verdicts.rounds import REASONS, citizen, fill, give, reasons_of, start_round, vote

from spreekruimte.ballots.actions.casting import Answer, GivenBallot
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    ModerationEntry,
    Participation,
    Question,
    Reason,
    Round,
)
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.queries.votes import RoundVotes, collect_votes
from spreekruimte.cases.shares import FULL_CONTEXT
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.verdicts.actions.judging import RULES, judge_round
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.framings import measure_framings, to_document
from spreekruimte.verdicts.models import Figures, OfficialVerdict, Snapshot
from spreekruimte.verdicts.queries.snapshots import channels_to_judge, latest_snapshot
from spreekruimte.verdicts.snapshots import describe_figures, digest_votes

pytestmark = pytest.mark.django_db


def judged(round_: Round, **options: object) -> Snapshot:
    return judge_round(round=round_, channel=Channel.OPEN, now=NOW, **options)  # type: ignore[arg-type]


def test_the_figures_are_those_of_the_engine() -> None:
    round_ = start_round()
    fill(round_, 40)
    matrix = collect_votes(round_, Channel.OPEN)
    snapshot = judged(round_)
    expected = describe_figures(
        judge_votes(matrix), input_digest=digest_votes(matrix), simulated=False
    )
    assert snapshot.figures.document == json.loads(json.dumps(expected))
    assert snapshot.input_digest == digest_votes(matrix)
    round_.refresh_from_db()
    assert (snapshot.head_length, snapshot.head_digest) == (
        round_.head_length,
        round_.head_digest,
    )


def test_one_head_has_one_snapshot() -> None:
    round_ = start_round()
    fill(round_, 5)
    first = judged(round_)
    assert judged(round_) == first
    vote(round_, citizen(100))
    second = judged(round_)
    assert [first.number, second.number] == [1, 2]
    assert latest_snapshot(round_, Channel.OPEN) == second


def test_going_on_from_what_was_read_gives_what_starting_over_gives() -> None:
    round_ = start_round()
    votes = RoundVotes(round_)
    for batch in range(3):
        fill(round_, 10, seed=batch, first=5 * batch)
        digest = judged(round_, votes=votes).document_digest
        scratch = collect_votes(round_, Channel.OPEN)
        again = describe_figures(
            judge_votes(scratch), input_digest=digest_votes(scratch), simulated=False
        )
        assert Figures.objects.get(snapshot__document_digest=digest).document == again


def test_moderation_asks_for_another_snapshot() -> None:
    round_ = start_round()
    fill(round_, 5)
    first = judged(round_)
    hidden = reasons_of(round_)[0]
    Reason.objects.filter(pk=hidden).update(state=Reason.State.HIDDEN)
    ModerationEntry.objects.create(
        round_id=round_.pk, reason_id=hidden, act=ModerationEntry.Act.HIDE, ground="x", at=NOW
    )
    second = judged(round_)
    assert second != first
    assert second.head_digest == first.head_digest
    assert f"reason-{hidden}" in second.figures.document["not_judged"]


def test_figures_hold_no_text_and_nobody() -> None:
    round_ = start_round()
    fill(round_, 40)
    figures = judged(round_).figures
    kept = json.dumps([figures.document, figures.crowd], ensure_ascii=False)
    assert not any(reason in kept for reason in REASONS)
    assert not any(name in kept for name in collect_votes(round_, Channel.OPEN).participant_ids)


def test_figures_of_earlier_snapshots_go_and_their_rows_stay() -> None:
    round_ = start_round()
    fill(round_, 5)
    first = judged(round_)
    vote(round_, citizen(100))
    second = judged(round_)
    assert list(Figures.objects.values_list("pk", flat=True)) == [second.pk]
    assert Snapshot.objects.filter(pk=first.pk).exists()


def test_figures_that_are_official_stay() -> None:
    round_ = start_round()
    fill(round_, 5)
    first = judged(round_)
    OfficialVerdict.objects.create(
        round=round_, number=1, snapshots={"open": first.pk}, published_at=NOW
    )
    vote(round_, citizen(100))
    second = judged(round_)
    assert set(Figures.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_snapshots_cannot_be_changed() -> None:
    round_ = start_round()
    fill(round_, 2)
    snapshot = judged(round_)
    with pytest.raises(AppendOnlyError):
        Snapshot.objects.filter(pk=snapshot.pk).update(computed_at=NOW + timedelta(days=1))
    with pytest.raises(AppendOnlyError):
        snapshot.delete()


def test_a_channel_is_judged_once_somebody_voted_there() -> None:
    round_ = start_round()
    assert channels_to_judge(round_) == []
    fill(round_, 3, channel=Channel.PANEL)
    assert channels_to_judge(round_) == [Channel.PANEL]


def test_a_round_of_which_everything_was_erased_is_judged_too() -> None:
    round_ = start_round()
    snapshot = judged(round_)
    assert snapshot.figures.document["votes"] == 0
    assert snapshot.figures.document["results"][0]["outcome"] == "undecided"
    assert snapshot.figures.crowd["people"]["total"] == 0


def test_the_measures_are_counted() -> None:
    round_ = start_round()
    for number, step in enumerate([0, 0, 0, 2, 8, -1]):
        vote(round_, citizen(number), measure=step)
    measures = judged(round_).figures.document["measures"]
    assert [step["count"] for step in measures["steps"]] == [3, 0, 1, 0, 0, 0, 0, 0, 1]
    assert measures["unknown"] == 1
    assert measures["median"]["step"] == 0


def test_the_verdict_rests_on_who_was_asked_with_all_context_and_reasons_on_everybody() -> None:
    round_ = start_round(case=submit(prepare_framed()))
    fill(round_, 200)
    document = judged(round_).figures.document
    in_full = Participation.objects.filter(framing="context", side="post")
    assert 0 < in_full.count() < 200
    ballots = Ballot.objects.filter(is_latest=True)
    for result in document["results"]:
        if result["id"] == "judgement":
            votes = ballots.filter(question=Question.JUDGEMENT, participation__in=in_full)
        else:
            votes = ballots.filter(reason=int(result["id"].removeprefix("reason-")))
        counted = [votes.filter(answer=answer).count() for answer in (1, -1, 0)]
        assert [result["agree"], result["disagree"], result["pass"]] == counted
    measured = ballots.filter(question=Question.MEASURE, participation__in=in_full)
    for step in document["measures"]["steps"]:
        assert step["count"] == measured.filter(answer=step["step"]).count()
    assert document["measures"]["unknown"] == measured.filter(answer=-1).count()


def test_what_framings_change_is_stored_where_there_were_several_texts() -> None:
    round_ = start_framed(200)
    found = measure_framings(collect_votes(round_, Channel.OPEN), RULES, round_.arms)
    assert found is not None
    assert judged(round_).figures.document["framings"] == to_document(found)
    plain = start_round(case=submit(prepare(organisation=round_.case.organisation)))
    fill(plain, 10)
    assert "framings" not in judged(plain).figures.document


def test_a_verdict_without_anybody_who_saw_all_context_is_undecided() -> None:
    round_ = start_round(case=submit(prepare_framed()))
    lot = lot_of(round_, round_.case)
    other = next(each for each in map(citizen, range(1000)) if draw_arm(lot, each) != FULL_CONTEXT)
    give(round_, [GivenBallot(other, Answer(Question.JUDGEMENT, 1))])
    found = {each["id"]: each for each in judged(round_).figures.document["results"]}
    assert (found["judgement"]["agree"], found["judgement"]["outcome"]) == (0, "undecided")
