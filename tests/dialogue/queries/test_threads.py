"""Threads stand by agreement in every group; neither how many spoke nor when gives a place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.stored import in_state
from tests.dialogue.messages import give_votes, pseudonym_for, say
from tests.organisations.people import NOW
from tests.verdicts.rounds import REASONS, citizen, reasons_of, start_round, vote

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.ballots.queries.standing import pseudonym_of
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.queries.threads import Dialogue, dialogue_of
from spreekruimte.verdicts.actions.judging import judge_round

pytestmark = pytest.mark.django_db

ME = pseudonym_for("me")


@pytest.fixture
def case() -> Case:
    return in_state("open")


def read_dialogue(case: Case, reader: str = "") -> Dialogue:
    """The dialogue of a case, counted as it is now."""
    refresh_figures(case=case, now=NOW)
    return dialogue_of(case, reader=reader)


def read(case: Case, reader: str = "") -> list[tuple[str, int]]:
    return [(row.message.content, row.depth) for row in read_dialogue(case, reader=reader).rows]


def test_much_agreement_is_above_much_talk_and_answers_stand_under_what_they_answer(
    case: Case,
) -> None:
    loud = give_votes(say(case, "Luid"), 30, 28)
    agreed = give_votes(say(case, "Eens"), 12, 0)
    later = say(case, "Antwoord laat", parent=loud, given_at=NOW + timedelta(days=1))
    give_votes(later, 9, 0)
    say(case, "Antwoord vroeg", parent=loud)
    assert read(case) == [("Eens", 0), ("Luid", 0), ("Antwoord laat", 1), ("Antwoord vroeg", 1)]
    assert agreed.pk > loud.pk


def test_what_is_not_shown_keeps_its_place_only_where_something_shown_answers_it(
    case: Case,
) -> None:
    hidden = say(case, "Verborgen", state=Message.State.HIDDEN)
    between = say(case, "Wacht", state=Message.State.WAITING, parent=hidden)
    say(case, "Getoond", parent=between)
    say(case, "Alleen", state=Message.State.HIDDEN)
    rows = read_dialogue(case).rows
    assert [(row.message.content, row.depth, row.is_readable) for row in rows] == [
        ("Verborgen", 0, False),
        ("Wacht", 1, False),
        ("Getoond", 2, True),
    ]


def test_a_thread_can_be_as_deep_as_people_talk(case: Case) -> None:
    parent = None
    for number in range(1200):
        parent = Message(
            case=case, content=f"{number}", author=ME, state="shown", given_at=NOW, parent=parent
        )
        parent.save()
    assert [depth for _content, depth in read(case)] == list(range(1200))


def test_without_groups_what_most_agree_on_is_what_everybody_did(case: Case) -> None:
    give_votes(say(case, "Duidelijk"), 40, 5, 3)
    give_votes(say(case, "Verdeeld"), 25, 20)
    give_votes(say(case, "Te weinig"), 2, 0)
    found = read_dialogue(case)
    (shared,) = found.shared
    assert shared.content == "Duidelijk"
    assert (shared.agreement.agree, shared.agreement.disagree, shared.agreement.passed) == (
        40,
        5,
        3,
    )
    assert shared.agreement.group is None
    assert shared.agreement.least is not None
    assert 0.5 < shared.agreement.least.low < 40 / 45


def test_a_reader_finds_the_own_vote_and_the_own_message(case: Case) -> None:
    mine, other = say(case, "Van mij", author=ME), say(case, "Van een ander")
    MessageVote.objects.create(message=other, voter=ME, answer=-1)
    rows = {row.message.pk: row for row in dialogue_of(case, reader=ME).rows}
    assert rows[mine.pk].is_own
    assert not rows[other.pk].is_own
    assert rows[other.pk].own_vote == -1
    assert rows[mine.pk].own_vote is None
    assert not any(row.is_own or row.own_vote for row in dialogue_of(case).rows)


def test_before_anything_is_counted_no_figure_is_told_and_no_place_is_given(case: Case) -> None:
    for number in range(4):
        give_votes(say(case, f"Bericht {number}"), number, 0)
    found = dialogue_of(case)
    assert (found.counted.at, found.counted.is_behind, found.shared) == (None, True, [])
    assert [row.agreement for row in found.rows] == [None] * 4
    by_digest = [row.message.pk for row in found.rows]
    MessageVote.objects.all().delete()
    assert [row.message.pk for row in read_dialogue(case).rows] == by_digest


def test_of_what_was_hidden_since_it_was_counted_no_figure_is_told(case: Case) -> None:
    message = give_votes(say(case, "Duidelijk"), 40, 5)
    answer = say(case, "Antwoord", parent=message)
    assert read_dialogue(case).shared
    Message.objects.filter(pk=message.pk).update(state="hidden")
    found = dialogue_of(case)
    assert [(row.message.pk, row.agreement is None) for row in found.rows] == [
        (message.pk, True),
        (answer.pk, False),
    ]
    assert not found.shared


def two_minds(people: int) -> Round:
    """A round judged by two groups that differ on everything but the last reason."""
    round_ = start_round([*REASONS, "Een ambtenaar mag vragen stellen.", "Rust helpt iedereen."])
    *disputed, agreed = reasons_of(round_)
    for number in range(people):
        side = 1 - 2 * (number % 2)
        answers = dict.fromkeys(disputed, side if number % 11 else -side)
        vote(round_, citizen(number), side, reasons=answers | {agreed: 1})
    judge_round(round=round_, channel=Channel.OPEN, now=NOW)
    return round_


def test_with_groups_the_one_that_agrees_least_decides() -> None:
    round_ = two_minds(80)
    assert read_dialogue(round_.case).counted.figures.groups == 2
    one_sided, both_sided = say(round_.case, "Eenzijdig"), say(round_.case, "Beide")
    for number in range(80):
        voter = pseudonym_of(round_.case_id, citizen(number)) or ""
        side = 1 - 2 * (number % 2)
        MessageVote.objects.create(message=one_sided, voter=voter, answer=side)
        MessageVote.objects.create(message=both_sided, voter=voter, answer=1 if number % 9 else -1)
    found = read_dialogue(round_.case)
    assert found.counted.figures.groups == 2
    assert [row.message.content for row in found.rows] == ["Beide", "Eenzijdig"]
    agreement = found.rows[1].agreement
    least = agreement.least if agreement else None
    assert least is not None
    assert least.high < 0.5
    assert {each.content for each in found.shared} == {"Beide", "Rust helpt iedereen."}
    assert all(each.agreement.group is not None for each in found.shared)
