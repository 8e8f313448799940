from itertools import product

import numpy as np
import pytest

from spreekruimte.ballots.about import ABOUT
from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.shares import Arm
from spreekruimte.demonstration.citizens import FEWEST_REASONS, MOVED, simulate
from spreekruimte.demonstration.truths import Truth, examples, truths


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.entry)
def test_what_is_true_adds_up(truth: Truth) -> None:
    assert sum(group.share for group in truth.groups) == pytest.approx(1)
    for group in truth.groups:
        assert len(group.measure) == 9
        assert sum(group.measure) == pytest.approx(1)
        assert all(0 < group.admissible_in(arm) < 1 for arm in product(FRAMINGS, SIDES))
    for reason in truth.reasons:
        assert len(reason.agree) == len(truth.groups)
        assert all(0 < share < 1 for share in reason.agree)
    assert len({reason.text for reason in truth.reasons}) == len(truth.reasons)
    assert all(0 < share < 1 for share in truth.true_shares())


def test_each_example_has_a_name_of_its_own() -> None:
    assert [example.id for example in examples()] == ["protected", "stopped"]


def test_the_same_seed_gives_the_same_citizens() -> None:
    truth = truths()[0]
    one, other = (simulate(truth, 50, 7) for _ in range(2))
    assert (one.opinions == other.opinions).all()
    assert one.about == other.about
    assert (simulate(truth, 50, 8).opinions != one.opinions).any()


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.entry)
def test_many_citizens_come_near_to_what_is_true(truth: Truth) -> None:
    citizens = simulate(truth, 40_000, 11)
    assert len(citizens) == 40_000
    true = truth.true_shares()
    answers = np.column_stack([citizens.judgement, citizens.opinions])
    shares = (answers == 1).sum(axis=0) / (answers != 0).sum(axis=0)
    assert np.abs(shares - true).max() < 0.015
    parts = np.bincount(citizens.group) / len(citizens)
    assert parts == pytest.approx([group.share for group in truth.groups], abs=0.01)
    steps = np.bincount(citizens.measure[citizens.measure >= 0], minlength=9)
    expected = np.sum([np.array(each.measure) * each.share for each in truth.groups], axis=0)
    assert steps / steps.sum() == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.entry)
def test_the_text_changes_the_judgement_as_it_is_true_and_nothing_else(truth: Truth) -> None:
    people = 40_000
    everything: list[Arm] = list(product(FRAMINGS, SIDES))
    arms = [everything[number % len(everything)] for number in range(people)]
    plain, told = simulate(truth, people, 12), simulate(truth, people, 12, arms)
    for name in ("group", "measure", "opinions", "patience"):
        assert (getattr(plain, name) == getattr(told, name)).all()

    def share(*chosen: Arm) -> float:
        own = np.isin(np.arange(people) % len(everything), [everything.index(a) for a in chosen])
        return float((told.judgement[own] == 1).sum() / (told.judgement[own] != 0).sum())

    weight = share(("context", "post")) - share(("bare", "post"))
    assert weight == pytest.approx(truth.true_effect("bare", "context")[0], abs=0.03)
    mirrored = [arm for arm in everything if arm[1] == "mirror"]
    gap = share(*mirrored) - share(*(arm for arm in everything if arm not in mirrored))
    assert gap == pytest.approx(truth.true_mirror_gap()[0], abs=0.02)


def test_who_looks_at_the_results_moves_towards_admissible_or_made_up_their_mind() -> None:
    citizens = simulate(truths()[0], 40_000, 13)
    moved = citizens.first != citizens.judgement
    assert not moved[~citizens.looks].any()
    towards = moved & (citizens.first == -1)
    assert (citizens.judgement[towards] == 1).all()
    admissible = citizens.looks & (citizens.judgement == 1) & (citizens.first != 0)
    assert towards.sum() / admissible.sum() == pytest.approx(MOVED, abs=0.02)


def test_answers_are_those_that_ballots_can_hold() -> None:
    citizens = simulate(truths()[0], 2_000, 3)
    assert set(np.unique(citizens.judgement)) == {-1, 0, 1}
    assert set(np.unique(citizens.opinions)) == {-1, 0, 1}
    assert citizens.measure.min() == -1
    assert citizens.measure.max() <= 8
    assert citizens.patience.min() == FEWEST_REASONS
    assert citizens.patience.max() == len(truths()[0].reasons)
    for about in citizens.about:
        assert all(answer in ABOUT[question].options for question, answer in about.items())
    assert 0 < sum(not about for about in citizens.about) < 2_000
