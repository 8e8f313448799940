"""What a respondent gave is erased, and the log still verifies."""

from __future__ import annotations

import pytest
from django.core.serializers import serialize
from tests.ballots.asking import agree, ask, give, judge
from tests.ballots.rounds import someone
from tests.cases.stored import BY, LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.about import tell_about
from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.actions.erasing import erase_respondent
from spreekruimte.ballots.actions.looking import record_seen
from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.checking import find_fault
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    LogEntry,
    ModerationEntry,
    Participation,
    Question,
    Reason,
    Round,
)
from spreekruimte.ballots.queries.log import head_of, read_log
from spreekruimte.ballots.queries.lookup import find_receipt
from spreekruimte.ballots.queries.mine import ballots_of, reasons_given_by
from spreekruimte.ballots.queries.standing import find_participation, standing_of
from spreekruimte.ballots.queries.votes import collect_votes
from spreekruimte.ballots.respondents import Respondent

pytestmark = pytest.mark.django_db

OWN = "Kritiek houdt de overheid scherp."


def lines_of(round_: Round) -> list[str]:
    """The log, which is whole."""
    stored = Round.objects.get(pk=round_.pk)
    lines = list(read_log(stored, head_of(stored)))
    assert find_fault(lines, round_id=stored.log_name, head=head_of(stored)) is None
    assert len(lines) == LogEntry.objects.filter(round=round_).count() + 1
    return lines


def erase(round_: Round, respondent: Respondent) -> int:
    return erase_respondent(round_=round_, respondent=respondent, now=LATER)


def receipts(round_: Round, respondent: Respondent) -> list[str]:
    participation = find_participation(round_, respondent)
    assert participation is not None
    return [ballot.receipt for ballot in ballots_of(participation)]


def test_ballots_reasons_and_answers_about_oneself_are_gone_and_the_log_only_grew() -> None:
    round_ = ask()
    respondent, other = judge(round_), judge(round_)
    give(round_, OWN, respondent)
    tell_about(round_=round_, told={respondent: {"age": "75+"}}, now=NOW)
    before, kept = lines_of(round_), receipts(round_, respondent)
    assert erase(round_, respondent) == 3
    after = lines_of(round_)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 3
    for receipt in kept:
        found = find_receipt(receipt)
        assert found is not None
        assert found.is_erased
    assert receipts(round_, respondent) == []
    assert Participation.objects.get(pk=participation_of(round_, respondent).pk).about == {}
    everything = serialize("json", [*Reason.objects.all(), *Participation.objects.all()])
    assert OWN not in everything
    assert Ballot.objects.count() == len(receipts(round_, other)) == 2
    assert collect_votes(round_, Channel.OPEN).participant_count == 1


def participation_of(round_: Round, respondent: Respondent) -> Participation:
    found = find_participation(round_, respondent)
    assert found is not None
    return found


def test_doing_it_again_or_for_a_stranger_changes_nothing() -> None:
    round_ = ask()
    respondent = judge(round_)
    erase(round_, respondent)
    before = lines_of(round_)
    assert erase(round_, respondent) == 0
    assert erase(round_, someone()) == 0
    assert lines_of(round_) == before


def test_versions_that_were_replaced_are_erased_too() -> None:
    round_ = ask()
    respondent = judge(round_)
    for value in (-1, 0):
        cast_ballot(
            round_id=round_.pk,
            respondent=respondent,
            answer=Answer(Question.JUDGEMENT, value),
            now=NOW,
        )
    assert erase(round_, respondent) == 4
    assert not Ballot.objects.exists()
    lines_of(round_)


def test_it_is_possible_after_the_round_has_ended() -> None:
    round_ = ask()
    respondent = judge(round_)
    end_round(round=round_, step="close", **BY)
    assert erase(round_, respondent) == 2
    lines_of(round_)


def test_who_votes_again_has_still_seen_the_results() -> None:
    round_ = ask()
    respondent = judge(round_)
    record_seen(round_=round_, respondents=[respondent])
    erase(round_, respondent)
    assert standing_of(round_, respondent).step == "judgement"
    judge(round_, respondent)
    assert set(Ballot.objects.values_list("after_results", flat=True)) == {True}


def test_votes_of_others_on_an_erased_reason_stay_theirs() -> None:
    round_ = ask(seeds=[])
    author, other = judge(round_), judge(round_)
    reason = give(round_, OWN, author)
    agree(round_, other, reason)
    erase(round_, author)
    reason.refresh_from_db()
    assert (reason.state, reason.content, reason.author_id) == ("erased", "", None)
    assert standing_of(round_, other).reasons == {reason.pk: 1}
    assert reasons_given_by(participation_of(round_, author)) == []


def test_what_an_erased_reason_stood_for_stands_for_itself_again() -> None:
    round_ = ask(seeds=[])
    author = judge(round_)
    reason, other = give(round_, OWN, author), give(round_, "Kritiek helpt de overheid.")
    other.state, other.merged_into = Reason.State.MERGED, reason
    other.save()
    erase(round_, author)
    other.refresh_from_db()
    assert other.merged_into_id is None
    assert other.state == "shown"
    entry = ModerationEntry.objects.get()
    assert (entry.reason_id, entry.act) == (other.pk, "separate")
