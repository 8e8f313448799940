import numpy as np

from spreekruimte.analysis.opinions.chance import STEP, draw


def test_draws_are_those_published_for_splitmix64() -> None:
    # The first numbers of the reference implementation from the seed 1234567.
    state = np.array([1234567], dtype=np.uint64)
    drawn = []
    for _ in range(3):
        state += STEP
        drawn.append(int(draw(state[0])))
    assert drawn == [6457827717110365317, 3203168211198807973, 9817491932198370423]
