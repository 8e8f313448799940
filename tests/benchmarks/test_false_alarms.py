import numpy as np
from benchmarks.false_alarms import PARTICIPANTS, STATEMENTS, VOTES, draw_shape, try_set


def test_sizes_stay_within_their_spans() -> None:
    rng = np.random.default_rng(1)
    for shape in (draw_shape(rng) for _ in range(200)):
        assert PARTICIPANTS[0] <= shape.participants <= PARTICIPANTS[1]
        assert STATEMENTS[0] <= shape.statements <= STATEMENTS[1]
        assert VOTES[0] <= shape.votes <= VOTES[1]
        assert shape.votes <= shape.participants * shape.statements / 3


def test_a_data_set_follows_from_its_number() -> None:
    one, other = try_set(1, 3), try_set(1, 3)
    assert (one.shape, one.behaviour) == (other.shape, other.behaviour)
    assert one.groups.p_value == other.groups.p_value
    assert try_set(1, 4).shape != one.shape
