import numpy as np
from benchmarks.rules import (
    LEAST_PART,
    PUBLISHED,
    Published,
    check_compas,
    draw_posterior,
    draw_rules,
    list_contexts,
    name_attributes,
)

from spreekruimte.analysis.rules import Proposal, RuleList, combine_conditions, list_conditions

BEST = Proposal(RuleList((), (), False), 0.65203, 0.37797, 0.37797, 1)


def test_every_rule_of_a_simulated_list_decides_part_of_the_contexts() -> None:
    contexts = list_contexts(5)
    antecedents = combine_conditions(list_conditions(name_attributes("abcde")))
    rules = draw_rules(np.random.default_rng(1), antecedents, 3, contexts)
    whole = rules.predict(contexts)
    for place in range(3):
        keep = [each for each in range(3) if each != place]
        shorter = RuleList(
            tuple(rules.antecedents[each] for each in keep),
            tuple(rules.labels[each] for each in keep),
            rules.default,
        )
        assert (shorter.predict(contexts) != whole).mean() >= LEAST_PART


def test_the_posterior_lies_around_the_truth_once_much_is_asked() -> None:
    rng = np.random.default_rng(2)
    design, truth = rng.choice([-1.0, 1.0], (40_000, 3)), np.array([0.5, -0.4, 0.1])
    labels = rng.random(40_000) < 1 / (1 + np.exp(-design @ truth))
    draws = draw_posterior(rng, design, labels, 500)
    assert np.abs(draws.mean(axis=0) - truth).max() < 0.05
    assert 0.005 < draws.std(axis=0).min() < draws.std(axis=0).max() < 0.02


def test_a_list_that_is_best_proved_and_soon_fails_nothing() -> None:
    assert check_compas("theirs", PUBLISHED[0], BEST, 0.1) == []


def test_a_list_that_is_worse_unproved_and_late_fails_three_times() -> None:
    published = Published(0.015, 1, 0.3, 0.7, 1.0)
    found = Proposal(BEST.rules, 0.65203, 0.37797, 0.2, 1)
    assert len(check_compas("theirs", published, found, 2.0)) == 3
