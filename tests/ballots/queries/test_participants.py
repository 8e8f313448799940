"""Who took part, in cells that nobody can be picked out of."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verdicts.rounds import citizen, fill, start_round

from spreekruimte.ballots.about import ABOUT
from spreekruimte.ballots.models import Channel, Participation
from spreekruimte.ballots.queries.participants import (
    LEAST,
    SAYS_MOST,
    coarsen,
    count_participants,
    publishable_answers,
    withhold,
)
from spreekruimte.ballots.queries.standing import find_participation

cells = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 60), max_size=6)
profiles = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "age": st.sampled_from(["16-24", "25-34"]),
            "gender": st.sampled_from(["woman", "man"]),
            "region": st.sampled_from(["zeeland", "utrecht", "drenthe"]),
        },
    ),
    max_size=150,
)


@given(cells)
def test_what_is_shown_is_large_and_what_is_not_cannot_be_computed(counts: dict[str, int]) -> None:
    shown = withhold(counts)
    assert shown.keys() == counts.keys()
    for name, count in shown.items():
        assert count is None or count == counts[name] >= LEAST
    hidden = [name for name, count in shown.items() if count is None]
    if any(count < LEAST for count in counts.values()) and len(counts) > 1:
        assert len(hidden) >= 2


@given(profiles)
def test_what_is_told_of_one_is_told_of_at_least_twenty(answers: list[dict[str, str]]) -> None:
    told = coarsen(dict(enumerate(answers)))
    sizes = Counter(tuple(sorted(about.items())) for about in told.values())
    assert all(size >= LEAST for size in sizes.values())
    assert all(about.items() <= answers[pk].items() for pk, about in told.items())
    assert all(about for about in told.values())


def test_the_answers_that_say_most_go_first() -> None:
    regions = ["zeeland", "utrecht", "drenthe"]
    answers = {n: {"age": "25-34", "region": regions[n % 3]} for n in range(45)}
    assert set(map(str, coarsen(answers).values())) == {"{'age': '25-34'}"}


def test_every_question_can_be_left_out() -> None:
    assert set(SAYS_MOST) == set(ABOUT)


@pytest.mark.django_db
def test_people_are_counted_who_judged_in_the_channel() -> None:
    round_ = start_round()
    fill(round_, 50)
    fill(round_, 25, channel=Channel.PANEL)
    looker = Participation.objects.create(
        round=round_,
        pseudonym="f" * 64,
        tier="browser",
        channel="open",
        has_seen_results=True,
        has_given_up=True,
        about={"gender": "man"},
    )
    for number in range(45):
        person = find_participation(round_, citizen(number))
        assert person is not None
        person.about = {"gender": "man" if number < 22 else "woman", "age": ""}
        person.save()
    found = count_participants(round_, Channel.OPEN)
    assert found.total == 50
    assert found.tiers == {"browser": 50}
    # Five did not answer, so that the smaller of the others goes too.
    assert found.about == {"gender": {"": None, "man": None, "woman": 23}}
    assert count_participants(round_, Channel.PANEL).tiers == {"invitation": 25}
    told = publishable_answers(round_, Channel.OPEN)
    assert len(told) == 45
    assert looker.pk not in told
