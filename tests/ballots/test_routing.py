"""The next reason of a respondent: the same again, and only one that is shown and unanswered."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.ballots.asking import agree, ask, judge
from tests.organisations.people import NOW

from spreekruimte.ballots import routing
from spreekruimte.ballots.models import Reason, Round
from spreekruimte.ballots.routing import ShownReason, choose_reason, forget_counts

pytestmark = pytest.mark.django_db


def make_reasons(round_: Round, count: int) -> list[Reason]:
    return Reason.objects.bulk_create(
        Reason(round=round_, content=f"Reden {number}.", language="nl", state="shown", given_at=NOW)
        for number in range(count)
    )


def choose(round_: Round, who: str = "a", answered: tuple[int, ...] = ()) -> ShownReason | None:
    return choose_reason(round_id=round_.pk, pseudonym=who, answered=answered)


def test_every_reason_comes_once_and_then_none() -> None:
    round_ = ask(seeds=[])
    reasons = {reason.pk: reason.content for reason in make_reasons(round_, 5)}
    answered: tuple[int, ...] = ()
    while chosen := choose(round_, answered=answered):
        assert chosen.content == reasons[chosen.id]
        assert chosen.probability == pytest.approx(1 / (5 - len(answered)))
        answered = (*answered, chosen.id)
    assert sorted(answered) == sorted(reasons)


def test_the_same_respondent_at_the_same_step_is_given_the_same_reason() -> None:
    round_ = ask(seeds=[])
    make_reasons(round_, 50)
    first = [choose(round_, str(who)) for who in range(20)]
    forget_counts()
    assert [choose(round_, str(who)) for who in range(20)] == first
    assert len({chosen.id for chosen in first if chosen}) > 10


@pytest.mark.parametrize("state", ["waiting", "hidden", "erased"])
def test_only_what_is_shown_is_asked(state: str) -> None:
    round_ = ask(seeds=[])
    first, second = make_reasons(round_, 2)
    content = "" if state == "erased" else first.content
    Reason.objects.filter(pk=first.pk).update(state=state, content=content)
    chosen = choose(round_)
    assert chosen is not None
    assert chosen.id == second.pk
    assert choose(round_, answered=(second.pk,)) is None


def test_a_round_without_reasons_has_none_to_ask() -> None:
    assert choose(ask(seeds=[])) is None


def test_what_few_have_answered_is_asked_more_often() -> None:
    round_ = ask(seeds=[])
    known, new = make_reasons(round_, 2)
    for number in range(6):
        agree(round_, judge(round_), known, number % 2)
    forget_counts()
    chosen = Counter(found.id for who in range(100) if (found := choose(round_, str(who))))
    assert chosen[new.pk] > chosen[known.pk] > 0


def test_votes_on_a_merged_reason_count_for_the_one_it_was_merged_into() -> None:
    round_ = ask(seeds=[])
    kept, merged, other = make_reasons(round_, 3)
    for _ in range(4):
        agree(round_, judge(round_), merged, -1)
    Reason.objects.filter(pk=merged.pk).update(state="merged", merged_into=kept)
    forget_counts()
    found = [choose(round_, str(who)) for who in range(50)]
    chances = {each.id: each.probability for each in found if each}
    assert chances.keys() == {kept.pk, other.pk}
    assert chances[other.pk] > chances[kept.pk]


def test_a_vote_that_was_replaced_does_not_count() -> None:
    round_ = ask(seeds=[])
    first, second = make_reasons(round_, 2)
    for reason in (first, second):
        respondent = judge(round_)
        agree(round_, respondent, reason, -1)
    agree(round_, respondent, second, 1)
    agree(round_, respondent, second, -1)
    forget_counts()
    chosen = choose(round_)
    assert chosen is not None
    assert chosen.probability == pytest.approx(0.5)


def test_counts_are_kept_for_a_while_and_then_refreshed(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = ask(seeds=[])
    first, second = make_reasons(round_, 2)
    assert drawn(round_) == {first.pk, second.pk}
    Reason.objects.filter(pk=first.pk).update(state="hidden")
    assert drawn(round_) == {first.pk, second.pk}
    forget_counts()
    monkeypatch.setattr(routing, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(routing, "REST", 0)
    assert drawn(round_) == {second.pk}
    Reason.objects.filter(pk=first.pk).update(state="shown")
    assert drawn(round_) == {first.pk, second.pk}


def test_nobody_waits_while_another_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(routing, "REST", 0)
    round_ = ask(seeds=[])
    first, second = make_reasons(round_, 2)
    choose(round_)
    Reason.objects.filter(pk=first.pk).update(state="hidden")
    with routing._counting:
        assert drawn(round_) == {first.pk, second.pk}


def test_only_so_many_rounds_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "MOST_ROUNDS", 2)
    rounds = [ask(seeds=[])]
    make_reasons(rounds[0], 1)
    assert choose(rounds[0])
    for absent in (10**9, 10**9 + 1):
        assert choose_reason(round_id=absent, pseudonym="a", answered=()) is None
    Reason.objects.all().delete()
    assert choose(rounds[0]) is None


def drawn(round_: Round) -> set[int]:
    """The reasons that some of thirty respondents are given."""
    return {found.id for who in range(30) if (found := choose(round_, str(who)))}
