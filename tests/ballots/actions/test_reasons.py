"""Reasons are given, and changed while nobody has voted on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.ballots.asking import OPENING, agree, ask, give, judge
from tests.ballots.rounds import someone
from tests.cases.stored import BY, LATER, submit
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.reasons import (
    MOST_REASONS,
    AlreadyGivenError,
    edit_reason,
    give_reason,
)
from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Ballot, LogEntry, Moderation, Question, Reason, Round
from spreekruimte.ballots.refusals import BallotRefusedError, OutOfOrder, RoundIsOver
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db

MINE = "Een ambtenaar is ook een burger."


def edit(reason: Reason, respondent: Respondent, content: str) -> Reason:
    return edit_reason(
        reason=reason, respondent=respondent, content=content, language="nl", now=NOW
    )


def refused(act: Callable[[], object], error: type[Exception] = RefusedError) -> None:
    """It is refused, and neither a reason nor a ballot is stored."""
    before = list(Reason.objects.order_by("pk").values()), LogEntry.objects.count()
    with pytest.raises(error):
        act()
    assert (list(Reason.objects.order_by("pk").values()), LogEntry.objects.count()) == before


@pytest.mark.parametrize(
    ("moderation", "state"), [(Moderation.AFTER, "shown"), (Moderation.BEFORE, "waiting")]
)
def test_a_reason_is_kept_with_the_agreement_of_its_author(
    moderation: Moderation, state: str
) -> None:
    round_ = ask(moderation)
    given = give_reason(
        round=round_, respondent=judge(round_), content=f" {MINE}\n", language="nl", now=NOW
    )
    reason = Reason.objects.get(pk=given.reason.pk)
    assert (reason.content, reason.language, reason.state) == (MINE, "nl", state)
    assert not given.names_someone
    ballot = Ballot.objects.get(reason=reason)
    assert (ballot.question, ballot.answer, ballot.is_latest) == (Question.REASON, 1, True)
    assert ballot.participation == reason.author
    assert given.cast.position == ballot.entry.position


def test_what_seems_to_name_a_person_waits_for_a_moderator() -> None:
    round_ = ask()
    content = "Mevrouw Jansen schreef eerder iets ergers."
    given = give_reason(
        round=round_, respondent=judge(round_), content=content, language="nl", now=NOW
    )
    assert given.names_someone
    assert given.reason.state == "waiting"


def test_what_was_hidden_before_waits_for_a_moderator() -> None:
    round_ = ask()
    hidden = give(round_, MINE)
    Reason.objects.filter(pk=hidden.pk).update(state="hidden")
    assert give(round_, MINE.upper()).state == "waiting"


@pytest.mark.parametrize("content", [OPENING.content, "  iedereen MAG een mening hébben! "])
def test_a_reason_that_is_there_is_voted_on_instead(content: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    refused(lambda: give(round_, content, respondent), AlreadyGivenError)
    with pytest.raises(AlreadyGivenError) as found:
        give(round_, content, respondent)
    assert found.value.reason == Reason.objects.get()


def test_a_reason_that_was_merged_leads_to_the_other_one() -> None:
    round_ = ask()
    other = Reason.objects.get()
    Reason.objects.filter(pk=give(round_, MINE).pk).update(state="merged", merged_into=other)
    with pytest.raises(AlreadyGivenError) as found:
        give(round_, MINE)
    assert found.value.reason == other


def test_the_same_text_in_another_round_is_new() -> None:
    first = ask()
    give(first, MINE)
    ended = end_round(round=first, step="stop", **BY)
    assert give(ask(case=submit(ended.case)), MINE).content == MINE


def test_an_own_reason_that_waits_is_not_given_twice() -> None:
    round_ = ask(Moderation.BEFORE)
    respondent = judge(round_)
    give(round_, MINE, respondent)
    refused(lambda: give(round_, MINE, respondent))


def test_two_people_can_have_the_same_reason_waiting() -> None:
    round_ = ask(Moderation.BEFORE, seeds=[])
    give(round_, MINE)
    give(round_, MINE)
    assert Reason.objects.filter(state="waiting").count() == 2


def test_nobody_gives_more_than_three() -> None:
    round_ = ask()
    respondent = judge(round_)
    for number in range(MOST_REASONS):
        give(round_, f"{MINE} Dit is reden {number}.", respondent)
    refused(lambda: give(round_, f"{MINE} En nog een.", respondent))
    assert give(round_, f"{MINE} En nog een.")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "ja",
        "x" * 281,
        "12345 67890 !!",
        "Это правда, все так думают.",
        "هذا صحيح تماما في رأيي",
        "<script>alert(1)</script>",
        "Lees dit: https://voorbeeld.nl/lang",
        "Stuur een bericht aan iemand@voorbeeld.nl daarover.",
        "Bel hem op 06 12345678 en vraag het.",
        "\u202e\u200b\x00\x07",
    ],
    ids=[
        "empty", "short", "long", "no letters", "Cyrillic", "Arabic", "code", "link", "address",
        "number", "invisible",
    ],
)  # fmt: skip
def test_what_no_reason_can_be_is_refused(content: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    refused(lambda: give(round_, content, respondent))


def test_signs_that_cannot_be_seen_are_left_out() -> None:
    assert give(ask(), "Dat\x00 mag\u202e \u200bhij\tzelf\r\nweten.").content == (
        "Dat mag hij zelf weten."
    )


def test_who_has_not_judged_gives_no_reason() -> None:
    round_ = ask()
    refused(lambda: give(round_, MINE, someone()), OutOfOrder)


def test_who_gave_up_the_ballot_gives_no_reason() -> None:
    round_ = ask()
    respondent = judge(round_)
    round_.participations.update(has_given_up=True, has_seen_results=True)
    refused(lambda: give(round_, MINE, respondent), BallotRefusedError)


@pytest.mark.parametrize("act", ["give", "edit"])
def test_after_a_round_nothing_is_given_or_changed(act: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    reason = give(round_, MINE, respondent)
    if act == "give":
        refused(
            lambda: give_reason(
                round=round_, respondent=respondent, content="Nog een.", language="nl", now=LATER
            ),
            RoundIsOver,
        )
    end_round(round=round_, step="close", **BY)
    refused(lambda: edit(reason, respondent, f"{MINE} Toch."), RoundIsOver)


@pytest.mark.parametrize(
    ("moderation", "content", "state"),
    [
        (Moderation.AFTER, f"{MINE} Toch.", "shown"),
        (Moderation.AFTER, f"{MINE} Ook mevrouw Jansen.", "waiting"),
        (Moderation.BEFORE, f"{MINE} Toch.", "waiting"),
    ],
)
def test_an_author_changes_a_reason_and_it_is_looked_at_again(
    moderation: Moderation, content: str, state: str
) -> None:
    round_ = ask(moderation)
    respondent = judge(round_)
    reason = give(round_, MINE, respondent)
    Reason.objects.filter(pk=reason.pk).update(state="shown")
    edit(reason, respondent, content)
    reason.refresh_from_db()
    assert (reason.content, reason.state) == (content, state)


def test_a_reason_can_be_put_right_without_another_text() -> None:
    round_ = ask()
    respondent = judge(round_)
    reason = edit(give(round_, MINE, respondent), respondent, MINE.upper())
    assert reason.content == MINE.upper()


def test_a_reason_that_somebody_voted_on_stays_as_it_is() -> None:
    round_ = ask()
    respondent = judge(round_)
    reason = give(round_, MINE, respondent)
    agree(round_, judge(round_), reason, 0)
    refused(lambda: edit(reason, respondent, f"{MINE} Toch."))


@pytest.mark.parametrize("state", ["hidden", "merged", "has others"])
def test_what_a_moderator_decided_on_stays_as_it_is(state: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    reason, seed = give(round_, MINE, respondent), Reason.objects.get(author=None)
    if state == "has others":
        Reason.objects.filter(pk=seed.pk).update(state="merged", merged_into=reason)
    else:
        into = seed if state == "merged" else None
        Reason.objects.filter(pk=reason.pk).update(state=state, merged_into=into)
    refused(lambda: edit(reason, respondent, f"{MINE} Toch."))


def test_nobody_changes_a_reason_of_another_or_of_the_editor() -> None:
    round_ = ask()
    reason = give(round_, MINE)
    respondent = judge(round_)
    refused(lambda: edit(reason, respondent, f"{MINE} Toch."))
    refused(lambda: edit(Reason.objects.get(author=None), respondent, f"{MINE} Toch."))
    refused(lambda: edit(reason, someone(), f"{MINE} Toch."), OutOfOrder)


@pytest.mark.parametrize("content", [OPENING.content, "nee"])
def test_a_changed_text_is_held_to_what_a_new_one_is(content: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    reason = give(round_, MINE, respondent)
    refused(lambda: edit(reason, respondent, content))
    assert Round.objects.get().head_length == 3
