from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.polis.grouping import (
    cluster_points,
    find_active,
    group_participants,
    measure_silhouette,
)
from spreekruimte.analysis.polis.space import build_space
from spreekruimte.analysis.votes.matrix import Floats, VoteMatrix

Build = Callable[..., VoteMatrix]

LINE = [0.0, 0.0, 1.0, 10.0, 11.0]


def on_line(places: list[float]) -> Floats:
    return np.array([(place, 0.0) for place in places])


def group(matrix: VoteMatrix) -> list[int]:
    labels = group_participants(matrix, build_space(matrix, ~matrix.judged))
    return [int(label) for label in labels]


def test_seven_votes_make_a_participant(build: Build) -> None:
    matrix = build(["+++++++.."] * 15 + ["++++++..."] * 3 + ["........+", ".......+."])
    assert find_active(matrix, 9).tolist() == [True] * 15 + [False] * 5


def test_with_fewer_than_seven_statements_one_must_vote_on_all(build: Build) -> None:
    matrix = build(["+++"] * 15 + ["++."] * 2)
    assert find_active(matrix, 3).tolist() == [True] * 15 + [False] * 2


def test_the_most_active_complete_fifteen_and_the_first_come_first(build: Build) -> None:
    matrix = build(["++......"] + ["+++....."] * 15 + ["++++++++"] * 2)
    active = find_active(matrix, 8)
    assert active.sum() == 15
    assert active[16:].all()
    assert active[1:14].all()
    latest_first = replace(matrix, arrival=matrix.arrival[::-1].copy())
    assert not find_active(latest_first, 8)[:3].any()


def test_fewer_than_fifteen_participants_are_all_in(build: Build) -> None:
    assert find_active(build(["+.", ".-"]), 2).all()


def test_clusters_start_at_the_first_distinct_points() -> None:
    # After one step from 0 and 1 the last three are together; the mean is 22/3.
    labels, centres = cluster_points(on_line(LINE), np.ones(5), 2, 0)
    assert labels.tolist() == [0, 0, 1, 1, 1]
    assert centres[:, 0] == pytest.approx([0, 22 / 3], abs=1e-12)


def test_clusters_settle() -> None:
    labels, centres = cluster_points(on_line(LINE), np.ones(5), 2, 20)
    assert labels.tolist() == [0, 0, 0, 1, 1]
    assert centres[:, 0] == pytest.approx([1 / 3, 10.5], abs=1e-12)


def test_centres_that_move_less_than_a_hundredth_have_settled() -> None:
    # The heavy points hold the centres: the first step moves them by .0072 and .0000025.
    # A second step would give the last point to the left centre, (5.0072 - .0000025) / 2.
    points, weights = on_line([0.0, 5.0, 2.4, 2.5005]), np.array([1000.0, 1000.0, 3.0, 0.001])
    labels, centres = cluster_points(points, weights, 2, 20)
    assert labels.tolist() == [0, 1, 0, 1]
    assert centres[0, 0] == pytest.approx(7.2 / 1003, abs=1e-12)


def test_weights_pull_the_centre() -> None:
    _, centres = cluster_points(on_line([0.0, 10.0, 1.0]), np.array([3.0, 1.0, 1.0]), 2, 20)
    assert centres[:, 0] == pytest.approx([0.25, 10.0], abs=1e-12)


def test_of_equally_near_centres_the_last_one_wins() -> None:
    labels, _ = cluster_points(on_line([0.0, 2.0, 1.0]), np.ones(3), 2, 0)
    assert labels.tolist() == [0, 1, 1]


def test_an_empty_cluster_vanishes() -> None:
    # (0, 3) is as near to the first as to the third start, so the third takes it. Its centre
    # moves to (-.5, 0), and both its points are then nearer to another one.
    points = np.array([[-6.0, 2.0], [-3.0, -4.0], [-1.0, -3.0], [2.0, 6.0], [0.0, 3.0]])
    labels, centres = cluster_points(points, np.ones(5), 3, 20)
    assert labels.tolist() == [0, 1, 1, 0, 0]
    assert centres == pytest.approx(np.array([[-4 / 3, 11 / 3], [-2, -3.5]]), abs=1e-12)


def test_no_more_clusters_than_distinct_points() -> None:
    labels, centres = cluster_points(on_line([3.0, 3.0, 4.0]), np.ones(3), 5, 20)
    assert labels.tolist() == [0, 0, 1]
    assert centres[:, 0].tolist() == [3.0, 4.0]


def test_silhouette_of_two_pairs() -> None:
    # 0 is 1 from its own and 10.5 from the others, 1 is 1 and 9.5 away; likewise 10 and 11.
    labels = np.array([0, 0, 1, 1], dtype=np.int32)
    expected = (9.5 / 10.5 + 8.5 / 9.5) / 2
    assert measure_silhouette(on_line([0, 1, 10, 11]), labels) == pytest.approx(expected, abs=1e-12)


def test_silhouette_of_a_point_on_its_own_is_zero() -> None:
    labels = np.array([0, 0, 1], dtype=np.int32)
    expected = (9 / 10 + 8 / 9 + 0) / 3
    assert measure_silhouette(on_line([0, 1, 10]), labels) == pytest.approx(expected, abs=1e-12)


def test_silhouette_looks_at_the_nearest_other_cluster() -> None:
    labels = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    points = on_line([0, 1, 10, 11, 100, 101])
    near = measure_silhouette(points, labels)
    far = on_line([0, 1, 10, 11, 1000, 1001])
    assert measure_silhouette(far, labels) == pytest.approx(near, abs=1e-2)


def test_silhouette_of_points_in_one_place_is_zero() -> None:
    assert measure_silhouette(on_line([1, 1, 1, 1]), np.array([0, 0, 1, 1], dtype=np.int32)) == 0.0


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=30))
def test_each_point_lies_in_a_cluster_that_is_not_empty(places: list[tuple[int, int]]) -> None:
    points = np.array(places, dtype=np.float64)
    labels, centres = cluster_points(points, np.ones(len(points)), 4, 20)
    assert sorted(set(labels.tolist())) == list(range(len(centres)))
    for label, middle in enumerate(centres):
        assert middle == pytest.approx(points[labels == label].mean(axis=0), abs=1e-9)


def test_two_camps_are_two_groups(camps: VoteMatrix) -> None:
    assert group(camps) == [participant % 2 for participant in range(60)]


def test_groups_are_numbered_by_who_came_first(camps: VoteMatrix) -> None:
    odd_first = replace(camps, arrival=camps.arrival[::-1].copy())
    assert group(odd_first) == [(participant + 1) % 2 for participant in range(60)]


def test_who_is_not_in_the_conversation_has_no_group(build: Build) -> None:
    rows = ["++++++++", "--------"] * 10 + ["+......."]
    assert group(build(rows)) == [0, 1] * 10 + [-1]


def test_participants_in_one_place_are_one_group(build: Build) -> None:
    assert group(build(["++++"] * 20)) == [0] * 20


def test_nobody_has_no_group(build: Build) -> None:
    nobody = build(["++"]).select_participants(np.array([False]))
    assert group(nobody) == []


def test_more_than_two_groups_need_twelve_base_clusters(build: Build) -> None:
    rows = ["+++---", "---+++", "++++++"] * 3
    assert max(group(build(rows))) == 1
