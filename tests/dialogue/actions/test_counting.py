"""Figures follow what is said and voted, and hold nothing of what was taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from tests.ballots.asking import ask, judge
from tests.cases.stored import BY, LATER, in_state
from tests.dialogue.messages import give_votes, pseudonym_for, receive, say
from tests.organisations.people import NOW

from spreekruimte.ballots.moderation.actions import Decision, mark_text
from spreekruimte.ballots.moderation.states import Deed, Ground
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions import counting
from spreekruimte.dialogue.actions.counting import (
    raise_revision,
    refresh_figures,
    withdraw_figures,
)
from spreekruimte.dialogue.actions.erasing import erase_voice
from spreekruimte.dialogue.actions.moderating import moderate_message
from spreekruimte.dialogue.actions.receiving import retract_message, revise_message
from spreekruimte.dialogue.actions.saying import Said
from spreekruimte.dialogue.actions.saying import say as speak
from spreekruimte.dialogue.actions.voting import vote_on_message
from spreekruimte.dialogue.counting import count_dialogue
from spreekruimte.dialogue.figures import Figures, read_figures
from spreekruimte.dialogue.models import DialogueFigures, DialogueRevision, Message, MessageVote
from spreekruimte.dialogue.queries.figures import figures_of
from spreekruimte.dialogue.voices import citizen_voice
from spreekruimte.verdicts.queries.results import ChannelResult

pytestmark = pytest.mark.django_db

ME = pseudonym_for("voter 0")
REVISED = "Een andere tekst."


@pytest.fixture
def case() -> Case:
    return in_state("open")


def stored(case: Case) -> Figures:
    return read_figures(DialogueFigures.objects.get(pk=case.pk).document)


def is_behind(case: Case) -> bool:
    return figures_of(case, None).is_behind


def moderate(message: Message, move: Deed) -> None:
    message.refresh_from_db()
    ground: Ground | None = "insults" if move == "hide" else None
    decision = Decision(message.pk, move, mark_text(message.content), ground)
    moderate_message(organisation=message.case.organisation, decision=decision, **BY)


def test_counting_again_over_the_same_votes_gives_the_same(case: Case) -> None:
    message = give_votes(say(case), 5, 2, 1)
    assert refresh_figures(case=case, now=NOW)
    first = DialogueFigures.objects.get(pk=case.pk)
    agreement = stored(case).agreements[message.pk]
    assert (agreement.agree, agreement.disagree, agreement.passed) == (5, 2, 1)
    assert refresh_figures(case=case, now=LATER)
    again = DialogueFigures.objects.get(pk=case.pk)
    assert (again.document, again.revision) == (first.document, first.revision)
    assert again.counted_at == LATER


def test_what_is_said_shown_or_voted_puts_figures_behind() -> None:
    round_ = ask()
    case = round_.case
    voice, other = (citizen_voice(case, judge(round_)) for _person in range(2))
    waiting = receive(case)

    def vote() -> None:
        message = Message.objects.filter(author=voice.author).get()
        vote_on_message(message=message, voice=other, answer=1)

    steps: list[Callable[[], object]] = [
        lambda: speak(case=case, voice=voice, said=Said("Mag dit?", "nl"), now=NOW),
        vote,
        lambda: moderate(waiting, "show"),
    ]
    for step in steps:
        refresh_figures(case=case, now=NOW)
        assert not is_behind(case)
        step()
        assert is_behind(case)
    refresh_figures(case=case, now=NOW)
    assert {each.agree for each in stored(case).agreements.values()} == {0, 1}


@pytest.mark.parametrize(
    "take_away",
    [
        lambda message: moderate(message, "hide"),
        lambda message: retract_message(message=message, now=NOW),
        lambda message: revise_message(message=message, content=REVISED, now=NOW),
        lambda message: erase_voice(case=message.case, author=message.author, now=NOW),
        lambda message: erase_voice(case=message.case, author=ME, now=NOW),
    ],
)
def test_what_is_taken_away_is_in_no_figure_from_that_moment(
    case: Case, take_away: Callable[[Message], object]
) -> None:
    message, other = give_votes(say(case), 3, 1), say(case, "Iets anders.", author="b" * 64)
    refresh_figures(case=case, now=NOW)
    take_away(message)
    left = stored(case)
    assert set(left.agreements) == {other.pk}
    assert is_behind(case)
    # What was hidden for a while, or says something else now, is not told by what was counted.
    Message.objects.filter(pk=message.pk).exclude(state="erased").update(state="shown")
    assert set(stored(case).agreements) == {other.pk}
    refresh_figures(case=case, now=LATER)
    assert not is_behind(case)
    told = stored(case).agreements.get(message.pk)
    assert (told.agree if told else 0) == MessageVote.objects.filter(
        message=message, message__state="shown", answer=1
    ).count()


def test_a_count_that_began_before_something_was_taken_away_is_not_kept(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = give_votes(say(case), 3, 1)

    def count_slowly(counted: Case, result: ChannelResult | None) -> Figures:
        figures = count_dialogue(counted, result)
        erase_voice(case=case, author=ME, now=NOW)
        monkeypatch.undo()
        return figures

    monkeypatch.setattr(counting, "count_dialogue", count_slowly)
    assert not refresh_figures(case=case, now=NOW)
    assert not DialogueFigures.objects.exists()
    assert refresh_figures(case=case, now=NOW)
    assert stored(case).agreements[message.pk].agree == 2


def test_a_vote_while_it_is_counted_is_counted_the_next_time(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_votes(say(case), 3, 1)

    def count_slowly(counted: Case, result: ChannelResult | None) -> Figures:
        raise_revision(case.pk)
        return count_dialogue(counted, result)

    monkeypatch.setattr(counting, "count_dialogue", count_slowly)
    assert refresh_figures(case=case, now=NOW)
    assert is_behind(case)


def test_the_first_change_of_a_dialogue_is_counted_like_any_other(case: Case) -> None:
    raise_revision(case.pk)
    withdraw_figures(case.pk, [])
    kept = DialogueRevision.objects.get(pk=case.pk)
    assert (kept.revision, kept.withdrawn) == (2, 2)
    assert not DialogueFigures.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        DialogueRevision.objects.update(withdrawn=3)
    assert str(case.pk) in str(kept)
