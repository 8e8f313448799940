import numpy as np
from benchmarks.coverage import bound_by_judging, bound_counts, check, compare_parts
from benchmarks.generators import Shape, generate_structureless
from benchmarks.real_votes import RealVotes


def test_both_ways_to_bound_give_the_published_intervals() -> None:
    matrix = generate_structureless(np.random.default_rng(1), Shape(60, 12, 400)).matrix
    for one, other in zip(bound_counts(matrix), bound_by_judging(matrix), strict=True):
        assert one.tolist() == other.tolist()


def test_statements_with_few_opinions_are_left_out() -> None:
    votes = generate_structureless(np.random.default_rng(1), Shape(200, 12, 1_000)).matrix
    held = compare_parts(RealVotes("x", votes), bound_counts, 3, 1)
    counts = np.bincount(votes.columns[votes.values != 0], minlength=12)
    assert held.flags.shape == (3, int((counts >= 40).sum()))
    assert held.flags.shape[1] > 0


def test_only_what_is_out_of_bounds_is_named() -> None:
    assert check("x", 0.88, (0.88, 0.92)) == []
    assert check("x", 0.921, (0.88, 0.92)) == ["x: 0.921, bound 0.88 to 0.92"]
